import { askFirst } from '../dialogue/confirm.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts, PersonalRecords } from '../dialogue/facts.ts'
import { dateOf } from '../domain/calendar.ts'
import type { Attendance, Deed, Member } from '../domain/records.ts'
import type { Command } from './command.ts'
import { doneAtOnce, type Owner, ownerOf } from './data-request.ts'
import { detailsOf } from './deed-details.ts'

interface OwnData {
  memberships: readonly Member[]
  deeds: Deed[]
  answers: Attendance[]
  records: PersonalRecords
}

const recordsOf = (facts: Facts, { account, members }: Owner) =>
  facts.personalRecords(
    members.map((member) => member.memberId),
    account.accountId,
  )

/** Everything kept about the person who asks, of whatever year. */
function ownData(facts: Facts, owner: Owner): OwnData {
  const { members } = owner
  const records = recordsOf(facts, owner)
  const deeds = members.flatMap((member) =>
    records.years.flatMap((each) =>
      [...facts.deeds('individual', member.memberId, each)].sort((a, b) => a.number - b.number),
    ),
  )
  const answers = members.flatMap((member) => facts.answersOf(member.memberId))
  return { memberships: members, deeds, answers, records }
}

/** What of a deed is words, or points at a picture. */
const noWords = {
  content: null,
  note: null,
  returnReason: null,
  weakness: null,
  measure: null,
  target: null,
  evidence: null,
} satisfies Partial<Deed>

const wordsOf = (deed: Deed) => (Object.keys(noWords) as (keyof typeof noWords)[]).map((name) => deed[name])

/** Where personal data is shown: never in a group. */
function privately(text: string): Effect {
  return { say: { audience: { to: 'sender' }, text } }
}

export const showData: Command<'data.show'> = {
  intents: ['data.show'],
  may: null,
  beforeConsent: true,
  respond(facts, request) {
    const { texts, timeZone } = facts
    const owner = ownerOf(facts)
    if (!owner) return [reply(texts.noData)]
    if (request.extras?.looked) {
      const { total, newest } = facts.looks(owner.members.map((member) => member.memberId))
      const lines = newest.map(({ at, byName, isOwn }) => ({ at: texts.dateTime(at, timeZone), byName, isOwn }))
      return [privately(texts.whoLooked(lines, total))]
    }
    const { account } = owner
    const { memberships, deeds, answers, records } = ownData(facts, owner)
    const requests = memberships.flatMap((member) => facts.requestsOf(member.memberId))
    const text = texts.dataShow({
      account: texts.platformNames[account.platform] ?? account.platform,
      consent: account.consentedAt ? texts.dateTime(account.consentedAt, timeZone) : '–',
      lines: memberships.map((member) =>
        [
          member.displayName ?? '',
          texts.roleNames[member.role],
          texts.statusNames[member.status],
          facts.organisation(member.orgId).name,
        ].join(', '),
      ),
      deeds: deeds.map((deed) =>
        [
          `${deed.year}, ${texts.deedNumber(deed.number)}: ${texts.deed(deed)} (${texts.stateNames[deed.state]})`,
          ...detailsOf(facts, deed),
        ].join('; '),
      ),
      history: records.membershipHistory
        .filter((each) => each.untilOn !== null)
        .map((each) =>
          texts.membershipThen(each.organisation, texts.statusNames[each.status], each.fromOn, each.untilOn ?? ''),
        ),
      requests: requests
        .sort((a, b) => a.dataRequestId - b.dataRequestId)
        .map((each) =>
          texts.dataRequest(
            each.dataRequestId,
            texts.rightNames[each.kind],
            dateOf(each.receivedAt, timeZone),
            each.closedAt !== null,
          ),
        ),
      meetings: answers.map((answer) => `${texts.period(answer.occurrence)}: ${texts.answerNames[answer.answer]}`),
    })
    return [privately(text), doneAtOnce(facts, owner, 'show')]
  },
}

/** JSON with a record on each line, so that what is cut into several messages is cut between them. */
function linesOfJson(data: Record<string, unknown>): string {
  const parts = Object.entries(data).map(([name, value]) => {
    const list = Array.isArray(value)
      ? `[${value.map((each) => `\n${JSON.stringify(each)}`).join(',')}]`
      : JSON.stringify(value)
    return `${JSON.stringify(name)}: ${list}`
  })
  return `{\n${parts.join(',\n')}\n}`
}

/** The same in a form that machines read (JSON, UTF-8); instants in ISO 8601. */
export const exportData: Command<'data.export'> = {
  intents: ['data.export'],
  may: null,
  beforeConsent: true,
  respond(facts) {
    const { texts } = facts
    const owner = ownerOf(facts)
    if (!owner) return [reply(texts.noData)]
    const { account } = owner
    const { memberships, deeds, answers, records } = ownData(facts, owner)
    const data = {
      account: {
        platform: account.platform,
        consentVersion: account.consentVersion,
        consentedAt: account.consentedAt?.toISOString() ?? null,
      },
      memberships: memberships.map((member) => ({
        organisation: facts.organisation(member.orgId).name,
        name: member.displayName,
        role: member.role,
        status: member.status,
      })),
      deeds: deeds.map(
        ({ orgId: _org, version: _version, updatedAt: _at, decidedBy: _by, ratedBy: _rater, ...deed }) => ({
          ...deed,
          progress: facts
            .progressOf(deed.subjectKind, deed.subjectId, deed.year)
            .filter((entry) => entry.number === deed.number)
            .map(({ round, percent, note, done }) => ({ round, percent, note, done })),
          ratings: facts
            .ratingsOf(deed.subjectKind, deed.subjectId, deed.year)
            .filter((entry) => entry.number === deed.number)
            .map(({ period, source, rating }) => ({ period, source, rating })),
        }),
      ),
      closedBooks: memberships.flatMap((member) =>
        facts
          .frozenLines(member.memberId)
          .map(({ period, closedAt, status }) => ({ period, closedAt: closedAt.toISOString(), status })),
      ),
      meetings: answers.map(({ occurrence, answer, reasonKind }) => ({ occurrence, answer, reasonKind })),
      requests: memberships
        .flatMap((member) => facts.requestsOf(member.memberId))
        .map(({ nextWarningAt: _next, accountId: _account, memberId: _member, orgId: _org, ...each }) => each),
      ...records,
    }
    return [
      doneAtOnce(facts, owner, 'export'),
      privately(texts.dataExport(linesOfJson(data))),
      { audit: { orgId: facts.org?.orgId ?? null, action: 'data.exported', subject: `account:${account.accountId}` } },
    ]
  },
}

/**
 * Erases everything that names or describes the person (Luật 91/2025/QH15, right to deletion). What stays are counts:
 * the roster's line without a name, the deeds without words, the answers without reasons.
 */
export const eraseData: Command<'data.erase'> = {
  intents: ['data.erase'],
  may: null,
  beforeConsent: true,
  respond(facts, request) {
    const { texts, now } = facts
    const owner = ownerOf(facts)
    if (!owner) return [reply(texts.noData)]
    const { account, members } = owner
    if (!request.resolved?.confirmed) return askFirst(texts.eraseAsk, request, texts.deedKept)
    const records = recordsOf(facts, owner)
    const effects: Effect[] = [doneAtOnce(facts, owner, 'erase')]
    const names: string[] = []
    const older = [
      ...records.earlierWords.map(({ content }) => content),
      ...records.praise.flatMap(({ title, result }) => [title, result]),
    ]
    const words = older.filter((each) => each !== null)
    for (const member of members) {
      if (member.displayName) names.push(member.displayName)
      for (const each of records.years) {
        for (const deed of facts.deeds('individual', member.memberId, each)) {
          for (const text of wordsOf(deed)) if (text) words.push(text)
          const { year: of, subjectKind, subjectId, number } = deed
          for (const entry of facts.progressOf(subjectKind, subjectId, of)) {
            if (entry.number !== number || !entry.note) continue
            words.push(entry.note)
            effects.push({ put: 'deedProgress', row: { ...entry, note: null } })
          }
          effects.push({ put: 'deed', row: { ...deed, ...noWords, updatedAt: now } })
        }
      }
      for (const answer of facts.answersOf(member.memberId)) {
        effects.push({ put: 'attendance', row: { ...answer, reasonKind: null } })
      }
      effects.push(
        { put: 'member', row: { ...member, displayName: null, foldedName: null, role: 'member', erasedAt: now } },
        { audit: { orgId: member.orgId, action: 'data.erased', subject: `member:${member.memberId}` } },
      )
      // Other accounts of the same person lose their link too: there is nobody left to be linked to.
      for (const link of facts.linksOf(member.memberId)) effects.push({ remove: 'accountMember', row: link })
    }
    const accountIds = new Set([
      account.accountId,
      ...members.flatMap((member) => facts.linksOf(member.memberId).map((link) => link.accountId)),
    ])
    const people: { platform: string; externalId: string }[] = []
    const chatIds: number[] = []
    for (const accountId of accountIds) {
      for (const row of facts.dialoguesOf(accountId)) effects.push({ remove: 'dialogue', row })
      const each = accountId === account.accountId ? account : facts.accountById(accountId)
      if (!each) continue
      people.push({ platform: each.platform, externalId: each.externalId })
      if (each.privateChatId !== null) chatIds.push(each.privateChatId)
      for (const link of facts.links(accountId)) effects.push({ remove: 'accountMember', row: link })
      effects.push({ remove: 'account', row: each })
    }
    effects.push({
      forget: { memberIds: members.map((member) => member.memberId), people, chatIds, names, texts: words },
    })
    effects.push(reply(texts.erased))
    return effects
  },
}
