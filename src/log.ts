import { type DestinationStream, type Logger, pino } from 'pino'

/** The program's structured log: JSON lines on stdout. */
export type Log = Logger

/**
 * String fields that may be written as they are (scrubbed of secrets all the same). Everything else that is a string is
 * hidden, so that a text, a name or a reason that somebody hands to the log by mistake never reaches it: forgetting to
 * add a field here costs a readable log line, forgetting to hide one would cost a person's privacy.
 */
const READABLE_FIELDS = new Set([
  ...['event', 'code', 'class', 'status', 'method', 'route', 'path', 'url', 'address', 'host', 'directory', 'file'],
  ...[
    'platform',
    'accountId',
    'chatId',
    'orgId',
    'memberId',
    'campaignId',
    'meetingId',
    'outboxId',
    'inboxId',
    'eventKey',
  ],
  ...['kind', 'command', 'intent', 'flow', 'state', 'outcome', 'audience', 'job', 'cause', 'action', 'signal', 'mode'],
  ...['migration', 'database', 'table', 'column', 'constraint', 'routine', 'sqlState', 'severity', 'version', 'role'],
  ...['at', 'until', 'dueAt', 'on', 'timeZone', 'locale', 'period', 'user', 'where', 'check'],
  ...['syscall', 'step', 'process', 'stderr', 'leaseHolder', 'channel', 'schedule'],
])

const HIDDEN = '[hidden]'

/** What describeError made: already cleaned, so its `message` may be written. */
const describedErrors = new WeakSet<object>()

/** Depth of nested fields that is written; deeper ones are hidden (a whole platform update is never a log field). */
const MAX_DEPTH = 3

/** Longest string written, in characters: an identifier or a one-line message, never a page. */
const MAX_LENGTH = 500

const SECRET_SHAPES: [RegExp, string][] = [
  [/\/bot[^/\s]+\//g, '/bot[secret]/'],
  [/\d{6,}:[A-Za-z0-9_-]{20,}/g, '[secret]'],
  [/\b(xox[a-z]|xapp)-[A-Za-z0-9-]+/g, '[secret]'],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1[secret]@'],
  [/((?:token|secret|password|code|key|signature)=)[^&\s"']+/gi, '$1[secret]'],
]

/**
 * Removes what looks like a credential (bot tokens of Telegram and Zalo, Slack tokens, passwords in URLs) from a string
 * and cuts it to a line.
 */
export function scrub(text: string): string {
  let clean = text
  for (const [shape, replacement] of SECRET_SHAPES) clean = clean.replace(shape, replacement)
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}

/**
 * What of an error may be written: class, code, HTTP status, PostgreSQL's identifiers, the stack without its first line,
 * and the message with everything between quotes hidden (PostgreSQL and JSON.parse quote the offending value, which may be what
 * a person wrote). `detail`, `hint`, request and response bodies are dropped for the same reason.
 */
export function describeError(err: unknown): Record<string, unknown> {
  if (!(err instanceof Error)) return { class: typeof err }
  const source = err as Error & Record<string, unknown>
  const described: Record<string, unknown> = { class: source.name, message: hideQuoted(source) }
  for (const key of ['code', 'status', 'statusCode', 'errno', 'syscall', 'severity', 'table', 'column', 'constraint']) {
    const value = source[key]
    if (typeof value === 'number') described[key] = value
    else if (typeof value === 'string') described[key] = scrub(value)
  }
  const frames = (source.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  if (frames.length > 0) described.where = frames.slice(0, 6).map(shortFrame).join(' ← ')
  if (source.cause !== undefined) described.cause = describeError(source.cause)
  describedErrors.add(described)
  return described
}

function hideQuoted(err: Error): string {
  const firstLine = err.message.split('\n')[0] ?? ''
  const withoutDouble = firstLine.replace(/"[^"]*"|“[^”]*”|«[^»]*»|`[^`]*`/g, '"…"')
  // A TypeError's single quotes hold names from the source ("reading 'id'"), which is what one needs to find the fault.
  const quotesCode = err instanceof TypeError || err instanceof ReferenceError
  return scrub(quotesCode ? withoutDouble : withoutDouble.replace(/(^|\W)'[^']*'/g, "$1'…'"))
}

function shortFrame(frame: string): string {
  return scrub(frame.trim().replace(/(?:file:\/\/)?(?:\/[^():]*)?\/((?:src|dist|test|scripts|node_modules)\/)/, '$1'))
}

function readableFields(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const readable: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(fields)) readable[key] = readableValue(key, value, depth)
  return readable
}

function readableValue(key: string, value: unknown, depth: number): unknown {
  if (value instanceof Error) return describeError(value)
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return value
    case 'bigint':
      return String(value)
    case 'string':
      return READABLE_FIELDS.has(key) ? scrub(value) : HIDDEN
    case 'object':
      if (value === null) return null
      if (describedErrors.has(value)) return value
      if (value instanceof Date) return value.toISOString()
      if (depth >= MAX_DEPTH) return HIDDEN
      if (Array.isArray(value)) return value.slice(0, 50).map((item) => readableValue(key, item, depth + 1))
      return readableFields(value as Record<string, unknown>, depth + 1)
    default:
      return HIDDEN
  }
}

/**
 * Makes the log. `level` is one of pino's (`trace` … `fatal`, `silent`); `destination` replaces stdout in tests.
 * The message of a line must be a fixed sentence; what varies belongs in fields, where unknown strings are hidden.
 */
export function createLog(options: { level?: string; destination?: DestinationStream } = {}): Log {
  return pino(
    {
      level: options.level ?? 'info',
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (err: unknown) => err },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => readableFields(fields),
      },
      hooks: {
        logMethod(args, method) {
          const scrubbed = args.map((arg) => (typeof arg === 'string' ? scrub(arg) : arg))
          method.apply(this, scrubbed as typeof args)
        },
      },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  )
}

/** Writes an error with its event name; what of it is written is decided by `describeError`. */
export function logError(log: Log, event: string, err: unknown, fields: Record<string, unknown> = {}): void {
  log.error({ event, ...fields, err: describeError(err) }, event)
}
