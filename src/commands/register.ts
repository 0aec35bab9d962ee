import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { roomLeft, type Subject, startRegistration } from '../dialogue/register-flow.ts'
import type { SubjectKind } from '../domain/records.ts'
import type { DeedDraft, Extras } from '../language/intents.ts'
import { type Command, inOrg, thisYear } from './command.ts'

export function subjectOf(facts: Facts, subjectKind: SubjectKind): Subject {
  const { org, me } = inOrg(facts)
  const subjectId = subjectKind === 'individual' ? me.memberId : org.orgId
  return { year: thisYear(facts), subjectKind, subjectId, orgId: org.orgId }
}

/** Registers what was typed; where it is more than the campaign allows, asks what to leave out instead of cutting. */
export function registerDeeds(
  facts: Facts,
  subject: Subject,
  request: Request & { intent: 'pledge.register' | 'pledge.registerCollective' },
): Effect[] {
  const { texts } = facts
  const { deeds } = request.slots
  const { standing, max, room } = roomLeft(facts, subject)
  const drafts = facts
    .deeds(subject.subjectKind, subject.subjectId, subject.year)
    .filter((deed) => deed.state === 'draft')
  if (room <= 0) return [reply(texts.tooMany(max, standing, deeds.length))]
  // A new list replaces drafts that were never sent; without one, the drafts are taken up again.
  const replaced: Effect[] = deeds.length > 0 ? drafts.map((row) => ({ remove: 'deed', row })) : []
  if (deeds.length > room) {
    if (standing.length > 0) return [reply(texts.tooMany(max, standing, deeds.length))]
    const without = (index: number) => {
      const left: DeedDraft[] = deeds.filter((_, each) => each !== index)
      const dueAsk = request.extras?.dueAsk?.filter((_, each) => each !== index)
      const extras: Extras = { ...request.extras, ...(dueAsk ? { dueAsk } : {}) }
      return { intent: request.intent, slots: { deeds: left }, extras } as Request
    }
    const options = deeds.map((deed, index) => ({ label: texts.dropDeed(deed.content), request: without(index) }))
    const question = `${texts.tooMany(max, [], deeds.length)}\n${texts.numbered(options.map((option) => option.label))}`
    return askWhich(question, options)
  }
  return startRegistration(facts, subject, deeds, request.extras, replaced)
}

export const register: Command<'pledge.register'> = {
  intents: ['pledge.register'],
  may: 'pledge.ownRegister',
  respond: (facts, request) => registerDeeds(facts, subjectOf(facts, 'individual'), request),
}
