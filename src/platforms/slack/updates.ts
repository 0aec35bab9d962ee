/** Slack's three kinds of requests (events, slash commands, interactions) as neutral events. */
import type { InboundEvent } from '../../engine/platform.ts'
import { isUserId, scopedId } from './chat-ids.ts'
import { commandText } from './command-names.ts'
import { idField, isJsonObject, type JsonObject, listField, objectField, textField } from './json-fields.ts'
import { type BotInWorkspace, instantOf, membershipEvent, namesIn, readMessage } from './messages.ts'
import { readText, storable } from './slack-text.ts'

/** What a verified body is, before anybody looks into it. */
export type UpdateKind = 'event' | 'command' | 'action' | 'ignored'

/** Sorts a body; undefined where it is none of Slack's forms. Everything Slack sends and we have no use for is `ignored`. */
export function kindOfUpdate(body: JsonObject): UpdateKind | undefined {
  if (textField(body, 'command') !== undefined) return body.ssl_check === undefined ? 'command' : 'ignored'
  const type = textField(body, 'type')
  if (type === 'event_callback')
    return textField(objectField(body, 'event'), 'type') === undefined ? undefined : 'event'
  if (type === 'block_actions') return listField(body, 'actions').length > 0 ? 'action' : undefined
  return type !== undefined || body.ssl_check !== undefined ? 'ignored' : undefined
}

/** Whether the event says that the workspace ended the installation; then there is no bot to act as. */
export function endsInstallation(body: JsonObject): boolean {
  const event = objectField(body, 'event')
  const type = textField(event, 'type')
  // `tokens_revoked` also reports people who withdrew their own tokens, of which we hold none.
  return (
    type === 'app_uninstalled' ||
    (type === 'tokens_revoked' && listField(objectField(event, 'tokens'), 'bot').length > 0)
  )
}

/** When the workspace ended the installation. */
export function endedAt(body: JsonObject, now: () => number): string {
  return instantOf(secondsOf(body.event_time), now)
}

/** The event that tells the engine that every chat of a workspace is gone. */
export function installationEndEvent(
  bot: Pick<BotInWorkspace, 'accountId' | 'teamId' | 'now'>,
  body: JsonObject,
): InboundEvent {
  const eventKey = idField(body, 'event_id') ?? `left:${bot.teamId}:${secondsOf(body.event_time) ?? ''}`
  return membershipEvent(bot, { eventKey, membership: 'left', at: secondsOf(body.event_time) })
}

/** Maps a verified body to what the engine should know of it: often nothing. */
export async function readUpdate(bot: BotInWorkspace, body: JsonObject): Promise<InboundEvent[]> {
  switch (kindOfUpdate(body)) {
    case 'event':
      return present(await readEvent(bot, body))
    case 'command':
      return present(await readCommand(bot, body))
    case 'action':
      return readActions(bot, body)
    default:
      return []
  }
}

async function readEvent(bot: BotInWorkspace, body: JsonObject): Promise<InboundEvent | undefined> {
  const event = objectField(body, 'event')!
  const type = textField(event, 'type')!
  const channelId = idField(event, 'channel')
  const at = idField(event, 'event_ts') ?? secondsOf(body.event_time)
  const eventKey =
    idField(body, 'event_id') ?? `${type}:${bot.teamId}:${channelId ?? ''}:${idField(event, 'ts') ?? at ?? ''}`
  if (type === 'app_mention' || type === 'message') return readMessage(bot, event, eventKey)
  if (!channelId) return undefined
  const ofTheBot = event.user === bot.botUserId
  switch (type) {
    case 'member_joined_channel':
      return ofTheBot ? membershipEvent(bot, { channelId, eventKey, membership: 'joined', at }) : undefined
    case 'member_left_channel':
      return ofTheBot ? membershipEvent(bot, { channelId, eventKey, membership: 'left', at }) : undefined
    // Only ever sent about the bot's own membership.
    case 'channel_left':
    case 'group_left':
    case 'channel_deleted':
    case 'group_deleted':
    case 'channel_archive':
    case 'group_archive':
      return membershipEvent(bot, { channelId, eventKey, membership: 'left', at })
    case 'channel_unarchive':
    case 'group_unarchive':
      return membershipEvent(bot, { channelId, eventKey, membership: 'joined', at })
    default:
      return undefined
  }
}

async function readCommand(bot: BotInWorkspace, body: JsonObject): Promise<InboundEvent | undefined> {
  const channelId = idField(body, 'channel_id')
  const userId = idField(body, 'user_id')
  const triggerId = idField(body, 'trigger_id')
  if (!channelId || !userId || !triggerId) return undefined
  const channelName = textField(body, 'channel_name')
  const isPrivate = channelId.startsWith('D') || channelName === 'directmessage'
  const raw = textField(body, 'text') ?? ''
  const argument = readText(raw, await namesIn(bot, raw))
  const text = commandText(bot.commandNames, storable(textField(body, 'command')!), argument)
  const userName = (await bot.lookups.displayName(bot.teamId, userId)) ?? textField(body, 'user_name') ?? ''
  return {
    platform: 'slack',
    accountId: bot.accountId,
    eventKey: `command:${bot.teamId}:${triggerId}`,
    kind: 'message',
    chat: {
      id: scopedId(bot.teamId, isPrivate ? userId : channelId),
      kind: isPrivate ? 'private' : 'group',
      ...(channelName && !isPrivate ? { title: storable(channelName) } : {}),
    },
    sender: { id: scopedId(bot.teamId, userId), displayName: storable(userName), isBot: false, isAnonymous: false },
    text,
    // `/nep` with free text behind it is the bot spoken to.
    addressed: text.startsWith('/') ? 'command' : 'mention',
    occurredAt: new Date(bot.now()).toISOString(),
  }
}

async function readActions(bot: BotInWorkspace, body: JsonObject): Promise<InboundEvent[]> {
  const user = objectField(body, 'user')
  const container = objectField(body, 'container')
  const userId = idField(user, 'id')
  const channelId = idField(objectField(body, 'channel'), 'id') ?? idField(container, 'channel_id')
  if (!userId || !isUserId(userId) || !channelId) return []
  const messageTs = idField(container, 'message_ts') ?? idField(objectField(body, 'message'), 'ts')
  const threadTs = idField(container, 'thread_ts') ?? idField(objectField(body, 'message'), 'thread_ts')
  const pressId = textField(body, 'response_url') ?? idField(body, 'trigger_id')
  const isPrivate = channelId.startsWith('D')
  const displayName =
    (await bot.lookups.displayName(bot.teamId, userId)) ?? textField(user, 'name') ?? textField(user, 'username') ?? ''
  const events: InboundEvent[] = []
  for (const action of listField(body, 'actions').filter(isJsonObject)) {
    const token = textField(action, 'value')
    const pressedAt = idField(action, 'action_ts')
    const press = pressedAt ?? idField(body, 'trigger_id')
    if (textField(action, 'type') !== 'button' || !token || !press || !pressId || pressId.length > 2000) continue
    events.push({
      platform: 'slack',
      accountId: bot.accountId,
      eventKey: `action:${bot.teamId}:${channelId}:${messageTs ?? ''}:${userId}:${press}:${idField(action, 'action_id') ?? ''}`,
      kind: 'action',
      chat: {
        id: scopedId(bot.teamId, isPrivate ? userId : channelId),
        kind: isPrivate ? 'private' : 'group',
        ...(threadTs && threadTs !== messageTs ? { threadId: threadTs } : {}),
      },
      sender: {
        id: scopedId(bot.teamId, userId),
        displayName: storable(displayName),
        isBot: false,
        isAnonymous: false,
      },
      text: '',
      addressed: isPrivate ? 'private' : 'reply',
      action: { token: storable(token), pressId: storable(pressId) },
      ...(messageTs ? { messageId: messageTs } : {}),
      occurredAt: instantOf(pressedAt, bot.now),
    })
  }
  return events
}

/** `event_time`, whole seconds as a number, in the form of Slack's timestamps. */
function secondsOf(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e11 ? String(value) : undefined
}

function present(event: InboundEvent | undefined): InboundEvent[] {
  return event ? [event] : []
}
