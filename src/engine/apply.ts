/** Effects of one answered event into rows to write and messages to queue. */

import type { Audience, Change, Choice, DialogueChange, Effect, Say } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { flowOf } from '../dialogue/flows.ts'
import type { Account, Dialogue } from '../domain/records.ts'
import { type Destination, destinationsOf, merged } from './audience.ts'
import type { Capabilities, InboundEvent, OutboundMessage, PlatformName } from './platform.ts'
import { choiceToken } from './respond.ts'
import { split } from './split.ts'
import type { AuditDraft, OutboxDraft } from './store-port.ts'
import { together, type World } from './world.ts'

/** Capabilities of a bot account; null when it is not running (its messages wait in the outbox all the same). */
export type CapabilitiesOf = (platform: string, accountId: string) => Capabilities | null

/** What Zalo, the narrowest, can carry: used for accounts that are not running at the moment. */
const narrowest = { maxText: 2000, buttons: false }

export interface Planned {
  changes: Change[]
  outbox: OutboxDraft[]
  audits: AuditDraft[]
}

/** Messages to one destination; a long text becomes several, the buttons go with the last. */
export function drafts(
  say: Say,
  destination: Destination,
  key: string,
  causeInboxId: number | null,
  capabilitiesOf: CapabilitiesOf,
  more: Partial<OutboundMessage> = {},
): OutboxDraft[] {
  const capabilities = capabilitiesOf(destination.platform, destination.botAccountId) ?? narrowest
  const parts = split(say.text, capabilities.maxText)
  const { choices, ...others } = more
  return parts.map((text, index) => ({
    key: index === 0 ? key : `${key}#${index + 1}`,
    platform: destination.platform as PlatformName,
    accountId: destination.botAccountId,
    message: {
      chat: {
        id: destination.chatId,
        kind: destination.chatKind,
        ...(destination.threadId ? { threadId: destination.threadId } : {}),
      },
      text,
      ...(index === 0 && others.replyTo ? { replyTo: others.replyTo } : {}),
      ...(index === parts.length - 1 && capabilities.buttons && choices && choices.length > 0
        ? { choices, ...(others.onlyFor ? { onlyFor: others.onlyFor } : {}) }
        : {}),
    },
    causeInboxId,
    expiresAt: say.expiresAt ?? null,
    isRepeatable: say.isRepeatable ?? false,
    rank: say.rank ?? 'receipt',
  }))
}

function dialogueRow(
  change: DialogueChange,
  dialogueKey: string,
  address: Dialogue['address'],
  accountId: number | null,
  now: Date,
  before: Dialogue | null,
): Dialogue {
  // A question that goes on keeps its hours: only a new one starts them again.
  const hours = change.hours ?? 72
  const isContinued = before !== null && before.flow === change.flow && change.hours === undefined
  const expiresAt =
    isContinued && before.flow === 'consent' ? before.expiresAt : new Date(now.getTime() + hours * 3_600_000)
  return {
    dialogueKey,
    flow: change.flow,
    version: change.version,
    state: change.state,
    expecting: change.expecting,
    address,
    accountId,
    updatedAt: now,
    expiresAt,
  }
}

/** Turns the effects of an event into what is written. Reads the world (who can be reached), changes nothing. */
export function plan(
  event: InboundEvent,
  inboxId: number,
  effects: readonly Effect[],
  facts: Facts,
  world: World,
  capabilitiesOf: CapabilitiesOf,
): Planned {
  const { asked, now } = facts
  const cause = event.causeInboxId ?? inboxId
  const here: Destination = {
    platform: asked.platform,
    botAccountId: asked.botAccountId,
    chatId: asked.chatExternalId,
    chatKind: asked.chatKind,
    ...(asked.threadId ? { threadId: asked.threadId } : {}),
  }
  const address: Dialogue['address'] = { ...here, personId: asked.personExternalId }
  const made = effects.flatMap((effect): Account[] => ('put' in effect && effect.put === 'account' ? [effect.row] : []))
  const account = made[made.length - 1] ?? facts.account
  const isErased = effects.some((effect) => 'forget' in effect)
  const accountId = isErased ? null : (account?.accountId ?? null)

  const changes: Change[] = []
  const outbox: OutboxDraft[] = []
  const audits: AuditDraft[] = []
  const says: Say[] = []
  let question: { choices?: readonly Choice[]; isOpen: boolean } = { isOpen: facts.dialogue !== null }
  for (const effect of effects) {
    if ('put' in effect || 'remove' in effect) changes.push(effect)
    else if ('say' in effect) says.push(effect.say)
    else if ('dialogue' in effect) {
      question = { isOpen: effect.dialogue !== null }
      if (effect.dialogue) {
        const row = dialogueRow(effect.dialogue, facts.dialogueKey, address, accountId, now, facts.dialogue)
        changes.push({ put: 'dialogue', row })
      } else if (facts.dialogue) changes.push({ remove: 'dialogue', row: facts.dialogue })
    } else if ('askOther' in effect) {
      const { askOther } = effect
      const [to] = destinationsOf(world, { to: 'account', accountId: askOther.accountId }, here, account)
      if (!to) continue
      const row = dialogueRow(askOther.dialogue, askOther.dialogueKey, { ...to }, askOther.accountId, now, null)
      changes.push({ put: 'dialogue', row })
      const key = `in:${inboxId}:ask:${askOther.accountId}`
      const onlyFor = world.get('account', String(askOther.accountId))?.externalId
      const choices = yesNoButtons(askOther.dialogue, askOther.dialogueKey, facts)
      outbox.push(
        ...drafts(
          { audience: { to: 'account', accountId: askOther.accountId }, text: askOther.text },
          to,
          key,
          cause,
          capabilitiesOf,
          { ...(choices ? { choices } : {}), ...(onlyFor ? { onlyFor } : {}) },
        ),
      )
    } else if ('audit' in effect) {
      audits.push({ ...effect.audit, at: now, actorKind: 'member', actorId: facts.me?.memberId ?? null })
    }
  }

  const limit = (capabilitiesOf(here.platform, here.botAccountId) ?? narrowest).maxText
  const isPrivate = here.chatKind === 'private'
  const isHere = (audience: Audience) => audience.to === 'here' || (audience.to === 'sender' && isPrivate)
  const samePlace = (a: Audience, b: Audience) => (isHere(a) && isHere(b)) || (a.to === 'sender' && b.to === 'sender')
  const inOrder = merged(says, samePlace, limit)
  // Zalo tells the bot nothing that is not a reply or a mention: a question in a group says how to answer it.
  const last = inOrder.findLastIndex((say) => isHere(say.audience))
  // A silent wait (for the secretary) asks nothing.
  const changed = effects.flatMap((effect) => ('dialogue' in effect ? [effect.dialogue] : [])).at(-1)
  const isAsking = !isPrivate && changed !== undefined && changed !== null && changed.expecting !== null
  const lastSay = inOrder[last]
  const yesNo = changed ? yesNoButtons(changed, facts.dialogueKey, facts) : undefined
  if (isAsking && lastSay) inOrder[last] = { ...lastSay, text: `${lastSay.text}\n${facts.texts.groupAnswerHint}` }
  const destinations = together(inOrder, (say) => destinationsOf(world, say.audience, here, account))
  inOrder.forEach((say, index) => {
    const to = destinations[index]!
    const baseKey = say.key ?? `in:${inboxId}:${index}`
    if (say.audience.to === 'sender' && !isPrivate) {
      const line = to.length > 0 ? facts.texts.sentPrivately : facts.texts.privateHint
      const hint: Say = { audience: { to: 'here' }, text: line, rank: 'courtesy' }
      outbox.push(...drafts(hint, here, `${baseKey}:hint`, cause, capabilitiesOf, replyTo(event)))
    }
    to.forEach((destination, position) => {
      const key = position === 0 ? baseKey : `${baseKey}:${position}`
      const more = isHere(say.audience)
        ? {
            ...replyTo(event),
            onlyFor: asked.personExternalId,
            choices: question.isOpen ? (buttonsOf(say, facts) ?? (index === last ? yesNo : undefined)) : undefined,
          }
        : {}
      outbox.push(...drafts(say, destination, key, cause, capabilitiesOf, more))
    })
  })
  return { changes, outbox, audits }
}

function buttonsOf({ choices }: Say, { dialogueKey, now }: Facts): OutboundMessage['choices'] {
  return choices?.map(({ label, number }) => ({ label, token: choiceToken(number, dialogueKey, now) }))
}

/** The two buttons under a question that asks for a yes or a no; none under any other. */
function yesNoButtons(opened: DialogueChange, dialogueKey: string, { texts, now }: Facts): OutboundMessage['choices'] {
  const labels = flowOf(opened)?.flow.yesNo?.(texts)
  return labels?.map((label, index) => ({
    label,
    token: choiceToken(index === 0 ? 'yes' : 'no', dialogueKey, now),
  }))
}

function replyTo(event: InboundEvent): Partial<OutboundMessage> {
  return event.messageId ? { replyTo: event.messageId } : {}
}
