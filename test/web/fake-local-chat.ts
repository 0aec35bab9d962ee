import {
  type LocalAccountView,
  type LocalChat,
  type LocalChatView,
  type LocalMessageView,
  UnknownLocalName,
} from '../../src/engine/local-chat.ts'

const an: LocalAccountView = { key: 'an', name: 'Nguyễn Văn An', role: 'secretary' }
const binh: LocalAccountView = { key: 'binh', name: 'Trần Thị Bình', role: 'member' }
const moi: LocalAccountView = { key: 'moi', name: 'Lê <b>Mới</b>', role: 'newcomer' }

/** The chats every fake has: a group and everybody's private chat. */
export const fakeChats: LocalChatView[] = [
  { chat: 'demo', title: 'Chi bộ thôn Đông', kind: 'group', accounts: [an, binh, moi] },
  ...[an, binh, moi].map((account): LocalChatView => {
    return { chat: `dm:${account.key}`, title: account.name, kind: 'private', accounts: [account] }
  }),
]

/** A local chat in memory whose bot answers "Đã nghe: …" to what holds its name, and reminds once a day that passes. */
export interface FakeLocalChat extends LocalChat {
  readonly said: Parameters<LocalChat['say']>[0][]
  readonly listeners: number
  /** The bot writes by itself. */
  post(chat: string, text: string): LocalMessageView
  /** Runs inside `say`, before it answers. */
  beforeAnswer: () => Promise<void>
}

/** Makes a fake that starts at 09:00 on 5 October 2026 in Vietnam. */
export function createFakeLocalChat(): FakeLocalChat {
  const messages: LocalMessageView[] = []
  const listeners = new Set<(message: LocalMessageView) => void>()
  const answers = new Map<string, { id: string; messages: LocalMessageView[] }>()
  const said: FakeLocalChat['said'] = []
  let now = new Date('2026-10-05T09:00:00+07:00')

  function add(chat: string, from: string | null, text: string): LocalMessageView {
    const message = { id: String(messages.length + 1), chat, from, text, at: now.toISOString() }
    messages.push(message)
    for (const listener of listeners) listener(message)
    return message
  }

  return {
    said,
    get listeners() {
      return listeners.size
    },
    beforeAnswer: async () => {},
    post: (chat, text) => add(chat, null, text),
    chats: async () => fakeChats,
    async say(input) {
      const chat = fakeChats.find((view) => view.chat === input.chat)
      if (chat === undefined) throw new UnknownLocalName('chat: there is no such chat')
      if (!chat.accounts.some(({ key }) => key === input.from))
        throw new UnknownLocalName('from: there is no such account')
      said.push(input)
      const before = input.id === undefined ? undefined : answers.get(input.id)
      if (before !== undefined) return before
      const own = add(input.chat, input.from, input.text)
      await this.beforeAnswer()
      const isHeard = chat.kind === 'private' || /@Bot Nếp|^\//.test(input.text) || input.replyTo !== undefined
      const answer = { id: own.id, messages: isHeard ? [add(input.chat, null, `Đã nghe: ${input.text}`)] : [] }
      if (input.id !== undefined) answers.set(input.id, answer)
      return answer
    },
    async transcript(chat, after) {
      return messages.filter((message) => message.chat === chat && Number(message.id) > Number(after ?? 0))
    },
    subscribe(onMessage) {
      listeners.add(onMessage)
      return () => listeners.delete(onMessage)
    },
    now: () => now,
    async advance(to) {
      const sent: LocalMessageView[] = []
      for (let day = now.getTime() + 86_400_000; day <= to.getTime(); day += 86_400_000) {
        now = new Date(day)
        sent.push(add('demo', null, 'Nhắc đồng chí: sắp đến ngày sinh hoạt chi bộ.'))
      }
      now = to
      return sent
    },
  }
}
