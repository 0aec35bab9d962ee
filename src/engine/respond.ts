/** One event to its effects: what kind of event it is, what it means, and the command or flow that answers. Pure. */
import { answer, expectingOf } from '../commands/dispatch.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Asked, Facts } from '../dialogue/facts.ts'
import { requestAsked } from '../dialogue/flow.ts'
import { looksClassified } from '../dialogue/guard.ts'
import type { Chat } from '../domain/records.ts'
import { mayBeReason, readWhyCalledOff } from '../language/call-off-reason.ts'
import { withExtras } from '../language/extras.ts'
import type { Expecting, Intent, UnderstandContext } from '../language/intents.ts'
import { maxLength, understand } from '../language/understand.ts'
import { dialogueKeyOf } from './facts.ts'
import type { InboundEvent } from './platform.ts'

export function askedOf(event: InboundEvent): Asked {
  return {
    platform: event.platform,
    botAccountId: event.accountId,
    chatExternalId: event.chat.id,
    chatKind: event.chat.kind,
    ...(event.chat.threadId ? { threadId: event.chat.threadId } : {}),
    ...(event.chat.isTopic ? { isTopic: true } : {}),
    personExternalId: event.sender.id,
    displayName: event.sender.displayName,
    text: event.text,
    addressed: event.addressed,
    ...(event.messageId ? { messageId: event.messageId } : {}),
  }
}

/** Ties a button to the question it was shown with and to the person asked: 64 bytes at most. */
export function choiceToken(choice: number | 'yes' | 'no', dialogueKey: string, askedAt: Date): string {
  return `c:${choice}:${dialogueKey.slice(0, 12)}:${askedAt.getTime().toString(36)}`
}

/** What a pressed button says; null when it is somebody else's or an earlier question's. */
function pressed(facts: Facts, token: string): Intent | null {
  const [kind, choice, key, askedAt] = token.split(':')
  if (kind !== 'c' || !facts.dialogue) return null
  if (key !== facts.dialogueKey.slice(0, 12)) return null
  if (askedAt !== facts.dialogue.updatedAt.getTime().toString(36)) return null
  if (choice === 'yes' || choice === 'no') return { intent: `dialogue.${choice}`, slots: {} }
  return { intent: 'dialogue.choose', slots: { choice: Number(choice) } }
}

/** Intents whose words would be kept: exactly there classified matter must not pass. */
const keepsWords = new Set([
  'pledge.register',
  'pledge.registerCollective',
  'pledge.edit',
  'pledge.return',
  'progress.report',
  'deed.describe',
  'model.add',
  'period.review',
  'period.reopen',
  'minutes.note',
  'minutes.edit',
  'meeting.move',
  'meeting.schedule',
  'meeting.theme',
  'none',
])

export function respond(event: InboundEvent, facts: Facts, botNames: readonly string[]): Effect[] {
  // What became of a chat is so whoever brought it about; what is said counts only from people.
  if (event.sender.isBot && event.kind !== 'membership' && event.kind !== 'migrated') return []
  switch (event.kind) {
    case 'membership':
      return event.chat.isWorkspace ? workspaceLeft(event, facts) : membership(event, facts)
    case 'migrated':
      return migrated(event, facts)
    default:
      return [...stillThere(facts), ...said(event, facts, botNames)]
  }
}

/** Not every platform tells that it took the bot back into a group: a word from there does. */
function stillThere({ chat }: Facts): Effect[] {
  return chat?.isGone && chat.kind === 'group' ? [{ put: 'chat', row: { ...chat, isGone: false } }] : []
}

function said(event: InboundEvent, facts: Facts, botNames: readonly string[]): Effect[] {
  switch (event.kind) {
    case 'edited':
      return event.addressed === 'none' ? [] : [reply(facts.texts.editedHint)]
    case 'unsupported':
      return event.chat.kind === 'private' ? [reply(facts.texts.unsupported)] : []
    case 'action': {
      const intent = event.action ? pressed(facts, event.action.token) : null
      return intent ? answer(facts, intent) : []
    }
    default:
      return message(event, facts, botNames)
  }
}

function message(event: InboundEvent, facts: Facts, botNames: readonly string[]): Effect[] {
  if (event.addressed === 'none') return []
  const intent = withPhoto(understood(event, facts, botNames), event, facts)
  if (event.sender.isAnonymous) return intent.intent === 'none' ? [] : [reply(facts.texts.anonymous)]
  if (keepsWords.has(intent.intent) && looksClassified(event.text)) return [reply(facts.texts.classified)]
  return answer(facts, intent)
}

/**
 * A photo that somebody linked sends in private, alone or as evidence, by the reference under which its platform keeps it.
 * With other words it only goes along with them.
 */
function withPhoto(intent: Intent, event: InboundEvent, facts: Facts): Intent {
  const { photoRef, chat, platform, text } = event
  if (!photoRef || chat.kind !== 'private' || facts.memberships.length === 0) return intent
  const photo = `${platform}:${photoRef}`
  if (intent.intent === 'deed.evidence') return { ...intent, slots: { ...intent.slots, photo } }
  return intent.intent === 'none' && text.trim() === '' ? { intent: 'deed.evidence', slots: { photo } } : intent
}

/** Questions that list their answers by number and take nothing else that a number could be. */
const numbered: ReadonlySet<Expecting> = new Set(['confirm', 'reason'])

/** Marks that turn the direction of what follows: kept, they would turn a list in which the words are quoted. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g

function understood(event: InboundEvent, facts: Facts, botNames: readonly string[]): Intent {
  const expecting = expectingOf(facts)
  const { now, timeZone } = facts
  const context = { now, timeZone, addressed: event.addressed, botNames, expecting }
  const text = event.text.slice(0, maxLength).replace(turning, '')
  return withExtras(meaning(text, context, facts), text, context)
}

function meaning(text: string, context: UnderstandContext, facts: Facts): Intent {
  const { expecting } = context
  const free = { ...context, expecting: undefined }
  const chosen = () => {
    const choice = understand(text, { ...context, expecting: 'choice' })
    return choice.intent === 'dialogue.choose' ? choice : null
  }
  if (isFilling(facts, 'meeting.move')) {
    // "thứ 6 19h30", asked when to move the meeting to: a moment, where `due` would only take the day.
    const moved = understand(`dời họp sang ${text}`, free)
    if (moved.intent === 'meeting.move' && (moved.slots.to || moved.extras?.ask)) return moved
  }
  const isWhy = facts.dialogue?.flow === 'callOffReason'
  const why = isWhy ? readWhyCalledOff(text, context) : null
  if (why) return why
  if (expecting === 'choice') {
    // "duyệt hết", "trả lại 2 vì …" under a numbered list: a full command is what it says, not an answer.
    const command = understand(text, free)
    if (command.intent !== 'none' && !command.intent.startsWith('dialogue.')) return command
  }
  const choice = expecting && numbered.has(expecting) ? chosen() : null
  if (choice) return choice
  const intent = understand(text, context)
  if (intent.intent !== 'none') return intent
  const told = isWhy ? mayBeReason(text, context) : null
  return told ?? (expecting ? chosen() : (barePercent(text, context) ?? bareAbsence(text, context))) ?? intent
}

/** "được 80%", some days after the monthly question: an answer to it though other things were spoken of since. */
function barePercent(text: string, context: UnderstandContext): Intent | null {
  if (context.addressed !== 'private') return null
  const told = understand(text, { ...context, expecting: 'progress' })
  if (told.intent !== 'progress.report') return null
  return told.slots.percent !== undefined && told.slots.note === undefined ? told : null
}

/** "vắng" alone in private, to a reminder read some days ago: asked whether it is meant. Without its mark it may be `vâng`. */
function bareAbsence(text: string, { addressed }: UnderstandContext): Intent | null {
  const isSaid = addressed === 'private' && /^vắng(?: mặt)?[\s.!]*$/iu.test(text.normalize('NFC').trim())
  return isSaid ? { intent: 'meeting.excuse', slots: {}, extras: { unsure: true } } : null
}

/** Whether the open question asks for what a request of this intent still lacks. */
function isFilling(facts: Facts, intent: Intent['intent']): boolean {
  return facts.dialogue?.flow === 'fill' && requestAsked(facts)?.intent === intent
}

function membership(event: InboundEvent, facts: Facts): Effect[] {
  const { chat, texts } = facts
  if (event.membership === 'joined' && event.chat.kind === 'group') {
    if (chat?.orgId) return [{ put: 'chat', row: { ...chat, isGone: false } }]
    return [reply(texts.groupGreeting)]
  }
  if (!chat) return []
  const isGone = event.membership === 'left' || event.membership === 'blocked'
  if (chat.isGone === isGone) return []
  return isGone ? gone(facts, chat) : [{ put: 'chat', row: { ...chat, isGone } }]
}

/** Nothing can be written to this chat any more; whose group it was hears of it, once a month at most. */
function gone(facts: Facts, chat: Chat): Effect[] {
  const { texts, today } = facts
  const marked: Effect = { put: 'chat', row: { ...chat, isGone: true } }
  if (chat.kind !== 'group' || chat.orgId === null) return [marked]
  const { orgId } = chat
  const text = texts.groupGone(facts.organisation(orgId).name)
  const key = `gone:${chat.chatId}:${today.slice(0, 7)}`
  return [marked, { say: { key, audience: { to: 'secretaries', orgId }, text } }]
}

/** The bot is no longer in a workspace: every chat of it is gone. */
function workspaceLeft(event: InboundEvent, facts: Facts): Effect[] {
  if (event.membership !== 'left') return []
  return facts
    .chatsWithin(event.chat.id)
    .filter((chat) => !chat.isGone)
    .flatMap((chat) => gone(facts, chat))
}

/**
 * A chat that lives on under another id keeps its row, its binding and its open questions; the old id stays known. Where
 * the new id was bound by itself meanwhile, the two become one.
 */
function migrated(event: InboundEvent, facts: Facts): Effect[] {
  const { chat } = facts
  const { newChatId } = event
  if (!chat || !newChatId || chat.externalId === newChatId) return []
  const twin = facts.chatAt(newChatId)
  const isTwin = twin !== null && twin.chatId !== chat.chatId
  const { platform, accountId, chatId } = chat
  const moved = facts.dialoguesAt(chat.externalId).flatMap((row): Effect[] => {
    const { personId } = row.address
    if (personId === undefined) return []
    const dialogueKey = dialogueKeyOf(platform, accountId, newChatId, personId)
    const address = { ...row.address, chatId: newChatId }
    return [
      { remove: 'dialogue', row },
      { put: 'dialogue', row: { ...row, dialogueKey, address } },
    ]
  })
  return [
    ...(isTwin ? [{ remove: 'chat' as const, row: twin }] : []),
    {
      put: 'chat',
      row: { ...chat, externalId: newChatId, isGone: false, orgId: chat.orgId ?? (isTwin ? twin.orgId : null) },
    },
    { put: 'chatAlias', row: { platform, accountId, externalId: newChatId, chatId } },
    ...moved,
  ]
}
