/** The figures of an organisation in a year, ready for texts; all arithmetic is `domain/participation`'s. */

import type { Facts } from '../dialogue/facts.ts'
import { type DeedFigures, deedFiguresOf, deedStages, type StageFigures, stageRatio } from '../domain/deed-figures.ts'
import { type FormKind, isOfForm } from '../domain/forms.ts'
import {
  cellRatio,
  countsInDenominator,
  excludedStatuses,
  percentTenths,
  type Registration,
  standingOf,
} from '../domain/participation.ts'
import type { Member } from '../domain/records.ts'

export function figuresOf(facts: Facts, orgId: number, year: number): Registration {
  return facts.participation(orgId, year)
}

/** "02 miễn sinh hoạt, 01 tạm vắng": who is outside the denominator, or nothing. */
export function excludedText(facts: Facts, figures: Registration): string {
  const { texts } = facts
  return excludedStatuses
    .filter((status) => status !== 'left' && figures.excludedByStatus[status] > 0)
    .map((status) => texts.excludedPart(figures.excludedByStatus[status], texts.statusNames[status]))
    .join(', ')
}

export function tenthsOf(ratio: { numerator: number; denominator: number }): number | null {
  return percentTenths(ratio)
}

/** Whether retention took away who registered what: the figures stand, names could only be wrong. */
export function areNamesGone(facts: Facts, orgId: number, year: number): boolean {
  if (year >= Number(facts.today.slice(0, 4)) || facts.deedsIn(orgId, year).length > 0) return false
  const { individualDeeds, collectiveDeeds } = facts.participation(orgId, year)
  return individualDeeds + collectiveDeeds > 0
}

/** Members who count but have no standing deed on a form, by given name as lists are written. */
export function missingMembers(facts: Facts, orgId: number, year: number, form: FormKind = 'pledge'): Member[] {
  const deeds = facts.deedsIn(orgId, year)
  return byGivenName(
    facts.rosterIn(orgId, year).filter((member) => {
      if (!countsInDenominator(member.status)) return false
      const own = deeds.filter(
        (deed) => deed.subjectKind === 'individual' && deed.subjectId === member.memberId && isOfForm(deed, form),
      )
      const standing = standingOf(own.map((deed) => deed.state))
      return standing !== 'submitted' && standing !== 'approved'
    }),
  )
}

/** How far the deeds are, commitments and praise, as lines of a summary; nothing where there is nothing to say. */
export function deedLines(facts: Facts, figures: DeedFigures): string {
  const { texts } = facts
  const stages = (collective: boolean, of: StageFigures) =>
    of.approved === 0
      ? []
      : [
          texts.stagesLine(
            collective,
            Object.fromEntries(deedStages.map((stage) => [stage, stageRatio(of, stage)])) as Parameters<
              typeof texts.stagesLine
            >[1],
          ),
        ]
  const { commitments, commended, models, exemplars } = figures
  const praised = commended.members + commended.collectives + models + exemplars
  return [
    ...stages(false, figures.individual),
    ...stages(true, figures.collective),
    ...(commitments.members.numerator > 0
      ? [texts.commitmentsLine(commitments.members, tenthsOf(commitments.members))]
      : []),
    ...(praised > 0 ? [texts.praiseLine(commended.members, commended.collectives, models, exemplars)] : []),
  ].join('\n')
}

export function deedFigures(facts: Facts, orgId: number, year: number): DeedFigures {
  return deedFiguresOf(facts.deedCounts(orgId, year), facts.today)
}

const collator = new Intl.Collator('vi')

/** Vietnamese lists are sorted by given name, the last word. */
export function byGivenName(members: readonly Member[]): Member[] {
  const key = (member: Member) => (member.displayName ?? '').trim().split(/\s+/).reverse().join(' ')
  return [...members].sort((a, b) => collator.compare(key(a), key(b)))
}

export function nameOf(member: Member, fallback = '…'): string {
  return member.displayName ?? fallback
}

export { cellRatio }
