/**
 * One-time codes: what they look like and how a typed one is read. Making random bytes, hashing and storing are done
 * elsewhere.
 *
 * A code is read from paper or a screen and typed on a phone, often by elderly members (domain.md §5.3). So it has
 *   - no two characters that look alike: what is easily misread (O Q → 0, I L → 1, Z → 2, S → 5, G → 6, B → 8) is never
 *     issued and is understood as the character it looks like;
 *   - no character that a Vietnamese keyboard (Telex, VNI) rewrites: no vowels, hence no tone marks, no D (dd → đ) and no
 *     W (w → ư);
 *   - a letter in front, so that it is never taken for a date, a telephone number or an amount.
 *
 * The first half finds the row (`selector`), the second proves the holder (`verifier`) and is kept only as a hash, so
 * that reading the table gives nobody a right. 22 characters to the fourth make 234,256 verifiers; with five tries a
 * guess succeeds once in 46,000 codes, for somebody who already knows the first half.
 */
import { DomainError } from './errors.ts'

const letters = 'CFHJKMNPRTVX'
/** What codes are made of. */
export const codeAlphabet = `0123456789${letters}`

/** Wrong verifiers after which a code is dead. */
export const maxCodeTries = 5

/**
 * How long a code may be used. A group's or an officer's is typed soon after it was made; a member's is handed out on
 * paper at a meeting, and used when a grandchild has the time to help. Each can be made anew at any moment.
 */
export const codeLifetimeHours = {
  group: 72,
  secretary: 72,
  deputy: 72,
  clerk: 72,
  committee: 72,
  member: 14 * 24,
} as const

/** When a code made at an instant expires. */
export function codeExpiresAt(purpose: keyof typeof codeLifetimeHours, madeAt: Date): Date {
  return new Date(madeAt.getTime() + codeLifetimeHours[purpose] * 3_600_000)
}

/** Random bytes that one code takes: two for each character keep the odds of all characters even to 1 in 3,000. */
export const codeBytes = 16

/** The code that random bytes stand for, as shown: `XXXX-XXXX`. Throws `badCode` for too few bytes. */
export function codeFrom(random: Uint8Array): string {
  if (random.length < codeBytes)
    throw new DomainError('badCode', `A code takes ${codeBytes} random bytes, not ${random.length}.`)
  let code = ''
  for (let i = 0; i < 8; i += 1) {
    const from = i === 0 ? letters : codeAlphabet
    code += from[(random[2 * i]! * 256 + random[2 * i + 1]!) % from.length]
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

const lookAlikes: Readonly<Record<string, string>> = { O: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' }

/**
 * The eight characters meant by a typed code, or null where it cannot be one: capitals or not, full-width or not, with
 * or without dash, dots and spaces, look-alikes for each other.
 */
export function normaliseCode(typed: string): string | null {
  // Characters of other widths become plain ones; then everything that separates is left out.
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}._\u2212]/gu, '')
  if (plain.length !== 8) return null
  let code = ''
  for (const character of plain) {
    const meant = lookAlikes[character] ?? character
    if (!codeAlphabet.includes(meant)) return null
    code += meant
  }
  return code
}

/** The halves of a typed code, or null where it cannot be one. */
export function parseCode(typed: string): { selector: string; verifier: string } | null {
  const code = normaliseCode(typed)
  return code === null ? null : { selector: code.slice(0, 4), verifier: code.slice(4) }
}

/** A code from its halves, as shown. */
export function showCode(parts: { selector: string; verifier: string }): string {
  return `${parts.selector}-${parts.verifier}`
}
