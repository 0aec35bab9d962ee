import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chatsOf, type Rig, startRig, textOf } from './rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.stop())

const deedsOf = (name: string) =>
  rig.rows(
    `SELECT number, content, due_on::text AS due, state, version FROM deed d JOIN member m ON m.member_id = d.subject_id
     WHERE d.subject_kind = 'individual' AND m.display_name = $1 ORDER BY number`,
    [name],
  )

describe('a pledge in one message', () => {
  test('is shown, confirmed by number, and only then submitted', async () => {
    const question = await rig.say('demo', 'tv04', '@Bot Nếp đk: trồng 10 cây xanh ở nhà văn hoá, xong trước 30/11')
    expect(chatsOf(question)).toEqual(['demo'])
    expect(textOf(question)).toContain('trồng 10 cây xanh ở nhà văn hoá – hạn 30/11/2026')
    expect(await deedsOf('Nguyễn Văn Thuận')).toEqual([
      { number: 1, content: 'trồng 10 cây xanh ở nhà văn hoá', due: '2026-11-30', state: 'draft', version: 1 },
    ])
    const receipt = await rig.say('demo', 'tv04', '@Bot Nếp 1')
    expect(await deedsOf('Nguyễn Văn Thuận')).toEqual([
      { number: 1, content: 'trồng 10 cây xanh ở nhà văn hoá', due: '2026-11-30', state: 'submitted', version: 2 },
    ])
  })
})
