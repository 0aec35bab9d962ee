/** Sending: one message of the outbox becomes one post, with an honest account of what became of it. */
import type { OutboundMessage, SendOutcome } from '../../engine/platform.ts'
import { blocksFor, plainBlocksFor } from './blocks.ts'
import type { BoundedMap } from './bounded-map.ts'
import { slackCapabilities } from './capabilities.ts'
import { isUserId, parseScopedId, scopedId } from './chat-ids.ts'
import { readFailure, toOutcome, toOutcomeBeforeSending } from './errors.ts'
import { idField, type JsonObject, objectField } from './json-fields.ts'
import type { Lookups } from './lookups.ts'
import { escapeText, storable } from './slack-text.ts'
import { callMethod, type SlackClient, type Transport } from './transport.ts'
import { uploadFile } from './upload.ts'
import type { Workspaces } from './workspaces.ts'

/** The thread is gone or was never one: the message is worth more than its place. */
const THREAD_REFUSED = new Set([
  'thread_not_found',
  'invalid_thread_ts',
  'cannot_reply_to_message',
  'message_not_found',
])

/** The buttons are refused: the text lists the choices by number anyway. */
const BLOCKS_REFUSED = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'block_mismatch'])

export interface SenderOptions {
  workspaces: Workspaces
  transport: Transport
  lookups: Lookups
  /** The conversations that private chats are held in, as far as known. */
  privateChannels: BoundedMap<string, string>
}

export type Sender = (message: OutboundMessage, signal: AbortSignal) => Promise<SendOutcome>

/** A call made ready: what to post, or why it cannot be. */
type Prepared = { client: SlackClient; teamId: string; channel: string } | { outcome: SendOutcome }

/** Makes the sender. It never rejects and never repeats a call whose result is unknown. */
export function createSender({ workspaces, transport, lookups, privateChannels }: SenderOptions): Sender {
  const { maxText } = slackCapabilities([])
  const scopeOf = (teamId: string) => ({ onlyWorkspace: workspaces.isOwn(teamId) })

  return async (message, signal) => {
    if (message.text.length > maxText) return { outcome: 'giveUp', code: 'tooLong' }
    return transport.within(signal, async () => {
      const prepared = await prepare(message)
      return 'outcome' in prepared ? prepared.outcome : await post(prepared, message)
    })
  }

  async function prepare(message: OutboundMessage): Promise<Prepared> {
    const id = parseScopedId(message.chat.id)
    if (!id) return { outcome: { outcome: 'giveUp', code: 'chat_id_malformed', chatGone: true } }
    const { teamId, localId } = id
    try {
      const installation = await workspaces.find(teamId)
      if (!installation) {
        const gone = workspaces.isOwn(teamId) ? { accountInvalid: true } : { chatGone: true }
        return { outcome: { outcome: 'giveUp', code: 'workspace_not_installed', ...gone } }
      }
      const client = transport.client(installation.botToken)
      if (!isUserId(localId)) return { client, teamId, channel: localId }
      const known = privateChannels.get(message.chat.id)
      if (known) return { client, teamId, channel: known }
      return await openPrivate(client, teamId, localId)
    } catch {
      return { outcome: { outcome: 'retry', code: 'installations_unavailable' } }
    }
  }

  async function openPrivate(client: SlackClient, teamId: string, userId: string): Promise<Prepared> {
    try {
      const opened = (await client.conversations.open({ users: userId })) as unknown as JsonObject
      const channel = idField(objectField(opened, 'channel'), 'id')
      if (!channel) return { outcome: { outcome: 'retry', code: 'unreadable_answer' } }
      privateChannels.set(scopedId(teamId, userId), channel)
      return { client, teamId, channel }
    } catch (error) {
      return { outcome: toOutcomeBeforeSending(readFailure(error), scopeOf(teamId)) }
    }
  }

  async function post(
    target: Exclude<Prepared, { outcome: SendOutcome }>,
    message: OutboundMessage,
  ): Promise<SendOutcome> {
    const { client, teamId, channel } = target
    const file = message.document ?? fileOfPhoto(message.photo)
    if (file)
      return uploadFile(
        { client, transport, scope: scopeOf(teamId) },
        { channel, threadTs: threadOf(message), text: message.text, file },
      )
    let fields = postFields(message, channel)
    for (;;) {
      try {
        const answer = await call(client, message, fields)
        const ts = idField(answer, 'ts') ?? idField(answer, 'message_ts')
        if (message.chat.kind === 'group') lookups.rememberThread(teamId, channel, fields.thread_ts ?? ts ?? '')
        return { outcome: 'sent', ...(ts ? { messageId: ts } : {}) }
      } catch (error) {
        const failure = readFailure(error)
        const simpler = failure.kind === 'refused' ? simplify(fields, failure.code) : undefined
        if (simpler) {
          fields = simpler
          continue
        }
        if (failure.code === 'channel_not_found') privateChannels.delete(message.chat.id)
        return toOutcome(failure, scopeOf(teamId))
      }
    }
  }
}

interface PostFields {
  channel: string
  text: string
  thread_ts?: string
  blocks?: JsonObject[]
}

async function call(client: SlackClient, message: OutboundMessage, fields: PostFields): Promise<JsonObject> {
  const recipient = ephemeralRecipient(message)
  if (recipient) return await callMethod(client, 'chat.postEphemeral', { ...fields, user: recipient, parse: 'none' })
  return await callMethod(client, 'chat.postMessage', {
    ...fields,
    // Nothing in a text is markup, a mention or a link worth a preview.
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  })
}

function postFields(message: OutboundMessage, channel: string): PostFields {
  const text = storable(message.text)
  const threadTs = threadOf(message)
  // chat.postEphemeral cannot be told that a text is no markup; blocks of plain text can.
  const blocks =
    blocksFor(text, message.choices ?? []) ?? (ephemeralRecipient(message) ? plainBlocksFor(text) : undefined)
  return {
    channel,
    text: escapeText(text),
    ...(threadTs ? { thread_ts: threadTs } : {}),
    ...(blocks ? { blocks } : {}),
  }
}

/** Who alone is to see the message, where that is asked for and makes sense. */
function ephemeralRecipient(message: OutboundMessage): string | undefined {
  if (!message.ephemeral || message.chat.kind !== 'group' || message.onlyFor === undefined) return undefined
  return parseScopedId(message.onlyFor)?.localId
}

/**
 * In a group an answer goes into the thread of the message that it answers, as Slack's people expect. In a private chat and for
 * ephemeral messages (which show in a thread only while it is open) it does not.
 */
function threadOf(message: OutboundMessage): string | undefined {
  if (message.chat.threadId !== undefined) return message.chat.threadId
  return message.chat.kind === 'group' && !message.ephemeral ? message.replyTo : undefined
}

function simplify(fields: PostFields, code: string): PostFields | undefined {
  if (fields.blocks && BLOCKS_REFUSED.has(code)) return { ...fields, blocks: undefined }
  if (fields.thread_ts && THREAD_REFUSED.has(code)) return { ...fields, thread_ts: undefined }
  return undefined
}

function fileOfPhoto(photo: OutboundMessage['photo']): { bytes: Uint8Array; fileName: string } | undefined {
  return photo?.bytes ? { bytes: photo.bytes, fileName: photo.fileName } : undefined
}
