/**
 * Protects what only shows when the whole program runs over real adapters: one person and one cell on two platforms, a
 * month's messages running low, lists longer than a message, words under a picture.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { vi as texts } from '../../../src/texts/vi.ts'
import { until } from '../contract/bench.ts'
import { codeFor, PEOPLE, seedCell } from './cell.ts'
import { localTown } from './local-town.ts'
import { createPlayer } from './play.ts'
import { script } from './script.ts'
import { slackTown } from './slack-town.ts'
import { openStage, type Stage } from './stage.ts'
import { telegramTown } from './telegram-town.ts'
import type { OpenTown } from './town.ts'
import { type ZaloTown, zaloTown } from './zalo-town.ts'

let stage: Stage
afterEach(() => stage.stop())

/** Group bound, Thu secretary, An linked: the script up to there. */
async function begin(...towns: OpenTown[]): Promise<void> {
  await beginWith([], ...towns)
}

async function beginWith(more: readonly string[], ...towns: OpenTown[]): Promise<void> {
  stage = await openStage({ towns, people: PEOPLE, seed: (pool) => seedCell(pool, more), level: 'warn' })
  const { play } = createPlayer(stage)
  for (const step of script.slice(0, 9)) await play(step)
}

const wheres = (news: readonly { where: string }[]) => news.map(({ where }) => where).sort()

describe('a cell on Zalo and Telegram', () => {
  test('knows a person of both as one member, and reminds each group once', async () => {
    await begin(zaloTown('webhook'), telegramTown('webhook'))
    const [zalo, telegram] = stage.towns
    const code = await codeFor(stage.pool, 'group')
    await stage.say({ who: 'thu', in: 'group', manner: 'command', text: `/kichhoat ${code}` }, telegram)
    await stage.say({ who: 'an', in: 'private', manner: 'plain', text: 'tôi là Nguyễn Văn An' }, telegram)
    await stage.say({ who: 'an', in: 'private', manner: 'plain', text: 'đồng ý' }, telegram)
    // The secretary is asked where she is: on the other platform.
    const asked = await stage.news(zalo)
    expect(wheres(asked)).toEqual(['thu'])
    expect(asked[0]?.text).toContain('Telegram')
    await stage.say({ who: 'thu', in: 'private', manner: 'plain', text: 'có' }, zalo)
    await stage.news(telegram)
    expect(
      await stage.rows(
        `SELECT m.display_name AS name, count(*)::int AS accounts FROM account_member l JOIN member m USING (member_id)
         WHERE l.state = 'linked' GROUP BY 1 ORDER BY 2 DESC`,
      ),
    ).toEqual([
      { name: PEOPLE.an, accounts: 2 },
      { name: PEOPLE.thu, accounts: 1 },
    ])

    await stage.say({ who: 'an', in: 'group', manner: 'mention', text: 'đk: trồng 10 cây, xong trước 30/11' }, zalo)
    await stage.say({ who: 'an', in: 'group', manner: 'reply', text: '1' }, zalo)
    const mine = await stage.say({ who: 'an', in: 'private', manner: 'plain', text: 'việc của tôi' }, telegram)
    expect(mine[0]?.text).toContain('trồng 10 cây')
    const counts = await stage.say({ who: 'an', in: 'group', manner: 'command', text: '/tonghop' }, telegram)
    expect(counts[0]?.text).toContain('1/4')

    await stage.say(
      { who: 'thu', in: 'group', manner: 'mention', text: 'chi bộ họp mùng 10 hằng tháng lúc 19h30' },
      zalo,
    )
    await stage.news(telegram)
    for (const at of ['2026-10-05T19:30:00+07:00', '2026-10-05T19:31:00+07:00']) await stage.tick(at)
    const reminders = (await Promise.all([zalo, telegram].map((town) => town!.shown()))).map((shown) =>
      shown.filter(({ where, text }) => where === 'group' && text.includes('sinh hoạt định kỳ')),
    )
    expect(reminders.map((each) => each.length)).toEqual([1, 1])
    // Answered on one, known on the other.
    await stage.say({ who: 'an', in: 'group', manner: 'reply', text: 'có mặt' }, telegram)
    expect(await stage.rows('SELECT answer FROM attendance')).toEqual([{ answer: 'attending' }])
  })
})

describe("Zalo's month of 3,000 messages", () => {
  const used = (sent: number) =>
    stage.pool.query(
      `INSERT INTO send_count (platform, account_id, month, sent) SELECT DISTINCT platform, account_id, '2026-10', $1::int FROM chat
       ON CONFLICT (platform, account_id, month) DO UPDATE SET sent = EXCLUDED.sent`,
      [sent],
    )

  test('running low is told to the secretary at 80 and 95 %, once each, and to the operator in the log', async () => {
    await begin(zaloTown('webhook'))
    for (const [sent, minute] of [
      [2_399, 10],
      [2_400, 20],
      [2_401, 30],
      [2_850, 40],
      [2_851, 50],
    ] as const) {
      await used(sent)
      const told = await stage.tick(`2026-10-05T10:${minute}:00+07:00`)
      const isNew = sent === 2_400 || sent === 2_850
      expect(told.map(({ text }) => text)).toEqual(isNew ? [texts.quotaWarning(sent, 3_000)] : [])
    }
    expect(stage.logged().match(/"event":"quota"/g)).toHaveLength(2)
  })

  test('and the 50 people and 3 groups of its plan are counted and told likewise', async () => {
    await begin(zaloTown('webhook'))
    const [known] = await stage.rows(`SELECT count(*)::int AS n FROM account WHERE platform = 'zalo'`)
    const people = (from: number, to: number) =>
      stage.pool.query(
        `INSERT INTO account (platform, external_id, bot_account_id) SELECT 'zalo', 'x' || n, min(account_id)
           FROM chat, generate_series($1::int, $2::int) n WHERE platform = 'zalo' GROUP BY n`,
        [from, to],
      )
    const n = (known as { n: number }).n
    const told = async (minute: number) =>
      (await stage.tick(`2026-10-05T10:${minute}:00+07:00`)).map(({ text }) => text)
    await people(n + 1, 39)
    expect(await told(10)).toEqual([])
    await people(40, 40)
    expect(await told(20)).toEqual([texts.planWarning('users', 40, 50)])
    await people(41, 47)
    expect(await told(30)).toEqual([])
    await people(48, 49)
    expect(await told(40)).toEqual([texts.planWarning('users', 49, 50)])
    await stage.pool.query(
      `INSERT INTO chat (platform, account_id, external_id, kind) SELECT platform, min(account_id), 'zgr-' || n, 'group'
         FROM chat, generate_series(2, 3) n WHERE platform = 'zalo' GROUP BY platform, n`,
    )
    expect(await told(50)).toEqual([texts.planWarning('groups', 3, 3)])
    expect(await told(55)).toEqual([])
    expect(stage.logged().match(/"event":"plan"/g)).toHaveLength(3)
  })

  test('is spent on what is needed most: courtesies go first, then notices, then answers; receipts wait', async () => {
    await begin(zaloTown('webhook'))
    const say = (who: string, where: 'group' | 'private', text: string) =>
      stage.say({ who, in: where, manner: where === 'group' ? 'mention' : 'plain', text })
    await say('an', 'group', 'đk: trồng 10 cây xanh, xong trước 30/11')
    await say('an', 'group', '1')

    await used(2_850)
    // The hint beside a private answer is a courtesy; the answer itself is sent.
    expect(wheres(await say('an', 'group', 'dữ liệu của tôi'))).toEqual(['an'])
    await used(2_940)
    // Telling An that his deed was approved is a notice; the secretary's receipt is sent.
    expect(wheres(await say('thu', 'private', 'duyệt hết'))).toEqual(['thu'])
    await used(2_985)
    expect(await say('an', 'group', 'tổng hợp')).toEqual([])
    expect(wheres(await say('thu', 'group', 'chi bộ họp mùng 10 hằng tháng lúc 19h30'))).toEqual(['group'])

    await used(3_000)
    stage.clock.set(new Date(stage.clock.now().getTime() + 1_000))
    await stage.towns[0]!.say({ who: 'an', in: 'group', manner: 'mention', text: 'có mặt' })
    const waiting = `SELECT state, outcome FROM outbox WHERE state = 'queued' AND outcome IS NOT NULL`
    await until(async () => expect(await stage.rows(waiting)).toEqual([{ state: 'queued', outcome: 'quota' }]))
    stage.clock.set(new Date('2026-11-01T08:00:00+07:00'))
    await stage.pool.query('UPDATE outbox SET not_before = now()')
    stage.program.engine.nudgeSenders()
    const receipts = await stage.news()
    expect(receipts.map(({ text }) => text).join()).toContain('10/10/2026')
    expect(
      await stage.rows(`SELECT outcome, count(*)::int AS n FROM outbox WHERE state = 'dropped' GROUP BY 1`),
    ).toEqual([{ outcome: 'quota', n: 3 }])
  })
})

describe('a list longer than a message', () => {
  test.each([
    ['Zalo', zaloTown('webhook'), 2_000],
    ['Telegram', telegramTown('webhook'), 4_096],
    ['Slack', slackTown('http'), 3_000],
    ['the local chat', localTown(), 2_000],
  ])('comes whole and in order on %s', async (_name, town, maxText) => {
    const members = Array.from(
      { length: 250 },
      (_, index) => `Đồng Thị Thử Nghiệm ${String.fromCodePoint(0x41 + (index % 26))}${index}`,
    )
    await beginWith(members, town)
    const list = await stage.say({ who: 'thu', in: 'private', manner: 'plain', text: 'ai chưa đk' })
    expect(list.length).toBeGreaterThan(1)
    for (const { where, text } of list) {
      expect(where).toBe('thu')
      expect(text.length).toBeLessThanOrEqual(maxText)
    }
    const lines = list.flatMap(({ text }) => text.split('\n')).filter((line) => /^\d+\. /.test(line))
    expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(lines.map((_, index) => index + 1))
    for (const name of members) expect(lines.some((line) => line.includes(name))).toBe(true)
  })
})

describe('a picture in the group', () => {
  test('is read by the words under it', async () => {
    await begin(zaloTown('webhook'))
    stage.clock.set(new Date(stage.clock.now().getTime() + 1_000))
    await (stage.towns[0] as ZaloTown).picture('an', 'đk: trồng 10 cây xanh, xong trước 30/11')
    const [question] = await stage.news()
    expect(question).toMatchObject({ where: 'group', text: expect.stringContaining('trồng 10 cây xanh') })
  })
})
