/**
 * The errors of the rules. A rule throws only for what its caller should never have passed on (a date that does not
 * exist, a schedule that is no schedule); what a person may or may not do is an answer of `access.ts`, not an error.
 */

/** What is wrong; the texts and the operator's tool speak by it, so codes stay when messages change. */
export type DomainErrorCode =
  | 'badDate'
  | 'badTime'
  | 'badMonth'
  | 'badPeriod'
  | 'badZone'
  | 'badHolidays'
  | 'badSchedule'
  | 'badLead'
  | 'badRatio'
  | 'badCode'

/** An error with a code that a caller can switch on. The message tells what was given and what is accepted. */
export class DomainError extends Error {
  readonly code: DomainErrorCode

  constructor(code: DomainErrorCode, message: string) {
    super(message)
    this.name = 'DomainError'
    this.code = code
  }
}
