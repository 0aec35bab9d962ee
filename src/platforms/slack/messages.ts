/** Slack's messages (`app_mention`, `message` and its subtypes) as neutral events. */
import type { InboundEvent } from '../../engine/platform.ts'
import type { Addressed } from '../../language/intents.ts'
import type { BoundedMap } from './bounded-map.ts'
import { scopedId } from './chat-ids.ts'
import { typedCommand } from './command-names.ts'
import { idField, isJsonObject, type JsonObject, listField, objectField, textField } from './json-fields.ts'
import type { Lookups } from './lookups.ts'
import { mentionedUsers, readText } from './slack-text.ts'

/** What a mapping needs to know of the bot. */
export interface BotInWorkspace {
  accountId: string
  /** Stands in a text where the bot was mentioned. */
  botName: string
  commandNames: ReadonlyMap<string, string>
  teamId: string
  botUserId: string
  botId?: string
  lookups: Lookups
  /** The conversations that private chats (by our id) are held in: learnt here, used when sending. */
  privateChannels: BoundedMap<string, string>
  now: () => number
}

/** Subtypes that are posts of a person all the same. */
const POSTS = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message'])

/** How many mentioned people are looked up in one message. */
const MAX_NAMED = 5

/** Maps an `app_mention` or `message` event; undefined where it is none of the bot's business (joins, deletions, other bots' cards). */
export async function readMessage(
  bot: BotInWorkspace,
  event: JsonObject,
  eventKey: string,
): Promise<InboundEvent | undefined> {
  const subtype = textField(event, 'subtype')
  const channelId = idField(event, 'channel')
  if (!channelId) return undefined
  const channelType = textField(event, 'channel_type')
  if (subtype === 'message_changed') return readEdit(bot, event, { channelId, channelType, eventKey })
  if (subtype === 'channel_join' || subtype === 'group_join') return readOwnJoin(bot, event, channelId, eventKey)
  if (!POSTS.has(subtype) || event.hidden === true) return undefined
  return readPost(bot, event, { channelId, channelType, eventKey })
}

interface Place {
  channelId: string
  channelType: string | undefined
  eventKey: string
}

async function readPost(bot: BotInWorkspace, post: JsonObject, place: Place): Promise<InboundEvent | undefined> {
  const { channelId } = place
  const ts = idField(post, 'ts')
  const userId = idField(post, 'user')
  const isBot = post.bot_id !== undefined || userId === bot.botUserId || userId === 'USLACKBOT'
  if (!ts || (!userId && !isBot)) return undefined
  const raw = textField(post, 'text') ?? ''
  const isPrivate = place.channelType === 'im' || (place.channelType === undefined && channelId.startsWith('D'))
  const threadTs = idField(post, 'thread_ts')
  const isReply = threadTs !== undefined && threadTs !== ts
  if (isBot && isReply && userId === bot.botUserId) bot.lookups.rememberThread(bot.teamId, channelId, threadTs)

  if (isPrivate && userId && !isBot) bot.privateChannels.set(scopedId(bot.teamId, userId), channelId)

  const isCommand =
    typedCommand(
      bot.commandNames,
      readText(raw, () => undefined),
    ) !== undefined
  const addressed = isBot ? 'none' : await judge()
  const [nameOf, displayName] =
    addressed === 'none' ? [nameOfBot(bot), undefined] : await Promise.all([namesIn(bot, raw), nameSender()])
  const text = readText(raw, nameOf)
  const photoRef = photoOf(post)
  const unreadable = raw === '' && photoRef === undefined && listField(post, 'files').length > 0
  return {
    platform: 'slack',
    accountId: bot.accountId,
    eventKey: place.eventKey,
    messageKey: `${bot.teamId}:${channelId}:${ts}`,
    kind: unreadable ? 'unsupported' : 'message',
    chat: {
      // The other side of a private chat is its name; what the bot itself wrote there does not tell who that is.
      id: scopedId(bot.teamId, isPrivate && userId && !isBot ? userId : channelId),
      kind: isPrivate ? 'private' : 'group',
      ...(isReply ? { threadId: threadTs } : {}),
    },
    sender: {
      id: scopedId(bot.teamId, userId ?? idField(post, 'bot_id') ?? 'bot'),
      displayName: displayName ?? '',
      isBot,
      isAnonymous: false,
    },
    text: (addressed === 'command' ? typedCommand(bot.commandNames, text) : undefined) ?? text,
    addressed,
    messageId: ts,
    ...(photoRef === undefined ? {} : { photoRef }),
    occurredAt: instantOf(ts, bot.now),
  }

  async function judge(): Promise<Addressed> {
    // A mention is read from the text, not from the event's type: `app_mention` and `message` must judge the one post alike.
    if (isCommand) return 'command'
    if (isPrivate) return 'private'
    if (mentionedUsers(raw).includes(bot.botUserId)) return 'mention'
    if (!isReply) return 'none'
    if (post.parent_user_id === bot.botUserId) return 'reply'
    return (await bot.lookups.takesPart(bot.teamId, channelId, threadTs)) ? 'reply' : 'none'
  }

  function nameSender(): Promise<string | undefined> {
    return userId ? bot.lookups.displayName(bot.teamId, userId) : Promise.resolve(undefined)
  }
}

/** The names of the people mentioned in a text; the bot's is always known. */
export async function namesIn(bot: BotInWorkspace, raw: string): Promise<(userId: string) => string | undefined> {
  const others = [...new Set(mentionedUsers(raw))].filter((id) => id !== bot.botUserId).slice(0, MAX_NAMED)
  const found = await Promise.all(
    others.map(async (id) => [id, await bot.lookups.displayName(bot.teamId, id)] as const),
  )
  const names = new Map(found)
  return (id) => nameOfBot(bot)(id) ?? names.get(id)
}

function nameOfBot(bot: BotInWorkspace): (userId: string) => string | undefined {
  return (id) => (id === bot.botUserId ? bot.botName : undefined)
}

/** A person changed a post. Slack also reports previews of links as changes: the text is then the same. */
async function readEdit(bot: BotInWorkspace, event: JsonObject, place: Place): Promise<InboundEvent | undefined> {
  const changed = objectField(event, 'message')
  if (!changed || textField(changed, 'text') === textField(objectField(event, 'previous_message'), 'text'))
    return undefined
  const post = await readPost(bot, changed, place)
  if (!post || post.sender.isBot) return undefined
  // Without a message key: the edit is an event of its own beside the post that it changes.
  return { ...post, kind: 'edited', messageKey: undefined, occurredAt: instantOf(idField(event, 'event_ts'), bot.now) }
}

/** Slack posts a line when somebody is added to a channel; the bot's own is how it learns where it is. */
function readOwnJoin(
  bot: BotInWorkspace,
  event: JsonObject,
  channelId: string,
  eventKey: string,
): InboundEvent | undefined {
  if (event.user !== bot.botUserId) return undefined
  return membershipEvent(bot, { channelId, eventKey, membership: 'joined', at: idField(event, 'ts') })
}

/** What became of the bot in a channel; without a channel, in the whole workspace (the chat's id is then the workspace's). */
export function membershipEvent(
  bot: Pick<BotInWorkspace, 'accountId' | 'teamId' | 'now'>,
  change: { channelId?: string; eventKey: string; membership: 'joined' | 'left'; at?: string },
): InboundEvent {
  return {
    platform: 'slack',
    accountId: bot.accountId,
    eventKey: change.eventKey,
    kind: 'membership',
    chat: change.channelId
      ? { id: scopedId(bot.teamId, change.channelId), kind: 'group' }
      : { id: bot.teamId, kind: 'group', isWorkspace: true },
    sender: { id: bot.teamId, displayName: '', isBot: true, isAnonymous: false },
    text: '',
    addressed: 'none',
    membership: change.membership,
    occurredAt: instantOf(change.at, bot.now),
  }
}

/** The instant of a Slack timestamp (`1700000000.000100`), or now where it is none. */
export function instantOf(ts: string | undefined, now: () => number): string {
  const at = ts !== undefined && /^\d{1,11}(\.\d+)?$/.test(ts) ? Number(ts) * 1000 : now()
  return new Date(at).toISOString()
}

function photoOf(post: JsonObject): string | undefined {
  const photo = listField(post, 'files')
    .filter(isJsonObject)
    .find((file) => textField(file, 'mimetype')?.startsWith('image/'))
  return idField(photo, 'id')
}
