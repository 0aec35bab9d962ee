/** The phrases of the lexicon as a trie over the words of the vocabulary, walked by what each typed word may stand for. */
import { type Bits, union } from './tag-sets.ts'

/** Vocabulary words that a typed word may be; one object for all typed words with the same. */
export class Meaning {
  readonly forms: readonly number[]
  /** One bit a form (`form & 31`): a quick no for “does the phrase go on with one of these?”. */
  readonly mask: number
  /** The phrases that it may begin, null where it begins none. */
  head: Reached | null

  constructor(forms: readonly number[]) {
    this.forms = forms
    this.mask = maskOf(forms)
    this.head = null
  }
}

export const maskOf = (forms: Iterable<number>) => {
  let mask = 0
  for (const form of forms) mask |= 1 << (form & 31)
  return mask
}

export interface Node {
  next: Map<number, Node> | null
  bits: Bits | null
  /** Whether the parts of the phrase keep their own meaning beside it. */
  isOpen: boolean
}

/**
 * Where the trie is after some words, and the phrase that ends there. Reached by one sequence of meanings only, so that what
 * follows from them is kept here.
 */
export class Reached {
  /** Number of words. */
  readonly length: number
  /** Tags of the phrase that ends here; null where none does. */
  readonly bits: Bits | null
  /** With the tags of the shorter phrases inside an open one; null until asked for. */
  all: Bits | null
  /** Mask of the forms with which a longer phrase goes on. */
  readonly mask: number
  private readonly nodes: readonly Node[]
  private readonly known = new Map<Meaning, Reached>()

  constructor(length: number, bits: Bits | null, isOpen: boolean, nodes: readonly Node[]) {
    this.length = length
    this.bits = bits
    this.all = length === 1 || !isOpen ? bits : null
    let mask = 0
    for (const node of nodes) mask |= maskOf(node.next!.keys())
    this.mask = mask
    this.nodes = nodes
  }

  /** After one more word, or null. */
  after(meaning: Meaning): Reached | null {
    const known = this.known.get(meaning)
    if (known) return known
    const next = reachedFrom(this.nodes, meaning.forms, this.length + 1)
    if (next && this.known.size < maxKnown) this.known.set(meaning, next)
    return next
  }
}

/** Next words kept at one place of the trie; more are found anew. */
const maxKnown = 64

/** Where one more word leads from any of the places, or null. */
export function reachedFrom(live: readonly Node[], forms: readonly number[], length: number): Reached | null {
  let bits: Bits | null = null
  let isOpen = true
  const nodes: Node[] = []
  for (const node of live) {
    for (const form of forms) {
      const next = node.next!.get(form)
      if (!next) continue
      if (next.next) nodes.push(next)
      if (!next.bits) continue
      bits = bits ? union(bits, next.bits) : next.bits
      isOpen &&= next.isOpen
    }
  }
  return bits || nodes.length > 0 ? new Reached(length, bits, isOpen, nodes) : null
}

/** A phrase of the lexicon, found. */
export type PhraseMatch = Reached & { readonly bits: Bits }
