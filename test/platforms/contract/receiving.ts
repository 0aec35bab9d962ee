import { performance } from 'node:perf_hooks'
import { expect } from 'vitest'
import { CANARY, openHandles, until } from './bench.ts'
import type { Saying } from './driver.ts'
import type { Row } from './rows.ts'

/** How long a premature acknowledgement is given to show itself while the sink is still busy. */
const PREMATURE_WINDOW_MS = 60

const plain: Saying = { in: 'private', manner: 'plain', text: 'em đăng ký hai việc' }

function classification(title: string, saying: Saying, addressed: string, needs?: Row['needs']): Row {
  return {
    title,
    ...(needs ? { needs } : {}),
    async run({ driver, inbox, receive }) {
      await receive()
      await driver.say(saying)
      const [event] = await inbox.received(1)
      expect(event).toMatchObject({
        kind: 'message',
        addressed,
        chat: saying.in === 'group' ? driver.groupChat : driver.privateChat,
      })
      expect(event?.text).toContain(saying.text)
    },
  }
}

/** What an adapter must do with what the platform delivers. */
export const receivingRows: Row[] = [
  {
    title: 'hands over a private message in neutral form',
    async run({ driver, inbox, receive }) {
      await receive()
      await driver.say(plain)
      const [event] = await inbox.received(1)
      expect(event).toMatchObject({
        platform: driver.platform.name,
        accountId: driver.platform.accountId,
        kind: 'message',
        chat: driver.privateChat,
        sender: { ...driver.person, isBot: false, isAnonymous: false },
        text: plain.text,
        addressed: 'private',
      })
      expect(event?.eventKey).not.toBe('')
      expect(event?.messageId).toMatch(/./)
      expect(driver.platform.accountId).not.toBe('')
      // A date read in the wrong unit lands decades away.
      expect(Math.abs(Date.parse(event?.occurredAt ?? '') - Date.now())).toBeLessThan(3_600_000)
    },
  },
  classification('marks a command in private', { in: 'private', manner: 'command', text: '/tonghop' }, 'command'),
  classification('marks a command in a group', { in: 'group', manner: 'command', text: '/tonghop' }, 'command'),
  classification(
    'marks a mention in a group',
    { in: 'group', manner: 'mention', text: 'đk: đọc hai cuốn sách' },
    'mention',
  ),
  classification('marks a reply to the bot in a group', { in: 'group', manner: 'reply', text: 'có mặt ạ' }, 'reply'),
  classification(
    'marks small talk in a group as addressed to nobody',
    { in: 'group', manner: 'plain', text: 'tối nay mưa to quá' },
    'none',
    'hearsUnaddressed',
  ),
  {
    title: 'turns decomposed Vietnamese into NFC',
    async run({ driver, inbox, receive }) {
      const text = 'Đồng chí Nguyễn Thị Hường đăng ký trồng 20 gốc ổi'
      await receive()
      await driver.say({ ...plain, text: text.normalize('NFD') })
      expect((await inbox.received(1))[0]?.text).toBe(text.normalize('NFC'))
    },
  },
  {
    title: 'hands text over as typed, escaped for no platform',
    async run({ driver, inbox, receive }) {
      const text = 'A & B <b>đậm</b> &amp; *x* _y_ `z` 2 > 1'
      await receive()
      await driver.say({ ...plain, text })
      expect((await inbox.received(1))[0]?.text).toBe(text)
    },
  },
  {
    title: 'leaves out characters that the database refuses',
    async run({ driver, inbox, receive }) {
      await receive()
      await driver.say({ ...plain, text: 'trước\u0000sau' })
      const [event] = await inbox.received(1)
      expect(JSON.stringify(event)).not.toContain('\\u0000')
      expect(event?.text).toContain('trước')
    },
  },
  {
    title: 'keeps the order of messages in a chat and gives each its own key',
    async run({ driver, inbox, receive }) {
      await receive()
      const texts = ['một', 'hai', 'ba', 'bốn', 'năm']
      for (const text of texts) await driver.say({ ...plain, text })
      const events = await inbox.received(texts.length)
      expect(events.map((event) => event.text)).toEqual(texts)
      expect(new Set(events.map((event) => event.eventKey)).size).toBe(texts.length)
    },
  },
  {
    title: 'gives a repeated update the same key',
    async run({ driver, inbox, receive }) {
      await receive()
      await driver.say(plain)
      const [first] = await inbox.received(1)
      const before = inbox.calls.length
      await driver.redeliver()
      await until(() => expect(inbox.calls.length).toBeGreaterThan(before))
      expect(inbox.calls.at(-1)?.[0]).toEqual(first)
    },
  },
  {
    title: "marks another bot's message",
    needs: 'hearsOtherBots',
    async run({ driver, inbox, receive }) {
      await receive()
      await driver.say({ in: 'group', manner: 'mention', text: 'chào', by: 'otherBot' })
      expect((await inbox.received(1))[0]?.sender.isBot).toBe(true)
    },
  },
  {
    title: 'acknowledges only after the sink has resolved',
    async run({ driver, inbox, receive }) {
      const acknowledgedBefore = driver.acknowledgedAt().length
      let durableAt = Number.POSITIVE_INFINITY
      inbox.beforeStored = async () => {
        await new Promise((resolve) => setTimeout(resolve, PREMATURE_WINDOW_MS))
        durableAt = performance.now()
      }
      await receive()
      await driver.say(plain)
      await inbox.received(1)
      await until(() => expect(driver.acknowledgedAt().length).toBeGreaterThan(acknowledgedBefore))
      expect(driver.acknowledgedAt()[acknowledgedBefore]).toBeGreaterThanOrEqual(durableAt)
    },
  },
  {
    title: 'loses nothing when the sink fails: the same update comes again until it is stored',
    needs: 'redelivery',
    async run({ driver, inbox, receive }) {
      inbox.failures = 3
      await receive()
      await driver.say(plain)
      await driver.say({ ...plain, text: 'tin thứ hai' })
      await until(() => expect(new Set(inbox.events.map((event) => event.eventKey)).size).toBe(2))
      const failedKeys = inbox.calls
        .slice(0, 3)
        .flat()
        .map((event) => event.eventKey)
      const storedKeys = inbox.events.map((event) => event.eventKey)
      for (const key of failedKeys) expect(storedKeys).toContain(key)
    },
  },
  {
    title: 'tells of a message whose content it does not get',
    needs: 'unsupportedMessages',
    async run({ driver, inbox, receive }) {
      await receive()
      await driver.sayUnsupported!()
      expect((await inbox.received(1))[0]).toMatchObject({ kind: 'unsupported', text: '', chat: { kind: 'private' } })
    },
  },
  {
    title: 'hands over a pressed button with its token',
    needs: 'buttons',
    async run({ driver, inbox, receive }) {
      await receive()
      await driver.press!('pick:17:abcdef')
      const [event] = await inbox.received(1)
      expect(event).toMatchObject({ kind: 'action', action: { token: 'pick:17:abcdef' }, sender: driver.person })
      expect(event?.action?.pressId).toMatch(/./)
    },
  },
  {
    title: 'logs neither names nor texts nor phone numbers, also when the sink fails',
    async run({ driver, inbox, receive }) {
      inbox.failures = 1
      await receive()
      await driver.say({ ...plain, text: `${CANARY.text} ${CANARY.phone} ${CANARY.name}` })
      await driver.say({ in: 'group', manner: 'mention', text: `tôi là ${CANARY.name}, ${CANARY.phone}` })
      await inbox.received(1)
    },
  },
  {
    title: 'hands nothing over after it was stopped, and can be stopped twice',
    async run({ driver, inbox, receive }) {
      const stop = await receive()
      await driver.say(plain)
      await inbox.received(1)
      await stop()
      await stop()
      const calls = inbox.calls.length
      // On some platforms nobody hears this; where it is heard, it must be refused, not stored.
      await Promise.race([
        driver.say(plain).catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, PREMATURE_WINDOW_MS)),
      ])
      expect(inbox.calls.length).toBe(calls)
    },
  },
  {
    title: 'leaves no open socket or timer behind',
    closesItself: true,
    async run({ driver, inbox, receive, send, close }, before) {
      const stop = await receive()
      await driver.say(plain)
      await inbox.received(1)
      await send({ text: 'chào' })
      await stop()
      await close()
      await until(() => {
        for (const [kind, count] of Object.entries(openHandles()))
          expect(count, kind).toBeLessThanOrEqual(before[kind] ?? 0)
      })
    },
  },
]
