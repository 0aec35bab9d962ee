/**
 * Facts of one event, read from the batch's rows.
 * One file although long: what may be known of an event is all here, each with the rows it needs.
 */

import { hash } from 'node:crypto'
import type { ApprovalFacts } from '../dialogue/approval.ts'
import type { Asked, Facts, Reachable } from '../dialogue/facts.ts'
import { accessRoleOf, isOfficer, isSecretary } from '../domain/access.ts'
import type { AttendanceRule } from '../domain/attendance-alerts.ts'
import { dateOf } from '../domain/calendar.ts'
import { campaignInForce } from '../domain/campaign.ts'
import { hasConsent } from '../domain/consent.ts'
import type { PrivacyRule } from '../domain/data-request.ts'
import type { FormKind } from '../domain/forms.ts'
import type { HolidayCalendar } from '../domain/holidays.ts'
import { type MeetingRules, meetingRules } from '../domain/meeting-notice.ts'
import type { RatingRule } from '../domain/rating.ts'
import type { Account, Chat, Deed, Member, Organisation, OrganisationThen } from '../domain/records.ts'
import type { Texts } from '../texts/texts.ts'
import { type BaseKey, type Need, together, type World } from './world.ts'

/** What does not change from event to event. */
export interface Setting {
  texts: Texts
  defaultTimeZone: string
  holidays: HolidayCalendar
  ratingRules: readonly RatingRule[]
  attendanceRules: readonly AttendanceRule[]
  /** The forms that groups of this kind have. */
  forms: readonly FormKind[]
  privacyRules: readonly PrivacyRule[]
}

/** Says nothing about anybody, and is the same for the same person in the same chat. */
export function dialogueKeyOf(platform: string, botAccountId: string, chatId: string, personId: string): string {
  return hash('sha256', JSON.stringify([platform, botAccountId, chatId, personId]), 'base64url')
}

/** An event is looked at several times over: its key is made once. */
const baseKeys = new WeakMap<Asked, BaseKey>()

export function baseKeyOf(asked: Asked): BaseKey {
  const known = baseKeys.get(asked)
  if (known) return known
  const { platform, botAccountId, chatExternalId, personExternalId } = asked
  const dialogueKey = dialogueKeyOf(platform, botAccountId, chatExternalId, personExternalId)
  const key = { platform, botAccountId, chatExternalId, personExternalId, dialogueKey }
  baseKeys.set(asked, key)
  return key
}

/** In private a person speaks of the cell they run, else of the one they belong to, else of their committee. */
function ownOrganisation(
  memberships: readonly Member[],
  organisationOf: (orgId: number) => Organisation,
): Member | null {
  const rank = (member: Member) => {
    if (member.status === 'left') return 9
    const isCell = organisationOf(member.orgId).kind === 'cell'
    if (!isCell) return 3
    return isSecretary(accessRoleOf(member)) ? 0 : isOfficer(accessRoleOf(member)) ? 1 : 2
  }
  return [...memberships].sort((a, b) => rank(a) - rank(b) || a.memberId - b.memberId)[0] ?? null
}

/** The private chat in which an account can be written to, or null. */
export function privateChatOf(world: World, account: Account): Chat | null {
  if (account.privateChatId === null) return null
  const chat = world.get('chat', String(account.privateChatId))
  return chat && !chat.isGone ? chat : null
}

/** Accounts with consent that a member is linked with; needs slice `linksOf`. */
export function accountsOfMember(world: World, memberId: number): Account[] {
  return world
    .by('accountMember', 'member', String(memberId))
    .filter((link) => link.state === 'linked')
    .map((link) => world.get('account', String(link.accountId)))
    .filter((account): account is Account => account !== null && hasConsent(account))
}

/**
 * What most messages turn out to need once it is known who writes: their own deeds, also last year's (what was left undone may
 * be carried over), the campaign of their organisation and when its secretary was last told.
 * Loaded beforehand, nearly every event is answered at the first attempt; a wrong guess costs a row or two.
 */
export function likelyNeeds(world: World, asked: Asked, now: Date): Need[] {
  const account = world.by('account', 'person', `${asked.platform}:${asked.personExternalId}`)[0]
  if (!account || !hasConsent(account)) return []
  return world.by('accountMember', 'account', String(account.accountId)).flatMap((link): Need[] => {
    const member = link.state === 'linked' ? world.get('member', String(link.memberId)) : null
    const org = member && world.get('organisation', String(member.orgId))
    if (!member || !org) return []
    const year = Number(dateOf(now, org.timeZone).slice(0, 4))
    const deedsIn = (of: number): Need => ({
      slice: 'deeds',
      of: { subjectKind: 'individual', subjectId: member.memberId, year: of },
    })
    return [
      deedsIn(year),
      deedsIn(year - 1),
      { slice: 'campaign', of: { orgId: member.orgId, year } },
      { slice: 'notice', of: member.orgId },
    ]
  })
}

/** An organisation's own deeds and those of the people on its roster, wherever they made them. */
function deedsOf(world: World, orgId: number, roster: readonly Member[], year: number): Deed[] {
  const own = world.by('deed', 'org', `${orgId}:${year}`).filter((deed) => deed.subjectKind === 'collective')
  return [...own, ...roster.flatMap(({ memberId }) => world.by('deed', 'subject', `individual:${memberId}:${year}`))]
}

/** What holds for an organisation's meetings: set by itself or above. */
export function meetingRulesOf(world: World, { orgId, path }: Pick<Organisation, 'orgId' | 'path'>): MeetingRules {
  world.require({ slice: 'meetingSettings', of: orgId })
  const ids = path.split('/').filter((id) => id !== '')
  return meetingRules(
    path,
    ids.flatMap((id) => world.get('meetingSetting', id) ?? []),
  )
}

/** What it takes to say who decides on a deed: for answers, and for the tick, which answers nobody. */
export function approvalFacts(world: World): ApprovalFacts {
  const roster = (orgId: number): Member[] => {
    world.require({ slice: 'roster', of: orgId })
    return world.by('member', 'org', String(orgId)).sort((a, b) => a.memberId - b.memberId)
  }
  return {
    together,
    organisation(orgId): Organisation {
      world.require({ slice: 'organisation', of: orgId })
      const org = world.get('organisation', String(orgId))
      if (!org) throw new Error(`no organisation ${orgId}`)
      return org
    },
    roster,
    member(memberId) {
      world.require({ slice: 'member', of: memberId })
      return world.get('member', String(memberId))
    },
    linksOf(memberId) {
      world.require({ slice: 'linksOf', of: memberId })
      return world.by('accountMember', 'member', String(memberId))
    },
    reachableMembers(orgId) {
      const members = roster(orgId)
      world.require(...members.map((member) => ({ slice: 'linksOf' as const, of: member.memberId })))
      const isReachable = (member: Member) =>
        accountsOfMember(world, member.memberId).some((each) => privateChatOf(world, each) !== null)
      return new Set(members.filter(isReachable).map((member) => member.memberId))
    },
    deedsIn(orgId, year) {
      world.require({ slice: 'deedsIn', of: { orgId, year } })
      return deedsOf(world, orgId, roster(orgId), year)
    },
    waitingBelow: (orgId) => world.value({ slice: 'waitingBelow', of: orgId }),
  }
}

/** The groups of an organisation that the bot is in. */
export function groupsOf(world: World, orgId: number): Chat[] {
  world.require({ slice: 'groups', of: orgId })
  return world.by('chat', 'org', String(orgId)).filter((chat) => chat.kind === 'group' && !chat.isGone)
}

export function createFacts(
  world: World,
  asked: Asked,
  now: Date,
  setting: Setting,
  usedIds: Map<string, number>,
): Facts {
  const base = baseKeyOf(asked)
  world.require({ slice: 'base', of: base })
  const alias = world.get('chatAlias', `${asked.platform}:${asked.botAccountId}:${asked.chatExternalId}`)
  const chat = alias ? world.get('chat', String(alias.chatId)) : null
  const known = world.by('account', 'person', `${asked.platform}:${asked.personExternalId}`)[0] ?? null
  const account = known && hasConsent(known) ? known : null
  const common = approvalFacts(world)
  const { organisation, roster } = common
  const memberships = account
    ? world
        .by('accountMember', 'account', String(account.accountId))
        .filter((link) => link.state === 'linked')
        .map((link) => world.get('member', String(link.memberId)))
        .filter((member): member is Member => member !== null && member.erasedAt === null)
    : []
  const own = ownOrganisation(memberships, organisation)
  const orgId = asked.chatKind === 'group' ? (chat?.orgId ?? null) : (own?.orgId ?? null)
  const org = orgId === null ? null : organisation(orgId)
  const me = memberships.find((member) => member.orgId === orgId) ?? own
  const timeZone = org?.timeZone ?? setting.defaultTimeZone
  // A chat that changed its id is one chat: what was asked under one of its ids may be answered under another.
  const dialogueKey =
    chat === null || chat.externalId === asked.chatExternalId
      ? base.dialogueKey
      : dialogueKeyOf(asked.platform, asked.botAccountId, chat.externalId, asked.personExternalId)
  world.require({ slice: 'dialogue', of: dialogueKey })
  const storedDialogue = world.get('dialogue', dialogueKey)
  const dialogue = storedDialogue && storedDialogue.expiresAt > now ? storedDialogue : null

  const chatKey = (chatExternalId: string) => ({
    platform: asked.platform,
    accountId: asked.botAccountId,
    chatExternalId,
  })

  const thisYear = Number(dateOf(now, timeZone).slice(0, 4))
  const placeIn = (of: number, year: number) =>
    world.value<OrganisationThen | null>({ slice: 'organisationThen', of: { orgId: of, year } })
  const organisationIn = (of: number, year: number): Organisation => {
    const then = year < thisYear ? placeIn(of, year) : null
    return then ? { ...organisation(of), ...then } : organisation(of)
  }
  const rosterIn = (of: number, year: number): readonly Member[] => {
    if (year >= thisYear) return roster(of)
    const then = world.value<{ memberId: number; status: Member['status'] }[]>({
      slice: 'rosterThen',
      of: { orgId: of, year },
    })
    return then.flatMap(({ memberId, status }) => {
      const member = world.get('member', String(memberId))
      return member ? [{ ...member, orgId: of, status }] : []
    })
  }
  const reachable = (member: Member): Reachable[] =>
    accountsOfMember(world, member.memberId).flatMap((each) => {
      const privateChat = privateChatOf(world, each)
      if (!privateChat) return []
      const key = dialogueKeyOf(each.platform, each.botAccountId, privateChat.externalId, each.externalId)
      world.require({ slice: 'dialogue', of: key })
      const open = world.get('dialogue', key)
      const dialogueOpen = open && open.expiresAt > now ? open : null
      return [{ member, account: each, dialogueKey: key, dialogue: dialogueOpen }]
    })

  return {
    now,
    texts: setting.texts,
    asked,
    timeZone,
    today: dateOf(now, timeZone),
    dialogueKey,
    dialogue,
    chat,
    account,
    memberships,
    org,
    me,
    ...common,
    membersNamed(foldedName) {
      world.require({ slice: 'membersNamed', of: foldedName })
      return world.by('member', 'name', foldedName)
    },
    campaign(of, year) {
      world.require({ slice: 'campaign', of: { orgId: of, year } })
      const found = campaignInForce(organisationIn(of, year).path, world.by('campaign', 'year', String(year)))
      if (!found) throw new Error(`no campaign ${year} for organisation ${of}`)
      return found
    },
    deeds(subjectKind, subjectId, year) {
      world.require({ slice: 'deeds', of: { subjectKind, subjectId, year } })
      return world.by('deed', 'subject', `${subjectKind}:${subjectId}:${year}`)
    },
    deedsIn(of, year) {
      world.require({ slice: 'deedsIn', of: { orgId: of, year } })
      return deedsOf(world, of, rosterIn(of, year), year)
    },
    commendations(of, year) {
      world.require({ slice: 'commendations', of: { orgId: of, year } })
      return world.by('commendation', 'org', `${of}:${year}`)
    },
    progressOf(subjectKind, subjectId, year) {
      world.require({ slice: 'progressOf', of: { subjectKind, subjectId, year } })
      return world.by('deedProgress', 'subject', `${subjectKind}:${subjectId}:${year}`)
    },
    ratingsOf(subjectKind, subjectId, year) {
      world.require({ slice: 'ratingsOf', of: { subjectKind, subjectId, year } })
      return world.by('deedRating', 'subject', `${subjectKind}:${subjectId}:${year}`)
    },
    progressRound(of, round) {
      world.require({ slice: 'progressRound', of: { orgId: of, round } })
      return world.get('progressRound', `${of}:${round}`)
    },
    ratingsIn(of, year) {
      world.require({ slice: 'ratingsIn', of: { orgId: of, year } })
      return world.by('deedRating', 'org', `${of}:${year}`)
    },
    deedCounts: (of, year) => world.value({ slice: 'deedCounts', of: { orgId: of, year } }),
    organisationsBelow(of, year = thisYear) {
      const below = world.value<OrganisationThen[]>({ slice: 'organisationsBelow', of: { orgId: of, year } })
      return below.map((then) => ({ ...organisation(then.orgId), ...then }))
    },
    figuresBelow: (of, year, scope) => world.value({ slice: 'figuresBelow', of: { orgId: of, year, scope } }),
    organisationIn,
    isKnownIn: (of, year) => year >= thisYear || placeIn(of, year) !== null,
    rosterIn,
    namesIn: (of, words) => world.value({ slice: 'namesIn', of: { orgId: of, words } }),
    schedule(of) {
      world.require({ slice: 'meetings', of })
      return world.get('schedule', String(of))
    },
    meetings(of) {
      world.require({ slice: 'meetings', of })
      return world.by('meeting', 'org', String(of))
    },
    meetingsBelow: (of, period) => world.value({ slice: 'meetingsBelow', of: { orgId: of, period } }),
    meetingRules: (of) => meetingRulesOf(world, organisation(of)),
    meetingSetting(of) {
      world.require({ slice: 'meetingSettings', of })
      return world.get('meetingSetting', String(of))
    },
    attendance(of, occurrence) {
      world.require({ slice: 'attendance', of: { orgId: of, occurrence } })
      return world.by('attendance', 'meeting', `${of}:${occurrence}`)
    },
    roll: (of, occurrence) => world.value({ slice: 'roll', of: { orgId: of, occurrence } }),
    minutes(of, occurrence) {
      world.require({ slice: 'minutes', of: { orgId: of, occurrence } })
      const meeting = `${of}:${occurrence}`
      return { head: world.get('minutes', meeting), items: world.by('minutesItem', 'meeting', meeting) }
    },
    answersOf(memberId) {
      world.require({ slice: 'answersOf', of: memberId })
      return world.by('attendance', 'member', String(memberId))
    },
    themes(of) {
      world.require({ slice: 'meetings', of })
      return world.by('theme', 'org', String(of))
    },
    holidays: () => setting.holidays,
    ratingRules: () => setting.ratingRules,
    attendanceRules: () => setting.attendanceRules,
    forms: () => setting.forms,
    privacyRules: () => setting.privacyRules,
    personalRecords: (memberIds, accountId) =>
      world.value({ slice: 'personalRecords', of: { memberIds: [...memberIds].join(','), accountId } }),
    requestsOf(memberId) {
      world.require({ slice: 'requestsOf', of: memberId })
      return world.by('dataRequest', 'member', String(memberId))
    },
    participation: (of, year) => world.value({ slice: 'participation', of: { orgId: of, year } }),
    closedPeriods(of) {
      const known = organisation(of).closedPeriods ?? []
      const rows = world.by('closing', 'org', String(of))
      if (rows.length === 0) return known
      // What this batch has closed or reopened is newer than what the organisation was loaded with.
      const told = new Set(rows.map((row) => row.period))
      const standing = rows.filter((row) => row.reopenedAt === null).map((row) => row.period)
      return [...known.filter((period) => !told.has(period)), ...standing]
    },
    closings(of, period) {
      world.require({ slice: 'closings', of: { orgId: of, period } })
      return world
        .by('closing', 'org', String(of))
        .filter((row) => row.period === period)
        .sort((a, b) => a.number - b.number)
    },
    freezing: (of, period, below) => world.value({ slice: 'freezing', of: { orgId: of, period, below } }),
    hasGroup: (of) => groupsOf(world, of).length > 0,
    toldAt(of, what) {
      world.require({ slice: 'told', of: { orgId: of, what } })
      return world.get('told', `${of}:${what}`)?.at ?? null
    },
    frozenLines: (memberId) => world.value({ slice: 'frozenLines', of: memberId }),
    looks: (memberIds) => world.value({ slice: 'looks', of: [...memberIds].join(',') }),
    auditHead: (of) => world.value({ slice: 'auditHead', of }),
    reviews(of) {
      world.require({ slice: 'reviews', of })
      return world.by('review', 'org', String(of))
    },
    code(selector) {
      world.require({ slice: 'code', of: selector })
      return world.get('code', selector)
    },
    isCodeRight: (selector, verifier) => world.value({ slice: 'codeRight', of: { selector, verifier } }),
    links(accountId) {
      world.require({ slice: 'links', of: accountId })
      return world.by('accountMember', 'account', String(accountId))
    },
    pendingClaims: (of) => world.value({ slice: 'pendingClaims', of }),
    accountById(accountId) {
      world.require({ slice: 'accountById', of: accountId })
      return world.get('account', String(accountId))
    },
    accountOf: (platform, externalId) => world.by('account', 'person', `${platform}:${externalId}`)[0] ?? null,
    officers(of) {
      const officers = roster(of).filter((member) => isOfficer(accessRoleOf(member)))
      world.require(...officers.map((member) => ({ slice: 'linksOf' as const, of: member.memberId })))
      return officers.flatMap(reachable)
    },
    nudges: (of) => world.value({ slice: 'nudges', of }),
    notice(of, kind) {
      world.require({ slice: 'notice', of })
      return world.get('notice', `${of}:${kind}`)
    },
    dialoguesOf(accountId) {
      world.require({ slice: 'dialoguesOf', of: accountId })
      return world.by('dialogue', 'account', String(accountId))
    },
    dialoguesAt(chatExternalId) {
      world.require({ slice: 'dialoguesAt', of: chatKey(chatExternalId) })
      return world.by('dialogue', 'chat', `${asked.platform}:${asked.botAccountId}:${chatExternalId}`)
    },
    chatAt(chatExternalId) {
      const chatId = world.value<number | null>({ slice: 'chatAt', of: chatKey(chatExternalId) })
      return chatId === null ? null : world.get('chat', String(chatId))
    },
    chatsWithin(workspaceId) {
      const { platform, botAccountId: accountId } = asked
      const ids = world.value<number[]>({ slice: 'chatsWithin', of: { platform, accountId, workspaceId } })
      return ids.flatMap((id) => world.get('chat', String(id)) ?? [])
    },
    newId: (record) => world.takeId(record, usedIds),
  }
}
