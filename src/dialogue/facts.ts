/**
 * What a command or flow may know when it answers. Pure data behind functions: reading something that has not been
 * fetched yet makes the engine fetch it, for all waiting events at once, and answer again from the start. Answering is
 * pure, so that is free; nobody has to declare beforehand what a conversation will turn out to need.
 */

import type { AttendanceRule } from '../domain/attendance-alerts.ts'
import type { DataRequest, PrivacyRule } from '../domain/data-request.ts'
import type { DeedCounts } from '../domain/deed-figures.ts'
import type { FormKind } from '../domain/forms.ts'
import type { HolidayCalendar } from '../domain/holidays.ts'
import type { MeetingRules } from '../domain/meeting-notice.ts'
import type { MeetingFigures } from '../domain/meeting-series.ts'
import type { MemberStatus } from '../domain/member.ts'
import type { Minutes, MinutesItem } from '../domain/minutes.ts'
import type { Registration } from '../domain/participation.ts'
import type { Closing, Review } from '../domain/period-records.ts'
import type { RatingRule } from '../domain/rating.ts'
import type {
  Account,
  AccountMember,
  Attendance,
  Campaign,
  Chat,
  Code,
  Commendation,
  Deed,
  DeedProgress,
  DeedRating,
  Dialogue,
  Meeting,
  MeetingSchedule,
  MeetingSetting,
  Member,
  Notice,
  Organisation,
  ProgressRound,
  RecordName,
  SubjectKind,
  Theme,
} from '../domain/records.ts'
import type { Addressed } from '../language/intents.ts'
import type { Texts } from '../texts/texts.ts'

/** The message being answered, without its platform. */
export interface Asked {
  platform: string
  botAccountId: string
  chatExternalId: string
  chatKind: 'group' | 'private'
  threadId?: string
  /** The thread is a standing topic of the group. */
  isTopic?: true
  personExternalId: string
  displayName: string
  text: string
  addressed: Addressed
  messageId?: string
}

/** A secretary, deputy or clerk who can be written to, and whether a question is already open with them. */
export interface Reachable {
  member: Member
  account: Account
  dialogueKey: string
  dialogue: Dialogue | null
}

/** What is kept about a person beyond deeds, ratings and answers; days are 'YYYY-MM-DD', instants ISO 8601. */
export interface PersonalRecords {
  membershipHistory: { organisation: string; status: MemberStatus; fromOn: string | null; untilOn: string | null }[]
  consents: { version: string; given: boolean; at: string }[]
  /** Accounts of the same person, by platform. */
  links: { platform: string; state: string; linkedAt: string }[]
  /** What deeds said before they were changed. */
  earlierWords: {
    year: number
    number: number
    version: number
    content: string | null
    dueOn: string | null
    state: string
    changedAt: string
  }[]
  inCharge: { year: number; number: number; organisation: string }[]
  /** Tasks that meetings gave the person. */
  tasks: { occurrence: string; number: number; content: string | null; dueOn: string | null; organisation: string }[]
  praise: {
    year: number
    kind: string
    number: number | null
    title: string | null
    result: string | null
    period: string | null
  }[]
  reminders: { about: string; at: string }[]
  codes: { purpose: string; madeAt: string; usedAt: string | null }[]
  /** Entries of the log about the person, the newest first. */
  log: { at: string; action: string }[]
  /** How often the person's number stands as who decided, rated or wrote, by column. */
  acts: Record<string, number>
  /** Years of which there are deeds. */
  years: number[]
}

/** The meetings of an organisation and of everything below it in a period, and how many cells held at least one. */
export interface MeetingsBelow {
  figures: MeetingFigures
  cellsHeld: number
}

/** Logged looks at names that covered a person: how many, and the ten newest with the organisation of whoever looked. */
export interface Looks {
  total: number
  newest: { at: Date; byName: string; isOwn: boolean }[]
}

/** An organisation below another one, with its figures. */
export interface BelowFigures {
  orgId: number
  name: string
  kind: Organisation['kind']
  /** The name of what it lies directly below. */
  parentName: string
  figures: Registration
}

export interface Facts {
  readonly now: Date
  readonly texts: Texts
  readonly asked: Asked
  /** The zone of `org`, else the program's default. */
  readonly timeZone: string
  /** Today in that zone, 'YYYY-MM-DD'. */
  readonly today: string
  /** Key of the dialogue between this person and the bot in this chat. */
  readonly dialogueKey: string
  readonly dialogue: Dialogue | null
  /** The chat's row, where it is known. */
  readonly chat: Chat | null
  /** The person's account with valid consent; null before consent and after withdrawal. */
  readonly account: Account | null
  /** The lines of rosters that this account is linked to (confirmed). */
  readonly memberships: readonly Member[]
  /** The organisation spoken of: the group's; in private the person's own. */
  readonly org: Organisation | null
  /** Who the person is in `org` or in the organisation from which they have a right to it. */
  readonly me: Member | null

  organisation(orgId: number): Organisation
  roster(orgId: number): readonly Member[]
  member(memberId: number): Member | null
  membersNamed(foldedName: string): readonly Member[]
  /** The campaign in force for an organisation: its own, or the nearest one above. */
  campaign(orgId: number, year: number): Campaign
  deeds(subjectKind: SubjectKind, subjectId: number, year: number): readonly Deed[]
  deedsIn(orgId: number, year: number): readonly Deed[]
  commendations(orgId: number, year: number): readonly Commendation[]
  /** What was reported on a subject's deeds, by month. */
  progressOf(subjectKind: SubjectKind, subjectId: number, year: number): readonly DeedProgress[]
  /** The monthly question about progress of an organisation in a month ('2026-10'); null where it was not put. */
  progressRound(orgId: number, round: string): ProgressRound | null
  ratingsOf(subjectKind: SubjectKind, subjectId: number, year: number): readonly DeedRating[]
  ratingsIn(orgId: number, year: number): readonly DeedRating[]
  /** How far the deeds of an organisation and everything below are; `domain/deed-figures` makes figures of it. */
  deedCounts(orgId: number, year: number): DeedCounts
  /** The organisations directly below. */
  organisationsBelow(orgId: number, year?: number): readonly Organisation[]
  /** What lies directly below, or all cells at any depth (of the present year only), each with its figures. */
  figuresBelow(orgId: number, year: number, scope: 'direct' | 'cells'): readonly BelowFigures[]
  /** An organisation with the name and the place that it had at the end of a past year; as it is where that is unknown. */
  organisationIn(orgId: number, year: number): Organisation
  /** Whether it was there at the end of that year. */
  isKnownIn(orgId: number, year: number): boolean
  /** Who stood on the roster at the end of a past year, and how; now, of the present one. */
  rosterIn(orgId: number, year: number): readonly Member[]
  /** Names, also former ones, in an organisation's tree that hold all these folded words. */
  namesIn(orgId: number, words: string): readonly { orgId: number; name: string; isCurrent: boolean }[]
  /** Deeds submitted by the organisations directly below and by their secretaries. */
  waitingBelow(orgId: number): readonly Deed[]
  schedule(orgId: number): MeetingSchedule | null
  /** Planned, moved and held meetings of the last two and the coming months. */
  meetings(orgId: number): readonly Meeting[]
  /** Reads every meeting of the period: only where there are not too many. */
  meetingsBelow(orgId: number, period: string): MeetingsBelow
  /** What an organisation does about meetings, by itself or as set above. */
  meetingRules(orgId: number): MeetingRules
  /** What it set itself. */
  meetingSetting(orgId: number): MeetingSetting | null
  attendance(orgId: number, occurrence: string): readonly Attendance[]
  /** Whoever was on the roster on the day on which the roll was closed, then whoever was on the day before; nobody where it was not. */
  roll(orgId: number, occurrence: string): readonly { memberId: number; status: MemberStatus }[]
  /** What was noted of a meeting, also items that were removed. */
  minutes(orgId: number, occurrence: string): { head: Minutes | null; items: readonly MinutesItem[] }
  /** Everything a member answered to meetings. */
  answersOf(memberId: number): readonly Attendance[]
  themes(orgId: number): readonly Theme[]
  holidays(): HolidayCalendar
  /** Rules of rating by the day they came into force. */
  ratingRules(): readonly RatingRule[]
  /** Rules about attendance by the day they came into force; none where this kind of group has none. */
  attendanceRules(): readonly AttendanceRule[]
  /** The forms that this kind of group has. */
  forms(): readonly FormKind[]
  participation(orgId: number, year: number): Registration
  /** Rules of requests about personal data by the day they came into force. */
  privacyRules(): readonly PrivacyRule[]
  /** What else is kept about a person: of lines of rosters and of their account. */
  personalRecords(memberIds: readonly number[], accountId: number): PersonalRecords
  /** What a member asked about their own data. */
  requestsOf(memberId: number): readonly DataRequest[]
  /** Periods of an organisation whose books are closed. */
  closedPeriods(orgId: number): readonly string[]
  /** Every closing of a period, oldest first. */
  closings(orgId: number, period: string): readonly Closing[]
  /** The closings that would freeze a period now; with `below`, of everything below as well. */
  freezing(orgId: number, period: string, below: boolean): readonly Closing[]
  /** Frozen rosters that a member stands on. */
  frozenLines(memberId: number): readonly { period: string; closedAt: Date; status: string }[]
  /** The end of an organisation's chain of the log, and up to when it holds the log; null where nothing is in it. Asked for last: it is to cover what is printed. */
  auditHead(orgId: number): { hash: string; at: Date } | null
  /** Logged looks at names of organisations while these lines stood on their rosters, newest first; not their own looks. */
  looks(memberIds: readonly number[]): Looks
  reviews(orgId: number): readonly Review[]
  code(selector: string): Code | null
  /** Whether the verifier typed is the code's; hashing is done while fetching. */
  isCodeRight(selector: string, verifier: string): boolean
  /** Claims and links of an account. */
  links(accountId: number): readonly AccountMember[]
  linksOf(memberId: number): readonly AccountMember[]
  /** Answers for each of several; what that takes is loaded for all of them at once, not for one after another. */
  together<T, R>(items: readonly T[], each: (item: T, index: number) => R): R[]
  pendingClaims(orgId: number): readonly AccountMember[]
  accountById(accountId: number): Account | null
  /** An account whatever its consent, to renew a withdrawn one. */
  accountOf(platform: string, externalId: string): Account | null
  officers(orgId: number): readonly Reachable[]
  /** Members of an organisation who can be written to privately. */
  reachableMembers(orgId: number): ReadonlySet<number>
  /** Whether the bot is in a group of that organisation. */
  hasGroup(orgId: number): boolean
  /** When each member of an organisation was reminded on request in the last seven days. */
  nudges(orgId: number): ReadonlyMap<number, number>
  notice(orgId: number, kind: Notice['kind']): Notice | null
  /** When an organisation was told something that it is told once. */
  toldAt(orgId: number, what: string): Date | null
  dialoguesOf(accountId: number): readonly Dialogue[]
  /** Questions open in a chat, whoever was asked. */
  dialoguesAt(chatExternalId: string): readonly Dialogue[]
  /** A chat of this bot account by its id on the platform. */
  chatAt(chatExternalId: string): Chat | null
  /** Chats of this bot account within a workspace. */
  chatsWithin(workspaceId: string): readonly Chat[]
  /** A fresh id for a row of this kind. */
  newId(
    record: 'account' | 'campaign' | 'chat' | 'commendation' | 'consent' | 'dataRequest' | 'member' | 'nudge',
  ): number
}

export type { RecordName }
