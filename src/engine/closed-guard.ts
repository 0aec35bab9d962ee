/** What would alter a period whose books are closed is refused here, whichever command or answer it comes from. */
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { dateOf } from '../domain/calendar.ts'
import { closedPeriodOf, type RowChange, standingClosing } from '../domain/closing.ts'
import type { RecordName } from '../domain/records.ts'
import { tables } from './tables.ts'
import type { World } from './world.ts'

/** The only kinds of rows that figures are made of; for any other nothing is looked at. */
const figuresOf: ReadonlySet<RecordName> = new Set([
  'deed',
  'deedProgress',
  'deedRating',
  'commendation',
  'meeting',
  'attendance',
  'minutes',
  'minutesItem',
])

/** What goes with any message of somebody who agreed, refused or not. */
const always: ReadonlySet<RecordName> = new Set(['chat', 'chatAlias', 'account'])

/** Whose period a row is part of: people's deeds count where they stand now. */
function organisationOf({ record, row }: RowChange, world: World): number | null {
  if (record === 'deed' || record === 'deedProgress') {
    const { subjectKind, subjectId } = row
    if (subjectKind === 'collective') return subjectId
    return world.get('member', String(subjectId))?.orgId ?? ('orgId' in row ? row.orgId : null)
  }
  return 'orgId' in row ? (row.orgId as number) : null
}

function changeOf(effect: Effect, world: World): RowChange | null {
  if (!('put' in effect || 'remove' in effect)) return null
  const record = 'put' in effect ? effect.put : effect.remove
  if (!figuresOf.has(record)) return null
  const { row } = effect
  const before = world.get(record, (tables[record] as { key(row: unknown): string }).key(row))
  return { record, row, before, isRemoved: 'remove' in effect } as RowChange
}

/** The effects themselves, or, where one of them alters a closed period, the words that say so and nothing else. */
export function withoutClosed(effects: readonly Effect[], facts: Facts, world: World): readonly Effect[] {
  const changes = effects.flatMap((effect) => changeOf(effect, world) ?? [])
  const words = facts.together(changes, (change) => refusal(change, facts, world))
  const said = words.find((each) => each !== null)
  if (!said) return effects
  return [
    ...effects.filter((each) => 'put' in each && always.has(each.put)),
    ...(facts.dialogue !== null && effects.some((each) => 'dialogue' in each) ? [{ dialogue: null }] : []),
    reply(said),
  ]
}

/** Why a change cannot be made, in words; null where it can. */
function refusal(change: RowChange, facts: Facts, world: World): string | null {
  const orgId = organisationOf(change, world)
  if (orgId === null) return null
  const closed = facts.closedPeriods(orgId)
  if (closed.length === 0) return null
  const org = facts.organisation(orgId)
  const meeting = change.record === 'attendance' ? world.get('meeting', `${orgId}:${change.row.occurrence}`) : null
  const period = closedPeriodOf(change, closed, dateOf(facts.now, org.timeZone), meeting)
  if (period === null) return null
  const closing = standingClosing(facts.closings(orgId, period), period)
  return facts.texts.periodClosed(period, closing ? dateOf(closing.closedAt, org.timeZone) : facts.today)
}
