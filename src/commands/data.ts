import { askFirst } from '../dialogue/confirm.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Attendance, Deed, Member } from '../domain/records.ts'
import { type Command, thisYear } from './command.ts'
import { doneAtOnce, type Owner, ownerOf } from './data-request.ts'
import { detailsOf } from './deed-details.ts'

interface OwnData {
  memberships: readonly Member[]
  deeds: Deed[]
  answers: Attendance[]
}

/** Everything kept about the person who asks: this and last year, as retention keeps no more. */
function ownData(facts: Facts, { members }: Owner): OwnData {
  const year = thisYear(facts)
  const deeds = members.flatMap((member) =>
    [year - 1, year, year + 1].flatMap((each) =>
      [...facts.deeds('individual', member.memberId, each)].sort((a, b) => a.number - b.number),
    ),
  )
  const answers = members.flatMap((member) => facts.answersOf(member.memberId))
  return { memberships: members, deeds, answers }
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
  respond(facts) {
    const { texts, timeZone } = facts
    const owner = ownerOf(facts)
    if (!owner) return [reply(texts.noData)]
    const { account } = owner
    const { memberships, deeds, answers } = ownData(facts, owner)
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
      meetings: answers.map((answer) => `${texts.period(answer.occurrence)}: ${texts.answerNames[answer.answer]}`),
    })
    return [privately(text), doneAtOnce(facts, owner, 'show')]
  },
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
    const { memberships, deeds, answers } = ownData(facts, owner)
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
      praise: memberships.flatMap((member) =>
        [thisYear(facts) - 1, thisYear(facts)].flatMap((year) =>
          facts
            .commendations(member.orgId, year)
            .filter((each) => each.memberId === member.memberId)
            .map(({ kind, number, title, result, period }) => ({ year, kind, number, title, result, period })),
        ),
      ),
      meetings: answers.map(({ occurrence, answer, reasonKind }) => ({ occurrence, answer, reasonKind })),
    }
    return [
      doneAtOnce(facts, owner, 'export'),
      privately(texts.dataExport(JSON.stringify(data, null, 1))),
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
    const year = thisYear(facts)
    const effects: Effect[] = [doneAtOnce(facts, owner, 'erase')]
    const names: string[] = []
    const words: string[] = []
    for (const member of members) {
      if (member.displayName) names.push(member.displayName)
      for (const each of [year - 1, year, year + 1]) {
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
