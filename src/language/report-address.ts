/** To whom something is reported, in front of what is: "báo cáo đ/c bí thư tổ 2 …", "bc chi bộ, tôi …". */
import { keyOf } from './date-words.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Token } from './reading.ts'

const bits = (names: string) => vocabulary.bitsOf(names)
/** `báo cáo đ/c bí thư tổ 2 …`, `báo cáo chi bộ, tôi …`: the token behind those who are told and who speaks; 0 where nobody is told. */
export function behindAddress(tokens: readonly Token[]): number {
  let at = tokens.findIndex((token) => token.word !== null && !hasAny(token.own, politeBits))
  if (at < 0) return 0
  if (keyOf(tokens[at]) === 'bao' && keyOf(tokens[at + 1]) === 'cao') at += 2
  else if (/^(bc|bcao)$/.test(keyOf(tokens[at]))) at++
  else return 0
  if (!tokens[at]?.word || !hasAny(tokens[at]!.own, toldBits)) return 0
  while (
    tokens[at] &&
    (tokens[at]!.mark === ',' ||
      tokens[at]!.mark === ':' ||
      isSpeaker(tokens, at) ||
      hasAny(tokens[at]!.own, whoBits) ||
      isOwnDeed(tokens, at))
  )
    at++
  return at
}
const politeBits = bits('polite')
const toldBits = bits('title cell')
const whoBits = bits('title cell me')
/** The number in `tổ 2`. */
const isSpeaker = (tokens: readonly Token[], at: number) =>
  tokens[at]!.kind === 'number' && hasAny(tokens[at - 1]!.own, cellBits) && tokens[at + 1]?.mark !== '%'
/** `việc của em` */
const isOwnDeed = (tokens: readonly Token[], at: number) =>
  keyOf(tokens[at]) === 'cua' || (keyOf(tokens[at]) === 'viec' && keyOf(tokens[at + 1]) === 'cua')
const cellBits = bits('cell')
