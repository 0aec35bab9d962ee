/** Seeded damage to webhook bodies: the same seed makes the same requests, so that a failure can be repeated. */

/** mulberry32: small, fast and good enough to spread faults; 0 ≤ result < 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** How many mutated requests a suite sends; `MUTATIONS=100000` runs the full count. */
export function mutationCount(byDefault: number): number {
  const asked = Number(process.env.MUTATIONS)
  return Number.isInteger(asked) && asked > 0 ? asked : byDefault
}

/** Values that have broken parsers: wrong types, borders of numbers and dates, characters that databases refuse. */
const POISON: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, -1e308, 9_007_199_254_740_991, 8.64e15, 8.65e15, 4_294_967_296],
  ...[
    '',
    ' ',
    '0',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff',
    '\u202e',
    '\ufeff',
    'null',
    'undefined',
    '[object Object]',
  ],
  ...[
    '__proto__',
    'constructor',
    "'; drop table inbox; --",
    '<b>x</b>',
    '/'.repeat(500),
    'x'.repeat(5_000),
    'ế'.repeat(500),
  ],
  ...[[], [[]], [null], {}, { id: {} }, { toString: 1 }, { length: 1e9 }, { __proto__: null }],
]

type Json = Record<string, unknown> | unknown[]

/** Every place in a JSON value that can be replaced, as (parent, key). */
function places(value: unknown, found: [Json, string | number][] = []): [Json, string | number][] {
  if (typeof value !== 'object' || value === null) return found
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value)
  for (const [key, item] of entries) {
    found.push([value as Json, key])
    places(item, found)
  }
  return found
}

function damageJson(body: string, random: () => number): string {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const root: unknown = JSON.parse(body)
  for (let rounds = 1 + Math.floor(random() * 3); rounds > 0; rounds--) {
    const candidates = places(root)
    if (candidates.length === 0) break
    const [parent, key] = pick(candidates)
    const holder = parent as Record<string | number, unknown>
    const way = random()
    if (way < 0.5) holder[key] = pick(POISON)
    else if (way < 0.75) delete holder[key]
    else if (way < 0.9) holder[`${String(key)}2`] = holder[key]
    else holder[key] = { [String(key)]: holder[key] }
  }
  return JSON.stringify(root)
}

function damageBytes(body: string, random: () => number): Uint8Array {
  const bytes = Buffer.from(body, 'utf8')
  const at = () => Math.floor(random() * bytes.length)
  const way = random()
  if (way < 0.4) {
    for (let flips = 1 + Math.floor(random() * 8); flips > 0; flips--) bytes[at()] = Math.floor(random() * 256)
    return bytes
  }
  if (way < 0.6) return bytes.subarray(0, at())
  if (way < 0.75) return bytes.subarray(at())
  if (way < 0.9) return Buffer.concat([bytes, bytes.subarray(at())])
  return Buffer.concat([bytes.subarray(0, at()), Buffer.from([0xff, 0xfe, 0x00]), bytes.subarray(at())])
}

const WHOLE_BODIES = [
  '',
  ' ',
  'null',
  'true',
  '0',
  '""',
  '[]',
  '{}',
  '{"ok":true}',
  '{"ok":false}',
  '[[[[[]]]]]',
  'a=b&c=d',
  '<xml/>',
  '\u0000',
]

/** One damaged body: JSON of another shape (60 %), broken bytes (30 %), or something else altogether. */
export function mutate(body: string, random: () => number): string | Uint8Array {
  const way = random()
  if (way < 0.6) {
    try {
      return damageJson(body, random)
    } catch {
      // Not JSON (Slack's forms): bytes it is.
    }
  }
  if (way < 0.93) return damageBytes(body, random)
  if (way < 0.99) return WHOLE_BODIES[Math.floor(random() * WHOLE_BODIES.length)] as string
  return `${'['.repeat(20_000)}${']'.repeat(20_000)}`
}
