/** The platforms that the environment asks for. */
import type { Config } from './config.ts'
import type { Platform } from './engine/platform.ts'
import type { Log } from './log.ts'
import { createSlack } from './platforms/slack/index.ts'
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
    made.push(await createSlack({ ...slack, publicUrl, log }))
  }
  return made
}
