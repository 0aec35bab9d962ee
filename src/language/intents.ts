import type { MinutesKind } from '../domain/minutes.ts'
import type { MinutesDraft } from './minutes-item-reader.ts'
import type { NoActKind } from './no-acts.ts'
import type { NotHeldKind } from './not-held-reasons.ts'
import type { RollCallResult } from './roll-call-reader.ts'

/** The contract of `understand`: what a text may mean. Names and slots are exactly those of docs/language.md. */

export type Addressed = 'command' | 'mention' | 'reply' | 'private' | 'none'

/** What the open dialogue last asked for. */
export const expectations = [
  'confirm',
  'choice',
  'consent',
  'deeds',
  'due',
  'progress',
  'rating',
  'attendance',
  'reason',
  'returnReason',
  'name',
  'code',
  'rollCall',
] as const
export type Expecting = (typeof expectations)[number]

export interface UnderstandContext {
  /** The instant the text was written. */
  now: Date
  timeZone: string
  addressed: Addressed
  /** Display names of the bot, to strip from the text wherever they stand. */
  botNames: readonly string[]
  expecting?: Expecting
}

export interface DeedDraft {
  content: string
  /** ISO date of the deadline, absent when none was stated. */
  due?: string
}

/** What a text tells beyond the slots of the contract; `understand`'s command line does not print it. */
export interface Extras {
  /** `meeting.schedule`, `meeting.move`, `meeting.theme`: where the meeting is held, as typed. */
  place?: string
  /** `meeting.schedule`: when the flag is saluted before the meeting, '06:45'; null: no more. Without a cron, that alone is set. */
  flagSalute?: string | null
  /** `meeting.move`: the thematic meeting is meant, or (false) the regular one. */
  thematic?: boolean
  /** `meeting.move`: a meeting was not held, of the month in `period` or the last one, for `reason`. */
  notHeld?: true
  /** … for a reason of this kind, chosen from those listed. */
  notHeldKind?: NotHeldKind
  /** … and that last one is meant beyond doubt ("vừa rồi"). */
  last?: true
  /** `meeting.theme`: a meeting of its own is held for it then (ISO date-time) … */
  meetingAt?: string
  /** … or was meant to, but no hour was named. */
  needsTime?: true
  /** `meeting.theme`: it is part of the regular meeting of this month ('2026-08'). */
  partOf?: string
  /** `meeting.move`, `meeting.schedule`: why, as typed. */
  reason?: string
  /** … or that no reason is to be given. */
  noReason?: true
  /** … `reason` are words that may be meant otherwise. */
  isReasonUnsure?: true
  /** `meeting.move` without `to`: this one meeting is called off … */
  cancelled?: true
  /** … as something that is told and was not ordered: asked first … */
  asked?: true
  /** … or else the speaker stays away: which of the two is asked. */
  orExcuse?: true
  /** `meeting.move`: the place alone changes. */
  placeOnly?: true
  /** `meeting.theme` by a secretary who sets it: the theme as typed. */
  theme?: string
  /** `meeting.move` that calls a meeting off: the month ('2026-12') it belongs to. */
  period?: string
  /** `meeting.move`, `pledge.edit`: a date was stated that may not be guessed; the candidates to ask with (ISO). */
  ask?: string[]
  /** `pledge.register*`: per deed (same index), candidates for a deadline that was stated but may not be guessed. */
  dueAsk?: (string[] | null)[]
  /** `progress.report`, `expecting: due`: a bare date given as the answer (ISO date). */
  due?: string
  /** Several numbers of a list that is on the screen ("1, 3", "duyệt 1 và 3"). */
  numbers?: number[]
  /** `numbers` are those left out ("duyệt hết trừ 2"). */
  except?: true
  /** `pledge.approve` for everything that waits ("duyệt hết", "duyệt tất cả"). */
  all?: true
  /** `progress.report` on several deeds at once: what is left of the text behind the first, to be understood next. */
  rest?: string
  /** `pledge.register`, `pledge.withdraw`, `summary.missing`: on another form than the pledge ("cam kết: …"). */
  form?: 'commitment'
  /** With `form`: the number of a deed that is to stand on that form as well. */
  alsoDeed?: number
  /** `deed.rate`, `deed.selfRate`: the period rated, '2026-Q3'. */
  ratedPeriod?: string
  /** `commend` of a collective: its name as typed, '' for the own one. */
  collective?: string
  /** `meeting.move`: the new day is named by its weekday alone. */
  byWeekday?: true
  /** `pledge.edit`, `pledge.withdraw`, `pledge.mine`, `progress.report`: of the cell itself, not of the sender. */
  ofCell?: true
  /** `meeting.rollCall`: who was there, as the secretary says. */
  rollCall?: RollCallResult
  /** `summary`, `pledge.mine`: names are asked for ("danh sách", "ai đã đăng ký"). */
  names?: true
  /** `none`: what has the words of an act and is none. */
  noAct?: { why: NoActKind; read: Intent }
  /** `meeting.attend`: of a meeting that is over. */
  past?: true
  /** `meeting.excuse`: not certain yet. */
  unsure?: true
  /** `meeting.rollCall`: absences told in words that no roll call is told in. */
  reported?: true
  /** `data.show`: who looked at it. */
  looked?: true
  /** `pledge.edit`: of somebody else's deed. */
  ofOther?: true
  /** An act for one deed, said of several: asked for one after the other. */
  severalDeeds?: true
  /** `summary`, `summary.missing`: of one organisation below, by its name as typed. */
  organisation?: string
  /** Of a deed: the year it was registered for, where one is named. */
  year?: number
  /** `summary.missing`: the period asked about, '2026', '2026-03'. */
  askedPeriod?: string
  /** `summary.missing`: who was not rated, by the cell or by themselves. */
  unrated?: 'cell' | 'self'
  /** `summary`: of the year's registration itself, its days and how many deeds it takes. */
  campaign?: true
  /** `summary`: of one member's deeds, by their name as typed. */
  member?: string
  /** `summary`: how an organisation as a whole is rated, which is not done here. */
  wholeRating?: true
  /** `summary`: the approved deeds that are so far. */
  stage?: AskedStage
  /** `summary.missing` about the meeting: all answers to the coming one, or who was there at the last one; today's may be either. */
  answers?: 'coming' | 'last' | 'today'
  /** `summary`: which of the organisations below are so far, from the `from`-th on. */
  organisations?: { state: OrganisationState; scope: 'direct' | 'cells'; from: number }
}

export type Rating = 'excellent' | 'good' | 'completed' | 'notCompleted'
export type ReasonKind = 'work' | 'sick' | 'family' | 'other'
export type About = 'pledge' | 'meeting' | 'progress'
export type Shift = 'nextWorkingDay' | 'previousWorkingDay'

export type PraiseKind = 'praise' | 'model' | 'exemplar'

/** How far an organisation is; `incomplete` is all but the complete ones, `any` every one of them. */
export type OrganisationState = 'silent' | 'started' | 'complete' | 'incomplete' | 'any'

/** How far a deed is asked to be; `open` is all but the done ones. */
export type AskedStage = 'done' | 'open' | 'overdue'

/** The meeting of a month: the thematic one of its own, or (false) the regular one. */
export interface MeetingOf {
  period?: string
  thematic?: boolean
}

export interface Slots {
  help: Record<never, never>
  'consent.give': Record<never, never>
  'consent.withdraw': Record<never, never>
  'data.show': Record<never, never>
  'data.export': Record<never, never>
  'data.erase': Record<never, never>
  /** A right that only people can fulfil, over the sender's own data. */
  'data.request': { right: 'correct' | 'object' | 'restrict' }
  'member.claim': { name: string }
  'chat.activate': { code: string }
  'pledge.register': { deeds: DeedDraft[] }
  'pledge.registerCollective': { deeds: DeedDraft[] }
  'pledge.edit': { deed?: number; content?: string; due?: string }
  'pledge.withdraw': { deed?: number }
  'pledge.copy': Record<never, never>
  'pledge.mine': Record<never, never>
  'pledge.approve': { name?: string; deed?: number }
  'pledge.return': { name?: string; deed?: number; reason?: string }
  'progress.report': { deed?: number; percent?: number; note?: string; done?: true }
  'deed.selfRate': { deed?: number; rating: Rating }
  'deed.rate': { deed?: number; name?: string; rating: Rating }
  'meeting.when': { period?: string }
  'meeting.schedule': { cron?: string; shift?: Shift }
  'meeting.move': { from?: string; to?: string }
  'meeting.attend': Record<never, never>
  'meeting.excuse': { reasonKind?: ReasonKind }
  'meeting.excuseFor': { name: string; reasonKind?: ReasonKind }
  'meeting.rollCall': Record<never, never>
  'meeting.theme': { period?: string }
  /** The lines of a meeting; without `items` they are asked for. */
  'meeting.agenda': { items?: string[] }
  /** What is noted of a meeting, of a month ('2026-10') or the last one; chair and keeper as typed. */
  'minutes.note': MeetingOf & {
    items?: MinutesDraft[]
    chair?: string
    keeper?: string
    speakers?: number
    /** It holds somebody's words: none of it is kept. */
    speech?: true
  }
  'minutes.show': MeetingOf & { organisation?: string }
  'minutes.edit': MeetingOf & { kind: MinutesKind; number: number; item?: MinutesDraft; speech?: true }
  'minutes.remove': MeetingOf & { kind: MinutesKind; number: number }
  summary: { period?: string }
  'summary.missing': { about?: About }
  'report.export': { format?: 'xlsx' | 'docx' | 'csv'; period?: string }
  'remind.now': { about?: About }
  commend: { name?: string; deed?: number }
  'deed.describe': {
    deed?: number
    category?: 'thought' | 'morality' | 'style' | 'exampleSetting'
    weakness?: string
    measure?: string
    target?: string
    inCharge?: string
    /** A deed of the cell itself. */
    collective?: true
  }
  'deed.evidence': { deed?: number; photo?: string }
  'model.add': { title?: string; result?: string; owner?: string }
  /** What was praised: models, exemplars of months, who was commended; all of it where it is not told. */
  'praise.show': { about?: PraiseKind; period?: string }
  'exemplar.name': { name?: string; period?: string }
  'period.close': { period?: string; below?: true; name?: string }
  'period.reopen': { period?: string; name?: string; reason?: string }
  /** What the secretary writes of a period: limits or tasks, in place of what stood there. */
  'period.review': { period?: string; limits?: string[]; tasks?: string[] }
  'campaign.open': { year?: number; opensOn?: string; closesOn?: string }
  'dialogue.yes': Record<never, never>
  'dialogue.no': Record<never, never>
  'dialogue.cancel': Record<never, never>
  'dialogue.choose': { choice: number }
  none: Record<never, never>
}

export type IntentName = keyof Slots
export type Intent<N extends IntentName = IntentName> = { [K in N]: { intent: K; slots: Slots[K]; extras?: Extras } }[N]
