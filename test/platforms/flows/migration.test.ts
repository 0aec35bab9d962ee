/**
 * Protects: a Telegram group that becomes a supergroup keeps its binding, its open questions and what was queued for it,
 * whichever signal comes first and whoever writes first under the new id.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../contract/bench.ts'
import { GROUP, message, SUPERGROUP } from '../telegram/updates.ts'
import { codeFor, PEOPLE, seedCell } from './cell.ts'
import { createPlayer } from './play.ts'
import { script } from './script.ts'
import { openStage, quiet, type Stage } from './stage.ts'
import { type TelegramTown, telegramTown } from './telegram-town.ts'

let stage: Stage
let town: TelegramTown
const texts = async () => (await stage.news()).map(({ where, text }) => `[${where}] ${text}`).join('\n')

beforeEach(async () => {
  stage = await openStage({ towns: [telegramTown('webhook')], people: PEOPLE, seed: seedCell, level: 'warn' })
  town = stage.towns[0] as TelegramTown
  const { play } = createPlayer(stage)
  // Up to An's confirmed account; then a question is left open in the group.
  for (const step of script.slice(0, 9)) await play(step)
  const question = await stage.say({
    ...{ who: 'an', in: 'group', manner: 'mention' },
    text: 'đk: trồng 10 cây xanh, xong trước 30/11',
  })
  expect(question).toHaveLength(1)
})
afterEach(() => stage.stop())

const service = (chat: typeof GROUP, fields: Record<string, unknown>) =>
  message('', { from: town.user('thu'), chat, text: undefined, ...fields })
const oldToNew = () => service(GROUP, { migrate_to_chat_id: SUPERGROUP.id })
const newFromOld = () => service(SUPERGROUP, { migrate_from_chat_id: GROUP.id })

/** Everything of the group is under the new id, once, and the question asked before can be answered there. */
async function livesOn(): Promise<void> {
  town.moveTo(SUPERGROUP)
  const answer = await stage.say({ who: 'an', in: 'group', manner: 'reply', text: '1' })
  expect(answer.map(({ where }) => where)).toEqual(['group'])
  expect(await stage.rows('SELECT state FROM deed')).toEqual([{ state: 'submitted' }])
  expect(
    await stage.rows(`SELECT external_id, is_gone, org_id IS NOT NULL AS bound FROM chat WHERE kind = 'group'`),
  ).toEqual([{ external_id: String(SUPERGROUP.id), is_gone: false, bound: true }])
  await stage.say({ who: 'thu', in: 'group', manner: 'mention', text: 'chi bộ họp mùng 10 hằng tháng lúc 19h30' })
  const reminders = await stage.tick('2026-10-05T19:30:00+07:00')
  expect(reminders.filter(({ where }) => where === 'group')).toHaveLength(1)
  const last = town.server.sent.findLast(({ payload }) => Number(payload.chat_id) < 0)
  expect(last?.payload.chat_id).toBe(SUPERGROUP.id)
  expect(await stage.rows(`SELECT state FROM outbox WHERE state <> 'sent'`)).toEqual([])
}

describe('a group that becomes a supergroup', () => {
  test.each([
    ['the old chat tells it first', () => [oldToNew(), newFromOld()]],
    ['the new chat tells it first', () => [newFromOld(), oldToNew()]],
    ['only the old chat tells it', () => [oldToNew()]],
    ['only the new chat tells it', () => [newFromOld()]],
  ])('loses nothing when %s', async (_name, signals) => {
    for (const signal of signals()) await town.deliver(signal)
    expect(await texts()).toBe('')
    await livesOn()
  })

  test('loses nothing when a refused message is the first to tell it, and tells it to nobody twice', async () => {
    const moved = { migrate_to_chat_id: SUPERGROUP.id }
    town.server.plan = (call) =>
      call.method.startsWith('send') && Number(call.payload.chat_id) === GROUP.id
        ? {
            kind: 'refuse',
            code: 400,
            description: 'Bad Request: group chat was upgraded to a supergroup chat',
            parameters: moved,
          }
        : undefined
    await town.deliver(message('/tonghop', { from: town.user('an'), chat: GROUP }))
    const news = await stage.news()
    expect(news.map(({ where }) => where)).toEqual([String(SUPERGROUP.id)])
    town.moveTo(SUPERGROUP)
    await town.deliver(newFromOld())
    await town.deliver(oldToNew())
    expect(await texts()).toBe('')
    await livesOn()
  })

  test('answers what is written under the new id right behind the signal, in one batch with it', async () => {
    town.moveTo(SUPERGROUP)
    await Promise.all([
      town.deliver(newFromOld()),
      town.deliver(message('/tonghop', { from: town.user('an'), chat: SUPERGROUP })),
      town.deliver(message('/lich', { from: town.user('an'), chat: SUPERGROUP })),
    ])
    const news = await stage.news()
    expect(news).toHaveLength(2)
    expect(news.map(({ text }) => text).join()).not.toContain('kichhoat')
    await livesOn()
  })

  test('becomes one with a chat that was bound under the new id before anybody told', async () => {
    const code = await codeFor(stage.pool, 'group')
    await town.deliver(message(`/kichhoat ${code}`, { from: town.user('thu'), chat: SUPERGROUP }))
    await quiet(stage.pool)
    await until(async () => expect(await stage.rows(`SELECT FROM chat WHERE kind = 'group'`)).toHaveLength(2))
    await town.deliver(oldToNew())
    await quiet(stage.pool)
    await stage.news()
    await livesOn()
  })
})
