/** A committee with everything below it on the rich platform: rosters by import, what people say through the real engine, many at once. */
import type { Pool } from 'pg'
import { consentVersion } from '../../src/domain/consent.ts'
import { fold } from '../../src/language/normalise.ts'
import { createRandom } from '../crash/random.ts'
import { RICH_BOT, richEvent } from '../flows/rich-platform.ts'
import type { Rig } from '../flows/rig.ts'
import { namesOf } from './crowd.ts'
import { Printed } from './printed.ts'
import { type Rows, readRows } from './recount.ts'

export interface Unit {
  name: string
  /** How many cells lie below; 0: it is a cell itself. */
  cells: number
}

export interface TreeMember {
  id: number
  orgId: number
  name: string
  role: 'secretary' | 'member'
  /** Of their account. */
  key: string
}

export interface Tree {
  root: number
  /** Directly below the root. */
  units: { id: number; isCell: boolean }[]
  cells: number[]
  /** Of cells, the secretary first. */
  members: Map<number, TreeMember[]>
  /** Who speaks for a committee, the root among them. */
  heads: Map<number, TreeMember>
}

/** Fills an empty database, as of a day: everybody is on a roster and has agreed to be known. */
export async function seedTree(
  pool: Pool,
  wanted: { name: string; units: readonly Unit[]; sizes: (cell: number) => number; at: Date; seed: number },
): Promise<Tree> {
  const { at } = wanted
  const random = createRandom(wanted.seed)
  const orgs: { id: number; parent: number | null; kind: string; name: string; path: string }[] = []
  const people: TreeMember[] = []
  const tree: Tree = { root: 1, units: [], cells: [], members: new Map(), heads: new Map() }
  const add = (parent: (typeof orgs)[number] | null, kind: 'cell' | 'committee', name: string) => {
    const id = orgs.length + 1
    const org = { id, parent: parent?.id ?? null, kind, name, path: `${parent?.path ?? '/'}${id}/` }
    orgs.push(org)
    const size = kind === 'committee' ? 1 : wanted.sizes(tree.cells.length)
    const lines = namesOf(size, random).map((line, place): TreeMember => {
      const member = people.length + place + 1
      return { id: member, orgId: id, name: line, role: place === 0 ? 'secretary' : 'member', key: `m${member}` }
    })
    people.push(...lines)
    if (kind === 'committee') tree.heads.set(id, lines[0]!)
    else {
      tree.cells.push(id)
      tree.members.set(id, lines)
    }
    return org
  }
  const root = add(null, 'committee', wanted.name)
  for (const unit of wanted.units) {
    const org = add(root, unit.cells === 0 ? 'cell' : 'committee', unit.name)
    tree.units.push({ id: org.id, isCell: unit.cells === 0 })
    for (let nth = 1; nth <= unit.cells; nth += 1) add(org, 'cell', `Chi bộ ${nth}, ${unit.name}`)
  }
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT set_config('nep.effective_on', $1, true)`, [at.toISOString().slice(0, 10)])
    await client.query(
      `INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone)
        SELECT id, parent, kind, name, path, 'Asia/Ho_Chi_Minh' FROM jsonb_to_recordset($1::jsonb)
        AS r(id int, parent int, kind text, name text, path text) ORDER BY id`,
      [JSON.stringify(orgs)],
    )
    await client.query(
      `INSERT INTO member (member_id, org_id, display_name, folded_name, role, status)
        SELECT id, "orgId", name, folded, role, 'official' FROM jsonb_to_recordset($1::jsonb)
        AS r(id int, "orgId" int, name text, folded text, role text)`,
      [JSON.stringify(people.map((each) => ({ ...each, folded: fold(each.name) })))],
    )
    await client.query(
      `INSERT INTO chat (chat_id, platform, account_id, external_id, kind)
        SELECT n, 'telegram', $2, 'private:m' || n, 'private' FROM generate_series(1, $1::int) n`,
      [people.length, RICH_BOT],
    )
    await client.query(
      'INSERT INTO chat_alias (platform, account_id, external_id, chat_id) SELECT platform, account_id, external_id, chat_id FROM chat',
    )
    await client.query(
      `INSERT INTO account (account_id, platform, external_id, bot_account_id, private_chat_id, consent_version, consented_at)
        SELECT chat_id, platform, 'm' || chat_id, account_id, chat_id, $1, $2 FROM chat`,
      [consentVersion, at],
    )
    await client.query(
      'INSERT INTO consent (account_id, version, given, at) SELECT account_id, $1, true, $2 FROM account',
      [consentVersion, at],
    )
    await client.query(
      `INSERT INTO account_member (account_id, member_id, state, linked_at) SELECT account_id, account_id, 'linked', $1 FROM account`,
      [at],
    )
    for (const [table, column] of [
      ['organisation', 'org_id'],
      ['member', 'member_id'],
      ['chat', 'chat_id'],
      ['account', 'account_id'],
    ])
      await client.query(
        `SELECT setval(pg_get_serial_sequence('${table}', '${column}'), (SELECT max(${column}) FROM ${table}))`,
      )
    await client.query('COMMIT')
  } finally {
    client.release()
  }
  await pool.query('ANALYZE')
  return tree
}

/** Tables that talk about deeds, praise and meetings leaves alone. */
const untouched = [
  ...['organisation', 'organisation_history', 'member', 'membership_history', 'account', 'account_member', 'chat'],
  'deed_history',
]

/** The tree's people before the engine: what many say at once, and the numbers in all that they hear. */
export class TreeStage {
  readonly printed = new Printed()
  said = 0
  messages = 0
  private first: Rows | null = null

  constructor(readonly rig: Rig) {}

  get now(): Date {
    return this.rig.clock.now()
  }

  async rows(): Promise<Rows> {
    this.first ??= { ...(await readRows(this.rig.pool)), deed_history: [] }
    return readRows(this.rig.pool, { rows: this.first, untouched })
  }

  private async read(messages: readonly { chat: string; text: string }[]): Promise<void> {
    this.messages += messages.length
    if (!messages.some(({ text }) => /\d/.test(text))) return
    const rows = await this.rows()
    for (const { chat, text } of messages) this.printed.check(text, { rows, now: this.now, chat })
  }

  /** Everybody says one thing, in the same minute. Nobody may be in the list twice. */
  async all(said: readonly (readonly [TreeMember, string])[]): Promise<Map<string, string[]>> {
    this.rig.clock.set(new Date(this.now.getTime() + 60_000))
    this.said += said.length
    const events = said.map(([member, text]) => richEvent(member.key, text, { occurredAt: this.now.toISOString() }))
    const sent = await this.rig.emit(...events)
    const heard = sent.map(({ chat, text }) => ({ chat: chat.id, text }))
    await this.read(heard)
    const byChat = new Map<string, string[]>()
    for (const { chat, text } of heard) byChat.set(chat, [...(byChat.get(chat) ?? []), text])
    return byChat
  }

  async one(member: TreeMember, text: string): Promise<string> {
    return ((await this.all([[member, text]])).get(`private:${member.key}`) ?? []).join('\n')
  }

  /** Every day until an instant, by the program's own ticks. */
  async until(end: string): Promise<void> {
    const last = new Date(end).getTime()
    while (this.now.getTime() < last) {
      const before = this.rig.rich.sent.length
      const next = Math.min(last, this.now.getTime() + 86_400_000)
      // The platform is waited for between two moves of the clock, and a meeting's last reminder is dropped once it has begun.
      const stops = await this.rig.rows<{ at: Date }>(
        `SELECT DISTINCT starts_at - interval '1 hour' AS at FROM meeting
         WHERE starts_at - interval '1 hour' > $1 AND starts_at - interval '1 hour' < $2 ORDER BY 1`,
        [this.now, new Date(next)],
      )
      for (const { at } of stops) await this.rig.advance(at)
      await this.rig.advance(new Date(next))
      await this.read(this.rig.rich.sent.slice(before).map(({ chat, text }) => ({ chat: chat.id, text })))
    }
  }
}
