/** A platform with everything Zalo lacks: buttons, edits, migrations. Events go in by hand, messages come out in memory. */
import type { Capabilities, InboundEvent, OutboundMessage, Platform, Sink } from '../../src/engine/platform.ts'

export const RICH_BOT = 'rich-bot'

const capabilities: Capabilities = {
  buttons: true,
  edit: true,
  reply: true,
  privateInGroup: false,
  threads: true,
  commandMenu: true,
  photos: 'none',
  documents: false,
  maxText: 4096,
  rate: { perSecond: Number.POSITIVE_INFINITY, perChatPerSecond: Number.POSITIVE_INFINITY },
  isIdempotent: true,
  botNames: ['Nếp'],
}

export interface RichPlatform extends Platform {
  /** Hands events to the engine; resolves once they are durable. */
  emit(events: readonly InboundEvent[]): Promise<void>
  readonly sent: OutboundMessage[]
  /** Answers of the platform to a chat's next sends, first come first. */
  outcomes: Map<string, Awaited<ReturnType<Platform['send']>>[]>
}

export function createRichPlatform(): RichPlatform {
  let sink: Sink | null = null
  const sent: OutboundMessage[] = []
  const outcomes: RichPlatform['outcomes'] = new Map()
  return {
    name: 'telegram',
    accountId: RICH_BOT,
    capabilities,
    webhooks: [],
    sent,
    outcomes,
    async emit(events) {
      if (!sink) throw new Error('not receiving')
      await sink(events)
    },
    async receive(to) {
      sink = to
      return async () => {
        sink = null
      }
    },
    async send(message) {
      const outcome = outcomes.get(message.chat.id)?.shift()
      if (outcome) return outcome
      sent.push(message)
      return { outcome: 'sent', messageId: String(sent.length) }
    },
    check: async () => [],
  }
}

let counter = 0

/** An event of this platform: a private message of `person` unless told otherwise. */
export function richEvent(person: string, text: string, more: Partial<InboundEvent> = {}): InboundEvent {
  counter += 1
  return {
    platform: 'telegram',
    accountId: RICH_BOT,
    eventKey: `rich:${counter}`,
    kind: 'message',
    chat: { id: `private:${person}`, kind: 'private' },
    sender: { id: person, displayName: `Hiển thị ${person}`, isBot: false, isAnonymous: false },
    text: text.normalize('NFC'),
    addressed: text.startsWith('/') ? 'command' : 'private',
    messageId: `m${counter}`,
    occurredAt: '2026-10-05T02:00:00.000Z',
    ...more,
  }
}
