import type { LocalTranscript } from '../../engine/local-chat.ts'
import type { Platform } from '../../engine/platform.ts'
import type { Log } from '../../log.ts'
import { LOCAL_ACCOUNT_ID, localCapabilities } from './capabilities.ts'
import { createReceive, type Said, type SayResult } from './receive.ts'
import { createSend } from './send.ts'

/** The local chat as a platform: what people write comes in by `say`, what the bot sends goes into the transcript. */
export type LocalPlatform = Platform & {
  /**
   * Writes as a person. Resolves once the message is in the transcript and, where the bot is meant, durable in the inbox.
   *
   * @throws {UnknownLocalName} for an account, a chat or an answered message that does not exist there
   */
  say(said: Said): Promise<SayResult>
}

/** Makes the local platform over its transcript. The clock is the program's, so that it can be moved. */
export function createLocal(options: { transcript: LocalTranscript; clock: { now(): Date }; log: Log }): LocalPlatform {
  const { say, receive } = createReceive(options)
  return {
    name: 'local',
    accountId: LOCAL_ACCOUNT_ID,
    capabilities: localCapabilities,
    webhooks: [],
    say,
    receive,
    send: createSend(options),
    async check() {
      try {
        const chats = await options.transcript.chats()
        const groups = chats.filter((chat) => chat.kind === 'group').length
        return [{ name: 'local chat', ok: true, detail: `${groups} groups, ${chats.length - groups} private chats` }]
      } catch {
        return [{ name: 'local chat', ok: false, detail: 'the transcript cannot be read: is the database up?' }]
      }
    },
  }
}
