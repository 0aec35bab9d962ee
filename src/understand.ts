/** `npm run -s understand`: what the bot makes of a text, for people and for scripts. No database, no network. */
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { resolveDate } from './language/dates.ts'
import { type Addressed, type Expecting, expectations, type UnderstandContext } from './language/intents.ts'
import { understand } from './language/understand.ts'

const defaultZone = 'Asia/Ho_Chi_Minh'
const addressedKinds: readonly Addressed[] = ['command', 'mention', 'reply', 'private', 'none']

const usage = `Usage:
  npm run -s understand -- "đk: tiết kiệm điện 10%"   one text, readable
  npm run -s understand -- --dates "hết quý I"        one date phrase, readable
  npm run -s understand -- --jsonl  < lines           {"text", "context"} a line → {"intent", "slots"} a line
  npm run -s understand -- --dates  < lines           {"text", "now", "timeZone"} a line → {"value"} or {"ask"} a line

Options for one text:
  --addressed KIND    command, mention, reply, private (default) or none
  --expecting WHAT    what the open dialogue asked: ${expectations.join(', ')}
  --now INSTANT       ISO instant the text was written, by default now
  --zone ZONE         IANA time zone, by default ${defaultZone}
  --bot NAME          display name of the bot, may be repeated

A line that cannot be read is reported on stderr and answered with {"error"}; the exit code is then 1. Wrong use exits with 2.
`

class WrongUse extends Error {}

/** Throws WrongUse with the field that is wrong. */
function contextFrom(value: unknown): UnderstandContext {
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
    throw new WrongUse('"context" must be an object')
  const given = (value ?? {}) as Record<string, unknown>
  const addressed = given.addressed ?? 'private'
  if (!addressedKinds.includes(addressed as Addressed))
    throw new WrongUse(`"addressed" must be one of ${addressedKinds.join(', ')}`)
  const expecting = given.expecting ?? undefined
  if (expecting !== undefined && !expectations.includes(expecting as Expecting))
    throw new WrongUse(`"expecting" must be one of ${expectations.join(', ')}`)
  const botNames = given.botNames ?? []
  if (!Array.isArray(botNames) || botNames.some((name) => typeof name !== 'string'))
    throw new WrongUse('"botNames" must be a list of texts')
  const context: UnderstandContext = {
    now: instantFrom(given.now),
    timeZone: zoneFrom(given.timeZone),
    addressed: addressed as Addressed,
    botNames: botNames as string[],
  }
  return expecting === undefined ? context : { ...context, expecting: expecting as Expecting }
}

function instantFrom(value: unknown): Date {
  if (value === undefined || value === null) return new Date()
  const at = typeof value === 'string' || typeof value === 'number' ? new Date(value) : new Date(Number.NaN)
  if (Number.isNaN(at.getTime()))
    throw new WrongUse(`"now" must be an ISO instant such as 2026-10-05T09:00:00+07:00, not ${JSON.stringify(value)}`)
  return at
}

const knownZones = new Set<string>([defaultZone])

function zoneFrom(value: unknown): string {
  if (value === undefined || value === null) return defaultZone
  if (typeof value !== 'string') throw new WrongUse('"timeZone" must be a text')
  if (knownZones.has(value)) return value
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value })
  } catch {
    throw new WrongUse(`"timeZone" ${JSON.stringify(value)} is no IANA time zone`)
  }
  knownZones.add(value)
  return value
}

function fieldsOf(line: string): Record<string, unknown> {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    throw new WrongUse('not JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new WrongUse('not a JSON object')
  const fields = parsed as Record<string, unknown>
  if (typeof fields.text !== 'string') throw new WrongUse('"text" must be a text')
  return fields
}

function answerLine(line: string): string {
  const fields = fieldsOf(line)
  const { intent, slots } = understand(fields.text as string, contextFrom(fields.context))
  return JSON.stringify({ intent, slots })
}

function answerDate(line: string): string {
  const fields = fieldsOf(line)
  return JSON.stringify(resolveDate(fields.text as string, instantFrom(fields.now), zoneFrom(fields.timeZone)))
}

async function answerLines(answer: (line: string) => string): Promise<number> {
  let exitCode = 0
  let number = 0
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  for await (const read of lines) {
    number++
    const line = number === 1 ? read.replace(/^\uFEFF/, '') : read
    if (line.trim() === '') continue
    let out: string
    try {
      out = answer(line)
    } catch (error) {
      if (!(error instanceof WrongUse)) throw error
      process.stderr.write(`understand: line ${number}: ${error.message}\n`)
      out = JSON.stringify({ error: error.message })
      exitCode = 1
    }
    if (!process.stdout.write(`${out}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
  return exitCode
}

function readable(text: string, context: UnderstandContext): string {
  const { intent, slots, extras } = understand(text, context)
  const lines = [intent, ...Object.entries(slots).map(([name, value]) => `  ${name}: ${plain(value)}`)]
  for (const [name, value] of Object.entries(extras ?? {})) lines.push(`  (${name}: ${plain(value)})`)
  return `${lines.join('\n')}\n`
}

const plain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      jsonl: { type: 'boolean' },
      dates: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      addressed: { type: 'string' },
      expecting: { type: 'string' },
      now: { type: 'string' },
      zone: { type: 'string' },
      bot: { type: 'string', multiple: true },
    },
  })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  if (values.jsonl && values.dates) throw new WrongUse('--jsonl and --dates exclude each other')
  const text = positionals.join(' ')
  if (values.jsonl) {
    if (text !== '') throw new WrongUse('--jsonl reads stdin and takes no text')
    return answerLines(answerLine)
  }
  if (values.dates && text === '') return answerLines(answerDate)
  if (text === '') throw new WrongUse('no text given')
  if (values.dates)
    process.stdout.write(`${JSON.stringify(resolveDate(text, instantFrom(values.now), zoneFrom(values.zone)))}\n`)
  else
    process.stdout.write(
      readable(
        text,
        contextFrom({
          addressed: values.addressed,
          expecting: values.expecting,
          now: values.now,
          timeZone: values.zone,
          botNames: values.bot,
        }),
      ),
    )
  return 0
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of the pipe has gone: nothing is left to say.
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const isWrongUse =
      error instanceof WrongUse ||
      (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    process.stderr.write(
      isWrongUse
        ? `understand: ${(error as Error).message}\n\n${usage}`
        : `understand: ${error instanceof Error ? error.stack : String(error)}\n`,
    )
    process.exitCode = isWrongUse ? 2 : 1
  },
)
