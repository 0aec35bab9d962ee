/** The program's own tick looks at the clocks of breaches, at the instants when a warning falls due. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addBreach } from '../../src/store/breaches.ts'
import { readDataFiles } from '../../src/store/data-files.ts'
import { monday, type Rig, startRig } from './rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.stop())

test('each warning is taken up in its time: a day before, four hours before, and at the end', async () => {
  const { privacyRules: rules } = await readDataFiles()
  const discoveredAt = new Date(monday.getTime() - 3_600_000)
  const setting = { rules, zone: 'Asia/Ho_Chi_Minh', now: monday }
  const wanted = { kind: 'lost', data: 'tên, việc', persons: 28, orgIds: [], discoveredAt } as const
  const { notifyBy } = await addBreach(rig.pool, wanted, setting)
  const next = () => rig.value<Date | null>('SELECT next_warning_at FROM breach')
  const before = (hours: number) => new Date(notifyBy.getTime() - hours * 3_600_000)
  expect(await next()).toEqual(before(24))
  // One jump over the first two: only the last warning is left.
  await rig.advance(before(3))
  expect(await next()).toEqual(notifyBy)
  await rig.advance(before(-1))
  expect(await next()).toBeNull()
})
