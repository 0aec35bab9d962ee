/** People and groups of the simulated platform, and what their messages look like on the wire. */
import type { ZaloSimulator } from './simulator.ts'

export interface SimulatedUser {
  id: string
  name: string
  isBot: boolean
}

export interface SimulatedChat {
  id: string
  kind: 'PRIVATE' | 'GROUP'
}

/** An update as it stands on the wire, without its envelope. */
export interface Update {
  event_name: string
  message: Record<string, unknown>
}

type Content = Record<string, unknown>

/** The acts of people on the platform. Each resolves to the update, or to null where the bot hears nothing of it. */
export function makeMessages(simulator: ZaloSimulator) {
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(simulator.random() * 16).toString(16)).join('')

  function compose(event: string, by: SimulatedUser, chat: SimulatedChat, content: Content): Update {
    return {
      event_name: event,
      message: {
        from: { id: by.id, display_name: by.name, is_bot: by.isBot },
        chat: { id: chat.id, chat_type: chat.kind },
        ...content,
        message_id: hex(20),
        date: Date.now(),
      },
    }
  }

  function send(update: Update): Update {
    simulator.deliver(update)
    return update
  }

  return {
    compose,
    /** A person; their private chat with the bot exists from the first message on, under their own id. */
    user(name: string, { isBot = false } = {}): SimulatedUser {
      const user = { id: hex(20), name, isBot }
      simulator.chats.set(user.id, { id: user.id, kind: 'PRIVATE' })
      return user
    },
    group(): SimulatedChat {
      const chat: SimulatedChat = { id: `zgr-${hex(20)}`, kind: 'GROUP' }
      simulator.chats.set(chat.id, chat)
      return chat
    },
    privateChat: (user: SimulatedUser): SimulatedChat => ({ id: user.id, kind: 'PRIVATE' }),
    text(by: SimulatedUser, chat: SimulatedChat, text: string): Update {
      return send(compose('message.text.received', by, chat, { text, message_type: 'CHAT_TEXT' }))
    },
    /** Picked from the group's list: "@", the display name, a space, the rest. */
    mention(by: SimulatedUser, chat: SimulatedChat, rest: string): Update {
      return this.text(by, chat, `@${simulator.botName} ${rest}`)
    },
    /** A reply to the bot's message: nothing in it says so. */
    reply(by: SimulatedUser, chat: SimulatedChat, text: string): Update {
      return this.text(by, chat, text)
    },
    /** Talk in a group that neither mentions nor answers the bot: not delivered. */
    smallTalk: (): null => null,
    image(by: SimulatedUser, chat: SimulatedChat, caption: string, field: 'photo_url' | 'photo' = 'photo_url'): Update {
      const photo = { [field]: `https://photo.zdn.example/${hex(12)}.jpg` }
      return send(compose('message.image.received', by, chat, { ...photo, caption, message_type: 'CHAT_PHOTO' }))
    },
    voice(by: SimulatedUser, chat: SimulatedChat): Update {
      const content = { voice_url: `https://voice.zdn.example/${hex(12)}.aac`, message_type: 'CHAT_VOICE' }
      return send(compose('message.voice.received', by, chat, content))
    },
    sticker(by: SimulatedUser, chat: SimulatedChat): Update {
      return send(
        compose('message.sticker.received', by, chat, { sticker: hex(8), url: 'https://sticker.example/1.png' }),
      )
    },
    /** A link, a file, a protected sender: no content at all. */
    unsupported(by: SimulatedUser, chat: SimulatedChat): Update {
      return send(compose('message.unsupported.received', by, chat, {}))
    },
    /** Seen by others, in no document. */
    undocumented(by: SimulatedUser, chat: SimulatedChat): Update {
      return send(compose('message.reaction.received', by, chat, { reaction: 'heart' }))
    },
  }
}
