/**
 * Consent to the processing of personal data (Luật 91/2025/QH15 and Nghị định 356/2025/NĐ-CP, both from 01/01/2026):
 * voluntary, informed, no default; the version of the text and the time are kept as proof.
 */
import type { Account } from './records.ts'

/** Grows when the text asked changes in substance; an older consent is then asked for again. */
export const consentVersion = '2026-1'

/** How long the one message that prompted the question may wait for the answer. */
export const heldMessageHours = 24

export function hasConsent(account: Pick<Account, 'consentVersion' | 'consentedAt' | 'withdrawnAt'>): boolean {
  return account.consentedAt !== null && account.withdrawnAt === null && account.consentVersion === consentVersion
}
