/**
 * The rows that a batch of events works on, in memory: loaded set-based, changed by effects, written once at the end.
 * The first change of a row is visible to the next event of the same batch, as if each had had its own transaction.
 */

import type { Change, Forget } from '../dialogue/effects.ts'
import type { RecordName, Records } from '../domain/records.ts'
import { type Table, tables } from './tables.ts'

/** One thing that must be loaded before a question can be answered: a kind of slice and its arguments. */
export type Need = { [K in keyof Slices]: { slice: K; of: Slices[K] } }[keyof Slices]

/** What can be loaded, and by what. Each is one set-based statement for all that need it. */
export interface Slices {
  /** Chat, account, lines of rosters, organisations and open question of one event. */
  base: BaseKey
  organisation: number
  roster: number
  member: number
  membersNamed: string
  /** Campaigns of a year along an organisation's path. */
  campaign: { orgId: number; year: number }
  deeds: { subjectKind: string; subjectId: number; year: number }
  deedsIn: { orgId: number; year: number }
  waitingBelow: number
  commendations: { orgId: number; year: number }
  progressOf: { subjectKind: string; subjectId: number; year: number }
  progressRound: { orgId: number; round: string }
  ratingsIn: { orgId: number; year: number }
  ratingsOf: { subjectKind: string; subjectId: number; year: number }
  deedCounts: { orgId: number; year: number }
  /** Ids of the organisations directly below. */
  organisationsBelow: { orgId: number; year: number }
  /** What lies directly below, or all cells at any depth, each with its figures. */
  figuresBelow: { orgId: number; year: number; scope: 'direct' | 'cells' }
  /** An organisation as it stood at the end of a past year. */
  organisationThen: { orgId: number; year: number }
  /** Who stood on a roster at the end of a past year. */
  rosterThen: { orgId: number; year: number }
  /** Names, also former ones, in an organisation's tree that hold all the words. */
  namesIn: { orgId: number; words: string }
  /** Schedule, meetings and themes of an organisation. */
  meetings: number
  /** Figures of the meetings of a whole tree in a period. */
  meetingsBelow: { orgId: number; period: string }
  /** What an organisation and those above it set about meetings. */
  meetingSettings: number
  attendance: { orgId: number; occurrence: string }
  /** Who stood on the roster on the day on which a meeting's roll was closed, and on the day before. */
  roll: { orgId: number; occurrence: string }
  minutes: { orgId: number; occurrence: string }
  answersOf: number
  participation: { orgId: number; year: number }
  /** Closings of a period, also those that were reopened. */
  closings: { orgId: number; period: string }
  /** The closings that would freeze a period now. */
  freezing: { orgId: number; period: string; below: boolean }
  /** Frozen rosters that a member stands on. */
  frozenLines: number
  /** What was written of an organisation's periods. */
  reviews: number
  /** The end of an organisation's chain of the log; loading it links what is not linked yet. */
  auditHead: number
  /** Looks at names that covered some lines of rosters; their ids joined by commas. */
  looks: string
  told: { orgId: number; what: string }
  code: string
  codeRight: { selector: string; verifier: string }
  /** Groups bound to an organisation. */
  groups: number
  dialogue: string
  links: number
  linksOf: number
  pendingClaims: number
  accountById: number
  nudges: number
  /** What a member asked about their own data. */
  requestsOf: number
  /** What else is kept about a person; ids of lines of rosters joined by commas. */
  personalRecords: { memberIds: string; accountId: number }
  /** One request about personal data, locked. */
  dataRequest: number
  notice: number
  dialoguesOf: number
  dialoguesAt: ChatKey
  chatAt: ChatKey
  /** Chats of a workspace: their ids. */
  chatsWithin: { platform: string; accountId: string; workspaceId: string }
  ids: { record: RecordName; count: number }
}

/** A chat by its id on the platform. */
export interface ChatKey {
  platform: string
  accountId: string
  chatExternalId: string
}

export interface BaseKey {
  platform: string
  botAccountId: string
  chatExternalId: string
  personExternalId: string
  dialogueKey: string
}

/** Thrown where something is read that is not loaded; the engine loads it and answers again. */
export class Missing extends Error {
  readonly needs: readonly Need[]
  constructor(needs: readonly Need[]) {
    // Thrown for nearly every event and always caught: where from is not worth its price.
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(`not loaded: ${needs.map((need) => need.slice).join(', ')}`)
    Error.stackTraceLimit = limit
    this.needs = needs
  }
}

/** Answers for each of several; what lacks is loaded for all of them at once, not for one after another. */
export function together<T, R>(items: readonly T[], each: (item: T, index: number) => R): R[] {
  const needs: Need[] = []
  const results: R[] = []
  items.forEach((item, index) => {
    try {
      results.push(each(item, index))
    } catch (error) {
      if (!(error instanceof Missing)) throw error
      needs.push(...error.needs)
    }
  })
  if (needs.length > 0) throw new Missing(needs)
  return results
}

export function needKey(need: Need): string {
  return `${need.slice}:${ofKey(need.of)}`
}

/** The same arguments give the same key: objects are always written with their properties in one order. */
function ofKey(of: Need['of']): string | number {
  if (typeof of !== 'object') return of
  let key = ''
  // A text goes with its length, so that no two lists of arguments read alike.
  for (const value of Object.values(of)) key += typeof value === 'string' ? `${value.length}:${value},` : `${value},`
  return key
}

interface Index<R> {
  lookup(row: R): string
  /** By value, the rows by their key. */
  found: Map<string, Map<string, R>>
}

class RecordTable<R> {
  private readonly rows = new Map<string, R>()
  private readonly indexes: readonly (Index<R> & { name: string })[]
  readonly key: (row: R) => string

  constructor(table: Table<R>) {
    this.key = table.key
    this.indexes = Object.entries(table.indexes).map(([name, lookup]) => ({ name, lookup, found: new Map() }))
  }

  get(key: string): R | undefined {
    return this.rows.get(key)
  }

  set(key: string, row: R): void {
    this.delete(key)
    this.rows.set(key, row)
    for (const { lookup, found } of this.indexes) {
      const value = lookup(row)
      const rows = found.get(value)
      if (rows) rows.set(key, row)
      else found.set(value, new Map([[key, row]]))
    }
  }

  delete(key: string): void {
    const old = this.rows.get(key)
    if (old === undefined) return
    this.rows.delete(key)
    for (const { lookup, found } of this.indexes) found.get(lookup(old))?.delete(key)
  }

  by(name: string, value: string): R[] {
    const rows = this.indexes.find((index) => index.name === name)?.found.get(value)
    return rows ? [...rows.values()] : []
  }
}

/** Slices that count or select over rows and so go stale when such a row changes. */
const stale: Partial<Record<RecordName, (keyof Slices)[]>> = {
  deed: ['participation', 'waitingBelow', 'deedCounts', 'figuresBelow', 'freezing'],
  commendation: ['deedCounts', 'freezing'],
  deedRating: ['deedCounts', 'freezing'],
  member: ['participation', 'membersNamed', 'waitingBelow', 'deedCounts', 'figuresBelow', 'freezing'],
  organisation: ['participation', 'organisationsBelow', 'deedCounts', 'figuresBelow', 'freezing', 'meetingsBelow'],
  meeting: ['freezing', 'meetingsBelow'],
  attendance: ['freezing'],
  campaign: ['freezing'],
  closing: ['freezing'],
  accountMember: ['pendingClaims'],
  nudge: ['nudges'],
  chat: ['chatAt', 'chatsWithin'],
}

export class World {
  private readonly records: { [K in RecordName]: RecordTable<Records[K]> }
  private readonly changes = new Map<string, Change>()
  private readonly loaded = new Map<keyof Slices, Set<string | number>>()
  private readonly values = new Map<string, unknown>()
  private readonly ids = new Map<string, number[]>()
  readonly forgets: Forget[] = []

  constructor() {
    this.records = Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [name, new RecordTable(table as never)]),
    ) as never
  }

  /** Throws `Missing`, naming all that lack, unless every slice is loaded. */
  require(...needs: Need[]): void {
    const lacking = needs.filter((need) => !this.isLoaded(need))
    if (lacking.length > 0) throw new Missing(lacking)
  }

  /** The value of a slice that is not rows (counts, answers of the hash). */
  value<T>(need: Need): T {
    this.require(need)
    return this.values.get(needKey(need)) as T
  }

  isLoaded(need: Need): boolean {
    return this.loaded.get(need.slice)?.has(ofKey(need.of)) ?? false
  }

  markLoaded(need: Need, value?: unknown): void {
    const keys = this.loaded.get(need.slice)
    if (keys) keys.add(ofKey(need.of))
    else this.loaded.set(need.slice, new Set([ofKey(need.of)]))
    if (value !== undefined) this.values.set(needKey(need), value)
  }

  /** Takes a row from the database; a row changed in this batch is newer and stays. */
  learn<K extends RecordName>(record: K, row: Records[K]): void {
    const table = this.records[record]
    const key = table.key(row)
    if (this.changes.size > 0 && this.changes.has(`${record}/${key}`)) return
    table.set(key, row)
  }

  get<K extends RecordName>(record: K, key: string): Records[K] | null {
    return this.records[record].get(key) ?? null
  }

  by<K extends RecordName>(record: K, index: string, value: string): Records[K][] {
    return this.records[record].by(index, value)
  }

  apply(change: Change): void {
    const record = 'put' in change ? change.put : change.remove
    const table = this.records[record] as RecordTable<unknown>
    const key = table.key(change.row)
    if ('put' in change) table.set(key, change.row)
    else table.delete(key)
    this.changes.set(`${record}/${key}`, change)
    for (const slice of stale[record] ?? []) this.unload(slice)
  }

  private unload(slice: keyof Slices): void {
    this.loaded.delete(slice)
  }

  giveIds(record: string, ids: readonly number[]): void {
    this.ids.set(record, [...(this.ids.get(record) ?? []), ...ids])
  }

  /** A fresh id; ids are handed out in order, so that answering again asks for the same number of them. */
  takeId(record: RecordName, already: Map<string, number>): number {
    const pool = this.ids.get(record) ?? []
    const index = already.get(record) ?? 0
    const id = pool[index]
    if (id === undefined) throw new Missing([{ slice: 'ids', of: { record, count: index + 1 } }])
    already.set(record, index + 1)
    return id
  }

  /** Drops the ids that an answered event has used. */
  spendIds(already: ReadonlyMap<string, number>): void {
    for (const [record, count] of already) this.ids.set(record, (this.ids.get(record) ?? []).slice(count))
  }

  /** What has to be written, the last change of each row; nothing is left to write afterwards. */
  takeChanges(): Change[] {
    const changes = [...this.changes.values()]
    this.changes.clear()
    return changes
  }

  hasChanges(): boolean {
    return this.changes.size > 0
  }
}
