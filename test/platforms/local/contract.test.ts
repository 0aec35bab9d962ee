/**
 * The rows of the adapters' contract that mean something here. There is no network between the local platform and its
 * chat, so that the rows about connections, credentials and limits have nothing to test; `leftOut` says which and why.
 */
import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { createLocal } from '../../../src/platforms/local/index.ts'
import { openBench, openHandles } from '../contract/bench.ts'
import type { ContractDriver, ContractOptions, Fault } from '../contract/driver.ts'
import { receivingRows } from '../contract/receiving.ts'
import { sendingRows } from '../contract/sending.ts'
import { MemoryTranscript } from './memory-transcript.ts'

const lacks: ContractOptions['lacks'] = {
  hearsUnaddressed: 'the local chat is as deaf as Zalo',
  hearsOtherBots: 'there is one bot',
  retryAfter: 'there is no limit',
  webhook: 'messages come by a call',
  buttons: 'as poor as Zalo',
  unsupportedMessages: 'every message is text',
}

const leftOut: Record<string, string> = {
  'waits when it is told that it sends too much, and sends nothing meanwhile': 'there is no limit',
  'calls a send ambiguous when the connection broke after the request': 'a send may always be repeated',
  'calls a send ambiguous when no answer came in time': 'a send may always be repeated',
  'calls a send ambiguous when the answer cannot be read': 'a send may always be repeated',
  'gives up when the account is refused and says so': 'there is no credential',
}

/** A database that hangs is left by the pool in the end; here soon. */
const STATEMENT_TIMEOUT_MS = 200

async function setup({ log }: Parameters<ContractOptions['setup']>[0]): Promise<ContractDriver> {
  const transcript = new MemoryTranscript()
  const platform = createLocal({ transcript, clock: { now: () => new Date() }, log })
  const acknowledged: number[] = []
  let last: Parameters<typeof platform.say>[0] | undefined
  let ids = 0

  // As a person would: says it again, under the same id, until it is taken.
  async function sayUntilTaken(said: Parameters<typeof platform.say>[0]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await platform.say(said)
        acknowledged.push(performance.now())
        return
      } catch (err) {
        if (tries === 5) throw err
      }
    }
  }

  async function failNext(fault: Fault): Promise<void> {
    if (fault.kind === 'chatGone') transcript.views.length = 0
    transcript.beforeAppend = () => {
      transcript.beforeAppend = async () => {}
      const failure = new Error(`failed by ${fault.kind}`)
      if (fault.kind !== 'hang') return Promise.reject(failure)
      return new Promise((_resolve, reject) => setTimeout(() => reject(failure), STATEMENT_TIMEOUT_MS))
    }
  }

  return {
    platform,
    secrets: [],
    privateChat: { id: 'dm:an', kind: 'private' },
    groupChat: { id: 'demo', kind: 'group' },
    person: { id: 'an', displayName: 'Nguyễn Văn An' },
    async say(saying) {
      const chat = saying.in === 'group' ? 'demo' : 'dm:an'
      const text = saying.manner === 'mention' ? `@Bot Nếp ${saying.text}` : saying.text
      const replyTo =
        saying.manner === 'reply'
          ? (await transcript.append({ chat, from: null, text: 'chào', at: new Date(), dedupeKey: 'asked' })).id
          : undefined
      last = { chat, from: 'an', text, replyTo, id: `say-${ids++}` }
      await sayUntilTaken(last)
    },
    async redeliver() {
      await sayUntilTaken(last!)
    },
    acknowledgedAt: () => acknowledged,
    sentMessages: () =>
      transcript.stored
        .filter(({ from }) => from === null)
        .map(({ chat, text }) => ({ chatId: chat, text, hasMarkup: false })),
    fault: failNext,
    close: async () => {},
  }
}

describe('platform contract: local', () => {
  const options = { lacks, setup }
  for (const row of [...receivingRows, ...sendingRows]) {
    if ((row.needs !== undefined && lacks[row.needs] !== undefined) || leftOut[row.title] !== undefined) continue
    it(row.title, async () => {
      const handlesBefore = openHandles()
      const bench = await openBench(options)
      try {
        await row.run(bench, handlesBefore)
      } finally {
        if (!row.closesItself) await bench.close()
      }
    })
  }

  it('leaves out only rows that exist', () => {
    const titles = sendingRows.map(({ title }) => title)
    for (const title of Object.keys(leftOut)) expect(titles).toContain(title)
  })
})
