/** The platforms that the environment configures, one by one: what is wrong with one must not hide the others. */
import type { Config } from '../config.ts'
import type { Platform, PlatformName } from '../engine/platform.ts'
import type { Log } from '../log.ts'

/** Platforms with a token. */
export const remotePlatforms = ['zalo', 'telegram', 'slack'] as const satisfies readonly PlatformName[]
export type RemotePlatform = (typeof remotePlatforms)[number]

/** Those that have a token. */
export function configuredPlatforms(config: Config): RemotePlatform[] {
  return remotePlatforms.filter((name) => config[name] !== undefined)
}

/** Makes one adapter. Rejects where its platform refuses the token or, for Slack, cannot be reached. */
export async function openAdapter(name: RemotePlatform, config: Config, log: Log): Promise<Platform> {
  const { publicUrl, zalo, telegram, slack } = config
  if (name === 'zalo' && zalo) {
    const { createZalo } = await import('../platforms/zalo/index.ts')
    const { botToken: token, ...rest } = zalo
    return createZalo({ ...rest, token, publicUrl, log })
  }
  if (name === 'telegram' && telegram) {
    const { createTelegram } = await import('../platforms/telegram/index.ts')
    const { botToken: token, ...rest } = telegram
    // The menu is published by the program, which receives; the tool only asks.
    return createTelegram({ ...rest, token, publicUrl, log, commandMenu: [] })
  }
  if (name === 'slack' && slack) {
    const { createSlack } = await import('../platforms/slack/index.ts')
    return createSlack({ ...slack, publicUrl, log })
  }
  throw new Error(`${name} has no token`)
}

/** Takes every secret of the configuration out of a text, whatever an error or a platform put there. */
export function withoutSecrets(config: Config, text: string): string {
  const { zalo, telegram, slack } = config
  const secrets = [
    ...[zalo?.botToken, zalo?.webhookSecret, telegram?.botToken, telegram?.webhookSecret],
    ...[slack?.botToken, slack?.appToken, slack?.signingSecret, slack?.oauth?.clientSecret],
    config.databaseUrl === undefined ? undefined : decodeURIComponent(new URL(config.databaseUrl).password),
  ]
  return secrets.reduce<string>(
    (rest, secret) => (secret === undefined || secret.length < 4 ? rest : rest.replaceAll(secret, '[secret]')),
    text,
  )
}
