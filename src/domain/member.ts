/** A member's standing on the roster. Which of these count is decided in `participation.ts` alone. */
export const memberStatuses = [
  'official',
  'probationary',
  'exempt',
  'away',
  'temporarilyHere',
  'suspended',
  'left',
] as const
export type MemberStatus = (typeof memberStatuses)[number]

/** What a person may be in one organisation; `access.ts` says what each may do. */
export const roles = ['secretary', 'deputy', 'clerk', 'committee', 'member'] as const
export type Role = (typeof roles)[number]
