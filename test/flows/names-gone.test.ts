/** After retention a year has figures and no names: nobody is listed as not having registered because rows are gone. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runRetention } from '../../src/store/retention.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const now = new Date('2027-02-01T09:00:00+07:00')
let rig: Rig
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'nep-names-gone-'))
  rig = await startRig({
    async seed(pool) {
      const cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      const people = [
        { name: 'Trần Thị Thư', role: 'secretary' as const, key: 'thu' },
        { name: 'Nguyễn Văn An', key: 'an' },
      ]
      const ids = await addMembers(pool, cell, people, new Date('2024-01-05T09:00:00+07:00'))
      await pool.query(`UPDATE membership_history SET from_on = '2024-01-05'`)
      await pool.query(`UPDATE organisation_history SET from_on = '2024-01-01'`)
      await pool.query(
        `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, due_on, state, updated_at)
          SELECT 2024, 'individual', id, 1, $1, 'trồng cây', '2024-12-20', 'approved', $3 FROM unnest($2::int[]) id`,
        [cell, ids, now],
      )
    },
  })
  await rig.advance(now)
})
afterAll(async () => {
  await rig.stop()
  await rm(dataDir, { recursive: true, force: true })
})

test('the list of a year says so once its rows are gone, and the figures stay', async () => {
  const before = textOf(await rig.tell('thu', 'tổng hợp danh sách năm 2024'))
  expect(before).toContain('Nguyễn Văn An: ')
  expect(before).toContain('2/2')
  expect((await runRetention(rig.pool, { dataDir, now, thisYear: 2027 })).length).toBeGreaterThan(0)
  const after = textOf(await rig.tell('thu', 'tổng hợp danh sách năm 2024'))
  expect(after).toContain(vi.namesGone(2024))
  expect(after).toContain('2/2')
  expect(after).not.toContain('Nguyễn Văn An')
  expect(textOf(await rig.tell('thu', 'ai chưa đăng ký năm 2024'))).toBe(vi.namesGone(2024))
})
