/** `nep webhook set|info|delete`: where platforms send their updates. */
import { type Command, Option } from 'commander'
import { loadConfig } from '../config.ts'
import type { Platform, PlatformCheck } from '../engine/platform.ts'
import { scrub } from '../log.ts'
import { configuredPlatforms, openAdapter, type RemotePlatform, remotePlatforms, withoutSecrets } from './adapters.ts'
import { Failed, print, readEnvironment, subcommand, WrongUse } from './command-line.ts'
import { checkLines } from './doctor.ts'

interface WebhookOptions {
  platform?: RemotePlatform
  url?: string
}

type Admin = NonNullable<Platform['webhook']>

async function run(
  options: WebhookOptions,
  command: Command,
  ask: (admin: Admin, publicUrl: string) => Promise<PlatformCheck>,
) {
  const { config, log } = readEnvironment(options.url === undefined ? {} : { PUBLIC_URL: options.url })
  const configured = configuredPlatforms(config)
  if (options.platform !== undefined && !configured.includes(options.platform))
    throw new WrongUse(`${options.platform} has no token: set ${options.platform.toUpperCase()}_BOT_TOKEN.`)
  if (configured.length === 0) throw new WrongUse('No platform is configured: no bot token is set.')
  const names = options.platform === undefined ? configured : [options.platform]
  const checks: PlatformCheck[] = []
  for (const name of names) {
    if (name === 'slack') {
      const detail = "Slack's addresses stand in the app's manifest (docs/slack.md); there is nothing to set here."
      checks.push({ name: 'slack webhook', ok: options.platform === undefined, detail })
      continue
    }
    try {
      const { webhook } = await openAdapter(name, config, log)
      if (webhook) checks.push(await ask(webhook, config.publicUrl ?? ''))
    } catch (err) {
      checks.push({ name: `${name} webhook`, ok: false, detail: scrub(err instanceof Error ? err.message : name) })
    }
  }
  const clean = checks.map((check) => ({ ...check, detail: withoutSecrets(config, check.detail) }))
  const ok = clean.every((check) => check.ok)
  print(command, { ok, checks: clean }, checkLines(clean))
  if (!ok) throw new Failed('A platform refused: the result says which, and why.')
}

const help = `
Without --platform, every platform with a token is meant.
The server sets Telegram's webhook itself when it starts with PUBLIC_URL; Zalo's is set here.

Examples:
  nep webhook set --platform zalo
  nep webhook info
`

/** Adds `webhook`. */
export function addWebhookCommands(program: Command): void {
  const webhook = program
    .command('webhook')
    .description('where platforms send their updates')
    .addHelpText('after', help)
  const platformOption = () => new Option('--platform <platform>', 'only this one').choices([...remotePlatforms])
  subcommand(webhook, 'set', 'have updates sent to PUBLIC_URL')
    .addOption(platformOption())
    .option('--url <address>', 'another address than PUBLIC_URL')
    .action(async (options: WebhookOptions, command: Command) => {
      const address = options.url ?? loadConfig(process.env).publicUrl
      if (address === undefined) throw new WrongUse('There is no address: set PUBLIC_URL or give --url.')
      await run(options, command, (admin, publicUrl) => admin.set(publicUrl))
    })
  subcommand(webhook, 'info', 'show where updates are sent')
    .addOption(platformOption())
    .action((options: WebhookOptions, command: Command) => run(options, command, (admin) => admin.info()))
  subcommand(webhook, 'delete', 'have no updates sent, so that the bot can ask for them itself')
    .addOption(platformOption())
    .action((options: WebhookOptions, command: Command) => run(options, command, (admin) => admin.delete()))
}
