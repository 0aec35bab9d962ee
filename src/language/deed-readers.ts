/**
 * What is said of a deed besides its words: "việc 1: nhóm đạo đức", "biện pháp việc 1: …"; and what is told like it:
 * models, the exemplar of a month, commitments (commitment-reader.ts). Only whole sentences of a few fixed shapes are read, so that nothing is
 * taken from what members usually write; each shape has a slash command as well.
 */
import { ownGroupsEnglish, ownGroupsFolded } from './cell-words.ts'
import { commitmentOf, readCommitment } from './commitment-reader.ts'
import type { Expecting, Intent, Slots } from './intents.ts'
import { fold } from './normalise.ts'
import { collectiveIn, isNobody, organisationIn, withoutCourtesy } from './organisation-words.ts'

type Details = Slots['deed.describe']
type Category = NonNullable<Details['category']>

const categories: Readonly<Record<string, Category>> = {
  'tu tuong': 'thought',
  'tu tuong chinh tri': 'thought',
  thought: 'thought',
  'dao duc': 'morality',
  'dao duc loi song': 'morality',
  morality: 'morality',
  'phong cach': 'style',
  style: 'style',
  'nep song': 'style',
  'nhan thuc': 'thought',
  'lam guong': 'exampleSetting',
  'neu guong': 'exampleSetting',
  example: 'exampleSetting',
}
const category = `(${Object.keys(categories)
  .sort((a, b) => b.length - a.length)
  .join('|')})`

const parts: Readonly<Record<string, 'weakness' | 'measure' | 'target' | 'inCharge'>> = {
  'bien phap': 'measure',
  'giai phap': 'measure',
  measure: 'measure',
  'chi tieu': 'target',
  target: 'target',
  'khac phuc': 'weakness',
  weakness: 'weakness',
  'phu trach': 'inCharge',
  'nguoi phu trach': 'inCharge',
  'in charge': 'inCharge',
}
const part = `(${Object.keys(parts)
  .sort((a, b) => b.length - a.length)
  .join('|')})`
const deed = String.raw`(?:viec|deed|v)\s*(?:so\s*)?(\d{1,2})`
/** Only behind `của`: `nhóm đạo đức` is a category. */
const behindOf = String.raw`(?:cua|of)\s+(?:${ownGroupsFolded.join('|')}|(?:the|our)\s+(?:${ownGroupsEnglish.join('|')}))`
const ofCell = String.raw`(\s+(?:${behindOf}|(?:cua\s+|of\s+)?(?:chi bo|tap the|dang uy|dang bo|the group)))?`

const joined = String.raw`(?:,|;|\+|&|va|voi|vs|cung|and)`

const shapes = {
  category: [
    new RegExp(String.raw`^${deed}${ofCell}\s*[:,–-]?\s*(?:thuoc\s+)?(?:nhom|category)\s+${category}\s*[.!]?$`),
    new RegExp(String.raw`^(?:nhom|category)\s+(?:(?:cua|of|for)\s+)?${deed}${ofCell}\s*:?\s*${category}\s*[.!]?$`),
  ],
  categoryAlone: new RegExp(String.raw`^(?:nhom|category)\s*:\s*${category}\s*[.!]?$`),
  part: new RegExp(String.raw`^${part}\s+(?:(?:cua|cho|of|for)\s+)?${deed}${ofCell}\s*:\s*(?=\S)`),
  deedPart: new RegExp(String.raw`^${deed}${ofCell}\s*[:,]\s*${part}\s*:\s*(?=\S)`),
  partAlone: new RegExp(String.raw`^${part}\s*:\s*(?=\S)`),
  evidence: new RegExp(
    String.raw`^(?:gui\s+)?(?:anh\s+)?(?:minh chung|evidence)\s+(?:(?:cua|cho|for)\s+)?${deed}\s*[.!]?$`,
  ),
  collectiveReport: new RegExp(
    String.raw`^${deed}\s+(?:${behindOf}|(?:cua|of)\s+(?:tap the|dang uy|dang bo))\s*[:,]?\s*(?=\S)`,
  ),
  several: new RegExp(
    String.raw`^(?:(?:toi|em|minh|chau|con)\s+)?(?:bao cao\s+)?(?:ca\s+)?(?:viec|deeds?|v)\s*(?:so\s*)?(\d{1,2})((?:\s*${joined}\s*(?:viec|deed|v)?\s*(?:so\s*)?\d{1,2})+)\s+(?:(?:deu|cung|thi|em|toi|are|is|both|all)\s+)*(?=\S)`,
  ),
  model: /^(?:mo hinh hay|cach lam hay|good practice)(?:\s+(?:cua|by)\s+([^:]{1,60}?))?\s*:\s*(?=\S)/,
  result: /[\s,;.]+(?:ket qua|result)\s*:?\s+/,
  exemplar: /^(?:tam\s+)?guong(?:\s+dien hinh)?\s+thang\s+(nay|\d{1,2})(?:\/(\d{4}))?\s*:\s*(?=\S)/,
  commend: /^(?:xin\s+)?(?:bieu duong|tuyen duong|khen(?: ngoi)?|commend)\s+(?=\S)/,
  collective: /^(?:tap the|the group)(?=[\s.!]|$)\s*/,
}

/** Text and its folded form of the same length, so that what is found in one can be cut from the other. */
function aligned(text: string): { typed: string; key: string } | null {
  const typed = text.normalize('NFC').trim()
  const key = fold(typed)
  return key.length === typed.length ? { typed, key } : null
}

const cleaned = (text: string) =>
  text
    .trim()
    .replace(/[\s.;,!]+$/, '')
    .trim()

/** A name without the title before it and the particles behind it; '' where nothing else was said. */
function untitled(name: string): string {
  const plain = withoutCourtesy(name)
    .replace(/^(?:đồng chí|đ\/c|đc|bác|anh|chị|cô|chú|ông|bà)(?:\s+|$)/iu, '')
    // With a capital they are names.
    .replace(/^(?:dong chi|d\/c|bac|chi|co|chu|ong|ba) (?=\S)/u, '')
  // Whoever says "tôi" names somebody.
  return isNobody(plain, false) ? '' : plain
}

function numbered(number: string | undefined, collective: string | undefined): Pick<Details, 'deed' | 'collective'> {
  return { ...(number ? { deed: Number(number) } : {}), ...(collective ? { collective: true as const } : {}) }
}

/** The part as typed; who is in charge without the title. */
function partSlots(name: string, words: string): Details {
  const slot = parts[name]!
  if (slot !== 'inCharge') return { [slot]: words }
  return { inCharge: untitled(words), collective: true }
}

function readDetails({ typed, key }: { typed: string; key: string }, needsNumber: boolean): Intent | null {
  for (const shape of shapes.category) {
    const found = shape.exec(key)
    if (!found) continue
    const slots: Details = { ...numbered(found[1], found[2]), category: categories[found[3]!]! }
    return { intent: 'deed.describe', slots }
  }
  const byPart = shapes.part.exec(key)
  if (byPart) {
    const slots = {
      ...numbered(byPart[2], byPart[3]),
      ...partSlots(byPart[1]!, cleaned(typed.slice(byPart[0].length))),
    }
    return { intent: 'deed.describe', slots }
  }
  const byDeed = shapes.deedPart.exec(key)
  if (byDeed) {
    const slots = {
      ...numbered(byDeed[1], byDeed[2]),
      ...partSlots(byDeed[3]!, cleaned(typed.slice(byDeed[0].length))),
    }
    return { intent: 'deed.describe', slots }
  }
  if (needsNumber) return null
  const group = shapes.categoryAlone.exec(key)
  if (group) return { intent: 'deed.describe', slots: { category: categories[group[1]!]! } }
  const alone = shapes.partAlone.exec(key)
  return alone ? { intent: 'deed.describe', slots: partSlots(alone[1]!, cleaned(typed.slice(alone[0].length))) } : null
}

function readModel({ typed, key }: { typed: string; key: string }): Intent | null {
  const found = shapes.model.exec(key)
  if (!found) return null
  const [from, rest] = [found[0].length, key.slice(found[0].length)]
  const result = shapes.result.exec(rest)
  const title = cleaned(typed.slice(from, result ? from + result.index : undefined))
  if (title === '') return null
  const slots: Slots['model.add'] = { title }
  if (result) slots.result = cleaned(typed.slice(from + result.index + result[0].length))
  if (found[1]) {
    const at = key.indexOf(found[1])
    const owner = typed.slice(at, at + found[1].length)
    const isOwn = organisationIn(owner)?.name === null
    if (!isOwn && untitled(owner) !== '') slots.owner = untitled(owner)
  }
  return { intent: 'model.add', slots }
}

function readExemplar({ typed, key }: { typed: string; key: string }, month: () => string): Intent | null {
  const found = shapes.exemplar.exec(key)
  if (!found) return null
  const now = month()
  const number = Number(found[1])
  if (found[1] !== 'nay' && !(number >= 1 && number <= 12)) return null
  const year = found[2] ?? now.slice(0, 4)
  const period = found[1] === 'nay' ? now : `${year}-${String(number).padStart(2, '0')}`
  const name = untitled(cleaned(typed.slice(found[0].length)))
  return { intent: 'exemplar.name', slots: name === '' ? { period } : { name, period } }
}

/** "biểu dương tập thể …", whatever it is called, and "biểu dương chi bộ mình"; '' is one's own, null where no collective is praised. */
function praisedCollective({ typed, key }: { typed: string; key: string }): string | null {
  const head = shapes.commend.exec(key)
  if (!head) return null
  const rest = typed.slice(head[0].length)
  const behind = shapes.collective.exec(key.slice(head[0].length))
  if (behind) return rest.length > maxCollectiveLength ? null : collectiveIn(rest.slice(behind[0].length))
  // A member of it is no collective: only what is named like one beyond doubt.
  const found = organisationIn(rest)
  return found && (found.name === null || found.isFirmKind) ? collectiveIn(rest) : null
}

/** A name and what it belongs to. */
const maxCollectiveLength = 110

export interface DeedReading {
  expecting: Expecting | undefined
  /** The month spoken in, 'YYYY-MM'. */
  month: () => string
  /** Reads other words as they are read everywhere. */
  words(text: string): Intent | null
}

/** Questions whose answer is free text: nothing in it is a request. */
const freeAnswers: ReadonlySet<Expecting> = new Set(['returnReason', 'reason', 'name', 'code', 'consent'])

/** Folded words with which a message of one of these shapes begins: any other is not looked at further. */
const firstWords: ReadonlySet<string> = new Set(
  (
    'viec deed deeds v ca bao con nhom category gui anh minh evidence toi em chau cho xin dang dk nop viet lap xem sua rut huy ai con nhung dong d/c ban cam commitment commend mo cach good tam guong xin bieu tuyen khen ' +
    Object.keys(parts)
      .map((words) => words.split(' ')[0])
      .join(' ')
  ).split(' '),
)

/** Whether a message that begins with this word (folded) may be of one of these shapes. */
export const mayBeDeedWords = (firstWord: string): boolean => firstWords.has(firstWord)

/** A whole message of one of these shapes, or null. */
export function readDeedWords(text: string, { expecting, month, words }: DeedReading): Intent | null {
  if (expecting && freeAnswers.has(expecting)) return null
  const message = aligned(text)
  if (!message) return null
  const { typed, key } = message
  const details = readDetails(message, expecting === 'deeds' || expecting === 'progress')
  if (details || expecting === 'deeds') return details
  const ofSeveral = readSeveral(message, words)
  if (ofSeveral) return ofSeveral
  const ofCollective = shapes.collectiveReport.exec(key)
  if (ofCollective) {
    const read = words(`việc ${ofCollective[1]} ${typed.slice(ofCollective[0].length)}`)
    return read?.intent === 'progress.report' ? { ...read, extras: { ofCell: true } } : null
  }
  const evidence = shapes.evidence.exec(key)
  if (evidence) return { intent: 'deed.evidence', slots: { deed: Number(evidence[1]) } }
  const ofCommitment = readCommitment(message, words)
  if (ofCommitment) return ofCommitment
  const collective = praisedCollective(message)
  if (collective !== null) return { intent: 'commend', slots: {}, extras: { collective } }
  return readModel(message) ?? readExemplar(message, month)
}

/** "việc 1 và 2 xong rồi", "việc 1, việc 3 được 50%": the same is told of each. With words of its own a number may count things. */
function readSeveral({ typed, key }: { typed: string; key: string }, words: DeedReading['words']): Intent | null {
  const found = shapes.several.exec(key)
  if (!found) return null
  const told = typed.slice(found[0].length)
  const read = words(`việc ${found[1]} ${told}`)
  if (read?.intent !== 'progress.report' || read.slots.note !== undefined || read.extras?.rest) return null
  if (!read.slots.done && read.slots.percent === undefined) return null
  const others = [...found[2]!.matchAll(/\d+/g)].map(([number]) => `việc ${number} ${cleaned(told)}`)
  return { ...read, extras: { ...read.extras, rest: others.join(', ') } }
}

/** Slash commands that `readDeedCommand` reads, and what each is. */
export const deedCommandNames = {
  nhomviec: 'deed.describe',
  category: 'deed.describe',
  bienphap: 'deed.describe',
  measure: 'deed.describe',
  chitieu: 'deed.describe',
  target: 'deed.describe',
  khacphuc: 'deed.describe',
  weakness: 'deed.describe',
  phutrach: 'deed.describe',
  camket: 'pledge.register',
  commitment: 'pledge.register',
  minhchung: 'deed.evidence',
  evidence: 'deed.evidence',
  mohinh: 'model.add',
  model: 'model.add',
  guongthang: 'exemplar.name',
  exemplar: 'exemplar.name',
} as const

const commandParts: Readonly<Record<string, string>> = {
  bienphap: 'biện pháp',
  measure: 'measure',
  chitieu: 'chỉ tiêu',
  target: 'target',
  khacphuc: 'khắc phục',
  weakness: 'weakness',
  phutrach: 'phụ trách',
}

/** "/nhomviec 1 đạo đức" and its like; null where the command is another one. */
export function readDeedCommand(name: string, rest: string, context: DeedReading): Intent | null {
  if (!Object.hasOwn(deedCommandNames, name)) return null
  const reading = { ...context, expecting: undefined }
  const leading = /^\s*(?:(?:việc|viec|deed|v)\s*)?(\d{1,2})(?=$|[\s:,.])[\s:,.]*/iu.exec(rest)
  const words = leading ? rest.slice(leading[0].length) : rest.trim()
  switch (name) {
    case 'nhomviec':
    case 'category': {
      const text = leading ? `việc ${leading[1]}: nhóm ${words}` : `nhóm: ${words}`
      return readDeedWords(text, reading) ?? { intent: 'deed.describe', slots: {} }
    }
    case 'camket':
    case 'commitment': {
      if (rest.trim() === '') return { intent: 'pledge.register', slots: { deeds: [] }, extras: { form: 'commitment' } }
      const isNumber = leading !== null && words.trim() === ''
      return commitmentOf(isNumber ? `việc ${leading[1]}` : rest, context.words)
    }
    case 'minhchung':
    case 'evidence':
      return { intent: 'deed.evidence', slots: leading ? { deed: Number(leading[1]) } : {} }
    case 'mohinh':
    case 'model':
      return readDeedWords(`mô hình hay: ${rest}`, reading) ?? { intent: 'model.add', slots: {} }
    case 'guongthang':
    case 'exemplar': {
      const text = leading ? `gương tháng ${leading[1]}: ${words}` : `gương tháng này: ${words}`
      return readDeedWords(text, reading) ?? { intent: 'exemplar.name', slots: {} }
    }
  }
  const part = commandParts[name]
  if (!part) return null
  const text = leading ? `${part} việc ${leading[1]}: ${words}` : `${part}: ${words}`
  return readDeedWords(text, reading) ?? { intent: 'deed.describe', slots: {} }
}
