/**
 * The forms on which deeds stand. They look alike, are handled alike and counted apart: the pledge to learn and follow,
 * and the commitment to self-cultivation (domain.md §2.3 A and B). What they are called is the texts' business.
 */
import type { Deed } from './records.ts'

export const formKinds = ['pledge', 'commitment'] as const
export type FormKind = (typeof formKinds)[number]

/** How many entries a form other than the pledge takes; the pledge's limits are the campaign's. */
export const formLimits: Record<Exclude<FormKind, 'pledge'>, { min: number; max: number }> = {
  // Four groups of content: thought, morality and way of life, tasks, discipline and example (domain.md §2.3 B).
  commitment: { min: 1, max: 4 },
}

/** Whether a deed stands on a form; one deed may stand on both. */
export function isOfForm(deed: Pick<Deed, 'forms'>, form: FormKind): boolean {
  return deed.forms.includes(form)
}
