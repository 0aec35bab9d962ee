/** Deeds of members as their secretaries ask for them: one member's, or all that are done, open or overdue. In private, and logged. */
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { type DeedStage, stageOf } from '../domain/deed-figures.ts'
import { isOfForm } from '../domain/forms.ts'
import { standing } from '../domain/pledge.ts'
import type { Deed, Member, Organisation } from '../domain/records.ts'
import type { AskedStage } from '../language/intents.ts'
import { inOrg, thisYear } from './command.ts'
import { byGivenName, nameOf } from './figures.ts'
import { shown } from './mine.ts'
import { namedMember } from './named-member.ts'
import { entitledTo } from './organisation-named.ts'

const stagesMeant: Record<AskedStage, readonly DeedStage[]> = {
  done: ['done'],
  open: ['inProgress', 'overdue', 'missed'],
  overdue: ['overdue', 'missed'],
}

/** The cell whose names the sender may see, and by which line; or why not. */
function cellSeen(facts: Facts): { org: Organisation; me: Member } | { effects: Effect[] } {
  const { org } = inOrg(facts)
  const entitled = entitledTo(facts, 'summary.names', org)
  if ('effects' in entitled) return entitled
  if (org.kind !== 'cell') return { effects: [reply(facts.texts.notACell)] }
  return { org, me: entitled.me }
}

function privately(org: Organisation, me: Member, details: Record<string, string | number>, text: string): Effect[] {
  return [
    {
      audit: {
        orgId: org.orgId,
        action: 'summary.namesSeen',
        subject: `organisation:${org.orgId}`,
        details: { by: me.memberId, ...details },
      },
    },
    { say: { audience: { to: 'sender' }, text, isRepeatable: true } },
  ]
}

/** "Đồng chí Lụa đăng ký gì": what one member has registered this year, but no drafts, and how far it is. */
export function deedsOfMember(facts: Facts, request: Request, typed: string): Effect[] {
  const seen = cellSeen(facts)
  if ('effects' in seen) return seen.effects
  const named = namedMember(facts, request, typed)
  if ('effects' in named) return named.effects
  const { texts } = facts
  const { member } = named
  const year = thisYear(facts)
  const deeds = standing(facts.deeds('individual', member.memberId, year)).filter((deed) => deed.state !== 'draft')
  const name = nameOf(member, texts.erasedName)
  const text =
    deeds.length === 0
      ? texts.memberHasNone(name, year)
      : texts.myDeeds(year, shown(facts, deeds, false), false, texts.titledName(name))
  return privately(seen.org, seen.me, { member: member.memberId }, text)
}

/** "Việc nào quá hạn": approved pledges of the cell and its members that are so far, of all of them. */
export function deedsOfStage(facts: Facts, asked: AskedStage): Effect[] {
  const seen = cellSeen(facts)
  if ('effects' in seen) return seen.effects
  const { texts } = facts
  const { org, me } = seen
  const year = thisYear(facts)
  const approved = facts
    .deedsIn(org.orgId, year)
    .filter((deed) => deed.state === 'approved' && isOfForm(deed, 'pledge') && deed.content !== null)
  const members = byGivenName(facts.roster(org.orgId).filter((member) => member.status !== 'left'))
  const owned = (kind: Deed['subjectKind'], id: number) =>
    approved.filter((deed) => deed.subjectKind === kind && deed.subjectId === id).sort((a, b) => a.number - b.number)
  const all = [
    ...owned('collective', org.orgId).map((deed) => ({ who: org.name, deed })),
    ...members.flatMap((member) =>
      owned('individual', member.memberId).map((deed) => ({ who: nameOf(member, texts.erasedName), deed })),
    ),
  ]
  const stages = stagesMeant[asked]
  const lines = all
    .filter(({ deed }) => stages.includes(stageOf({ ...deed, isDone: deed.doneOn !== null }, facts.today)))
    .map(({ who, deed }) => texts.deedOf(who, texts.numberedDeed(deed), texts.deedProgress(deed.percent, deed.doneOn)))
  return privately(org, me, { stage: asked }, texts.deedsOfStage(asked, year, all.length, lines))
}
