/** The four levels of a rating. */
import type { Rating } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Token } from './reading.ts'

/** In the order in which a longer name wins over a shorter one that it contains. */
const levels: readonly [Rating, ReturnType<typeof vocabulary.bitsOf>][] = [
  ['notCompleted', vocabulary.bitsOf('notCompleted')],
  ['excellent', vocabulary.bitsOf('excellent')],
  ['good', vocabulary.bitsOf('good')],
  ['completed', vocabulary.bitsOf('completed')],
]

export interface RatingFound {
  rating: Rating
  from: number
  to: number
}

/** The one level named in tokens `from`–`to`; null where none or two different ones are named. */
export function ratingIn(tokens: readonly Token[], from = 0, to = tokens.length): RatingFound | null {
  let found: RatingFound | null = null
  for (let at = from; at < to; at = Math.max(at + 1, tokens[at]!.phraseEnd)) {
    const token = tokens[at]!
    if (!token.word) continue
    const level = levels.find(([, bits]) => hasAny(token.bits, bits))
    if (!level) continue
    if (found && found.rating !== level[0]) return null
    found ??= { rating: level[0], from: at, to: token.phraseEnd }
  }
  return found
}
