/** The platforms that the environment asks for. */
import { createHmac } from 'node:crypto'
import type { Config } from './config.ts'
import type { Platform, WebhookRoute } from './engine/platform.ts'
import { type Log, logError } from './log.ts'
import {
  createSlack,
  encryptedInstallations,
  SLACK_API_ROOT,
  SLACK_WEBHOOK_PATHS,
  type SlackInstallationStore,
  SlackNotReady,
  type SlackOAuth,
  slackOAuth,
} from './platforms/slack/index.ts'
import { createTelegram } from './platforms/telegram/index.ts'
import { createZalo } from './platforms/zalo/index.ts'
import type { Pool } from './store/pool.ts'
import { createSlackInstallationRows, readSealingKey } from './store/slack-installations.ts'
import type { Texts } from './texts/texts.ts'

/** What the environment asks for, as far as it answers by now. */
export interface Platforms {
  ready: Platform[]
  /** Routes of every platform, those included that are not there yet: they ask to be called again. */
  webhooks: readonly WebhookRoute[]
  /** Goes on trying what could not be reached and hands it over once it is there; the returned function ends that. */
  awaitLate(add: (platform: Platform) => Promise<void>): () => void
}

/** Pauses between tries of a platform that cannot be reached: doubling, so that nobody is flooded when it comes back. */
const pauses = { firstMs: 5_000, longestMs: 60_000 }

/**
 * Adapters for every token that is set; each is off without one. A platform that is away does not keep the others from
 * starting: Zalo and Telegram begin without an answer, Slack joins later. Rejects where a token is refused for good.
 */
export async function createPlatforms(
  config: Config,
  texts: Texts,
  log: Log,
  pool: Pool,
  patience = pauses,
): Promise<Platforms> {
  const { publicUrl, zalo, telegram, slack } = config
  const makeZalo = async () => {
    if (!zalo) return null
    const { botToken: token, apiRoot, webhookSecret, botNames } = zalo
    return createZalo({ token, apiRoot, webhookSecret, botNames, publicUrl, log })
  }
  const makeTelegram = async () => {
    if (!telegram) return null
    const { botToken: token, apiRoot, webhookSecret } = telegram
    return createTelegram({ token, apiRoot, webhookSecret, publicUrl, log, commandMenu: texts.commandMenu })
  }
  const installations = slack ? await slackInstallations(pool, config.dataDir) : undefined
  /** Null while Slack is away. */
  const makeSlack = async (): Promise<Platform | null> => {
    if (!slack) return null
    try {
      return await createSlack({ ...slack, publicUrl, installations, log })
    } catch (error) {
      if (!(error instanceof SlackNotReady && error.retryable)) throw error
      logError(log, 'slack.notReady', error)
      return null
    }
  }
  const made = await Promise.all([makeZalo(), makeTelegram(), makeSlack()])
  const ready = made.filter((each) => each !== null)
  if (!slack || made[2])
    return { ready, webhooks: ready.flatMap(({ webhooks }) => [...webhooks]), awaitLate: () => () => {} }

  let late: Platform | null = null
  const lateRoutes = SLACK_WEBHOOK_PATHS.map(
    (path): WebhookRoute => ({
      path,
      async handle(request) {
        const route = late?.webhooks.find((each) => each.path === path)
        return route ? route.handle(request) : new Response(null, { status: late ? 404 : 503 })
      },
    }),
  )
  return {
    ready,
    webhooks: [...ready.flatMap(({ webhooks }) => [...webhooks]), ...lateRoutes],
    awaitLate(add) {
      let timer: NodeJS.Timeout | undefined
      let isStopped = false
      const tryAgain = (pauseMs: number) => {
        timer = setTimeout(async () => {
          try {
            const platform = await makeSlack()
            if (isStopped) return
            if (!platform) return tryAgain(Math.min(2 * pauseMs, patience.longestMs))
            await add(platform)
            late = platform
            log.info({ event: 'slack.ready' }, 'Slack is there now')
          } catch (error) {
            // Refused for good: the others go on, the operator reads why.
            logError(log, 'slack.refused', error)
          }
        }, pauseMs)
      }
      tryAgain(patience.firstMs)
      return () => {
        isStopped = true
        clearTimeout(timer)
      }
    },
  }
}

/** Tokens of further workspaces: rows in the database that only the key in the data directory opens. */
export async function slackInstallations(pool: Pool, dataDir: string): Promise<SlackInstallationStore> {
  const key = await readSealingKey(dataDir)
  return encryptedInstallations(createSlackInstallationRows(pool), [{ id: 'data-dir', key }])
}

/** How further workspaces install the bot; undefined where the environment does not ask for it. */
export async function slackInstall(config: Config, log: Log, pool: Pool): Promise<SlackOAuth | undefined> {
  const { publicUrl, slack, dataDir } = config
  if (!slack?.oauth || publicUrl === undefined) return undefined
  const key = await readSealingKey(dataDir)
  return slackOAuth({
    ...slack.oauth,
    // The same in every replica, which share the key's file.
    stateSecret: createHmac('sha256', key).update('nep slack install').digest('base64url'),
    redirectUri: `${publicUrl}/slack/oauth_redirect`,
    installations: await slackInstallations(pool, dataDir),
    apiRoot: slack.apiRoot ?? SLACK_API_ROOT,
    log,
  })
}
