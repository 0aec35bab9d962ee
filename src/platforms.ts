/** The platforms that the environment asks for. */
import { setTimeout } from 'node:timers/promises'
import type { Config } from './config.ts'
import type { Platform } from './engine/platform.ts'
import { type Log, logError } from './log.ts'
import { createSlack, SlackNotReady } from './platforms/slack/index.ts'
import { createTelegram } from './platforms/telegram/index.ts'
import { createZalo } from './platforms/zalo/index.ts'
import type { Texts } from './texts/texts.ts'

/** Adapters for every token that is set; each is off without one. */
export async function createPlatforms(config: Config, texts: Texts, log: Log): Promise<Platform[]> {
  const { publicUrl, zalo, telegram, slack } = config
  const made: Platform[] = []
  if (zalo) {
    const { botToken: token, apiRoot, webhookSecret, botNames } = zalo
    made.push(await createZalo({ token, apiRoot, webhookSecret, botNames, publicUrl, log }))
  }
  if (telegram) {
    const { botToken: token, apiRoot, webhookSecret } = telegram
    made.push(await createTelegram({ token, apiRoot, webhookSecret, publicUrl, log, commandMenu: texts.commandMenu }))
  }
  if (slack) {
    const adapter = await patiently(() => createSlack({ ...slack, publicUrl, log }), log)
    if (adapter) made.push(adapter)
  }
  return made
}

/** Tries of an adapter that needs its platform's answer to begin, and the pause between them. */
const tries = 5
const pauseMs = 5_000

/** Slack being away for a moment must not keep the others from starting; being refused for good is the operator's to know. */
async function patiently(make: () => Promise<Platform>, log: Log): Promise<Platform | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await make()
    } catch (error) {
      if (!(error instanceof SlackNotReady && error.retryable)) throw error
      logError(log, 'slack.notReady', error)
      if (attempt === tries) return null
      await setTimeout(pauseMs)
    }
  }
}
