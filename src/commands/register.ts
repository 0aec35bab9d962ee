import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { startRegistration } from '../dialogue/register-flow.ts'
import { collectiveOf, openDrafts, roomLeft, type Subject } from '../dialogue/register-subject.ts'
import { type FormKind, isOfForm } from '../domain/forms.ts'
import { addForm } from '../domain/pledge.ts'
import type { SubjectKind } from '../domain/records.ts'
import type { DeedDraft, Extras } from '../language/intents.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { chosenDeed } from './own-deed.ts'

export function subjectOf(facts: Facts, subjectKind: SubjectKind, form?: FormKind): Subject {
  const { org, me } = inOrg(facts)
  const subjectId = subjectKind === 'individual' ? me.memberId : org.orgId
  return { year: thisYear(facts), subjectKind, subjectId, orgId: org.orgId, ...(form ? { form } : {}) }
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
  const drafts = openDrafts(facts, subject)
  if (room <= 0) return [reply(texts.tooMany(max, standing, deeds.length, collectiveOf(facts, subject)))]
  // A new list replaces drafts that were never sent; without one, the drafts are taken up again.
  const replaced: Effect[] = deeds.length > 0 ? drafts.map((row) => ({ remove: 'deed', row })) : []
  if (deeds.length > room) {
    if (standing.length > 0) return [reply(texts.tooMany(max, standing, deeds.length, collectiveOf(facts, subject)))]
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

/** "Bản cam kết: việc 1": one deed on two forms. */
function standOnForm(facts: Facts, request: Request, form: FormKind, number: number): Effect[] {
  const { texts, now } = facts
  const { me } = inOrg(facts)
  const chosen = chosenDeed(facts, request, number)
  if ('effects' in chosen) return chosen.effects
  const { deed } = chosen
  const details = texts.deedDetail.forms(texts.formNames[form])
  if (isOfForm(deed, form)) return [reply(texts.described(deed.number, details, false))]
  return [
    ...deedChanged(addForm(deed, form, now, me.memberId), 'deed.onForm'),
    reply(texts.described(deed.number, details, false)),
  ]
}

export const register: Command<'pledge.register'> = {
  intents: ['pledge.register'],
  may: 'pledge.ownRegister',
  respond(facts, request) {
    const { form, alsoDeed } = request.extras ?? {}
    if (form && !facts.forms().includes(form)) return [reply(facts.texts.notServed)]
    if (form && alsoDeed !== undefined) return standOnForm(facts, request, form, alsoDeed)
    return registerDeeds(facts, subjectOf(facts, 'individual', form), request)
  },
}
