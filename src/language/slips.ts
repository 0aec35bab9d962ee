/**
 * What a slip of the finger may have meant. Only a token that is no Vietnamese syllable is ever repaired, so that no
 * real word is silently turned into a command.
 */

const rhymes =
  'a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu ' +
  'o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong op ot ' +
  'u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uyn uynh uyt uyu ' +
  'y yem yen yet yeu ich ynh'
const onsets = ['', ...'b c ch d g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x'.split(' ')]
/** The few words with a long `oo`. */
const syllables = new Set<string>('xoong boong cooc mooc sooc tooc loong'.split(' '))
for (const onset of onsets) for (const rhyme of rhymes.split(' ')) syllables.add(onset + rhyme)

/** Whether a folded key can be a Vietnamese syllable. */
export function isSyllable(key: string): boolean {
  return syllables.has(key)
}

const foreignNames = new Set(
  'mary john mark amy noah ben ann jane max hans nora ali brown wood wright april hart shaw'.split(' '),
)

/** Common names of English speakers that are a slip away from a word: with a capital they are names. */
export function isForeignName(typed: string, key: string): boolean {
  return foreignNames.has(key) && typed !== typed.toLowerCase()
}

const telexTone = /[sfrxj]/

/** A syllable typed in Telex with the input method off: `lichj` → `lich`, `ddawng` → `dang`, `dduowcj` → `duoc`. */
export function readTelex(key: string): string | null {
  if (key.length < 2 || key.length > 9) return null
  const plain = key.replace(/dd/, 'd').replace(/aa/, 'a').replace(/ee/, 'e').replace(/oo/, 'o').replace(/w/g, '')
  if (plain !== key && isSyllable(plain)) return plain
  for (let i = plain.length - 1; i > 0; i--) {
    if (!telexTone.test(plain.charAt(i))) continue
    const without = plain.slice(0, i) + plain.slice(i + 1)
    if (isSyllable(without)) return without
  }
  return null
}

/** Words a slip away from the vocabulary, found by deleting one letter on either side (symmetric deletion). */
export class SlipIndex {
  private readonly byDeletion = new Map<string, Set<string>>()

  /** @param keys folded keys worth repairing to; short ones are left out, they have too many neighbours. */
  constructor(keys: Iterable<string>) {
    for (const key of keys) {
      if (key.length < 4) continue
      for (const shorter of deletionsOf(key)) {
        const known = this.byDeletion.get(shorter)
        if (known) known.add(key)
        else this.byDeletion.set(shorter, new Set([key]))
      }
    }
  }

  /** The one word that was meant, or null where there is none or more than one. */
  repair(key: string, isKnown: (key: string) => boolean): string | null {
    if (key.length < 3 || key.length > 12) return null
    const unrepeated = key.replace(/(.)\1+/g, '$1')
    if (unrepeated !== key && (isKnown(unrepeated) || isSyllable(unrepeated))) return unrepeated
    const swapped = new Set<string>()
    for (let i = 0; i + 1 < key.length; i++) {
      const candidate = key.slice(0, i) + key.charAt(i + 1) + key.charAt(i) + key.slice(i + 2)
      if (isKnown(candidate)) swapped.add(candidate)
    }
    if (swapped.size > 0) return only(swapped)
    if (key.length < 4) return null
    const near = new Set<string>()
    for (const shorter of deletionsOf(key)) {
      if (shorter.length >= 4 && isKnown(shorter)) near.add(shorter)
      for (const candidate of this.byDeletion.get(shorter) ?? [])
        if (candidate.length === key.length) near.add(candidate)
    }
    for (const candidate of this.byDeletion.get(key) ?? []) near.add(candidate)
    return only(near)
  }
}

function deletionsOf(key: string): Set<string> {
  const out = new Set<string>()
  for (let i = 0; i < key.length; i++) out.add(key.slice(0, i) + key.slice(i + 1))
  return out
}

function only(found: ReadonlySet<string>): string | null {
  if (found.size !== 1) return null
  for (const one of found) return one
  return null
}
