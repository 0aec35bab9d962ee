/** Whether a message is meant for this bot, by Telegram's own marks. */
import type { Addressed } from '../../language/intents.ts'
import type { TelegramEntity, TelegramMessage } from './update-shape.ts'

export interface Me {
  id: number
  username: string
}

/**
 * A command at the start of a text, as TDLib finds them: up to 64 word characters, then perhaps `@name`. Read from the
 * text, not from the entities: both say the same on Telegram, and other Bot API servers forget the entities.
 */
const COMMAND = /^\s*\/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{3,32}))?(?![\p{L}\p{N}_/<>@])/u

/**
 * How a message reaches us. A command for another bot is `none` even where it replies to us or stands in the private
 * chat: it is not ours to obey.
 */
export function addressedOf(message: TelegramMessage, isPrivate: boolean, me: Me): Addressed {
  const text = message.text ?? message.caption ?? ''
  const entities = message.text === undefined ? message.caption_entities : message.entities
  const command = COMMAND.exec(text)
  if (command !== null) {
    const target = command[2]
    return target === undefined || isName(target, me) ? 'command' : 'none'
  }
  if (isPrivate) return 'private'
  if (mentions(text, entities, me)) return 'mention'
  return repliesTo(message, me) ? 'reply' : 'none'
}

function mentions(text: string, entities: readonly TelegramEntity[] | undefined, me: Me): boolean {
  if (entities === undefined) {
    // No entity at all: on Telegram there is no mention then, but a poorer server may have left them out.
    const words = text.match(/(?<![\p{L}\p{N}_@])@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_])/gu) ?? []
    return words.some((word) => isName(word.slice(1), me))
  }
  return entities.some((entity) => {
    if (entity.type === 'text_mention') return entity.user?.id === me.id
    if (entity.type !== 'mention') return false
    // Offsets are UTF-16 units, which is what `slice` counts.
    const word = text.slice(entity.offset, entity.offset + entity.length)
    return word.startsWith('@') && isName(word.slice(1), me)
  })
}

/** In a topic every message that replies to nothing seems to reply to the service message that opened the topic. */
function repliesTo(message: TelegramMessage, me: Me): boolean {
  const original = message.reply_to_message
  return original !== undefined && original.from?.id === me.id && original.forum_topic_created === undefined
}

function isName(name: string, me: Me): boolean {
  return name.toLowerCase() === me.username.toLowerCase()
}
