/**
 * Registering without the word: "ghi cho tôi việc: …", "nhờ bot ghi giúp em: …", "bổ sung cho tôi thêm 1 việc: …", and a deed taken on
 * with its deadline, "tôi nhận việc sửa loa, xong tháng 11". Whatever else may be noted (who is absent, what was decided) is left alone.
 */
import { keyOf, keySet } from './date-words.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Reading, type Token } from './reading.ts'

/** Words looked at: courtesy before a request is seldom longer. */
const longestHead = 16
const verbs = keySet('ghi note them bo nhan')

const callers = '(?:(?:da|thua|chao|u|vang|a|oi|bot|nep|dong chi|d/c|bac|anh|chi) )*'
const me = '(?:toi|em|minh|chau|tui|e)'
const asks = `(?:(?:${me} )?(?:nho|phien|xin|muon|hay|lam on|vui long|de nghi) )*(?:(?:bot|nep|bac|anh|chi|em|ban) )?`
const forMe = `(?:(?:lai|them|nhan|vao) )*(?:(?:giup|ho|gium|dum|cho) )+${me} `
const count = '(?:\\d{1,2}|mot|hai|ba|may|cac|nhung)'
const deeds = `(?:(?:them|lai|la|so) )*(?:${count} )?(?:viec|noi dung|dau viec)(?: (?:sau|nay|moi|nua|lam theo|lam theo bac|nhu sau))*`
const ofDeeds = new RegExp(
  `^${callers}${asks}(?:ghi|note|them|bo sung) (?:${forMe}${deeds}|${deeds} (?:giup|ho|gium|dum|cho) ${me}) :`,
)
const ofAnything = new RegExp(`^${callers}${asks}(?:ghi|note) ${forMe}(?:(?:a|nhe|voi|them|lai|la) )*:`)
const takenOn = new RegExp(`^${callers}${me} (?:xin |se |xin duoc )?nhan (?:lam )?viec (?=[^\\d:|])`)

/** What is noted of meetings and others: no deeds. */
const notedElse = vocabulary.bitsOf(
  'absent leave present rollCall meet approve giveBack rate commend remind data percent thanks who when register drop edit move summary',
)

/** Folded words of the head; a colon stays one, another mark is a bar. */
const headKey = (tokens: readonly Token[]) =>
  tokens
    .slice(0, longestHead)
    .map((token) =>
      token.kind === 'number' ? String(token.value) : token.word ? keyOf(token) : token.mark === ':' ? ':' : '|',
    )
    .join(' ')
    .replace(/^((?:da|vang|thua)(?: a)?) \|/, '$1')

export interface NotedHead {
  /** Token behind the head. */
  to: number
  /** Only a deed where it has a deadline (`tôi nhận việc …`). */
  needsDue: boolean
}

/** The words that ask for a deed to be noted, or take one on. */
export function notedHead({ tokens }: Reading): NotedHead | null {
  let hasVerb = false
  for (let at = 0; at < tokens.length && at < 10 && !hasVerb; at++) hasVerb = verbs.has(keyOf(tokens[at]))
  if (!hasVerb) return null
  const key = headKey(tokens)
  const colon = tokens.findIndex((token) => token.mark === ':')
  if (colon > 0 && colon + 1 < tokens.length) {
    if (ofDeeds.test(key)) return { to: colon + 1, needsDue: false }
    if (ofAnything.test(key) && !tokens.slice(colon + 1).some((token) => hasAny(token.bits, notedElse)))
      return { to: colon + 1, needsDue: false }
  }
  if (!takenOn.test(`${key} `)) return null
  const verb = tokens.findIndex((token, at) => keyOf(token) === 'nhan' && /^(viec|lam)$/.test(keyOf(tokens[at + 1])))
  return { to: verb + (keyOf(tokens[verb + 1]) === 'lam' ? 3 : 2), needsDue: true }
}
