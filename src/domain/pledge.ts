/** Rules of deeds: numbering, change with history, decision. */
import type { FormKind } from './forms.ts'
import type { Rating } from './rating.ts'
import type { Deed, DeedFocus, DeedHistory, SubjectKind } from './records.ts'

/** Longest deed that is kept; longer ones are answered with a request to shorten. */
export const maxDeedLength = 600

export function deedKey(deed: Pick<Deed, 'year' | 'subjectKind' | 'subjectId' | 'number'>): string {
  return `${deed.subjectKind}:${deed.subjectId}:${deed.year}:${deed.number}`
}

/** Deeds that still stand: everything but the withdrawn, in the order the member sees. */
export function standing(deeds: readonly Deed[]): Deed[] {
  return deeds.filter((deed) => deed.state !== 'withdrawn').sort((a, b) => a.number - b.number)
}

/** Numbers are never used again, also not after a withdrawal. */
export function nextNumber(deeds: readonly Deed[]): number {
  return deeds.reduce((highest, deed) => Math.max(highest, deed.number), 0) + 1
}

export function draftDeed(
  subject: { year: number; subjectKind: SubjectKind; subjectId: number; orgId: number; number: number },
  content: string,
  dueOn: string | null,
  at: Date,
  form: FormKind = 'pledge',
): Deed {
  // Written out: every registration makes one, and spreading into a large literal is slow.
  const { year, subjectKind, subjectId, orgId, number } = subject
  return {
    year,
    subjectKind,
    subjectId,
    orgId,
    number,
    content,
    dueOn,
    state: 'draft',
    submittedAt: null,
    decidedAt: null,
    decidedBy: null,
    returnReason: null,
    percent: null,
    note: null,
    doneOn: null,
    selfRating: null,
    cellRating: null,
    ratedBy: null,
    category: null,
    weakness: null,
    measure: null,
    target: null,
    evidence: null,
    focus: null,
    inChargeId: null,
    forms: [form],
    version: 1,
    updatedAt: at,
  }
}

/** A deed's next version together with what it replaces. */
export interface DeedChange {
  deed: Deed
  history: DeedHistory
}

function changed(deed: Deed, patch: Partial<Deed>, at: Date, by: number | null): DeedChange {
  const { year, subjectKind, subjectId, number, version, content, dueOn, state } = deed
  return {
    deed: { ...deed, ...patch, version: version + 1, updatedAt: at },
    history: { year, subjectKind, subjectId, number, version, content, dueOn, state, changedAt: at, changedBy: by },
  }
}

/** Sends a draft or a returned deed to the cell. */
export function submit(deed: Deed, at: Date, by: number | null): DeedChange {
  return changed(deed, { state: 'submitted', submittedAt: at, returnReason: null }, at, by)
}

/**
 * Changes what a deed says. A draft stays a draft; anything that the cell has seen needs its approval again
 * (the member changes the promise, not the secretary's decision).
 */
export function edit(deed: Deed, patch: { content?: string; dueOn?: string }, at: Date, by: number | null): DeedChange {
  const words = {
    ...(patch.content ? { content: patch.content } : {}),
    // The label names what was written, so it goes with the words.
    ...(patch.content && deed.subjectKind === 'collective' ? { focus: focusOf(patch.content) } : {}),
    ...(patch.dueOn ? { dueOn: patch.dueOn } : {}),
  }
  if (deed.state === 'draft') return changed(deed, words, at, by)
  const again = { state: 'submitted' as const, submittedAt: at, decidedAt: null, decidedBy: null, returnReason: null }
  return changed(deed, { ...words, ...again }, at, by)
}

export function withdraw(deed: Deed, at: Date, by: number | null): DeedChange {
  return changed(deed, { state: 'withdrawn' }, at, by)
}

export function approve(deed: Deed, at: Date, by: number): DeedChange {
  return changed(deed, { state: 'approved', decidedAt: at, decidedBy: by, returnReason: null }, at, by)
}

export function giveBack(deed: Deed, reason: string, at: Date, by: number): DeedChange {
  return changed(deed, { state: 'returned', decidedAt: at, decidedBy: by, returnReason: reason }, at, by)
}

/** Records progress: a finished deed gets its day, a corrected one loses it again. */
export function progress(
  deed: Deed,
  report: { percent?: number; note?: string; done?: true },
  today: string,
  at: Date,
  by: number | null,
): DeedChange {
  const patch: Partial<Deed> = {}
  if (report.percent !== undefined) patch.percent = report.percent
  if (report.done) patch.percent = 100
  if (report.note) patch.note = report.note
  if (report.done || report.percent !== undefined) patch.doneOn = report.done ? today : null
  return changed(deed, patch, at, by)
}

/** The member's own rating, which stays beside the cell's. */
export function rateSelf(deed: Deed, rating: Rating, at: Date, by: number): DeedChange {
  return changed(deed, { selfRating: rating }, at, by)
}

export function rate(deed: Deed, rating: Rating, at: Date, by: number): DeedChange {
  return changed(deed, { cellRating: rating, ratedBy: by }, at, by)
}

/**
 * What a collective's deed is, where its first words say so (domain.md §2.3 C). Only names what was written; null where
 * it is an ordinary deed.
 */
export function focusOf(content: string): DeedFocus | null {
  const words = content.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').trim()
  if (/^(khau|noi dung|mui) dot pha\b|^dot pha\b|^(main focus|breakthrough)\b/.test(words)) return 'breakthrough'
  if (/^(giai quyet |xu ly )?(van de|viec) (buc xuc|noi com)\b|^pressing issue\b/.test(words)) return 'pressing'
  return /^(xay dung |nhan rong )?(mo hinh|cach lam hay)\b|^model\b/.test(words) ? 'model' : null
}

/** What a member or a cell says of a deed besides its words and date; null where it was not told. */
export type DeedDetails = Pick<Deed, 'category' | 'weakness' | 'measure' | 'target' | 'inChargeId'>

/**
 * Adds what was not told before. A measure or a target that the cell has already approved and that is replaced by another
 * one is a changed promise: it needs approval again, as `edit` does.
 */
export function describeDeed(deed: Deed, details: Partial<DeedDetails>, at: Date, by: number | null): DeedChange {
  const isReplaced = (['measure', 'target'] as const).some(
    (name) => details[name] !== undefined && deed[name] !== null && deed[name] !== details[name],
  )
  const again = { state: 'submitted' as const, submittedAt: at, decidedAt: null, decidedBy: null, returnReason: null }
  return changed(deed, { ...details, ...(isReplaced && deed.state === 'approved' ? again : {}) }, at, by)
}

/** Lets a deed stand on another form as well. */
export function addForm(deed: Deed, form: FormKind, at: Date, by: number | null): DeedChange {
  return changed(deed, { forms: [...new Set([...deed.forms, form])] }, at, by)
}

export function keepEvidence(deed: Deed, evidence: string, at: Date, by: number | null): DeedChange {
  return changed(deed, { evidence }, at, by)
}

const vagueOpenings =
  /^(cố gắng|co gang|phấn đấu|phan dau|làm tốt|lam tot|hoàn thành tốt|hoan thanh tot|nâng cao|nang cao|thực hiện tốt|thuc hien tot|học tập|hoc tap|rèn luyện|ren luyen)\b/i

/**
 * Whether a deed could do with something that can be checked: few words, or a general promise without any number.
 * Only ever leads to one friendly hint (Tuyên Quang guide 10-HD/BTGTU: concrete, easy to do and to review).
 */
export function isVague(content: string): boolean {
  if (/\d/.test(content)) return false
  const words = content.trim().split(/\s+/).length
  return words < 4 || (words < 9 && vagueOpenings.test(content.trim()))
}
