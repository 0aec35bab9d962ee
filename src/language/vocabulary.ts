/**
 * The lexicon compiled: every typed word is looked up once, as the vocabulary words it may stand for, and phrases are
 * found by walking those words through a trie. Marks that are missing are forgiven, marks that contradict are not.
 */
import { hasMarks, mayBe, type Spelling, spellingOf, toStored } from './normalise.ts'
import { Meaning, type Node, type PhraseMatch, type Reached, reachedFrom } from './phrase-trie.ts'
import { expandPhrases } from './phrases.ts'
import { isForeignName, isSyllable, readTelex, SlipIndex } from './slips.ts'
import { type Bits, bitOf, noBits, union } from './tag-sets.ts'

/** How the first letters of a word were typed. */
export type Capitals = 'none' | 'first' | 'all'

/**
 * What is known of a word. A class, and never a spread copy: one hidden shape keeps every look at a word fast, and readers
 * look at words all the time.
 */
export class WordInfo {
  readonly spelling: Spelling
  /** Folded: `spelling.key`. */
  readonly key: string
  readonly capitals: Capitals
  /** Whether any mark was typed in this word. */
  readonly isMarked: boolean
  /** What it may stand for. */
  readonly meaning: Meaning
  /** Vocabulary words that this may be (ids). These three are those of the meaning, a look nearer. */
  readonly forms: readonly number[]
  readonly mask: number
  readonly head: Reached | null
  /** Set where the word is several written together: the parts, each with its length in characters. */
  readonly parts: readonly { length: number; word: WordInfo }[] | null
  /** What date-words.ts makes of it: a code, −1 until asked for, and a number, an English month and weekday, −1 where it is none. */
  dateCode: number
  number: number
  month: number
  weekday: number

  constructor(
    spelling: Spelling,
    capitals: Capitals,
    isMarked: boolean,
    meaning: Meaning,
    parts: readonly { length: number; word: WordInfo }[] | null,
  ) {
    this.spelling = spelling
    this.key = interned(spelling.key)
    this.capitals = capitals
    this.isMarked = isMarked
    this.meaning = meaning
    this.forms = meaning.forms
    this.mask = meaning.mask
    this.head = meaning.head
    this.parts = parts
    this.dateCode = -1
    this.number = -1
    this.month = -1
    this.weekday = -1
  }
}

/** The one string of the engine with these letters: property names are such, and comparing two of them is comparing places. */
const interned = (key: string) => Object.keys({ [key]: 0 })[0]!

/** Slots of the table of words seen, a power of two; three quarters of it are used before it is emptied. */
const tableSize = 32_768
const maxCached = 24_576
const maxProbes = 16
/** Letters of a word in the table; a longer word is analysed each time. */
const maxLetters = 32

/** Compiles tag → phrases (`a | b [c] | (d|e) f`) and word → abbreviations. */
export class Vocabulary<Tag extends string> {
  readonly tags: readonly Tag[]
  private readonly forms: { spelling: Spelling }[] = []
  private readonly formsByKey = new Map<string, number[]>()
  private readonly aliasForms = new Map<number, { form: number; isInside: boolean }[]>()
  private readonly root: Node = { next: new Map(), bits: null, isOpen: true }
  private readonly pairs = new Set<string>()
  private readonly sets = new Map<string, Bits>()
  private readonly meanings = new Map<string, Meaning>()
  private readonly slips: SlipIndex
  /** Open addressing: hash of a word, its number + 1, and where its letters stand. Flat, so that a look costs few lines of cache. */
  private readonly hashes = new Int32Array(tableSize)
  private readonly numbers = new Uint16Array(tableSize)
  private readonly letters = new Uint16Array(maxCached * maxLetters)
  private readonly lengths = new Uint8Array(maxCached)
  private words: WordInfo[] = []

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
    let bits = noBits
    for (const name of names.split(/\s+/)) {
      if (name === '') continue
      const index = this.tags.indexOf(name as Tag)
      if (index < 0) throw new Error(`“${name}” is no tag of the lexicon.`)
      bits = union(bits, bitOf(index))
    }
    this.sets.set(names, bits)
    return bits
  }

  /** What is known of a word by itself. */
  wordOf(raw: string): WordInfo {
    const codes = new Uint16Array(raw.length)
    let hash = 0
    for (let at = 0; at < raw.length; at++) {
      codes[at] = raw.charCodeAt(at)
      hash = (Math.imul(hash, 31) + codes[at]!) | 0
    }
    return this.wordAt(raw, codes, 0, raw.length, hash)
  }

  /**
   * What is known of the word `start`–`end` of a text, given the codes of its letters and its hash (`31 × hash + code` a
   * letter). Remembered, for members use few words and many times; found again without cutting the word out of the text.
   */
  wordAt(text: string, codes: Uint16Array, start: number, end: number, hash: number): WordInfo {
    let slot = (hash ^ (hash >>> 15)) & (tableSize - 1)
    for (let probe = 0; probe < maxProbes; probe++) {
      const number = this.numbers[slot]!
      if (number === 0) break
      if (this.hashes[slot] === hash && this.isWord(number - 1, codes, start, end)) return this.words[number - 1]!
      slot = (slot + 1) & (tableSize - 1)
    }
    const word = this.analyse(text.slice(start, end))
    if (end - start <= maxLetters) this.remember(word, codes, start, end, hash)
    return word
  }

  private isWord(number: number, codes: Uint16Array, start: number, end: number): boolean {
    if (this.lengths[number] !== end - start) return false
    const { letters } = this
    for (let from = start, at = number * maxLetters; from < end; from++, at++)
      if (letters[at] !== codes[from]) return false
    return true
  }

  private remember(word: WordInfo, codes: Uint16Array, start: number, end: number, hash: number): void {
    if (this.words.length >= maxCached) {
      this.numbers.fill(0)
      this.words = []
    }
    const number = this.words.push(word) - 1
    this.lengths[number] = end - start
    for (let from = start, at = number * maxLetters; from < end; from++, at++) this.letters[at] = codes[from]!
    const first = (hash ^ (hash >>> 15)) & (tableSize - 1)
    let slot = first
    for (let probe = 1; this.numbers[slot] !== 0 && probe < maxProbes; probe++) slot = (slot + 1) & (tableSize - 1)
    // Where many words fall together the newest takes the place of the first.
    if (this.numbers[slot] !== 0) slot = first
    this.hashes[slot] = hash
    this.numbers[slot] = number + 1
  }

  /** The longest phrase of at most `maxLength` words that starts with the word at `at`; what is no word ends it. */
  longestPhrase(words: readonly { readonly word: WordInfo | null }[], at: number, maxLength = 99): PhraseMatch | null {
    let reached = words[at]?.word?.head ?? null
    let best: Reached | null = null
    const end = Math.min(words.length, at + maxLength)
    for (let next = at + 1; reached; next++) {
      if (reached.bits) best = reached
      const word: WordInfo | null = next < end ? words[next]!.word : null
      if (!word || (word.mask & reached.mask) === 0) break
      reached = reached.after(word.meaning)
    }
    return best as PhraseMatch | null
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
    node.isOpen &&= isOpen
    node.bits = union(node.bits ?? noBits, bitOf(tag))
  }

  private analyse(raw: string): WordInfo {
    const spelling = spellingOf(raw)
    const { key } = spelling
    let meaning = this.meaningOf(spelling)
    let parts: WordInfo['parts'] = null
    if (meaning.forms.length === 0 && raw.length <= 40 && !isSyllable(key) && !isForeignName(raw, key)) {
      parts = this.splitJoined(raw, key)
      const repaired = parts
        ? null
        : (readTelex(key) ?? this.slips.repair(key, (candidate) => this.formsByKey.has(candidate)))
      if (repaired !== null) meaning = this.meaningOf(spellingOf(repaired))
    }
    return new WordInfo(spelling, capitalsOf(raw), hasMarks(raw), meaning, parts)
  }

  private meaningOf(typed: Spelling): Meaning {
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
    const name = `${forms.join()};${headForms.join()}`
    let meaning = this.meanings.get(name)
    if (!meaning) {
      meaning = new Meaning(forms)
      meaning.head = headForms.length > 0 ? reachedFrom([this.root], headForms, 1) : null
      this.meanings.set(name, meaning)
    }
    return meaning
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

const isSame = (a: Spelling, b: Spelling) => a.plain === b.plain && a.tone === b.tone

function capitalsOf(raw: string): Capitals {
  const first = raw.charAt(0)
  if (first === first.toLowerCase()) return 'none'
  return raw.length > 1 && raw === raw.toUpperCase() ? 'all' : 'first'
}
