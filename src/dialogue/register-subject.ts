/** Whose deeds are registered and on which form: limits, drafts, room, and what is offered beside the registering. */
import { endOfYear } from '../domain/calendar.ts'
import { leftUndone } from '../domain/deed-figures.ts'
import { type FormKind, formLimits, isOfForm } from '../domain/forms.ts'
import { standing } from '../domain/pledge.ts'
import type { Deed, SubjectKind } from '../domain/records.ts'
import type { Facts } from './facts.ts'

export interface Subject {
  year: number
  subjectKind: SubjectKind
  subjectId: number
  orgId: number
  /** The form registered on; the pledge where it is not told. */
  form?: FormKind
}

export const formOf = (subject: Subject): FormKind => subject.form ?? 'pledge'

export const lastDayOf = ({ year }: Subject) => endOfYear(`${year}-01-01`)

/** A pledge is of its year (domain.md §2.4) and lies ahead: a later day or one gone by is not taken without a word. */
export const isBeyond = ({ today }: Facts, subject: Subject, due: string) => due > lastDayOf(subject) || due < today

/** By when? `beyond` is a day that was typed and may not stand. */
export function dueQuestion(
  { texts, today }: Facts,
  subject: Subject,
  draft: Deed,
  candidates: string[] | undefined,
  beyond: string | undefined,
): string {
  const last = lastDayOf(subject)
  const content = draft.content ?? ''
  const question = candidates ? texts.askDueOf(content, candidates) : texts.askDue(content, last)
  if (beyond === undefined) return question
  return `${beyond < today ? texts.duePassed(content, beyond) : texts.dueBeyond(beyond, last)}\n${question}`
}

/** What is on another form than the pledge says so. */
export const onForm = ({ texts }: Facts, subject: Subject, text: string) =>
  formOf(subject) === 'pledge' ? text : `${texts.onForm(texts.formNames[formOf(subject)])}\n${text}`

export const limits = (facts: Facts, subject: Subject) => {
  if (subject.form && subject.form !== 'pledge') return formLimits[subject.form]
  const campaign = facts.campaign(subject.orgId, subject.year)
  return subject.subjectKind === 'individual'
    ? { min: campaign.minIndividual, max: campaign.maxIndividual }
    : { min: campaign.minCollective, max: campaign.maxCollective }
}

export function deedsOf(facts: Facts, subject: Subject): readonly Deed[] {
  return facts.deeds(subject.subjectKind, subject.subjectId, subject.year)
}

/** The subject's drafts on the form being registered, which are the ones a talk is about. */
export function openDrafts(facts: Facts, subject: Subject): Deed[] {
  return standing(deedsOf(facts, subject)).filter((deed) => deed.state === 'draft' && isOfForm(deed, formOf(subject)))
}

/** How many deeds may still be added; drafts and everything not withdrawn count. */
export function roomLeft(facts: Facts, subject: Subject): { standing: Deed[]; max: number; room: number } {
  const deeds = standing(deedsOf(facts, subject)).filter(
    (deed) => deed.state !== 'draft' && isOfForm(deed, formOf(subject)),
  )
  const { max } = limits(facts, subject)
  return { standing: deeds, max, room: max - deeds.length }
}

/** In whose name a deed is spoken of: a member's own (false), a cell's (true) or a committee's. */
export function collectiveOf(facts: Facts, subject: Pick<Subject, 'subjectKind' | 'orgId'>): boolean | 'committee' {
  if (subject.subjectKind !== 'collective') return false
  return facts.organisation(subject.orgId).kind === 'committee' ? 'committee' : true
}

/** What somebody is asked who wants to register and has not said what. */
export function askText(facts: Facts, subject: Subject, min: number, max: number): string {
  const { texts } = facts
  if (formOf(subject) !== 'pledge') return texts.askCommitments(min, max)
  if (subject.subjectKind === 'collective') return texts.askCollectiveDeeds(collectiveOf(facts, subject))
  const undone = texts.undoneLine(subject.year - 1, lastYearUndone(facts, subject))
  return undone ? `${texts.askDeeds(min, max)}\n${undone}` : texts.askDeeds(min, max)
}

/** What a member pledged last year and did not finish: offered again when they register. */
function lastYearUndone(facts: Facts, subject: Subject): Deed[] {
  return leftUndone(facts.deeds(subject.subjectKind, subject.subjectId, subject.year - 1))
}

/**
 * Said once, in private, with the first pledge of a year: what may be added, and what of last year is not done.
 * Never a question; a group is spared it.
 */
export function offers(facts: Facts, subject: Subject, sent: readonly Deed[], drafts: readonly Deed[]): string[] {
  const [first] = drafts
  if (subject.subjectKind !== 'individual' || formOf(subject) !== 'pledge' || sent.length > 0 || !first) return []
  if (facts.asked.chatKind === 'group') return []
  const { room } = roomLeft(facts, subject)
  const again = new Set(drafts.map((deed) => deed.content))
  const undone = lastYearUndone(facts, subject).filter((deed) => !again.has(deed.content))
  const line = room > drafts.length ? facts.texts.undoneLine(subject.year - 1, undone) : ''
  return [facts.texts.detailsOffer(first.number), ...(line ? [line] : [])]
}
