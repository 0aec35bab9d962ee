import { DateTime } from 'luxon'
import type { LocalAccountView, LocalChat, LocalChatView, LocalMessageView } from '../engine/local-chat.ts'
import type { Texts } from '../texts/texts.ts'

/** Messages shown at once; older ones stay in the transcript. */
const MAX_SHOWN = 200

/** What the chat page shows, for one person in one chat. */
export interface ChatModel {
  texts: Texts
  people: LocalAccountView[]
  person: LocalAccountView
  /** Where this person can write. */
  chats: LocalChatView[]
  chat: LocalChatView
  /** Every chat, as somebody who is in it, to point at news elsewhere. */
  places: { chat: string; title: string; news: string; from: string }[]
  messages: LocalMessageView[]
  /** Who wrote, by account key. */
  names: Map<string, string>
  replyTo: LocalMessageView | undefined
  now: DateTime
}

/** What an address of the page says: `from`, `chat` and the message that is being answered. */
export interface ChatWish {
  from?: string
  chat?: string
  reply?: string
}

/** An address of the chat page. */
export function chatAddress(wish: ChatWish): string {
  return `/chat?${new URLSearchParams(Object.entries(wish).filter(([, value]) => value !== undefined))}`
}

/**
 * Gathers what the page shows. What the wish leaves open, or asks for in vain, becomes the first that there is; null when
 * the local chat has nobody in it.
 */
export async function loadChat(
  localChat: LocalChat,
  texts: Texts,
  timeZone: string,
  wish: ChatWish,
): Promise<ChatModel | null> {
  const { newsPrivate, newsGroup } = texts.page
  const newsOf = (chat: LocalChatView) => (chat.kind === 'private' ? newsPrivate : newsGroup)
  const all = await localChat.chats()
  const byKey = new Map(all.flatMap((chat) => chat.accounts).map((account) => [account.key, account]))
  const people = [...byKey.values()]
  const person = people.find(({ key }) => key === wish.from) ?? people[0]
  if (person === undefined) return null
  const chats = all.filter((chat) => chat.accounts.some(({ key }) => key === person.key))
  const chat = chats.find((view) => view.chat === wish.chat) ?? chats[0]!
  const messages = (await localChat.transcript(chat.chat)).slice(-MAX_SHOWN)
  return {
    texts,
    people,
    person,
    chats,
    chat,
    places: all.flatMap((view) => {
      const reader = view.accounts.find(({ key }) => key === person.key) ?? view.accounts[0]
      return reader === undefined ? [] : [{ chat: view.chat, title: view.title, news: newsOf(view), from: reader.key }]
    }),
    messages,
    names: new Map(people.map(({ key, name }) => [key, name])),
    replyTo: messages.find(({ id, from }) => id === wish.reply && from === null),
    now: DateTime.fromJSDate(localChat.now(), { zone: timeZone }).setLocale(texts.locale),
  }
}
