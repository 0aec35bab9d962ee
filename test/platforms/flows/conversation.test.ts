/**
 * Protects: the same conversation of the main job goes the same way through the whole program on every platform, over
 * real HTTP, whatever the way of receiving.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../contract/bench.ts'
import { PEOPLE, seedCell } from './cell.ts'
import { localTown } from './local-town.ts'
import { createPlayer } from './play.ts'
import { script } from './script.ts'
import { slackTown } from './slack-town.ts'
import { openStage, type Stage } from './stage.ts'
import { telegramTown } from './telegram-town.ts'
import type { OpenTown } from './town.ts'
import { zaloTown } from './zalo-town.ts'

const towns: [string, OpenTown][] = [
  ['Zalo by polling', zaloTown('polling')],
  ['Zalo by webhook', zaloTown('webhook')],
  ['Telegram by polling', telegramTown('polling')],
  ['Telegram by webhook', telegramTown('webhook')],
  ['Slack by Socket Mode', slackTown('socket')],
  ['Slack over HTTP', slackTown('http')],
  ['the local chat', localTown()],
]

let stage: Stage | undefined
afterEach(async () => {
  await stage?.stop()
  stage = undefined
})

describe('the main job of a cell', { timeout: 120_000 }, () => {
  test.each(towns)('is done the same on %s', async (_name, town) => {
    stage = await openStage({ towns: [town], people: PEOPLE, seed: seedCell, level: 'warn' })
    const { play } = createPlayer(stage)
    for (const step of script) await play(step)

    // What was said is what stands in the database.
    expect(await stage.rows(`SELECT state, count(*)::int AS n FROM deed GROUP BY 1 ORDER BY 1`)).toEqual([
      { state: 'approved', n: 1 },
      { state: 'submitted', n: 2 },
    ])
    expect(await stage.rows(`SELECT answer, reason_kind FROM attendance ORDER BY answer`)).toEqual([])
    expect(await stage.rows(`SELECT state, count(*)::int AS n FROM outbox WHERE state <> 'sent' GROUP BY 1`)).toEqual(
      [],
    )
    expect(await stage.rows('SELECT failure FROM inbox WHERE failure IS NOT NULL OR handled_at IS NULL')).toEqual([])
    const { presses } = stage.towns[0]!
    if (presses) await until(() => expect(presses().answered).toBe(presses().made))
    for (const button of (await stage.towns[0]!.shown()).flatMap((each) => each.buttons))
      expect(Buffer.byteLength(button.token)).toBeLessThanOrEqual(64)
  })
})
