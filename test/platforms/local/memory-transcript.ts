import type { LocalChatView, LocalMessageView, LocalTranscript } from '../../../src/engine/local-chat.ts'

/** One group of two people and their private chats. */
const memoryChats: LocalChatView[] = [
  {
    chat: 'demo',
    title: 'Chi bộ thôn Đông',
    kind: 'group',
    accounts: [
      { key: 'an', name: 'Nguyễn Văn An', role: 'secretary' },
      { key: 'binh', name: 'Trần Thị Bình', role: 'member' },
    ],
  },
  {
    chat: 'dm:an',
    title: 'Nguyễn Văn An',
    kind: 'private',
    accounts: [{ key: 'an', name: 'Nguyễn Văn An', role: 'secretary' }],
  },
  {
    chat: 'dm:binh',
    title: 'Trần Thị Bình',
    kind: 'private',
    accounts: [{ key: 'binh', name: 'Trần Thị Bình', role: 'member' }],
  },
]

/** A transcript in memory. `beforeAppend` and `beforeChats` may reject or wait, as a database does. */
export class MemoryTranscript implements LocalTranscript {
  readonly stored: (LocalMessageView & { dedupeKey: string; replyTo?: string })[] = []
  readonly views: LocalChatView[] = structuredClone(memoryChats)
  beforeAppend: () => Promise<void> = async () => {}
  beforeChats: () => Promise<void> = async () => {}

  async chats(): Promise<LocalChatView[]> {
    await this.beforeChats()
    return this.views
  }

  async append(message: Parameters<LocalTranscript['append']>[0]): Promise<LocalMessageView & { isNew: boolean }> {
    await this.beforeAppend()
    const before = this.stored.find(({ dedupeKey }) => dedupeKey === message.dedupeKey)
    if (before !== undefined) return { ...before, isNew: false }
    const { chat, from, text, at, dedupeKey, replyTo } = message
    const row = { id: String(this.stored.length + 1), chat, from, text, at: at.toISOString(), dedupeKey, replyTo }
    this.stored.push(row)
    return { ...row, isNew: true }
  }

  async messages(chat: string, after = '0'): Promise<LocalMessageView[]> {
    return this.stored.filter((message) => message.chat === chat && Number(message.id) > Number(after))
  }

  async sentAfter(afterId: string): Promise<LocalMessageView[]> {
    return this.stored.filter((message) => message.from === null && Number(message.id) > Number(afterId))
  }

  async find(id: string): Promise<LocalMessageView | null> {
    return this.stored.find((message) => message.id === id) ?? null
  }

  async lastId(): Promise<string> {
    return String(this.stored.length)
  }
}
