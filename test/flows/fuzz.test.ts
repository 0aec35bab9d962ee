/**
 * Random and mutated messages from all roles, in groups and in private, with presses and odd events between them. Nothing
 * crashes, nothing fails, and nothing changes by anyone not entitled. `FUZZ=100000 npx vitest run test/flows/fuzz.test.ts`
 * for the long run; every run with one number of messages is the same.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboundEvent } from '../../src/engine/platform.ts'
import { type Cast, messageOf, pick, type Random, randomOf } from './fuzz-messages.ts'
import {
  type Line,
  linesNow,
  linesWithin,
  peopleWithin,
  takeChanges,
  unentitled,
  type Written,
  watchChanges,
} from './fuzz-oracle.ts'
import { RICH_BOT, richEvent } from './rich-platform.ts'
import { monday, type Rig, startRig } from './rig.ts'
import { addCode, addGroup, addMembers, addOrganisation, type SeedMember } from './seed.ts'

const messages = Number(process.env.FUZZ ?? 5_000)
/** People and organisations are replaced after so many messages: erasing and withdrawing wear them out. */
const perSeason = 1_000
/** Written by a few people at a time, so that whoever changed something can be told from those who could not. */
const perBatch = 50

let rig: Rig
const rejections: unknown[] = []
const onRejection = (reason: unknown) => rejections.push(reason)
beforeAll(async () => {
  process.on('unhandledRejection', onRejection)
  rig = await startRig({ seed: async (pool) => void (await addOrganisation(pool, 'Gốc', 'committee')) })
  await watchChanges(rig.pool)
})
afterAll(async () => {
  process.off('unhandledRejection', onRejection)
  await rig.stop()
})

interface Season {
  people: string[]
  groups: string[]
  cast: Cast
  orgIds: number[]
}

const family = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Vũ', 'Đỗ', 'Bùi', 'Hoàng']
const given = ['An', 'Bình', 'Hoà', 'Chắt', 'Dung', 'Thuận', 'Lụa', 'Mai', 'Tư', 'Hoa']

async function open(number: number, random: Random): Promise<Season> {
  const { pool } = rig
  const committee = await addOrganisation(pool, `Đảng uỷ ${number}`, 'committee')
  const cells = [
    await addOrganisation(pool, `Chi bộ A${number}`, 'cell', committee),
    await addOrganisation(pool, `Chi bộ B${number}`, 'cell', committee),
  ]
  const name = (index: number) => `${pick(random, family)} ${['Văn', 'Thị'][index % 2]} ${pick(random, given)}`
  const key = (label: string) => `p${attempt}.${number}-${label}`
  const above: SeedMember[] = [
    { name: name(0), role: 'secretary', key: key('above') },
    { name: name(1), role: 'committee', key: key('upper') },
  ]
  await addMembers(pool, committee, above, monday, 'telegram')
  const people = above.map((member) => member.key!)
  const names: string[] = []
  for (const [index, orgId] of cells.entries()) {
    const of = (label: string, more: Partial<SeedMember> = {}): SeedMember => ({
      name: name(names.length + label.length),
      key: key(`${label}${index}`),
      ...more,
    })
    const members = [
      of('secretary', { role: 'secretary' }),
      of('deputy', { role: 'deputy' }),
      of('clerk', { role: 'clerk' }),
      of('one'),
      of('two'),
      of('probationary', { status: 'probationary' }),
      of('exempt', { status: 'exempt' }),
      of('suspended', { role: 'secretary', status: 'suspended' }),
      of('left', { role: 'deputy', status: 'left' }),
      of('unlinked', { key: undefined }),
      of('newcomer', { key: undefined }),
    ]
    await addMembers(pool, orgId, members, monday, 'telegram')
    names.push(...members.map((member) => member.name))
    people.push(...members.flatMap((member) => member.key ?? []))
    await addGroup(pool, 'telegram', `g${attempt}.${number}-${index}`, orgId)
  }
  people.push(key('stranger1'), key('stranger2'), key('stranger3'))
  // Codes of earlier seasons would sooner or later share a selector with new ones.
  await pool.query('DELETE FROM code')
  const codes: string[] = []
  for (const [index, purpose] of (['group', 'secretary', 'clerk', 'member', 'committee'] as const).entries()) {
    const orgId = purpose === 'committee' ? committee : pick(random, cells)
    codes.push(await addCode(pool, { orgId, purpose, madeAt: rig.clock.now(), seed: number * 7 + index }))
  }
  // Near misses of the real ones.
  codes.push(...codes.map((code) => `${code.slice(0, 5)}0000`), 'C0FH-J123')
  const groups = ['0', '1', 'free'].map((which) => `g${attempt}.${number}-${which}`)
  return { people, groups, cast: { names, codes }, orgIds: [committee, ...cells] }
}

let serial = 0
/** A test that is tried again finds the rows of the first time. */
let attempt = 0
function eventOf(season: Season, random: Random, person: string): InboundEvent {
  serial += 1
  const text = messageOf(random, season.cast)
  const isGroup = random() < 0.45
  const chat: InboundEvent['chat'] = isGroup
    ? { id: pick(random, season.groups), kind: 'group' }
    : { id: `private:${person}`, kind: 'private' }
  const addressed = text.startsWith('/')
    ? 'command'
    : isGroup
      ? pick(random, ['mention', 'reply', 'none'] as const)
      : 'private'
  const event = richEvent(person, text, { chat, addressed, eventKey: `fuzz:${serial}` })
  const odd = random()
  if (odd < 0.85) return event
  if (odd < 0.9) {
    const tokens = rig.rich.sent.slice(-40).flatMap(({ choices }) => (choices ?? []).map(({ token }) => token))
    const token =
      tokens.length > 0 && random() < 0.8
        ? pick(random, tokens)
        : pick(random, ['', 'c', 'c:1', 'c:1:x:y', text.slice(0, 60)])
    return { ...event, kind: 'action', text: '', action: { token, pressId: 'p' } }
  }
  if (odd < 0.92) return { ...event, kind: 'edited' }
  if (odd < 0.94) return { ...event, kind: 'unsupported', text: '' }
  if (odd < 0.96) return { ...event, sender: { ...event.sender, isAnonymous: true } }
  if (odd < 0.97) return { ...event, sender: { ...event.sender, isBot: true } }
  if (odd < 0.98)
    return {
      ...event,
      kind: 'membership',
      membership: pick(random, ['joined', 'left', 'blocked', 'unblocked'] as const),
      text: '',
    }
  if (odd < 0.985) return { ...event, eventKey: `fuzz:${Math.max(1, serial - 3)}` }
  return { ...event, messageKey: `m:${Math.floor(serial / 3)}` }
}

test(`${messages} random messages: no crash, no failure, no change by anyone not entitled`, {
  timeout: 3_600_000,
}, async () => {
  attempt += 1
  const random = randomOf(20_261_005)
  const parents = new Map<number, number | null>()
  let season: Season | null = null
  let changesSeen = 0
  const wrong: string[] = []
  let earlier: Written[] = []
  for (let done = 0; done < messages; done += perBatch) {
    if (done % perSeason === 0) {
      earlier = []
      season = await open(done / perSeason + 1, random)
      for (const row of await rig.rows<{ id: number; parent: number | null }>(
        'SELECT org_id AS id, parent_id AS parent FROM organisation',
      ))
        parents.set(row.id, row.parent)
      await takeChanges(rig.pool)
    }
    const { people } = season!
    const writers = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, people))
    const events = Array.from({ length: perBatch }, () => eventOf(season!, random, pick(random, writers)))
    const before = await linesNow(rig.pool)
    const accounts = await accountsNow()
    await rig.emit(...events)
    const changes = await takeChanges(rig.pool)
    const personOf = new Map([...accounts, ...(await accountsNow()), ...peopleWithin(changes)])
    const within = await linesWithin(rig.pool, changes, personOf)
    const lines: Line[] = [...before, ...(await linesNow(rig.pool)), ...within]
    const written: Written[] = events.map((event) => ({
      person: event.sender.id,
      chatId: event.chat.id,
      text: event.text,
      kind: event.kind,
    }))
    changesSeen += changes.length
    wrong.push(
      ...unentitled(
        changes,
        written,
        lines,
        personOf,
        { parentOf: (orgId) => parents.get(orgId) ?? null },
        earlier,
      ).map(
        (each) =>
          `${each}\n  wrote: ${written.map(({ text, chatId }) => `[${chatId}] ${text.slice(0, 80)}`).join(' | ')}`,
      ),
    )
    // A few tell enough.
    if (wrong.length > 10) break
    earlier.push(...written)
    if (random() < 0.1) {
      rig.clock.set(new Date(rig.clock.now().getTime() + Math.floor(random() * 6 * 3_600_000)))
      await rig.program.engine.runTick()
      const ticked = new Set((await takeChanges(rig.pool)).map(({ table }) => table))
      expect([...ticked].filter((table) => !['meeting', 'notice', 'schedule'].includes(table))).toEqual([])
    }
  }
  expect(wrong).toEqual([])
  expect(await rig.rows('SELECT inbox_id, failure FROM inbox WHERE failure IS NOT NULL')).toEqual([])
  expect(await rig.value(`SELECT count(*)::int FROM inbox WHERE handled_at IS NULL`)).toBe(0)
  expect(await rig.rows(`SELECT state, outcome FROM outbox WHERE state NOT IN ('sent', 'dropped') LIMIT 3`)).toEqual([])
  expect(rejections).toEqual([])
  // A fuzz that changes nothing proves nothing.
  expect(changesSeen).toBeGreaterThan(messages / 20)
  const done = await rig.rows('SELECT action, count(*)::int AS times FROM audit_entry GROUP BY 1 ORDER BY 2 DESC')
  const actions = done.map(({ action }) => action)
  expect(actions).toEqual(expect.arrayContaining(['deed.submitted', 'deed.approved', 'meeting.scheduled']))
  expect(actions.length).toBeGreaterThan(12)
  if (process.env.FUZZ) {
    process.stdout.write(`${JSON.stringify({ messages, answers: rig.rich.sent.length, changesSeen, done })}\n`)
  }
})

async function accountsNow(): Promise<[number, string][]> {
  const rows = await rig.rows<{ id: number; person: string }>(
    'SELECT account_id AS id, external_id AS person FROM account WHERE bot_account_id = $1',
    [RICH_BOT],
  )
  return rows.map(({ id, person }) => [id, person])
}
