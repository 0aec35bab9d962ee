/**
 * Consent to the processing of personal data (Luật 91/2025/QH15 and Nghị định 356/2025/NĐ-CP, both from 01/01/2026):
 * voluntary, informed, no default; the version of the text and the time are kept as proof.
 */
import type { Account } from './records.ts'

/** Grows when the text asked changes in substance. */
export const consentVersion = '2026-2'

/**
 * Texts whose consent still holds. What is asked for beyond them is none; 2026-2 only says more plainly what the rights had been
 * (lists with names for the committee above, each look logged). A text that allows more is not added here: it is asked anew.
 */
const standingVersions: readonly string[] = ['2026-1', consentVersion]

/** How long the one message that prompted the question may wait for the answer. */
export const heldMessageHours = 24

export function hasConsent(account: Pick<Account, 'consentVersion' | 'consentedAt' | 'withdrawnAt'>): boolean {
  return (
    account.consentedAt !== null &&
    account.withdrawnAt === null &&
    standingVersions.includes(account.consentVersion ?? '')
  )
}
