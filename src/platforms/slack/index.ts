/** Slack: Bolt behind our inbox. See docs/slack.md for operators. */
import type { Logger } from 'pino'
import type { Platform, Sink } from '../../engine/platform.ts'
import { BoundedMap } from './bounded-map.ts'
import { slackCapabilities } from './capabilities.ts'
import { checkSlack } from './check.ts'
import { type CommandNames, commandNames } from './command-names.ts'
import { isAccountInvalid, readFailure } from './errors.ts'
import type { SlackInstallation, SlackInstallationStore } from './installations.ts'
import { idField, type JsonObject } from './json-fields.ts'
import { createLookups } from './lookups.ts'
import { acknowledgePress } from './press.ts'
import { createInlet } from './receive.ts'
import { createSender } from './send.ts'
import { openSocket, type SocketPauses } from './socket.ts'
import { createTransport, type Transport } from './transport.ts'
import { slackWebhooks } from './webhook.ts'
import { createWorkspaces } from './workspaces.ts'

export type { CommandNames } from './command-names.ts'
export { type SlackOAuth, slackOAuth } from './install.ts'
export {
  encryptedInstallations,
  memoryInstallations,
  type SealedInstallationRows,
  type SealingKey,
  type SlackInstallation,
  type SlackInstallationStore,
} from './installations.ts'

export { SLACK_WEBHOOK_PATHS } from './webhook.ts'

/** Where Slack's Web API lives. */
export const SLACK_API_ROOT = 'https://slack.com/api/'

export interface SlackOptions {
  /** `xoxb-…`: the one workspace. May be left out where `installations` holds the workspaces. */
  botToken?: string
  /** `xapp-…`: Socket Mode, unless `publicUrl` and `signingSecret` say HTTP. */
  appToken?: string
  signingSecret?: string
  /** Must end in `/api/`; a slash at the end is added. */
  apiRoot?: string
  /** Our own address as Slack reaches it; switches to HTTP where there is a signing secret. */
  publicUrl?: string
  commandNames?: CommandNames
  installations?: SlackInstallationStore
  /** The bot's name in texts; without it, the one of the token. */
  botName?: string
  log: Logger
  now?: () => number
  /** Longest wait for one answer of Slack. */
  timeoutMs?: number
  socketPauses?: Partial<SocketPauses>
}

/** Slack did not accept the settings, or could not be asked. `retryable`: the same settings may work later. */
export class SlackNotReady extends Error {
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, retryable: boolean) {
    super(`Slack is not ready: ${code}`)
    this.name = 'SlackNotReady'
    this.code = code
    this.retryable = retryable
  }
}

/**
 * Makes the Slack adapter. Asks Slack who the bot token is (`auth.test`), hence rejects with `SlackNotReady` where the token is
 * refused or Slack cannot be reached.
 */
export async function createSlack(options: SlackOptions): Promise<Platform> {
  const { appToken, signingSecret, log } = options
  const now = options.now ?? Date.now
  if (!appToken && !signingSecret) throw new SlackNotReady('needs_app_token_or_signing_secret', false)
  if (!options.botToken && !options.installations) throw new SlackNotReady('needs_bot_token_or_installations', false)
  const apiRoot = (options.apiRoot ?? SLACK_API_ROOT).replace(/\/*$/, '/')
  const overHttp = signingSecret !== undefined && (options.publicUrl !== undefined || !appToken)

  const transport = createTransport({ apiRoot, log, timeoutMs: options.timeoutMs })
  const own = options.botToken ? await identify(transport, options.botToken, now) : undefined
  const accountId = own ? `${own.installation.teamId}:${own.installation.botUserId}` : appIdOf(appToken)
  const botName = options.botName ?? own?.name ?? 'Nếp'
  const workspaces = createWorkspaces(own?.installation, options.installations, now)
  const lookups = createLookups({ transport, workspaces, log, now })
  const privateChannels = new BoundedMap<string, string>(10_000)
  const shared = { workspaces, lookups, privateChannels, transport }
  const names = commandNames(options.commandNames)
  const inlet = createInlet({ ...shared, accountId, botName, commandNames: names, log, now })

  async function receive(sink: Sink): Promise<() => Promise<void>> {
    inlet.open(sink)
    const socket =
      overHttp || !appToken ? undefined : openSocket({ appToken, transport, inlet, log, pauses: options.socketPauses })
    return async () => {
      // What came in before still gets its acknowledgement: the connection closes last.
      await inlet.close()
      await socket?.stop()
    }
  }

  return {
    name: 'slack',
    accountId,
    capabilities: slackCapabilities([botName]),
    webhooks: overHttp ? slackWebhooks({ signingSecret, inlet, log, now }) : [],
    receive,
    send: createSender(shared),
    check: () =>
      checkSlack({
        transport,
        botToken: options.botToken,
        appToken: overHttp ? undefined : appToken,
        signingSecret: overHttp ? signingSecret : undefined,
        publicUrl: options.publicUrl,
      }),
    acknowledgePress: (pressId, text) => acknowledgePress({ transport, apiRoot }, pressId, text),
  }
}

async function identify(
  transport: Transport,
  botToken: string,
  now: () => number,
): Promise<{ installation: SlackInstallation; name: string | undefined }> {
  let answer: JsonObject
  try {
    answer = (await transport.client(botToken).auth.test()) as unknown as JsonObject
  } catch (error) {
    const { code, kind } = readFailure(error)
    // Only a refused token is hopeless; anything else a server may take back.
    throw new SlackNotReady(code, kind !== 'refused' || !isAccountInvalid(code))
  }
  const teamId = idField(answer, 'team_id')
  const botUserId = idField(answer, 'user_id')
  if (!teamId || !botUserId) throw new SlackNotReady('unreadable_answer', true)
  // Slack's event times are whole seconds: news of this very second must not seem older.
  const installedAt = new Date(Math.floor(now() / 1000) * 1000).toISOString()
  return {
    installation: { teamId, botToken, botUserId, botId: idField(answer, 'bot_id'), installedAt },
    name: idField(answer, 'user'),
  }
}

/** `xapp-1-A0123-…` names the app; the rest is secret. Without one there is one Slack app, called just that. */
function appIdOf(appToken: string | undefined): string {
  return /^xapp-\d+-(A[A-Z0-9]{2,20})-/.exec(appToken ?? '')?.[1] ?? 'slack'
}
