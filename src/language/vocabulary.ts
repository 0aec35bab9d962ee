/**
 * The lexicon compiled: every typed word is looked up once, as the vocabulary words it may stand for, and phrases are
 * found by walking those words through a trie. Marks that are missing are forgiven, marks that contradict are not.
 */
import { hasMarks, mayBe, type Spelling, spellingOf, toStored } from './normalise.ts'
import { expandPhrases } from './phrases.ts'
import { isSyllable, readTelex, SlipIndex } from './slips.ts'

/** Set of tags: tag `i` is bit `i % 31` of word `⌊i / 31⌋` (31, so that all stay small integers). */
export type Bits = readonly [number, number, number, number]

/** How the first letters of a word were typed. */
export type Capitals = 'none' | 'first' | 'all'

export interface WordInfo {
  spelling: Spelling
  capitals: Capitals
  /** Whether any mark was typed in this word. */
  isMarked: boolean
  /** Vocabulary words that this may be (ids). */
  forms: readonly number[]
  /** The phrases that it may begin, null where it begins none. */
  head: Reached | null
  /** Code of date-words.ts, −1 until asked for. */
  dateCode: number
  /** Set where the word is several written together: the parts, each with its length in characters. */
  parts: readonly { length: number; word: WordInfo }[] | null
}

interface Node {
  next: Map<number, Node> | null
  bits: [number, number, number, number] | null
  /** Whether the parts of the phrase keep their own meaning beside it. */
  isOpen: boolean
}

interface Reached {
  match: PhraseMatch | null
  /** Nodes from which longer phrases go on. */
  nodes: readonly Node[]
}

const none: readonly Node[] = []

export interface PhraseMatch {
  /** Number of words. */
  length: number
  bits: Bits
  isOpen: boolean
}

/** Slots of the table of words seen, a power of two; three quarters of it are used before it is emptied. */
const tableSize = 65_536
const maxCached = 49_152
const maxProbes = 16

interface Seen {
  hash: number
  raw: string
  word: WordInfo
}

/** Compiles tag → phrases (`a | b [c] | (d|e) f`) and word → abbreviations. */
export class Vocabulary<Tag extends string> {
  readonly tags: readonly Tag[]
  private readonly forms: { spelling: Spelling }[] = []
  private readonly formsByKey = new Map<string, number[]>()
  private readonly aliasForms = new Map<number, { form: number; isInside: boolean }[]>()
  private readonly root: Node = { next: new Map(), bits: null, isOpen: true }
  private readonly pairs = new Set<string>()
  private readonly sets = new Map<string, Bits>()
  private readonly slips: SlipIndex
  private table: (Seen | undefined)[] = new Array(tableSize)
  private seen = 0

  constructor(
    lexicon: Readonly<Record<Tag, string>>,
    aliases: Readonly<Record<string, string>>,
    /** Tags whose phrases hide what their parts mean: `họp phụ huynh` is no meeting. */
    closed: ReadonlySet<Tag>,
  ) {
    this.tags = Object.keys(lexicon) as Tag[]
    if (this.tags.length > 124) throw new Error(`The lexicon has ${this.tags.length} tags; a set of tags holds 124.`)
    this.tags.forEach((tag, index) => {
      for (const phrase of expandPhrases(lexicon[tag])) this.addPhrase(phrase, index, !closed.has(tag))
    })
    for (const [word, abbreviations] of Object.entries(aliases)) {
      const id = this.formId(word)
      for (const abbreviation of abbreviations.split(' ')) {
        const isInside = abbreviation.startsWith('*')
        const own = this.formId(isInside ? abbreviation.slice(1) : abbreviation)
        this.aliasForms.set(own, [...(this.aliasForms.get(own) ?? []), { form: id, isInside }])
      }
    }
    this.slips = new SlipIndex([...this.formsByKey.keys()].filter((key) => /^[a-z]+$/.test(key)))
  }

  /** Set of the tags named, blank-separated. Throws on a name that is no tag: a typing error in a table. */
  bitsOf(names: string): Bits {
    const known = this.sets.get(names)
    if (known) return known
    const bits: [number, number, number, number] = [0, 0, 0, 0]
    for (const name of names.split(/\s+/)) {
      if (name === '') continue
      const index = this.tags.indexOf(name as Tag)
      if (index < 0) throw new Error(`“${name}” is no tag of the lexicon.`)
      setBit(bits, index)
    }
    this.sets.set(names, bits)
    return bits
  }

  /** What is known of a word by itself. */
  wordOf(raw: string): WordInfo {
    let hash = 0
    for (let at = 0; at < raw.length; at++) hash = (Math.imul(hash, 31) + raw.charCodeAt(at)) | 0
    return this.wordAt(raw, 0, raw.length, hash)
  }

  /**
   * What is known of the word `start`–`end` of a text, given its hash (`31 × hash + code` a character). Remembered, for
   * members use few words and many times; found again without cutting the word out of the text.
   */
  wordAt(text: string, start: number, end: number, hash: number): WordInfo {
    const length = end - start
    let slot = (hash ^ (hash >>> 15)) & (tableSize - 1)
    for (let probe = 0; probe < maxProbes; probe++) {
      const seen = this.table[slot]
      if (seen === undefined) break
      if (seen.hash === hash && seen.raw.length === length && standsAt(text, start, seen.raw)) return seen.word
      slot = (slot + 1) & (tableSize - 1)
    }
    const raw = text.slice(start, end)
    const word = this.analyse(raw)
    if (this.seen >= maxCached) {
      this.table = new Array(tableSize)
      this.seen = 0
    }
    if (this.table[slot] === undefined) this.seen++
    // A copy, so that the table never keeps a whole message alive through a part of it.
    this.table[slot] = { hash, raw: `${raw} `.slice(0, -1), word }
    return word
  }

  /** The longest phrase of at most `maxLength` words that starts with the word at `at`; what is no word ends it. */
  longestPhrase(words: readonly { readonly word: WordInfo | null }[], at: number, maxLength = 99): PhraseMatch | null {
    const first = words[at]?.word
    if (!first?.head) return null
    let best = first.head.match
    let live: readonly Node[] = first.head.nodes
    for (let length = 2; live.length > 0 && length <= maxLength; length++) {
      const word = words[at + length - 1]?.word
      if (!word || word.forms.length === 0) break
      const reached = this.reachedFrom(live, word.forms, length)
      if (!reached) break
      if (reached.match) best = reached.match
      live = reached.nodes
    }
    return best
  }

  private reachedFrom(live: readonly Node[], forms: readonly number[], length: number): Reached | null {
    let bits: Bits | null = null
    let isOpen = true
    let nodes: Node[] | null = null
    for (const node of live) {
      for (const form of forms) {
        const next = node.next!.get(form)
        if (!next) continue
        if (next.next) {
          if (nodes) nodes.push(next)
          else nodes = [next]
        }
        if (!next.bits) continue
        bits = bits ? union(bits, next.bits) : next.bits
        isOpen &&= next.isOpen
      }
    }
    if (!bits && !nodes) return null
    return { match: bits ? { length, bits, isOpen } : null, nodes: nodes ?? none }
  }

  /** Id of a word of the vocabulary, which it joins where it is new. Only while tables are compiled. */
  formId(word: string): number {
    const spelling = spellingOf(word)
    const same = this.formsByKey.get(spelling.key) ?? []
    for (const id of same) if (isSame(this.forms[id]!.spelling, spelling)) return id
    const id = this.forms.push({ spelling }) - 1
    this.formsByKey.set(spelling.key, [...same, id])
    return id
  }

  private addPhrase(phrase: string, tag: number, isOpen: boolean): void {
    let node = this.root
    let before = ''
    for (const word of phrase.split(' ')) {
      const id = this.formId(word)
      node.next ??= new Map()
      let next = node.next.get(id)
      if (!next) {
        next = { next: null, bits: null, isOpen: true }
        node.next.set(id, next)
      }
      node = next
      const key = spellingOf(word).key
      if (before) this.pairs.add(`${before} ${key}`)
      before = key
    }
    node.bits ??= [0, 0, 0, 0]
    node.isOpen &&= isOpen
    setBit(node.bits, tag)
  }

  private analyse(raw: string): WordInfo {
    const spelling = spellingOf(raw)
    const info = { spelling, capitals: capitalsOf(raw), isMarked: hasMarks(raw), parts: null, dateCode: -1 }
    const known = this.formsOf(spelling)
    if (known.forms.length > 0 || raw.length > 40) return { ...info, ...known }
    const { key } = spelling
    if (isSyllable(key)) return { ...info, ...known }
    const joined = this.splitJoined(raw, key)
    if (joined) return { ...info, ...known, parts: joined }
    const repaired = readTelex(key) ?? this.slips.repair(key, (candidate) => this.formsByKey.has(candidate))
    return repaired === null ? { ...info, ...known } : { ...info, ...this.formsOf(spellingOf(repaired)) }
  }

  private formsOf(typed: Spelling): { forms: number[]; head: Reached | null } {
    const forms: number[] = []
    const headForms: number[] = []
    const add = (list: number[], form: number) => {
      if (!list.includes(form)) list.push(form)
    }
    const candidates = (this.formsByKey.get(typed.key) ?? []).filter((id) => mayBe(typed, this.forms[id]!.spelling))
    const isMarked = typed.tone !== 0 || typed.plain !== typed.key
    // A word typed in full is that word and no other that it may be short of a mark of (`tôi`, not `tối`).
    const exact = isMarked ? candidates.filter((id) => isSame(this.forms[id]!.spelling, typed)) : []
    for (const id of exact.length > 0 ? exact : candidates) {
      add(forms, id)
      add(headForms, id)
      for (const { form, isInside } of this.aliasForms.get(id) ?? []) {
        add(forms, form)
        if (!isInside) add(headForms, form)
      }
    }
    return { forms, head: headForms.length > 0 ? this.reachedFrom([this.root], headForms, 1) : null }
  }

  /** `đăngký` → `đăng`, `ký`: only words of the vocabulary, and only where two of them stand together in a phrase. */
  private splitJoined(raw: string, key: string): WordInfo['parts'] {
    if (key.length < 4 || key.length > 24 || raw.length !== key.length) return null
    const cuts = this.bestCuts(key, 0, '', new Map())
    if (!cuts || cuts.length < 2) return null
    let at = 0
    return cuts.map((length) => {
      const part = raw.slice(at, at + length)
      at += length
      return { length, word: this.wordOf(toStored(part)) }
    })
  }

  private bestCuts(key: string, from: number, before: string, seen: Map<string, number[] | null>): number[] | null {
    if (from === key.length) return []
    const memo = `${from} ${before}`
    const known = seen.get(memo)
    if (known !== undefined) return known
    let best: number[] | null = null
    for (let length = Math.min(7, key.length - from); length >= 2; length--) {
      const part = spellingOf(key.slice(from, from + length)).key
      if (!this.formsByKey.has(part)) continue
      if (before && !this.pairs.has(`${before} ${part}`)) continue
      const rest = this.bestCuts(key, from + length, part, seen)
      if (rest && (!best || rest.length + 1 < best.length)) best = [length, ...rest]
    }
    seen.set(memo, best)
    return best
  }
}

/** `startsWith` for the few letters of a word, without the cost of the call. */
function standsAt(text: string, start: number, word: string): boolean {
  for (let at = 0; at < word.length; at++) if (text.charCodeAt(start + at) !== word.charCodeAt(at)) return false
  return true
}

const isSame = (a: Spelling, b: Spelling) => a.plain === b.plain && a.tone === b.tone

function setBit(bits: [number, number, number, number], index: number): void {
  const word = Math.floor(index / 31) as 0 | 1 | 2 | 3
  bits[word] |= 1 << (index % 31)
}

/** Union of two sets of tags. */
export function union(a: Bits, b: Bits): [number, number, number, number] {
  return [a[0] | b[0], a[1] | b[1], a[2] | b[2], a[3] | b[3]]
}

function capitalsOf(raw: string): Capitals {
  const first = raw.charAt(0)
  if (first === first.toLowerCase()) return 'none'
  return raw.length > 1 && raw === raw.toUpperCase() ? 'all' : 'first'
}
