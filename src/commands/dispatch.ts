/** From an understood message to its effects: the open question first, then the command, with consent and access in front. */

import { askName, waitForLink } from '../dialogue/claim-flow.ts'
import { askConsent, heldMessage } from '../dialogue/consent-flow.ts'
import { type DialogueChange, type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Flow, Interrupting, Request } from '../dialogue/flow.ts'
import { flowOf } from '../dialogue/flows.ts'
import { accessRoleOf, may, relationOf } from '../domain/access.ts'
import { isUnconfirmed, type Organisation } from '../domain/records.ts'
import type { Expecting, Intent } from '../language/intents.ts'
import { nextWaitingClaim } from './claim.ts'
import { rememberPrivateChat } from './consent.ts'
import { commandFor } from './index.ts'
import { refused } from './refusal.ts'

/** How deep one answer may lead to the next request ("which one?" → "are you sure?"); more is a loop. */
const maxSteps = 4

/** Answers a message that was meant for the bot. Pure; every right is checked here. */
export function answer(facts: Facts, intent: Intent): Effect[] {
  const effects = [...openPrivateChat(facts), ...answerIntent(facts, intent)]
  return [...effects, ...waitingClaims(facts, effects)]
}

function answerIntent(facts: Facts, intent: Intent): Effect[] {
  const { texts, dialogue, asked } = facts
  const open = dialogue ? flowOf(dialogue) : null
  if (open) return answerOpen(facts, open.flow, open.state, intent)
  if (intent.intent === 'none') return []
  // Who took their consent back and agrees again is told once more to what.
  const isBack = !facts.account && facts.accountOf(asked.platform, asked.personExternalId) !== null
  if (isBack && asked.chatKind === 'private' && intent.intent === 'dialogue.yes')
    return askConsent(facts, intent.intent)
  if (intent.intent.startsWith('dialogue.')) {
    return asked.chatKind === 'private' || intent.intent === 'dialogue.cancel' ? [reply(texts.nothingOpen)] : []
  }
  return run(facts, intent, 0)
}

/** Answers an open question, or a command given in the middle of one: obeyed, then the question stands again. */
function answerOpen(facts: Facts, flow: Flow<unknown>, state: unknown, intent: Intent): Effect[] {
  const { texts, asked } = facts
  const step = flow.next(state, facts, intent)
  const settle = (effects: Effect[]) => resuming(facts, (state as Interrupting | null)?.before, effects)
  if ('run' in step) return settle([...(step.effects ?? []), ...run(facts, step.run, 1)])
  if ('done' in step) return settle(step.effects)
  if ('state' in step) {
    const dialogue = { flow: flow.name, version: flow.version, state: step.state, expecting: step.expecting }
    return [...step.effects, { dialogue }]
  }
  // Not an answer. A silent wait (for the secretary) has no question to come back to.
  const isWait = facts.dialogue?.expecting === null
  if (intent.intent === 'none') {
    if (isWait || asked.chatKind === 'group') return []
    return [reply(`${texts.notUnderstood}\n${flow.prompt(state, facts)}`)]
  }
  if (intent.intent === 'dialogue.cancel') {
    return isWait ? [reply(texts.nothingOpen)] : settle([reply(texts.cancelled)])
  }
  if (intent.intent.startsWith('dialogue.')) {
    return isWait ? [] : [reply(`${texts.notUnderstood}\n${flow.prompt(state, facts)}`)]
  }
  const effects = run(facts, intent, 0)
  if (effects.some((effect) => 'dialogue' in effect)) {
    const opened = effects
      .flatMap((effect) => ('dialogue' in effect && effect.dialogue ? [effect.dialogue] : []))
      .at(-1)
    // A consent or claim that goes on with the same held message is no interruption.
    const isContinued = ['consent', 'claim', 'awaitLink', 'review', 'progressRound'].includes(flow.name)
    if (!opened || isContinued || isWait) return effects
    const dropped = flow.dropped ? flow.dropped(state, facts, opened) : texts.droppedOpen
    return dropped ? [...effects, reply(dropped)] : effects
  }
  if (isWait || ['consent', 'claim', 'review', 'progressRound'].includes(flow.name)) return effects
  return [...effects, reply(texts.stillOpen(flow.prompt(state, facts)))]
}

/**
 * Closes a settled question unless what was carried out opened the next one itself. A question that came in between
 * gives way to the one it interrupted.
 */
function resuming(facts: Facts, before: DialogueChange | undefined, effects: Effect[]): Effect[] {
  const changes = effects.flatMap((effect) => ('dialogue' in effect ? [effect.dialogue] : []))
  if (changes.at(-1)) return effects
  const open = before ? flowOf(before) : null
  if (!before || !open) return changes.length > 0 ? effects : [...effects, { dialogue: null }]
  return [...effects, reply(facts.texts.stillOpen(open.flow.prompt(open.state, facts))), { dialogue: before }]
}

function run(facts: Facts, request: Request, depth: number): Effect[] {
  const { texts, asked, account, memberships, org } = facts
  const command = commandFor(request.intent)
  if (!command) return [reply(texts.notServed)]
  if (depth > maxSteps) throw new Error(`requests lead to each other without end: ${request.intent}`)
  if (command.beforeConsent) return command.respond(facts, request)
  if (!account) {
    // A group that belongs to nobody: asking its people for consent would lead nowhere.
    if (asked.chatKind === 'group' && !org) return [reply(texts.groupNeedsCode)]
    return askConsent(facts, request.intent)
  }
  const needed = typeof command.may === 'function' ? command.may(facts, request) : command.may
  if (needed === null) return command.respond(facts, request)
  if (memberships.length === 0) {
    const held = { asked: { ...asked, displayName: '' }, intent: request.intent }
    const before = heldMessage(facts.dialogue)
    if (facts.links(account.accountId).some(isUnconfirmed)) {
      // What waits already is not given up for what comes after it.
      if (before) return [reply(texts.claimWaits(false))]
      return [reply(texts.claimWaits(true)), waitForLink(held)]
    }
    return askName(texts.refusals.notLinked, before ?? held)
  }
  if (!org) return [reply(asked.chatKind === 'group' ? texts.groupNeedsCode : texts.refusals.notYourCell)]
  const verdict = verdictFor(facts, org, needed)
  if (!verdict.allowed) return [refused(facts, verdict.why, org)]
  if (request.extras?.severalDeeds) return [reply(texts.oneDeedAtATime(request.intent))]
  return command.respond(facts, request)
}

/** What any of the person's lines grants; the first refusal where none does. */
function verdictFor(facts: Facts, org: Organisation, action: Parameters<typeof may>[1]) {
  const verdicts = facts.memberships.map((member) =>
    may(accessRoleOf(member), action, relationOf(facts.organisation(member.orgId), org)),
  )
  const own = facts.me ? facts.memberships.indexOf(facts.me) : -1
  return verdicts.find((verdict) => verdict.allowed) ?? verdicts[Math.max(own, 0)] ?? may('nobody', action, 'other')
}

/** The first private message of somebody who agreed opens the way to write to them. */
function openPrivateChat(facts: Facts): Effect[] {
  const { account, asked, chat } = facts
  if (!account || asked.chatKind !== 'private') return []
  if (account.privateChatId !== null && chat && account.privateChatId === chat.chatId && !chat.isGone) return []
  const remembered = rememberPrivateChat(facts, account)
  return [...remembered.effects, { put: 'account', row: remembered.account }]
}

/** Claims that came while a secretary was busy are asked once nothing else is open. */
function waitingClaims(facts: Facts, effects: readonly Effect[]): Effect[] {
  if (facts.asked.chatKind !== 'private' || !facts.account) return []
  const changes = effects.flatMap((effect) => ('dialogue' in effect ? [effect.dialogue] : []))
  const last = changes.length > 0 ? changes[changes.length - 1] : facts.dialogue
  if (last !== null) return []
  const settled = new Set(
    effects.flatMap((effect) =>
      ('put' in effect && effect.put === 'accountMember') || ('remove' in effect && effect.remove === 'accountMember')
        ? [`${effect.row.accountId}:${effect.row.memberId}`]
        : [],
    ),
  )
  return nextWaitingClaim(facts, settled)
}

/** What the language layer should expect from this person here. */
export function expectingOf(facts: Facts): Expecting | undefined {
  return (facts.dialogue?.expecting ?? undefined) as Expecting | undefined
}
