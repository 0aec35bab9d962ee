import { z } from 'zod'
import { type ProfileName, profileNames } from './profiles/index.ts'

/** Everything the environment decides, checked. Made by `loadConfig`, passed down; nothing else reads `process.env`. */
export type Config = {
  /** PostgreSQL to use; undefined means: run the embedded one under `dataDir`. */
  databaseUrl: string | undefined
  /** The same database as the owner of its tables, for migrations; undefined means: `databaseUrl` is the owner's. */
  databaseOwnerUrl: string | undefined
  port: number
  host: string
  /** Folder of everything that is kept on disk, relative to the working directory or absolute. */
  dataDir: string
  /** IANA zone of an organisation that names none. */
  timeZone: string
  locale: 'vi' | 'en'
  /** The kind of groups: their words, forms and rules. */
  profile: ProfileName
  /** Address under which platforms reach us, without a trailing slash; present means webhooks. */
  publicUrl: string | undefined
  localChat: boolean
  logLevel: (typeof LOG_LEVELS)[number]
  telegram: { botToken: string; apiRoot: string | undefined; webhookSecret: string | undefined } | undefined
  zalo:
    | { botToken: string; apiRoot: string | undefined; webhookSecret: string | undefined; botNames: string[] }
    | undefined
  slack:
    | {
        botToken: string
        /** Present means Socket Mode. */
        appToken: string | undefined
        /** Present whenever requests come in over HTTP. */
        signingSecret: string | undefined
        apiRoot: string | undefined
        /** Other names under which slash commands are registered, and what they mean. */
        commandNames: Record<string, string> | undefined
        /** Present means that further workspaces may install the bot. */
        oauth: { clientId: string; clientSecret: string } | undefined
      }
    | undefined
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** All that is wrong with the environment; `problems` has one line per fault and never a secret's value. */
export class ConfigError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(
      `The environment has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.join('\n')}`,
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (bare === 'localhost' || bare === '::1') return true
  const octets = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(bare)
  return octets?.slice(1).every((octet) => Number(octet) <= 255) ?? false
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** Where an API is reached; plain http is allowed because an own Bot API server stands in the same private network. */
const apiRoot = z
  .string()
  .refine((text) => ['http:', 'https:'].includes(parseUrl(text)?.protocol ?? ''), 'must be an http(s) address')
  .refine(
    (text) => parseUrl(text)?.username === '' && parseUrl(text)?.password === '',
    'must not hold a user or password',
  )
  .refine((text) => !/[?#]/.test(text), 'must not have a query or fragment')
  .transform((text) => text.replace(/\/+$/, ''))

/** Where platforms reach us; plain http only where nothing leaves the machine. */
const publicAddress = apiRoot.refine((text) => {
  const url = parseUrl(text)
  return url?.protocol !== 'http:' || isLoopback(url.hostname)
}, 'must begin with https:// (http:// only for this machine)')

const text = z.string()

const postgresAddress = text.refine(
  (url) => ['postgres:', 'postgresql:'].includes(parseUrl(url)?.protocol ?? ''),
  'must be a PostgreSQL address: postgres://user:password@host:5432/database',
)

const Environment = z.object({
  DATABASE_URL: postgresAddress.optional(),
  DATABASE_OWNER_URL: postgresAddress.optional(),
  PORT: text
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
    .default(3000),
  HOST: text.regex(/^[A-Za-z0-9._:[\]-]+$/, 'must be a host name or address to listen on').default('127.0.0.1'),
  DATA_DIR: text.refine((path) => !path.includes('\0'), 'must be a folder').default('data'),
  TZ_DEFAULT: text
    .refine(isTimeZone, 'must be an IANA time zone, such as Asia/Ho_Chi_Minh')
    .default('Asia/Ho_Chi_Minh'),
  LOCALE: z.enum(['vi', 'en'], 'must be vi or en').default('vi'),
  PROFILE: z.enum(profileNames, `must be one of ${profileNames.join(', ')}`).default('chi-bo'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  PUBLIC_URL: publicAddress.optional(),
  LOCAL_CHAT: z.enum(['on', 'off'], 'must be on or off').optional(),
  TELEGRAM_BOT_TOKEN: text
    // Test servers and proxies give out tokens of other shapes: only what cannot be part of an address is refused.
    .regex(
      /^[A-Za-z0-9:_-]+$/,
      'is not shaped like a token of BotFather: a number, a colon and a key, such as 123456789:AAExample; copy it again from BotFather (/mybots, API Token)',
    )
    .optional(),
  TELEGRAM_API_ROOT: apiRoot.optional(),
  TELEGRAM_WEBHOOK_SECRET: text
    .regex(/^[A-Za-z0-9_-]{1,256}$/, 'must be 1 to 256 of A-Z a-z 0-9 _ - (Telegram allows no other)')
    .optional(),
  ZALO_BOT_TOKEN: text
    .regex(
      /^[^\s/?#]+$/,
      'is not shaped like a Zalo bot token: a number, a colon and a key, such as 1459232241454765289:abcExample; copy it again from Zalo Bot Creator',
    )
    .optional(),
  ZALO_API_ROOT: apiRoot.optional(),
  ZALO_WEBHOOK_SECRET: text
    .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 printable characters without spaces')
    .optional(),
  ZALO_BOT_NAMES: text.default('').transform((names) =>
    names
      .split(',')
      .map((name) => name.trim().normalize('NFC'))
      .filter((name) => name !== ''),
  ),
  SLACK_BOT_TOKEN: text.regex(/^xox[be][-.][A-Za-z0-9.-]+$/, 'must be a bot token (xoxb-…)').optional(),
  SLACK_APP_TOKEN: text.regex(/^xapp-[A-Za-z0-9-]+$/, 'must be an app-level token (xapp-…)').optional(),
  SLACK_SIGNING_SECRET: text.regex(/^[\x21-\x7e]{8,128}$/, 'is not shaped like a signing secret').optional(),
  SLACK_API_ROOT: apiRoot.optional(),
  SLACK_CLIENT_ID: text.regex(/^[\w.-]{3,64}$/, 'is not shaped like a client id (1234.5678)').optional(),
  SLACK_CLIENT_SECRET: text.regex(/^[\x21-\x7e]{8,128}$/, 'is not shaped like a client secret').optional(),
  SLACK_COMMAND_NAMES: text
    .regex(
      /^\s*\/?[\w-]+\s*=\s*\/?\w*\s*(,\s*\/?[\w-]+\s*=\s*\/?\w*\s*)*$/,
      'must be pairs such as chibo-summary=summary,chibo=',
    )
    .transform((pairs) =>
      Object.fromEntries(
        pairs
          .split(',')
          .map((pair) => pair.split('=').map((name) => name.trim().replace(/^\//, '')) as [string, string]),
      ),
    )
    .optional(),
})

type Environment = z.infer<typeof Environment>
type Variable = keyof Environment

/**
 * What only several variables together show. Values whose own check failed are absent here, so that `isSet` asks the raw
 * environment: a mistyped token must not be reported as missing too.
 */
function problemsAcross(
  values: Partial<Environment>,
  isSet: (name: Variable) => boolean,
  localChat: boolean,
): string[] {
  const problems: string[] = []
  const publicUrl = isSet('PUBLIC_URL')
  const needs = (name: Variable, reason: string) => {
    if (!isSet(name)) problems.push(`${name}: is missing: ${reason}`)
  }

  for (const platform of ['TELEGRAM', 'ZALO'] as const) {
    const token: Variable = `${platform}_BOT_TOKEN`
    if (isSet(token)) {
      if (publicUrl)
        needs(`${platform}_WEBHOOK_SECRET`, `PUBLIC_URL and ${token} are set, and a webhook needs a secret`)
    } else {
      for (const name of [`${platform}_WEBHOOK_SECRET`, `${platform}_API_ROOT`] as const)
        if (isSet(name)) problems.push(`${name}: is set without ${token}`)
    }
  }

  if (isSet('SLACK_BOT_TOKEN')) {
    if (publicUrl && !isSet('SLACK_APP_TOKEN'))
      needs('SLACK_SIGNING_SECRET', 'PUBLIC_URL is set, and Slack requests over HTTP are checked with it')
    if (!publicUrl && !isSet('SLACK_APP_TOKEN'))
      problems.push(
        'SLACK_APP_TOKEN: is missing: Slack needs it for Socket Mode, or PUBLIC_URL and SLACK_SIGNING_SECRET for HTTP',
      )
    if (isSet('SLACK_CLIENT_ID') || isSet('SLACK_CLIENT_SECRET')) {
      const reason = 'installing into further workspaces needs it'
      needs('SLACK_CLIENT_ID', reason)
      needs('SLACK_CLIENT_SECRET', reason)
      needs('PUBLIC_URL', `${reason}, for Slack sends the browser back there`)
    }
  } else {
    const others = ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_ROOT', 'SLACK_COMMAND_NAMES'] as const
    for (const name of [...others, 'SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'] as const)
      if (isSet(name)) problems.push(`${name}: is set without SLACK_BOT_TOKEN`)
  }

  if (localChat && values.HOST !== undefined && !isLoopback(values.HOST)) {
    problems.push(
      `LOCAL_CHAT: anyone who reaches the local chat can speak as any member, so it runs only on a loopback HOST; set LOCAL_CHAT=off, or HOST=127.0.0.1 (HOST is ${values.HOST})`,
    )
  }
  return problems
}

/**
 * Reads the configuration from environment variables (contract: README). A variable set to the empty string counts as
 * not set, because that is how `.env` files and compose files leave one out.
 *
 * @throws {ConfigError} with every problem at once
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.keys(Environment.shape)
      .map((name) => [name, env[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  const isSet = (name: Variable) => name in given
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, check] of Object.entries(Environment.shape)) {
    const result = check.safeParse(given[name])
    if (result.success) values[name] = result.data
    // One line per variable, our own words only: zod's default messages could quote the value.
    else problems.push(`${name}: ${result.error.issues[0]?.message ?? 'is not valid'}`)
  }

  const anyToken = isSet('TELEGRAM_BOT_TOKEN') || isSet('ZALO_BOT_TOKEN') || isSet('SLACK_BOT_TOKEN')
  const localChat = isSet('LOCAL_CHAT') ? values.LOCAL_CHAT === 'on' : !anyToken
  problems.push(...problemsAcross(values as Partial<Environment>, isSet, localChat))
  if (problems.length > 0) throw new ConfigError(problems)
  return toConfig(values as Environment, localChat)
}

function toConfig(values: Environment, localChat: boolean): Config {
  return {
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL,
    port: values.PORT,
    host: values.HOST.replace(/^\[(.*)\]$/, '$1'),
    dataDir: values.DATA_DIR,
    timeZone: values.TZ_DEFAULT,
    locale: values.LOCALE,
    profile: values.PROFILE,
    publicUrl: values.PUBLIC_URL,
    localChat,
    logLevel: values.LOG_LEVEL,
    telegram: values.TELEGRAM_BOT_TOKEN
      ? {
          botToken: values.TELEGRAM_BOT_TOKEN,
          apiRoot: values.TELEGRAM_API_ROOT,
          webhookSecret: values.TELEGRAM_WEBHOOK_SECRET,
        }
      : undefined,
    zalo: values.ZALO_BOT_TOKEN
      ? {
          botToken: values.ZALO_BOT_TOKEN,
          apiRoot: values.ZALO_API_ROOT,
          webhookSecret: values.ZALO_WEBHOOK_SECRET,
          botNames: values.ZALO_BOT_NAMES,
        }
      : undefined,
    slack: values.SLACK_BOT_TOKEN
      ? {
          botToken: values.SLACK_BOT_TOKEN,
          appToken: values.SLACK_APP_TOKEN,
          signingSecret: values.SLACK_SIGNING_SECRET,
          apiRoot: values.SLACK_API_ROOT,
          commandNames: values.SLACK_COMMAND_NAMES,
          oauth:
            values.SLACK_CLIENT_ID && values.SLACK_CLIENT_SECRET
              ? { clientId: values.SLACK_CLIENT_ID, clientSecret: values.SLACK_CLIENT_SECRET }
              : undefined,
        }
      : undefined,
  }
}
