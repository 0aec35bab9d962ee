import { askWhich } from '../dialogue/choose.ts'
import { askName, waitForLink } from '../dialogue/claim-flow.ts'
import { heldMessage } from '../dialogue/consent-flow.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { claimQuestion } from '../dialogue/other-flows.ts'
import { accessRoleOf, isSecretary } from '../domain/access.ts'
import type { Account, AccountMember, Member } from '../domain/records.ts'
import { matchName } from '../language/names.ts'
import { fold } from '../language/normalise.ts'
import { grantByCode, openSelector } from './activate.ts'
import type { Command } from './command.ts'

/** Lines of rosters that a typed name may mean: the cell's where the cell is known, exact full names elsewhere. */
function candidatesFor(facts: Facts, name: string, orgId: number | null): Member[] {
  if (orgId === null) return facts.membersNamed(fold(name)).filter((member) => member.status !== 'left')
  const roster = facts.roster(orgId).filter((member) => member.displayName !== null && member.status !== 'left')
  const matches = matchName(
    name,
    roster.map((member) => ({ id: member.memberId, name: member.displayName ?? '' })),
  )
  return matches.flatMap((match) => roster.filter((member) => member.memberId === match.id))
}

/** "Tôi là …": a claim to a line of the roster, which a secretary confirms in private before it counts. */
export const claim: Command<'member.claim'> = {
  intents: ['member.claim'],
  may: null,
  respond(facts, request) {
    const { texts, account } = facts
    if (!account) return [reply(texts.consentPrompt)]
    const selector = openSelector(facts)
    const codeOrg = selector ? (facts.code(selector)?.orgId ?? null) : null
    const orgId = codeOrg ?? (facts.asked.chatKind === 'group' ? (facts.org?.orgId ?? null) : null)
    const own = facts.memberships.find((member) => orgId === null || member.orgId === orgId)
    if (own && !selector) {
      return [reply(texts.alreadyLinked(own.displayName ?? '', facts.organisation(own.orgId).name))]
    }
    const { name } = request.slots
    const resolved = request.resolved?.memberId ? facts.member(request.resolved.memberId) : null
    const candidates = resolved ? [resolved] : candidatesFor(facts, name, orgId)
    if (candidates.length > 1) return askWhichMember(facts, request, candidates, orgId === null)
    const member = candidates[0]
    if (selector) return grantByCode(facts, selector, member ?? null, name)
    if (!member) return unknownName(facts, name, orgId)
    return claimMembers(facts, [member])
  },
}

/** Several lines fit: a numbered question, each option the whole request. */
function askWhichMember(facts: Facts, request: Request, members: Member[], withOrg: boolean): Effect[] {
  const labels = members.map((member) =>
    withOrg ? `${member.displayName}, ${facts.organisation(member.orgId).name}` : (member.displayName ?? ''),
  )
  const options = members.map((member, index) => ({
    label: labels[index] ?? '',
    request: { ...request, resolved: { memberId: member.memberId } },
  }))
  return askWhich(facts.texts.whichOne(labels), options)
}

function unknownName(facts: Facts, name: string, orgId: number | null): Effect[] {
  const { texts, dialogue } = facts
  if (orgId === null) return [reply(texts.nameNeedsGroup)]
  return askName(texts.nameUnknown(name), heldMessage(dialogue))
}

/** The claim of an account (the asker's) to lines of rosters: the member hears that it waits, the officers are asked. */
export function claimMembers(facts: Facts, members: readonly Member[], account = facts.account): Effect[] {
  if (!account) return []
  const claims = members.map((member) => claimOne(facts, member, account))
  const said = [...new Set(claims.map(({ text }) => text))]
  const held = heldMessage(facts.dialogue)
  // Refused (somebody else's line, nobody to confirm it): what waits for a name goes on waiting for the right one.
  if (held && claims.every(({ effects }) => effects.length === 0)) return askName(said.join('\n'), held)
  return [
    ...claims.flatMap(({ effects }) => effects),
    ...said.map((text) => reply(text)),
    ...(claims.some(({ effects }) => effects.length > 0) ? [waitForLink(held)] : []),
  ]
}

function claimOne(facts: Facts, member: Member, account: Account): { text: string; effects: Effect[] } {
  const { texts, asked, now } = facts
  const taken = facts.linksOf(member.memberId).some((link) => {
    const other = facts.accountById(link.accountId)
    return link.state === 'linked' && link.accountId !== account.accountId && other?.platform === account.platform
  })
  if (taken) return { text: texts.claimTaken, effects: [] }
  const officers = facts
    .officers(member.orgId)
    .filter(({ member: officer }) => officer.role === 'secretary' || officer.role === 'deputy')
  if (officers.length === 0) return { text: texts.claimNoSecretary, effects: [] }
  const before = facts.links(account.accountId).find((link) => link.memberId === member.memberId)
  const row: AccountMember = {
    accountId: account.accountId,
    memberId: member.memberId,
    state: before && before.state !== 'claimed' ? 'reclaimed' : 'claimed',
    linkedAt: now,
    confirmedBy: null,
  }
  const orgName = facts.organisation(member.orgId).name
  const platform = texts.platformNames[asked.platform] ?? asked.platform
  const question = texts.claimAsk(asked.displayName, platform, member.displayName ?? '', orgName)
  const state = { accountId: account.accountId, memberId: member.memberId, orgId: member.orgId, question }
  const effects: Effect[] = [
    { put: 'accountMember', row },
    {
      audit: {
        orgId: member.orgId,
        action: 'member.claimed',
        subject: `member:${member.memberId}`,
        details: { accountId: account.accountId },
      },
    },
    // A secretary with an open question is asked when that one is settled (dispatch looks for waiting claims).
    ...officers
      .filter((officer) => officer.dialogue === null)
      .map(
        (officer): Effect => ({
          askOther: {
            accountId: officer.account.accountId,
            dialogueKey: officer.dialogueKey,
            dialogue: claimQuestion(state),
            text: question,
          },
        }),
      ),
  ]
  return { text: texts.claimSent, effects }
}

/** The first claim that waits for this officer, as a question; nothing where none waits. */
export function nextWaitingClaim(facts: Facts, settled: ReadonlySet<string>): Effect[] {
  const { texts } = facts
  for (const officer of facts.memberships) {
    if (!isSecretary(accessRoleOf(officer))) continue
    for (const link of facts.pendingClaims(officer.orgId)) {
      if (settled.has(`${link.accountId}:${link.memberId}`)) continue
      const account = facts.accountById(link.accountId)
      const member = facts.member(link.memberId)
      if (!account || !member?.displayName) continue
      const platform = texts.platformNames[account.platform] ?? account.platform
      const question = texts.claimAsk('', platform, member.displayName, facts.organisation(officer.orgId).name)
      const state = { accountId: link.accountId, memberId: link.memberId, orgId: officer.orgId, question }
      return [reply(question), { dialogue: claimQuestion(state) }]
    }
  }
  return []
}
