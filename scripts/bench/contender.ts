/** Starts contenders and feeds them: webhook requests, as Telegram would send them. */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Pool as HttpPool } from 'undici'

/** Requests under way at once: what Telegram does unless a bot asks for another number (setWebhook, max_connections). */
export const concurrency = 40

export type ContenderKind = 'ours' | 'insert' | 'insertReply' | 'conversations'

/** What a contender is told at its start; the secret is what its webhook is called with. */
interface SubjectArgs {
  kind: ContenderKind
  databaseUrl: string
  apiRoot: string
  secret: string
}

export interface TelegramMessage {
  person: number
  text: string
}

export interface Contender {
  /** Hands over one message; resolves when it is acknowledged. */
  hand(message: TelegramMessage): Promise<void>
  /** Hands over all, so many at once; resolves when the last is acknowledged. */
  handAll(messages: readonly TelegramMessage[]): Promise<void>
  settle(delivered: boolean): Promise<void>
  /** Processor time of the process so far, in µs. */
  cpuMicros(): Promise<number>
  stop(): Promise<void>
}

let updateId = 0

function updateOf({ person, text }: TelegramMessage): string {
  updateId += 1
  const from = { id: person, is_bot: false, first_name: 'An' }
  const chat = { id: person, type: 'private', first_name: 'An' }
  return JSON.stringify({
    update_id: updateId,
    message: { message_id: updateId, date: 1_760_000_000, from, chat, text },
  })
}

export async function startContender(args: Omit<SubjectArgs, 'secret'>): Promise<Contender> {
  const secret = randomUUID()
  const child = fork(join(import.meta.dirname, 'subject.mjs'), [JSON.stringify({ ...args, secret })], {
    execArgv: process.env.BENCH_NODE_ARGS?.split(' ') ?? [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<string, (message: { value: number; url: string }) => void>()
  child.on('message', (message: { id: string; value: number; url: string }) => {
    waiting.get(message.id)?.(message)
    waiting.delete(message.id)
  })
  const answerTo = (id: string) =>
    new Promise<{ value: number; url: string }>((resolve, reject) => {
      waiting.set(id, resolve)
      child.once('exit', (code) => reject(new Error(`${args.kind} ended with ${code}`)))
    })
  child.setMaxListeners(0)
  const { url } = await answerTo('ready')
  const { origin, pathname } = new URL(url)
  // Let go of idle connections before the server does (5 s): a request must not meet one that is being closed.
  const keepAlive = { keepAliveTimeout: 1_000, keepAliveMaxTimeout: 1_000 }
  const http = new HttpPool(origin, { connections: concurrency, pipelining: 1, ...keepAlive })
  const ask = (what: string) => {
    const id = randomUUID()
    const answer = answerTo(id)
    child.send({ id, ask: what })
    return answer
  }
  const hand = async (message: TelegramMessage) => {
    const { statusCode, body } = await http.request({
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body: updateOf(message),
    })
    await body.dump()
    if (statusCode !== 200) throw new Error(`${args.kind} answered ${statusCode}`)
  }
  return {
    hand,
    async handAll(messages) {
      let next = 0
      const worker = async () => {
        while (next < messages.length) await hand(messages[next++]!)
      }
      await Promise.all(Array.from({ length: concurrency }, worker))
    },
    async settle(delivered) {
      await ask(delivered ? 'settleDelivered' : 'settle')
    },
    cpuMicros: async () => (await ask('cpu')).value,
    async stop() {
      await http.close()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
  }
}
