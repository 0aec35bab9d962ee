/** A committee reminds the cells below that are not complete: each through its secretaries, once a week at most. */
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { addDays, weekdayOf } from '../domain/calendar.ts'
import { progressOf } from '../domain/participation.ts'
import type { Organisation } from '../domain/records.ts'
import type { About } from '../language/intents.ts'
import { thisYear } from './command.ts'
import { tenthsOf } from './figures.ts'

/** One answer writes to so many cells; a committee with more has committees below it. */
export const mostReminded = 200

export function remindBelow(facts: Facts, org: Organisation, about: About | undefined): Effect[] {
  const { texts, today, now } = facts
  if (about === 'meeting' || about === 'progress') return [reply(texts.notACell)]
  const year = thisYear(facts)
  const behind = facts
    .figuresBelow(org.orgId, year, 'cells')
    .filter(({ figures }) => progressOf(figures) !== 'complete')
  if (behind.length === 0) return [reply(texts.remindNoneBelow)]
  if (behind.length > mostReminded) return [reply(texts.remindTooManyBelow(behind.length, mostReminded))]
  // By the Monday of the week.
  const what = `remind:${addDays(today, -((weekdayOf(today) + 6) % 7))}`
  const cells = facts.together(behind, (cell) => ({
    cell,
    isTold: facts.toldAt(cell.orgId, what) !== null,
    isReachable: facts.officers(cell.orgId).some(({ member }) => member.role !== 'clerk'),
    closesOn: facts.campaign(cell.orgId, year).closesOn,
  }))
  const due = cells.filter(({ isTold, isReachable }) => !isTold && isReachable)
  return [
    ...due.flatMap(({ cell, closesOn }): Effect[] => {
      const { members } = cell.figures
      const text = texts.remindCell({
        ...{ above: org.name, orgName: cell.name, members, closesOn },
        tenths: tenthsOf(members),
      })
      return [
        { put: 'told', row: { orgId: cell.orgId, what, at: now } },
        { say: { audience: { to: 'secretaries', orgId: cell.orgId }, text, rank: 'notice' } },
      ]
    }),
    {
      audit: {
        orgId: org.orgId,
        action: 'remind.sent',
        subject: `organisation:${org.orgId}`,
        details: { about: 'pledge', cells: due.length },
      },
    },
    reply(
      texts.remindedBelow({
        sent: due.length,
        held: cells.filter(({ isTold }) => isTold).length,
        unreachable: cells.filter(({ isTold, isReachable }) => !isTold && !isReachable).length,
      }),
    ),
  ]
}
