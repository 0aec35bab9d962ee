/** An adapter over the small server, with an inbox and the log at hand, for tests that look into details. */
import { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import type { InboundEvent, OutboundMessage, Platform, SendOutcome } from '../../../src/engine/platform.ts'
import { createSlack, type SlackOptions } from '../../../src/platforms/slack/index.ts'
import { RecordingInbox } from '../contract/bench.ts'
import { SIGNING_SECRET, type SignOptions, signedRequest } from './payloads.ts'
import { CHANNEL, SlackServer, TEAM } from './slack-server.ts'

export const BOT_TOKEN = 'xoxb-1234-5678-kanarienvogel'

export interface SlackTestBench {
  server: SlackServer
  platform: Platform
  inbox: RecordingInbox
  /** Everything that was logged, as text. */
  logged(): string
  /** Hands a body to the webhook, signed; resolves with the status. */
  post(body: string, options?: SignOptions): Promise<number>
  /** The one event that a body becomes. */
  read(body: string, options?: SignOptions): Promise<InboundEvent>
  send(message: Partial<OutboundMessage>): Promise<SendOutcome>
  close(): Promise<void>
}

export function recordingLog(): { log: Logger; logged: () => string } {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: pino({ level: 'trace' }, destination), logged: () => lines.join('') }
}

/** Starts both and receives over HTTP. */
export async function openBench(options: Partial<SlackOptions> = {}): Promise<SlackTestBench> {
  const server = await new SlackServer().listen()
  const { log, logged } = recordingLog()
  const platform = await createSlack({
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    apiRoot: server.apiRoot,
    log,
    timeoutMs: 1_500,
    ...options,
  })
  const inbox = new RecordingInbox()
  const stop = await platform.receive(inbox.sink)
  const post: SlackTestBench['post'] = async (body, signing) => {
    const request = signedRequest(body, signing)
    const route = platform.webhooks.find(({ path }) => request.url.endsWith(path))
    return (await route!.handle(request)).status
  }
  return {
    server,
    platform,
    inbox,
    logged,
    post,
    async read(body, signing) {
      const before = inbox.events.length
      const status = await post(body, signing)
      if (status !== 200) throw new Error(`answered ${status}`)
      const [event, ...more] = inbox.events.slice(before)
      if (!event || more.length > 0) throw new Error(`became ${inbox.events.length - before} events`)
      return event
    },
    send: (message) =>
      platform.send(
        { key: 'k', chat: { id: `${TEAM}:${CHANNEL}`, kind: 'group' }, text: 'chào', ...message },
        new AbortController().signal,
      ),
    async close() {
      await stop()
      await server.close()
    },
  }
}
