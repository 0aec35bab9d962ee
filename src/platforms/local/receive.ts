import { randomUUID } from 'node:crypto'
import { type LocalChatView, type LocalTranscript, UnknownLocalName } from '../../engine/local-chat.ts'
import type { InboundEvent, Sink } from '../../engine/platform.ts'
import type { Addressed } from '../../language/intents.ts'
import { fold } from '../../language/normalise.ts'
import { LOCAL_ACCOUNT_ID, localCapabilities } from './capabilities.ts'

/** What somebody writes in the local chat. `id` is the caller's own: said again under it, nothing new happens. */
export interface Said {
  chat: string
  /** An account's key. */
  from: string
  text: string
  /** The message that this answers. */
  replyTo?: string
  id?: string
}

/** What became of it. `handed` tells whether the bot hears it at all. */
export interface SayResult {
  messageId: string
  eventKey: string
  isNew: boolean
  handed: boolean
}

// Many type it without its marks.
const names = localCapabilities.botNames.map((name) => fold(name).split(' ').join('\\s+')).join('|')
const ofOurs = `@(?:${names})(?![\\p{L}\\p{N}_])`
const mention = new RegExp(ofOurs, 'iu')
const suffixed = /^\/[\p{L}\p{N}_]+@/u
const suffixedForUs = new RegExp(`^/[\\p{L}\\p{N}_]+${ofOurs}`, 'iu')

/** How a text is meant for the bot: commands as Telegram has them, the rest as Zalo, which hears nothing else in a group. */
export function addressedOf(text: string, chatKind: 'group' | 'private', repliesToBot: boolean): Addressed {
  const written = fold(text).trimStart()
  const isCommand = written.startsWith('/')
  if (chatKind === 'private') return isCommand ? 'command' : 'private'
  if (isCommand) return suffixed.test(written) && !suffixedForUs.test(written) ? 'none' : 'command'
  if (mention.test(written)) return 'mention'
  return repliesToBot ? 'reply' : 'none'
}

/** NFC, without what PostgreSQL refuses: U+0000, and halves of surrogate pairs. */
const cleanText = (text: string): string =>
  text
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .normalize('NFC')

/** Receiving, by `say` instead of a network: into the transcript first, then to the sink if the bot is meant. */
export function createReceive(options: { transcript: LocalTranscript; clock: { now(): Date } }) {
  const { transcript, clock } = options
  let sink: Sink | null = null
  const underWay = new Set<Promise<unknown>>()

  async function findSpeaker(said: Said): Promise<{ chat: LocalChatView; displayName: string }> {
    const chat = (await transcript.chats()).find((view) => view.chat === said.chat)
    if (chat === undefined) throw new UnknownLocalName('chat: there is no such chat')
    const account = chat.accounts.find((view) => view.key === said.from)
    if (account === undefined) throw new UnknownLocalName('from: there is no such account in this chat')
    return { chat, displayName: account.name }
  }

  async function repliesToBot(said: Said): Promise<boolean> {
    if (said.replyTo === undefined) return false
    const answered = await transcript.find(said.replyTo)
    if (answered === null || answered.chat !== said.chat)
      throw new UnknownLocalName('replyTo: there is no such message in this chat')
    return answered.from === null
  }

  async function hand(said: Said, toSink: Sink): Promise<SayResult> {
    const { chat, displayName } = await findSpeaker(said)
    const isReply = await repliesToBot(said)
    const stored = await transcript.append({
      chat: said.chat,
      from: said.from,
      text: cleanText(said.text),
      at: clock.now(),
      dedupeKey: `said:${said.id ?? randomUUID()}`,
      replyTo: said.replyTo,
    })
    const eventKey = said.id === undefined ? stored.id : `said:${said.id}`
    const addressed = addressedOf(stored.text, chat.kind, isReply)
    if (addressed === 'none') return { messageId: stored.id, eventKey, isNew: stored.isNew, handed: false }
    const event: InboundEvent = {
      platform: 'local',
      accountId: LOCAL_ACCOUNT_ID,
      eventKey,
      kind: 'message',
      chat: { id: chat.chat, kind: chat.kind, title: chat.title },
      sender: { id: said.from, displayName, isBot: false, isAnonymous: false },
      text: stored.text,
      addressed,
      messageId: stored.id,
      occurredAt: stored.at,
    }
    // Also a repeat is handed over: the first time may have ended between the transcript and the inbox, and the inbox
    // keeps one row per event key.
    await toSink([event])
    return { messageId: stored.id, eventKey, isNew: stored.isNew, handed: true }
  }

  return {
    async say(said: Said): Promise<SayResult> {
      if (sink === null) throw new Error('The local platform is not receiving: call receive() before say()')
      const work = hand(said, sink)
      underWay.add(work)
      try {
        return await work
      } finally {
        underWay.delete(work)
      }
    },

    async receive(toSink: Sink): Promise<() => Promise<void>> {
      sink = toSink
      return async () => {
        sink = null
        await Promise.allSettled(underWay)
      }
    },
  }
}
