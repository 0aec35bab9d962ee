/**
 * Protects: under every fault of a platform, from the update to the answer through the whole program, nothing is lost,
 * nothing whose outcome is known is sent twice, and what is not known is set aside instead of repeated.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seededRandom } from '../contract/mutations.ts'
import { PEOPLE, seedCell } from './cell.ts'
import { slackTown } from './slack-town.ts'
import { openStage, quiet, type Stage } from './stage.ts'
import { telegramTown } from './telegram-town.ts'
import type { NetworkFault, OpenTown, Town } from './town.ts'
import { zaloTown } from './zalo-town.ts'

const towns: [string, OpenTown][] = [
  ['Zalo', zaloTown('webhook')],
  ['Telegram', telegramTown('webhook')],
  ['Slack', slackTown('http')],
]
/** Enough for every fault to strike several times, in chats that are written to side by side. */
const crowd = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`p${index}`, `Người thứ ${index + 1}`]))
const perPerson = 3
const asked = perPerson * Object.keys(crowd).length

const faults: [string, NetworkFault, number][] = [
  ['30 % answers of 503', { kind: 'serverError', status: 503 }, 0.3],
  ['20 % resets after the request', { kind: 'resetAfterBody' }, 0.2],
  ['20 % answers that are no JSON', { kind: 'malformedJson' }, 0.2],
  ['10 % requests that are never answered', { kind: 'hang' }, 0.1],
]

let stage: Stage
let town: Town

/** What became of the answers, by the database and by what people see. */
async function account() {
  const states = await stage.rows<{ state: string; n: number }>(
    'SELECT state, count(*)::int AS n FROM outbox GROUP BY 1',
  )
  const of = (state: string) => states.find((row) => row.state === state)?.n ?? 0
  const shown = (await town.shown()).map(({ where }) => where)
  return {
    shown: shown.length,
    sent: of('sent'),
    unknown: of('unknown'),
    other: states.filter(({ state }) => state !== 'sent' && state !== 'unknown'),
    most: Math.max(...Object.keys(crowd).map((who) => shown.filter((where) => where === who).length)),
  }
}

/** Everybody asks for help, several times; no two of them in step. */
async function askAll(): Promise<void> {
  for (let round = 0; round < perPerson; round++) {
    const lines = Object.keys(crowd).map((who) => ({
      who,
      in: 'private' as const,
      manner: 'plain' as const,
      text: 'giúp',
    }))
    await Promise.all(lines.flatMap((line) => town.updatesOf!(line).map((deliver) => deliver())))
  }
}

/** Waits until all is done; pauses between tries are cut short, they have tests of their own. */
async function done(): Promise<void> {
  const timer = setInterval(() => {
    stage.pool
      .query(`UPDATE outbox SET not_before = now() WHERE state = 'queued' AND not_before > now()`)
      .then(() => stage.program.engine.nudgeSenders())
      .catch(() => {})
  }, 20)
  try {
    await quiet(stage.pool, 40_000)
  } finally {
    clearInterval(timer)
  }
}

describe.each(towns)('%s', (_name, open) => {
  beforeEach(async () => {
    stage = await openStage({ towns: [open], people: { ...PEOPLE, ...crowd }, seed: seedCell, level: 'fatal' })
    town = stage.towns[0]!
  })
  afterEach(() => stage.stop())

  test.each(faults)('loses and doubles nothing under %s', async (name, fault, chance) => {
    town.disturb!(fault, chance)
    await askAll()
    await done()
    const result = await account()
    process.stdout.write(`${JSON.stringify({ name: `${town.title}: ${name}`, asked, ...result })}\n`)
    expect(result.other).toEqual([])
    expect(result.sent + result.unknown).toBe(asked)
    // Whatever is marked as sent was shown; of what is unknown some may have been, none twice.
    expect(result.shown).toBeGreaterThanOrEqual(result.sent)
    expect(result.shown).toBeLessThanOrEqual(asked)
    expect(result.most).toBeLessThanOrEqual(perPerson)
    if (fault.kind === 'serverError') expect(result).toMatchObject({ unknown: 0, shown: asked })
    else expect(result.unknown).toBeGreaterThan(0)
  })

  test('obeys a refusal for being too quick: silence as long as was said, then everything', async () => {
    // Where nothing is said the adapter's own pause is too long to wait for; its length is tested with the adapter.
    if (!town.saysWhen) return
    town.disturb!({ kind: 'rateLimited', retryAfterSeconds: 1 }, 1)
    await askAll()
    const refusedAt = performance.now()
    await new Promise<void>((resolve) => {
      const stopped = stage.program.engine.onProgress(async () => {
        const { rows } = await stage.pool.query(
          `SELECT 1 FROM outbox WHERE state = 'queued' AND outcome IS NOT NULL LIMIT 1`,
        )
        if (rows.length === 0) return
        stopped()
        resolve()
      })
    })
    expect(await town.shown()).toEqual([])
    town.disturb!(null)
    await quiet(stage.pool, 40_000)
    expect(performance.now() - refusedAt).toBeGreaterThan(900)
    expect(await account()).toMatchObject({ shown: asked, sent: asked, unknown: 0, other: [] })
  })

  test('answers each message once, delivered twice and out of order', async () => {
    const random = seededRandom(11)
    const updates = Object.keys(crowd).flatMap((who) =>
      Array.from({ length: perPerson }, () =>
        town.updatesOf!({ who, in: 'private', manner: 'plain', text: 'giúp' }),
      ).flat(),
    )
    const deliveries = [...updates, ...updates.filter(() => random() < 0.4)].sort(() => random() - 0.5)
    await Promise.all(deliveries.map((deliver) => deliver()))
    await done()
    expect(deliveries.length).toBeGreaterThan(asked)
    expect(await account()).toMatchObject({ shown: asked, sent: asked, unknown: 0, most: perPerson })
  })
})
