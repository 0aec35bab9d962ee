/** Sets of tags of the lexicon. */

/** Set of tags: tag `i` is bit `i % 31` of part `⌊i / 31⌋` (31, so that all stay small integers). Fields, for an array costs one more look each. */
export class Bits {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number

  constructor(a: number, b: number, c: number, d: number) {
    this.a = a
    this.b = b
    this.c = c
    this.d = d
  }
}

export const noBits = new Bits(0, 0, 0, 0)

/** The set of one tag. */
export function bitOf(index: number): Bits {
  const bit = 1 << (index % 31)
  const part = Math.floor(index / 31)
  return new Bits(part === 0 ? bit : 0, part === 1 ? bit : 0, part === 2 ? bit : 0, part === 3 ? bit : 0)
}

/** Union of two sets of tags. */
export function union(a: Bits, b: Bits): Bits {
  return new Bits(a.a | b.a, a.b | b.b, a.c | b.c, a.d | b.d)
}

/** Whether any tag is in both. */
export const hasAny = (bits: Bits, mask: Bits) =>
  ((bits.a & mask.a) | (bits.b & mask.b) | (bits.c & mask.c) | (bits.d & mask.d)) !== 0
