/** The bot's own name, taken out of a text wherever it was called. */
import { fold, toStored } from './normalise.ts'
import { type Reading, readStored } from './reading.ts'

/** The text as stored, without `@name` anywhere and without `<@U012>` as Slack writes it. */
export function withoutMention(typed: string, botNames: readonly string[]): string {
  const text = toStored(typed)
  return text.includes('@') ? withoutMentions(text, botNames) : text
}

/** The reading without the name alone where it calls: first, last behind a comma, or before `ơi`. */
export function withoutCall(reading: Reading, botNames: readonly string[]): Reading {
  let called = reading
  for (const name of wordsOf(botNames)) {
    const text = withoutFirst(called, name) ?? withoutLast(called, name)
    if (text !== null) called = readStored(text)
  }
  return called
}

const known = new Map<string, string[][]>()
let last: { names: readonly string[]; words: string[][] } | null = null

/** Folded words of every name, longest name first. */
function wordsOf(botNames: readonly string[]): string[][] {
  if (last?.names === botNames) return last.words
  const key = botNames.join('\n')
  let words = known.get(key)
  if (!words) {
    words = foldedNames(botNames).map((name) => keysOf(readStored(name)))
    if (known.size > 100) known.clear()
    known.set(key, words)
  }
  last = { names: botNames, words }
  return words
}

const keysOf = (reading: Reading) => reading.tokens.map((token) => token.word?.spelling.key ?? '')

const standsAt = ({ tokens }: Reading, at: number, name: readonly string[]) =>
  at >= 0 && name.length > 0 && name.every((key, index) => tokens[at + index]?.word?.spelling.key === key)

const isCalling = (key: string | undefined) => key === 'oi' || key === 'ui' || key === 'a' || key === 'ah'

function withoutFirst(reading: Reading, name: readonly string[]): string | null {
  const { tokens, text } = reading
  if (tokens[0]?.word?.spelling.key !== name[0] || !standsAt(reading, 0, name)) return null
  let at = name.length
  const next = tokens[at]
  // `nếp cẩm` is rice: a short name calls only with a pause or `ơi` behind it, or where nothing else follows.
  const isPause = next === undefined || next.kind !== 'word' || isCalling(next.word?.spelling.key)
  if (name.length < 2 && !isPause) return null
  if (isCalling(tokens[at]?.word?.spelling.key)) at++
  while (tokens[at] && /[,:.!-]/.test(tokens[at]!.mark)) at++
  return tokens[at] ? text.slice(tokens[at]!.start) : ''
}

function withoutLast(reading: Reading, name: readonly string[]): string | null {
  const { tokens, text } = reading
  let end = tokens.length
  while (end > 0 && /[.!]/.test(tokens[end - 1]!.mark)) end--
  let isCalled = false
  for (let left = 2; left > 0 && /^(oi|ui|a|ah|nhe|voi)$/.test(tokens[end - 1]?.word?.spelling.key ?? ''); left--) {
    end--
    if (/^[ou]i$/.test(tokens[end]!.word!.spelling.key)) isCalled = true
  }
  const at = end - name.length
  if (at <= 0 || !standsAt(reading, at, name)) return null
  if (!isCalled && tokens[at - 1]!.mark !== ',') return null
  return text.slice(0, tokens[at]!.start).replace(/[\s,]+$/, '')
}

function withoutMentions(text: string, botNames: readonly string[]): string {
  const names = foldedNames(botNames)
  const folded = fold(text)
  let out = ''
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const slack = text.charAt(at - 1) === '<' ? /^@[A-Z0-9]{3,20}(\|[^>]{0,80})?>/.exec(text.slice(at, at + 110)) : null
    let end = -1
    let start = at
    if (slack) {
      start = at - 1
      end = at + slack[0].length
    } else {
      const name = names.find(
        (candidate) =>
          folded.startsWith(candidate, at + 1) && !/[\p{L}\p{N}_]/u.test(text.charAt(at + 1 + candidate.length)),
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

/** Longest first, so that `Bot Nếp` goes whole where `Bot` is a name too. */
function foldedNames(botNames: readonly string[]): string[] {
  return botNames
    .map((name) => fold(name).replace(/^@/, '').trim())
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length)
}
