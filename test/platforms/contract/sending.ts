import { performance } from 'node:perf_hooks'
import { expect } from 'vitest'
import type { SendOutcome } from '../../../src/engine/platform.ts'
import { type Bench, CANARY } from './bench.ts'
import type { Fault } from './driver.ts'
import type { Row } from './rows.ts'

/** What a user wrote is never markup, on any platform. */
const MARKUP = [
  '<b>đậm</b>',
  '*x* _y_ ~z~',
  '<!channel> <@U123> @everyone',
  'a & b &lt;c&gt;',
  '[tên](https://example.com)',
  '`mã` ```khối```',
  '# đầu đề',
  '\\*',
]

const FAULTS: Fault[] = [
  { kind: 'serverError', status: 500 },
  { kind: 'serverError', status: 502 },
  { kind: 'serverError', status: 503 },
  { kind: 'rateLimited', retryAfterSeconds: 7 },
  { kind: 'resetAfterBody' },
  { kind: 'hang' },
  { kind: 'malformedJson' },
  { kind: 'refuseConnection' },
  { kind: 'tokenInvalid' },
  { kind: 'chatGone' },
]

async function sendUnder(fault: Fault, { driver, send }: Bench): Promise<SendOutcome> {
  await driver.fault(fault)
  return await send({ text: 'Tổng hợp tháng 10' })
}

function ambiguous(title: string, fault: Fault): Row {
  return {
    title: `calls a send ambiguous when ${title}`,
    needs: 'network',
    async run(bench) {
      expect(await sendUnder(fault, bench)).toMatchObject({ outcome: 'ambiguous', code: expect.stringMatching(/./) })
    },
  }
}

/** 2,000 characters of Vietnamese with line breaks: 2,000 UTF-16 units. */
function longText(length: number): string {
  return 'Đồng chí thân mến, xin nhắc lịch họp.\n'
    .repeat(Math.ceil(length / 38))
    .slice(0, length - 1)
    .concat('.')
}

/** What became of a send must be told exactly: the outbox decides by it whether to send again. */
export const sendingRows: Row[] = [
  {
    title: 'sends a text to a private chat and to a group, once each',
    async run({ driver, send }) {
      for (const chat of [driver.privateChat, driver.groupChat]) {
        const outcome = await send({ chat, text: `Chào ${chat.kind}` })
        expect(outcome).toMatchObject({ outcome: 'sent', messageId: expect.stringMatching(/./) })
      }
      expect(await driver.sentMessages()).toEqual([
        { chatId: driver.privateChat.id, text: 'Chào private', hasMarkup: false },
        { chatId: driver.groupChat.id, text: 'Chào group', hasMarkup: false },
      ])
    },
  },
  {
    title: 'sends 2,000 characters whole',
    async run({ driver, send }) {
      const text = longText(2_000)
      expect(text.length).toBe(2_000)
      expect(driver.platform.capabilities.maxText).toBeGreaterThanOrEqual(2_000)
      expect((await send({ text })).outcome).toBe('sent')
      expect((await driver.sentMessages()).map((message) => message.text)).toEqual([text])
    },
  },
  {
    title: 'refuses a text that is too long instead of cutting it',
    async run({ driver, send }) {
      const text = longText(driver.platform.capabilities.maxText + 1)
      expect(await send({ text })).toMatchObject({ outcome: 'giveUp', code: 'tooLong' })
      expect(await driver.sentMessages()).toEqual([])
    },
  },
  {
    title: 'shows what a user wrote as plain characters',
    async run({ driver, send }) {
      for (const text of MARKUP) expect((await send({ chat: driver.groupChat, text })).outcome).toBe('sent')
      expect(await driver.sentMessages()).toEqual(
        MARKUP.map((text) => ({ chatId: driver.groupChat.id, text, hasMarkup: false })),
      )
    },
  },
  {
    title: 'passes on after how long the platform wants to be asked again',
    needs: 'retryAfter',
    async run(bench) {
      for (const retryAfterSeconds of [1, 7, 60]) {
        const outcome = await sendUnder({ kind: 'rateLimited', retryAfterSeconds }, bench)
        expect(outcome.outcome).toBe('retry')
        const afterMs = outcome.outcome === 'retry' ? outcome.afterMs : undefined
        expect(afterMs).toBeGreaterThanOrEqual(retryAfterSeconds * 1_000)
        expect(afterMs).toBeLessThanOrEqual(retryAfterSeconds * 1_000 + 1_500)
      }
    },
  },
  {
    title: 'waits when it is told that it sends too much, and sends nothing meanwhile',
    needs: 'network',
    async run(bench) {
      const outcome = await sendUnder({ kind: 'rateLimited', retryAfterSeconds: 3 }, bench)
      expect(outcome).toMatchObject({ outcome: 'retry', afterMs: expect.any(Number) })
      expect(outcome.outcome === 'retry' && outcome.afterMs).toBeGreaterThanOrEqual(1_000)
      expect(await bench.driver.sentMessages()).toEqual([])
    },
  },
  {
    title: 'never calls a server error final',
    async run(bench) {
      for (const status of [500, 502, 503] as const)
        expect(['retry', 'ambiguous']).toContain((await sendUnder({ kind: 'serverError', status }, bench)).outcome)
      expect((await bench.send({ text: 'lần nữa' })).outcome).toBe('sent')
    },
  },
  {
    title: 'asks for another try when the connection was refused: nothing left',
    async run(bench) {
      expect(await sendUnder({ kind: 'refuseConnection' }, bench)).toMatchObject({ outcome: 'retry' })
      expect(await bench.driver.sentMessages()).toEqual([])
    },
  },
  ambiguous('the connection broke after the request', { kind: 'resetAfterBody' }),
  ambiguous('no answer came in time', { kind: 'hang' }),
  ambiguous('the answer cannot be read', { kind: 'malformedJson' }),
  {
    title: 'gives up on a chat that is gone and says so',
    async run(bench) {
      expect(await sendUnder({ kind: 'chatGone' }, bench)).toMatchObject({ outcome: 'giveUp', chatGone: true })
    },
  },
  {
    title: 'gives up when the account is refused and says so',
    needs: 'network',
    async run(bench) {
      expect(await sendUnder({ kind: 'tokenInvalid' }, bench)).toMatchObject({
        outcome: 'giveUp',
        accountInvalid: true,
      })
    },
  },
  {
    title: 'sends nothing once it was told to stop',
    async run({ driver, send }) {
      const outcome = await send({ text: 'không gửi' }, AbortSignal.abort())
      expect(outcome.outcome).toBe('retry')
      expect(await driver.sentMessages()).toEqual([])
    },
  },
  {
    title: 'lets go of a hanging request when it is told to stop',
    async run({ driver, send }) {
      await driver.fault({ kind: 'hang' })
      const stop = new AbortController()
      const startedAt = performance.now()
      const sending = send({ text: 'treo' }, stop.signal)
      setImmediate(() => stop.abort())
      expect(['retry', 'ambiguous']).toContain((await sending).outcome)
      expect(performance.now() - startedAt).toBeLessThan(5_000)
    },
  },
  {
    title: 'answers with an outcome under every fault, holding no secret and no personal data',
    async run(bench) {
      for (const fault of FAULTS) {
        await bench.driver.fault(fault)
        const outcome = await bench.send({ text: `${CANARY.text} ${CANARY.phone} ${CANARY.name}` })
        const written = JSON.stringify(outcome)
        for (const personal of Object.values(CANARY)) expect(written).not.toContain(personal)
      }
      bench.inspect(await bench.driver.platform.check())
    },
  },
  {
    title: 'checks itself for the operator without showing a secret',
    async run({ driver, inspect }) {
      const checks = await driver.platform.check()
      inspect(checks)
      expect(checks.length).toBeGreaterThan(0)
      for (const check of checks)
        expect(check).toEqual({ name: expect.any(String), ok: expect.any(Boolean), detail: expect.any(String) })
    },
  },
]
