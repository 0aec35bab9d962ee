/** The bot's own name, taken out of a text wherever it was called. */
import { fold, toStored } from './normalise.ts'

/** `@name` anywhere, `<@U012>` as Slack writes it. The name alone only where it calls: first, last behind a comma, or before `ơi`. */
export function withoutBotNames(typed: string, botNames: readonly string[]): string {
  const text = toStored(typed)
  let out = text.includes('@') ? withoutMentions(text, botNames) : text
  if (botNames.length === 0 || !mayCall(botNames).test(out)) return out
  for (const name of botNames) out = withoutCall(out, name)
  return out
}

const patterns = new Map<string, RegExp>()
let last: { names: readonly string[]; pattern: RegExp } | null = null

/** Whether any of the names stands in a text, spelt with or without marks: most texts hold none. */
function mayCall(botNames: readonly string[]): RegExp {
  if (last?.names === botNames) return last.pattern
  const key = botNames.join('\n')
  let pattern = patterns.get(key)
  if (!pattern) {
    const spellings = botNames
      .flatMap((name) => [toStored(name).replace(/^@/, '').trim(), foldedNames([name])[0] ?? ''])
      .filter((name) => name !== '')
    pattern =
      spellings.length > 0
        ? new RegExp(spellings.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i')
        : /(?!)/
    if (patterns.size > 100) patterns.clear()
    patterns.set(key, pattern)
  }
  last = { names: botNames, pattern }
  return pattern
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

function withoutCall(text: string, name: string): string {
  const called = fold(name).replace(/^@/, '').trim()
  if (called === '' || text.length < called.length) return text
  const folded = fold(text)
  if (folded.length !== text.length) return text
  if (folded.startsWith(called) && /^(?:[\s,:.!-]|$)/.test(text.slice(called.length, called.length + 1))) {
    const rest = text.slice(called.length)
    // `nếp cẩm` is rice: a short name calls only with a pause or `ơi` behind it, or where nothing else follows.
    if (called.includes(' ') || /^\s*(?:[,:.!]|(?:ơi|oi|ui|à|a|ạ)(?![\p{L}\p{N}]))/iu.test(rest))
      return rest.replace(/^\s*(?:(?:ơi|oi|ui)(?![\p{L}\p{N}]))?[\s,:.!-]*/iu, '')
  }
  const call = folded.lastIndexOf(called)
  if (call > 0 && /[\s,]/.test(text.charAt(call - 1))) {
    const rest = text.slice(call + called.length)
    if (
      /^\s*(?:ơi|oi|ui)[\s.!]*(?:ạ|a|nhé|nhe|với|voi)?[\s.!]*$/iu.test(rest) ||
      (/^[\s.!]*$/.test(rest) && /,\s*$/.test(text.slice(0, call)))
    )
      return text.slice(0, call).replace(/[\s,]+$/, '')
  }
  return text
}
