/** Questions that the bot brings to a secretary on somebody else's behalf. */
import { accessRoleOf, isOfficer, may, relationOf } from '../domain/access.ts'
import { type AccountMember, type Attendance, isUnconfirmed } from '../domain/records.ts'
import type { Intent } from '../language/intents.ts'
import { heldMessage } from './consent-flow.ts'
import { type DialogueChange, type Effect, reply } from './effects.ts'
import type { Facts } from './facts.ts'
import { type Flow, type Interrupting, openFlow } from './flow.ts'

function yesOrNo(intent: Intent): 'yes' | 'no' | null {
  if (intent.intent === 'dialogue.yes') return 'yes'
  if (intent.intent === 'dialogue.no') return 'no'
  if (intent.intent === 'dialogue.choose')
    return intent.slots.choice === 1 ? 'yes' : intent.slots.choice === 2 ? 'no' : null
  return null
}

interface ClaimState {
  accountId: number
  memberId: number
  orgId: number
  question: string
}

/** Whether the person asked still holds the right at the moment of answering. */
function stillMay(facts: Facts, orgId: number, action: 'member.confirm' | 'meeting.answerFor'): boolean {
  const org = facts.organisation(orgId)
  return facts.memberships.some((member) => {
    const relation = relationOf(facts.organisation(member.orgId), org)
    return may(accessRoleOf(member), action, relation).allowed && isOfficer(accessRoleOf(member))
  })
}

/** The same question is open with other officers: whoever answers first settles it for all, and they hear that it is settled. */
function settledForOthers(facts: Facts, orgId: number, flow: string, isSame: (state: unknown) => boolean): Effect[] {
  return facts.officers(orgId).flatMap(({ account, dialogue, dialogueKey }): Effect[] => {
    if (!dialogue || dialogueKey === facts.dialogueKey || dialogue.flow !== flow || !isSame(dialogue.state)) return []
    const text = facts.texts.settledByAnother
    return [
      { remove: 'dialogue', row: dialogue },
      { say: { audience: { to: 'account', accountId: account.accountId }, text, rank: 'courtesy' } },
    ]
  })
}

export const confirmClaim: Flow<ClaimState> = {
  name: 'confirmClaim',
  version: 1,
  yesNo: (texts) => texts.yesNoLabels,
  next(state, facts, intent) {
    const answer = yesOrNo(intent)
    if (!answer) return { pass: true }
    const { texts, now } = facts
    const link = facts.links(state.accountId).find((row) => row.memberId === state.memberId && isUnconfirmed(row))
    if (!link || !stillMay(facts, state.orgId, 'member.confirm')) {
      return { done: true, effects: [reply(texts.claimGone)] }
    }
    const member = facts.member(state.memberId)
    const name = member?.displayName ?? ''
    const audit = (action: string): Effect => ({
      audit: {
        orgId: state.orgId,
        action,
        subject: `member:${state.memberId}`,
        details: { accountId: state.accountId },
      },
    })
    const others = settledForOthers(facts, state.orgId, 'confirmClaim', (open) => {
      const { accountId, memberId } = open as ClaimState
      return accountId === state.accountId && memberId === state.memberId
    })
    const waiting = facts.dialoguesOf(state.accountId).filter((row) => row.flow === 'awaitLink')
    // In private where that is open, else where the claim was made.
    const asked = facts.accountById(state.accountId)?.privateChatId === null ? waiting[0]?.address : undefined
    const tell = (text: string): Effect => {
      const audience = asked
        ? { to: 'address' as const, address: asked }
        : { to: 'account' as const, accountId: state.accountId }
      return { say: { audience, text } }
    }
    if (answer === 'no') {
      return {
        done: true,
        effects: [
          link.state === 'reclaimed'
            ? { put: 'accountMember', row: { ...link, state: 'withdrawn' } }
            : { remove: 'accountMember', row: link },
          ...others,
          ...waiting.map((row): Effect => ({ remove: 'dialogue', row })),
          audit('member.claimRejected'),
          reply(texts.claimRejected),
          tell(texts.notLinkedAnswer),
        ],
      }
    }
    const linked: AccountMember = { ...link, state: 'linked', linkedAt: now, confirmedBy: facts.me?.memberId ?? null }
    // Asked for their name in private, some give it in the group: what waited there is taken up as well.
    const asking = facts.dialoguesOf(state.accountId).filter((row) => row.flow === 'claim')
    const replays = [...waiting, ...asking].flatMap((row): Effect[] => {
      const held = heldMessage(row)
      const close: Effect = { remove: 'dialogue', row }
      return held
        ? [close, { replay: { key: `linked:${row.dialogueKey}:${now.getTime()}`, asked: held.asked } }]
        : [close]
    })
    return {
      done: true,
      effects: [
        { put: 'accountMember', row: linked },
        ...others,
        audit('member.linked'),
        reply(texts.claimConfirmed(name)),
        tell(texts.linked(name, facts.organisation(state.orgId).name)),
        ...replays,
      ],
    }
  },
  prompt: (state) => state.question,
  expired: () => null,
  upgrade: (version, state) => (version === 1 ? (state as ClaimState) : null),
}

export function claimQuestion(state: ClaimState): DialogueChange {
  return openFlow(confirmClaim, state, 'confirm', 24 * 7)
}

interface ExcuseState extends Interrupting {
  orgId: number
  occurrence: string
  memberId: number
  reasonKind: Attendance['reasonKind']
  question: string
  /** Who asked on the member's behalf. */
  askedBy: number
}

export const confirmExcuse: Flow<ExcuseState> = {
  name: 'confirmExcuse',
  version: 1,
  yesNo: (texts) => texts.yesNoLabels,
  next(state, facts, intent) {
    const answer = yesOrNo(intent)
    if (!answer) return { pass: true }
    const { texts, now } = facts
    const others = settledForOthers(facts, state.orgId, 'confirmExcuse', (open) => {
      const { occurrence, memberId } = open as ExcuseState
      return occurrence === state.occurrence && memberId === state.memberId
    })
    if (answer === 'no') return { done: true, effects: [...others, reply(texts.excuseForRejected)] }
    if (!stillMay(facts, state.orgId, 'meeting.answerFor')) return { done: true, effects: [reply(texts.claimGone)] }
    const meeting = facts.meetings(state.orgId).find(({ occurrence }) => occurrence === state.occurrence)
    if (meeting?.rollClosedAt) return { done: true, effects: [...others, reply(texts.answerClosed)] }
    const row: Attendance = {
      orgId: state.orgId,
      occurrence: state.occurrence,
      memberId: state.memberId,
      answer: 'excused',
      reasonKind: state.reasonKind,
      answeredAt: now,
      answeredBy: state.askedBy,
    }
    return {
      done: true,
      effects: [
        { put: 'attendance', row },
        ...others,
        {
          audit: {
            orgId: state.orgId,
            action: 'meeting.excusedFor',
            subject: `meeting:${state.orgId}:${state.occurrence}`,
            details: { memberId: state.memberId, askedBy: state.askedBy },
          },
        },
        reply(texts.excuseForNoted(facts.member(state.memberId)?.displayName ?? '')),
      ],
    }
  },
  prompt: (state) => state.question,
  expired: (_state, facts) => facts.texts.questionExpired,
  upgrade: (version, state) => (version === 1 ? (state as ExcuseState) : null),
}

export function excuseQuestion(state: ExcuseState): DialogueChange {
  return openFlow(confirmExcuse, state, 'confirm', 72)
}
