/**
 * The rows that conversations read and change, as plain data. Dates are YYYY-MM-DD, instants are `Date`.
 * One file although long: `Records`, at the end, is the list of all that conversations know; shapes stand here side by side, but
 * those that belong to one rule (requests about data, minutes, closings, ratings), which stand with it.
 */

import type { AttendanceCount } from './attendance.ts'
import type { DataRequest } from './data-request.ts'
import type { FormKind } from './forms.ts'
import type { MemberStatus, Role } from './member.ts'
import type { Minutes, MinutesItem } from './minutes.ts'
import type { Closing, Review, Told } from './period-records.ts'
import type { Rating } from './rating.ts'

export interface Organisation {
  orgId: number
  parentId: number | null
  kind: 'cell' | 'committee'
  name: string
  /** '/1/5/9/': the ids from the root to this organisation. */
  path: string
  timeZone: string
  leadMinutes: number[]
  quietFrom: string
  quietTo: string
  groupSeesNames: boolean
  /** The first day on which it is no more; null while it is. */
  closedOn: string | null
  /** What it became part of. */
  mergedInto: number | null
  /** Day of the month (1–28) on which members with an open deed are asked how far it is; 0 for never. */
  progressDay: number
  /** Periods whose books are closed, null for none; what the database keeps, never written by conversations. */
  closedPeriods: readonly string[] | null
}

/** What of an organisation may change with the years, as it was at the end of one. */
export interface OrganisationThen extends Pick<Organisation, 'orgId' | 'parentId' | 'kind' | 'name' | 'path'> {
  isClosed: boolean
}

/** One line of a roster. `displayName` is null once the member has had their data erased: the line stays as a count. */
export interface Member {
  memberId: number
  orgId: number
  displayName: string | null
  foldedName: string | null
  role: Role
  status: MemberStatus
  erasedAt: Date | null
}

/** A person's account on one platform; exists only with consent (or as proof of a withdrawn one). */
export interface Account {
  accountId: number
  platform: string
  externalId: string
  botAccountId: string
  privateChatId: number | null
  consentVersion: string | null
  consentedAt: Date | null
  withdrawnAt: Date | null
}

/** A claim of an account to a line of a roster, and once confirmed the link between them. */
export interface AccountMember {
  accountId: number
  memberId: number
  /**
   * 'withdrawn': the account took its consent back; agreeing again makes 'reclaimed' of it, which a secretary confirms like a claim.
   * Whoever was confirmed once keeps the right to see and erase their data.
   */
  state: 'claimed' | 'linked' | 'withdrawn' | 'reclaimed'
  linkedAt: Date
  confirmedBy: number | null
}

/** Whether a secretary has still to say whose account it is. */
export const isUnconfirmed = ({ state }: Pick<AccountMember, 'state'>): boolean =>
  state === 'claimed' || state === 'reclaimed'

export interface Consent {
  consentId: number
  accountId: number
  version: string
  given: boolean
  at: Date
}

export type CodePurpose = 'group' | 'secretary' | 'deputy' | 'clerk' | 'committee' | 'member'

export interface Code {
  selector: string
  hash: string
  salt: string
  orgId: number
  purpose: CodePurpose
  memberId: number | null
  expiresAt: Date
  tries: number
  usedAt: Date | null
}

export interface Chat {
  chatId: number
  platform: string
  accountId: string
  externalId: string
  kind: 'group' | 'private'
  threadId: string | null
  orgId: number | null
  isGone: boolean
}

export interface ChatAlias {
  platform: string
  accountId: string
  externalId: string
  chatId: number
}

export interface Campaign {
  campaignId: number
  orgId: number
  year: number
  title: string
  legalBasis: string[]
  theme: string | null
  opensOn: string
  closesOn: string
  minIndividual: number
  maxIndividual: number
  minCollective: number
  maxCollective: number
  /** Days before `closesOn` on which groups are reminded. */
  leadDays: number[] | null
  /** When somebody opened it, or last changed its days since: reminders of before are not told. Null while groups hear nothing of it. */
  openedAt: Date | null
}

export type SubjectKind = 'individual' | 'collective'
export const deedStates = ['draft', 'submitted', 'approved', 'returned', 'withdrawn'] as const
export type DeedState = (typeof deedStates)[number]

/** What a deed belongs to (domain.md §2.3 A). */
export const deedCategories = ['thought', 'morality', 'style', 'exampleSetting'] as const
export type DeedCategory = (typeof deedCategories)[number]

/** What a collective's deed is (domain.md §2.3 C). */
export const deedFocuses = ['breakthrough', 'pressing', 'model'] as const
export type DeedFocus = (typeof deedFocuses)[number]

/** One concrete deed; the subject is a member ('individual') or the organisation itself ('collective'). */
export interface Deed {
  year: number
  subjectKind: SubjectKind
  subjectId: number
  /** What the member sees; never used again. */
  number: number
  orgId: number
  /** Null once erased. */
  content: string | null
  dueOn: string | null
  state: DeedState
  submittedAt: Date | null
  decidedAt: Date | null
  decidedBy: number | null
  returnReason: string | null
  percent: number | null
  note: string | null
  doneOn: string | null
  selfRating: Rating | null
  cellRating: Rating | null
  ratedBy: number | null
  category: DeedCategory | null
  weakness: string | null
  measure: string | null
  target: string | null
  /** 'telegram:…': a photo where its platform keeps it. */
  evidence: string | null
  focus: DeedFocus | null
  inChargeId: number | null
  forms: FormKind[]
  version: number
  updatedAt: Date
}

/** What a deed said before a change; the version is the one that was replaced. */
export interface DeedHistory {
  year: number
  subjectKind: SubjectKind
  subjectId: number
  number: number
  version: number
  content: string | null
  dueOn: string | null
  state: DeedState
  changedAt: Date
  changedBy: number | null
}

/** One report on a deed; the version is the one it made. */
export interface DeedProgress {
  year: number
  subjectKind: SubjectKind
  subjectId: number
  number: number
  version: number
  /** The deed's. */
  orgId: number
  /** The month of the report, '2026-10'. */
  round: string
  percent: number | null
  note: string | null
  done: boolean
  at: Date
  by: number | null
}

/** A rating of a deed for a period ('2026', '2026-H1', '2026-Q3'), by its owner or by the cell. */
export interface DeedRating {
  year: number
  subjectKind: SubjectKind
  subjectId: number
  number: number
  period: string
  source: 'self' | 'cell'
  orgId: number
  rating: Rating
  at: Date
  by: number | null
}

/** The monthly question about progress in one cell. */
export interface ProgressRound {
  orgId: number
  round: string
  firstAt: Date
  secondAt: Date | null
}

/** Praise of a member, one of their deeds or a collective; a model worth following; the exemplar of a month. */
export interface Commendation {
  commendationId: number
  orgId: number
  year: number
  memberId: number | null
  collectiveId: number | null
  number: number | null
  kind: 'praise' | 'model' | 'exemplar'
  title: string | null
  result: string | null
  period: string | null
  at: Date
  by: number | null
}

export interface Nudge {
  nudgeId: number
  memberId: number
  about: string
  at: Date
}

export interface Notice {
  orgId: number
  kind: 'review'
  waitsFrom: Date | null
  lastAt: Date | null
}

export interface MeetingSchedule {
  orgId: number
  cron: string
  shift: 'same' | 'nextWorkingDay' | 'previousWorkingDay'
  place: string | null
  /** The last month ('2026-11') whose meeting stands in `meeting`. */
  plannedUntil: string | null
  /** When the flag is saluted before the meeting, '06:45' in the cell's zone; null where it is not. */
  flagSaluteAt: string | null
  updatedAt: Date
}

/** A thematic meeting is one of its own; a combined one is a regular meeting with a thematic part (domain.md §3.1). */
export type MeetingKind = 'regular' | 'thematic' | 'combined'

/**
 * The regular meeting of one month, or a thematic one of its own; `occurrence` ('2026-10', '2026-10-T') begins with the month
 * it belongs to, wherever it is moved.
 */
export interface Meeting {
  orgId: number
  occurrence: string
  kind: MeetingKind
  startsAt: Date
  place: string | null
  state: 'planned' | 'cancelled' | 'held'
  isMoved: boolean
  reason: string | null
  /** Of a meeting not held, where its reason is one of those known (`domain/not-held`). */
  reasonKind: string | null
  rollCallAt: Date | null
  /** When the result of the roll call was given; the figures stand from then on. */
  rollClosedAt: Date | null
  /** Who stood on the roster at that instant, with each correction since; what the meeting's figures are made from ever after. */
  rollCounts: readonly AttendanceCount[] | null
  nextReminderAt: Date | null
  /** When it is announced to the group, well ahead; null once it was or when it will not be. */
  noticeAt: Date | null
  /** When its secretary is asked whether it was held; null once asked or known. */
  checkAt: Date | null
  updatedAt: Date
}

/** What an organisation and everything below it does about meetings; null (no lines) is taken from above. */
export interface MeetingSetting {
  orgId: number
  /** Day of the month before on which a meeting is announced; 0 for never. */
  noticeDay: number | null
  agenda: string[]
  abovePercent: number | null
  mostExcusedInRow: number | null
  monthsAbsent: number | null
}

/** What a member said of a meeting; 'present' once the roll was called. */
export interface Attendance {
  orgId: number
  occurrence: string
  memberId: number
  answer: 'attending' | 'excused' | 'present' | 'unexcused'
  reasonKind: 'work' | 'sick' | 'family' | 'other' | null
  answeredAt: Date
  answeredBy: number | null
}

export interface Theme {
  orgId: number
  /** '2026', '2026-Q4' or '2026-10'. */
  period: string
  theme: string
}

export interface Dialogue {
  dialogueKey: string
  flow: string
  version: number
  /** Plain JSON, shaped by the flow. */
  state: unknown
  expecting: string | null
  address: DialogueAddress
  accountId: number | null
  updatedAt: Date
  expiresAt: Date
}

/** Where a dialogue takes place, so that its end can be told there. */
export interface DialogueAddress {
  platform: string
  botAccountId: string
  chatId: string
  chatKind: 'group' | 'private'
  threadId?: string
  /** Who was asked, so that the question can follow a chat that changes its id. */
  personId?: string
}

/** Every kind of row a conversation may change, by name. */
export interface Records {
  member: Member
  account: Account
  accountMember: AccountMember
  consent: Consent
  code: Code
  chat: Chat
  chatAlias: ChatAlias
  deed: Deed
  deedHistory: DeedHistory
  deedProgress: DeedProgress
  deedRating: DeedRating
  progressRound: ProgressRound
  commendation: Commendation
  nudge: Nudge
  notice: Notice
  schedule: MeetingSchedule
  meeting: Meeting
  meetingSetting: MeetingSetting
  attendance: Attendance
  minutes: Minutes
  minutesItem: MinutesItem
  theme: Theme
  dialogue: Dialogue
  dataRequest: DataRequest
  closing: Closing
  review: Review
  told: Told
  campaign: Campaign
  organisation: Organisation
}
export type RecordName = keyof Records
