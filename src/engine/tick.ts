/**
 * What is due by the program's clock: meetings to plan, reminders, what waits for secretaries, questions that expired.
 * Everything is decided from the database, so a missed minute, an hour or a month of downtime loses nothing and
 * sends nothing twice: every occurrence has its own key, and only the latest reminder of a meeting is still sent.
 */

import type { Logger } from 'pino'
import { isDecider, waitingAt } from '../dialogue/approval.ts'
import type { Audience, Say as Said } from '../dialogue/effects.ts'
import { flowOf } from '../dialogue/flows.ts'
import { decidesBelow, decidesHere } from '../domain/approval.ts'
import { addToMonth, monthOf } from '../domain/calendar.ts'
import type { DataRequest } from '../domain/data-request.ts'
import { plannedMeeting, timed } from '../domain/meeting.ts'
import type { Deed, Dialogue, Meeting, MeetingSchedule, Notice } from '../domain/records.ts'
import { defaultQuietHours, isQuiet } from '../domain/reminder-plan.ts'
import { type CapabilitiesOf, drafts } from './apply.ts'
import { destinationsOf } from './audience.ts'
import { type BreachStore, warnOfBreaches } from './breach-warnings.ts'
import { approvalFacts, meetingRulesOf, type Setting } from './facts.ts'
import { askWhetherHeld, type DueMeeting, publishNotice, remindOf } from './meeting-notices.ts'
import type { Platform } from './platform.ts'
import { askProgress, type DueProgress } from './progress-round.ts'
import { warnOfRequest } from './request-warnings.ts'
import type { Batch, HandleStore, Outcome } from './store-port.ts'
import { warnAt } from './thrift.ts'
import { Missing, World } from './world.ts'
import { type DueCampaign, type DuePeriod, tellCampaign, tellPeriodOver } from './year-notices.ts'

/** First told this long after something began to wait: several submissions make one message. */
export const reviewWaitMinutes = 15
/** And at most so often. */
export const reviewPauseHours = 3

/** What the tick asks of the store beyond batches. */
export interface TickStore extends Pick<HandleStore, 'within'>, BreachStore {
  /** Schedules whose next month is not planned yet. */
  unplanned(month: string, limit: number): Promise<MeetingSchedule[]>
  dueMeetings(now: Date, limit: number): Promise<Pick<Meeting, 'orgId' | 'occurrence'>[]>
  /** Meetings whose announcement is due. */
  unannounced(now: Date, limit: number): Promise<DueMeeting[]>
  /** Meetings that are over and whose secretaries are to be asked whether they were held. */
  unchecked(now: Date, limit: number): Promise<DueMeeting[]>
  dueNotices(now: Date, limit: number): Promise<Notice[]>
  /** Cells whose monthly question about progress is due, for the first or the second time. */
  dueProgress(now: Date, limit: number): Promise<DueProgress[]>
  /** Requests about personal data of which a clock is to be told. */
  dueRequests(now: Date, limit: number): Promise<Pick<DataRequest, 'dataRequestId'>[]>
  /** Cells whose latest day of a campaign has come. */
  dueCampaigns(now: Date, limit: number): Promise<DueCampaign[]>
  /** Organisations whose half year or year is over and not closed. */
  duePeriods(now: Date, limit: number): Promise<DuePeriod[]>
  expiredDialogues(now: Date, limit: number): Promise<Dialogue[]>
  /** Groups of organisations that cannot be written to any more and whose secretaries have not heard this month. */
  goneGroups(month: string, limit: number): Promise<{ chatId: number; orgId: number }[]>
  sentThisMonth(platform: string, accountId: string, month: string): Promise<number>
  /** People and groups that a bot account is known to serve. */
  served(platform: string, accountId: string): Promise<{ users: number; groups: number }>
  /** Organisations with a group on a bot account. */
  organisationsOn(platform: string, accountId: string): Promise<number[]>
  /** Links what was added to the audit log. */
  sealLog(): Promise<void>
  /** The next instant after `after` at which something may fall due; null when nothing will. */
  nextDueAt(after: Date): Promise<Date | null>
}

/** Rows of one kind in one transaction. */
const pageSize = 500

export interface TickDeps {
  store: TickStore
  /** The running bot accounts, for those whose platform counts messages. */
  accounts: readonly Pick<Platform, 'name' | 'accountId' | 'capabilities'>[]
  log: Logger
  setting: Setting
  capabilitiesOf: CapabilitiesOf
}

export interface Work {
  world: World
  batch: Batch
  outcome: Outcome
  now: Date
}

/** Queues a message of the program's own under a key of its occurrence. */
export type Say = (work: Work, audience: Audience, text: string, key: string, more?: Partial<Said>) => void

export function createTick({ store, setting, capabilitiesOf, accounts, log }: TickDeps) {
  const { texts } = setting
  /** Warnings already in this process's log. */
  const warned = new Set<string>()

  /** Runs `each` for every item, loading what it turns out to need, then writes what it left. */
  async function forAll<T>(now: Date, items: readonly T[], each: (item: T, work: Work) => void): Promise<void> {
    if (items.length === 0) return
    const orgIds = items.flatMap((item) => (item as { orgId?: number | null }).orgId ?? [])
    await store.within(async (batch) => {
      const outcome: Outcome = { handled: [], failed: [], outbox: [], audits: [], replays: [], forgets: [] }
      const work: Work = { world: new World(), batch, outcome, now }
      let left = [...items]
      while (left.length > 0) {
        const needs = new Map<string, Missing['needs'][number]>()
        const waiting: T[] = []
        for (const item of left) {
          try {
            each(item, work)
          } catch (error) {
            if (!(error instanceof Missing)) throw error
            for (const need of error.needs) needs.set(JSON.stringify(need), need)
            waiting.push(item)
          }
        }
        left = waiting
        if (left.length === 0) break
        if (work.world.hasChanges()) await batch.write(work.world.takeChanges())
        await batch.load(work.world, [...needs.values()])
      }
      await batch.write(work.world.takeChanges())
      await batch.finish(outcome)
    }, orgIds)
  }

  function say(work: Work, audience: Audience, text: string, key: string, more: Partial<Said> = {}): void {
    const destinations = destinationsOf(work.world, audience, null, null)
    destinations.forEach((destination, index) => {
      const own = index === 0 ? key : `${key}:${destination.platform}:${index}`
      work.outcome.outbox.push(...drafts({ audience, text, ...more }, destination, own, null, capabilitiesOf))
    })
  }

  async function planMeetings(now: Date): Promise<void> {
    // The furthest zone decides; planning a month early does no harm.
    const until = addToMonth(monthOf(now, setting.defaultTimeZone), 1)
    for (;;) {
      const schedules = await store.unplanned(until, pageSize)
      await forAll(now, schedules, ({ orgId }, work) => {
        const { world } = work
        world.require({ slice: 'organisation', of: orgId }, { slice: 'meetings', of: orgId })
        // As it is now: somebody may have changed it since it was found.
        const schedule = world.get('schedule', String(orgId))
        if (!schedule || (schedule.plannedUntil !== null && schedule.plannedUntil >= until)) return
        const org = world.get('organisation', String(orgId))!
        const first = schedule.plannedUntil ?? addToMonth(until, -2)
        const known = new Set(world.by('meeting', 'org', String(orgId)).map((meeting) => meeting.occurrence))
        for (let month = addToMonth(first, 1); month <= until; month = addToMonth(month, 1)) {
          if (known.has(month)) continue
          const meeting = plannedMeeting(schedule, month, org, setting.holidays, now)
          // After a long silence the months between are over: nobody met because of us, so nothing is invented.
          if (meeting.startsAt > now)
            world.apply({ put: 'meeting', row: timed(meeting, org, meetingRulesOf(world, org).noticeDay, now, true) })
        }
        world.apply({ put: 'schedule', row: { ...schedule, plannedUntil: until } })
      })
      if (schedules.length < pageSize) return
    }
  }

  function tellWaiting(notice: Notice, work: Work): void {
    const { world, now } = work
    const { orgId } = notice
    world.require({ slice: 'organisation', of: orgId }, { slice: 'notice', of: orgId })
    const org = world.get('organisation', String(orgId))!
    const current = world.get('notice', `${orgId}:${notice.kind}`)
    if (!current?.waitsFrom || isQuiet(now, org.timeZone, { from: org.quietFrom, to: org.quietTo })) return
    const facts = approvalFacts(world)
    const deeds = waitingAt(facts, orgId, Number(monthOf(now, org.timeZone).slice(0, 4)))
    for (const member of deeds.length > 0 ? facts.roster(orgId) : []) {
      if (!decidesHere(member) && !decidesBelow(member)) continue
      const own = facts.together(deeds, (deed) => (isDecider(facts, member, deed) ? [deed] : [])).flat()
      if (own.length === 0) continue
      const subjectsOf = (kind: Deed['subjectKind']) =>
        new Set(own.filter((deed) => deed.subjectKind === kind).map((deed) => deed.subjectId)).size
      const key = `review:${orgId}:${current.waitsFrom.getTime()}:${member.memberId}`
      const text = texts.reviewWaiting(own.length, subjectsOf('individual'), subjectsOf('collective'))
      say(work, { to: 'member', memberId: member.memberId }, text, key, { rank: 'notice' })
    }
    world.apply({ put: 'notice', row: { ...current, waitsFrom: null, lastAt: now } })
  }

  function expire({ dialogueKey }: Dialogue, work: Work): void {
    work.world.require({ slice: 'dialogue', of: dialogueKey })
    const dialogue = work.world.get('dialogue', dialogueKey)
    // Answered since it was found.
    if (!dialogue || dialogue.expiresAt > work.now) return
    const open = flowOf(dialogue)
    const text = open ? open.flow.expired(open.state, { texts }) : null
    work.world.apply({ remove: 'dialogue', row: dialogue })
    if (!text) return
    // In a group nobody would know whom it is meant for, and it would only be noise.
    if (dialogue.address.chatKind === 'group') return
    const key = `expired:${dialogue.dialogueKey}:${dialogue.expiresAt.getTime()}`
    say(work, { to: 'address', address: dialogue.address }, text, key, { rank: 'courtesy' })
  }

  async function tellGone(now: Date): Promise<void> {
    const month = monthOf(now, setting.defaultTimeZone)
    await forAll(now, await store.goneGroups(month, pageSize), ({ chatId, orgId }, work) => {
      work.world.require({ slice: 'organisation', of: orgId })
      const { name } = work.world.get('organisation', String(orgId))!
      say(work, { to: 'secretaries', orgId }, texts.groupGone(name), `gone:${chatId}:${month}`, { rank: 'receipt' })
    })
  }

  /** Warns at 80 and 95 % of a month's messages: the operator in the log, the secretaries in words; once each. */
  async function warnOfQuota(now: Date): Promise<void> {
    const month = monthOf(now, setting.defaultTimeZone)
    for (const { name, accountId, capabilities } of accounts) {
      const { monthlyQuota } = capabilities
      if (monthlyQuota === undefined) continue
      const used = await store.sentThisMonth(name, accountId, month)
      const reached = warnAt.filter((share) => used >= share * monthlyQuota).at(-1)
      if (reached === undefined) continue
      if (!warned.has(`${name}:${accountId}:${month}:${reached}`)) {
        warned.add(`${name}:${accountId}:${month}:${reached}`)
        log.warn({ event: 'quota', platform: name, used, quota: monthlyQuota }, 'monthly messages run low')
      }
      const orgIds = await store.organisationsOn(name, accountId)
      await forAll(now, orgIds, (orgId, work) => {
        const key = `quota:${name}:${accountId}:${month}:${reached}:${orgId}`
        say(work, { to: 'secretaries', orgId }, texts.quotaWarning(used, monthlyQuota), key, { rank: 'receipt' })
      })
    }
  }

  /** Warns at 80 and 95 % of the people and groups that a bot's plan serves: beyond them Zalo keeps silent. */
  async function warnOfPlan(now: Date): Promise<void> {
    for (const { name, accountId, capabilities } of accounts) {
      const { plan } = capabilities
      if (plan === undefined) continue
      const served = await store.served(name, accountId)
      for (const what of ['users', 'groups'] as const) {
        const reached = warnAt.filter((share) => served[what] >= share * plan[what]).at(-1)
        if (reached === undefined) continue
        const once = `plan:${name}:${accountId}:${what}:${reached}`
        if (!warned.has(once)) {
          warned.add(once)
          log.warn({ event: 'plan', platform: name, what, used: served[what], limit: plan[what] }, 'plan nearly full')
        }
        await forAll(now, await store.organisationsOn(name, accountId), (orgId, work) => {
          const text = texts.planWarning(what, served[what], plan[what])
          say(work, { to: 'secretaries', orgId }, text, `${once}:${orgId}`, { rank: 'notice' })
        })
      }
    }
  }

  return {
    /** Does everything that is due at `now`. */
    async run(now: Date): Promise<void> {
      await planMeetings(now)
      await forAll(now, await store.dueMeetings(now, pageSize), (due, work) => remindOf(due, work, say, texts))
      await forAll(now, await store.unannounced(now, pageSize), (due, work) => publishNotice(due, work, say, texts))
      await forAll(now, await store.unchecked(now, pageSize), (due, work) => askWhetherHeld(due, work, say, texts))
      await forAll(now, await store.dueNotices(now, pageSize), tellWaiting)
      await forAll(now, await store.dueProgress(now, pageSize), (due, work) => askProgress(due, work, say, texts))
      await forAll(now, await store.dueCampaigns(now, pageSize), (due, work) => tellCampaign(due, work, say, texts))
      await forAll(now, await store.duePeriods(now, pageSize), (due, work) => tellPeriodOver(due, work, say, setting))
      const { defaultTimeZone } = setting
      await forAll(now, await store.dueRequests(now, pageSize), (due, work) =>
        warnOfRequest(due, work, say, { texts, log, defaultTimeZone }),
      )
      await warnOfBreaches(store, now, pageSize, log)
      // Held messages have to go in time; the polite words wait for the morning.
      const isNight = isQuiet(now, setting.defaultTimeZone, defaultQuietHours)
      const expired = await store.expiredDialogues(now, pageSize)
      const due = isNight ? expired.filter((row) => !speaks(row)) : expired
      await forAll(now, due, expire)
      await tellGone(now)
      await warnOfQuota(now)
      await warnOfPlan(now)
      await store.sealLog()
    },
    nextDueAt: (after: Date) => store.nextDueAt(after),
  }

  function speaks(dialogue: Dialogue): boolean {
    const open = flowOf(dialogue)
    return open !== null && open.flow.expired(open.state, { texts }) !== null && dialogue.address.chatKind === 'private'
  }
}
