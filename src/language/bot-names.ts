/** The bot's own name, taken out of a text wherever it was called. */
import { fold, toStored } from './normalise.ts'
import { type Reading, readStored, type Token } from './reading.ts'

/** The text as stored, without `@name` anywhere and without `<@U012>` as Slack writes it. */
export function withoutMention(typed: string, botNames: readonly string[]): string {
  const text = toStored(typed)
  const at = text.indexOf('@')
  return at < 0 ? text : withoutMentions(text, at, namesOf(botNames))
}

/** The reading without the name alone where it calls: first, last behind a comma, or before `ơi`. */
export function withoutCall(reading: Reading, botNames: readonly string[]): Reading {
  let called = reading
  const { words, ends } = namesOf(botNames)
  if (!mayCall(reading.tokens, ends)) return reading
  for (const name of words) {
    const text = withoutFirst(called, name) ?? withoutLast(called, name)
    if (text !== null) called = readStored(text)
  }
  return called
}

/** Whether a name may stand first or among the last three words (two particles may follow it): most texts hold none, and this is asked of every text. */
function mayCall(tokens: readonly Token[], ends: readonly string[]): boolean {
  const first = keyOf(tokens[0])
  for (let index = 0; index < ends.length; index++) {
    const end = ends[index]!
    if (first === end) return true
    for (let at = tokens.length - 1, left = 3; at > 0 && left > 0; at--) {
      if (!tokens[at]!.word) continue
      if (tokens[at]!.word!.key === end) return true
      left--
    }
  }
  return false
}

/** The names of a bot as they are looked for. */
interface Names {
  /** Folded, longest first, so that `Bot Nếp` goes whole where `Bot` is a name too. */
  folded: string[]
  /** Their words, in the same order. */
  words: string[][]
  /** The first and the last words. */
  ends: string[]
  longest: number
}

const known = new Map<string, Names>()
let last: { botNames: readonly string[]; names: Names } | null = null

function namesOf(botNames: readonly string[]): Names {
  if (last && isSame(last.botNames, botNames)) return last.names
  const key = botNames.join('\n')
  let names = known.get(key)
  if (!names) {
    const folded = botNames
      .map((name) => fold(name).replace(/^@/, '').trim())
      .filter((name) => name !== '')
      .sort((a, b) => b.length - a.length)
    const words = folded.map((name) => keysOf(readStored(name))).filter((name) => name.length > 0)
    const ends = [...new Set(words.flatMap((name) => [name[0]!, name[name.length - 1]!]))]
    names = { folded, words, ends, longest: folded[0]?.length ?? 0 }
    if (known.size > 100) known.clear()
    known.set(key, names)
  }
  last = { botNames: [...botNames], names }
  return names
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

const keysOf = (reading: Reading) => reading.tokens.map(keyOf)
const keyOf = (token: Token | undefined) => token?.word?.key ?? ''

function standsAt({ tokens }: Reading, at: number, name: readonly string[]): boolean {
  if (at < 0) return false
  for (let index = 0; index < name.length; index++) if (keyOf(tokens[at + index]) !== name[index]) return false
  return true
}

const calls = new Set(['oi', 'ui', 'a', 'ah'])
const afterCall = new Set([...calls, 'nhe', 'voi'])

function withoutFirst(reading: Reading, name: readonly string[]): string | null {
  const { tokens, text } = reading
  if (!standsAt(reading, 0, name)) return null
  let at = name.length
  const next = tokens[at]
  // `nếp cẩm` is rice: a short name calls only with a pause or `ơi` behind it, or where nothing else follows.
  const isPause = next === undefined || next.kind !== 'word' || calls.has(keyOf(next))
  if (name.length < 2 && !isPause) return null
  if (calls.has(keyOf(tokens[at]))) at++
  while (tokens[at] && /[,:.!-]/.test(tokens[at]!.mark)) at++
  return tokens[at] ? text.slice(tokens[at]!.start) : ''
}

function withoutLast(reading: Reading, name: readonly string[]): string | null {
  const { tokens, text } = reading
  let end = tokens.length
  while (end > 0 && (tokens[end - 1]!.mark === '.' || tokens[end - 1]!.mark === '!')) end--
  let isCalled = false
  for (let left = 2; left > 0 && end > 0; left--) {
    const key = keyOf(tokens[end - 1])
    if (!afterCall.has(key)) break
    end--
    if (key === 'oi' || key === 'ui') isCalled = true
  }
  const at = end - name.length
  if (at <= 0 || !standsAt(reading, at, name)) return null
  if (!isCalled && tokens[at - 1]!.mark !== ',') return null
  return text.slice(0, tokens[at]!.start).replace(/[\s,]+$/, '')
}

function withoutMentions(text: string, first: number, names: Names): string {
  let out = ''
  let from = 0
  for (let at = first; at >= 0; at = text.indexOf('@', at + 1)) {
    const slack = text.charAt(at - 1) === '<' ? /^@[A-Z0-9]{3,20}(\|[^>]{0,80})?>/.exec(text.slice(at, at + 110)) : null
    let end = -1
    let start = at
    if (slack) {
      start = at - 1
      end = at + slack[0].length
    } else {
      const behind = fold(text.slice(at + 1, at + 1 + names.longest))
      const name = names.folded.find(
        (candidate) => behind.startsWith(candidate) && !/[\p{L}\p{N}_]/u.test(text.charAt(at + 1 + candidate.length)),
      )
      if (name !== undefined) end = at + 1 + name.length
      else {
        // A user name that says what it is: `@nep_chibo3_bot`, `@BotNep`.
        const user = /^@(?:[a-z0-9_]*bot|bot[a-z0-9_]*)(?![\p{L}\p{N}_])/iu.exec(text.slice(at, at + 64))
        if (user) end = at + user[0].length
      }
    }
    if (end < 0 || start < from) continue
    out += `${text.slice(from, start)} `
    from = end
  }
  return from === 0 ? text : (out + text.slice(from)).trim()
}
