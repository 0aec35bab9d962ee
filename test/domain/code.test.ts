import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  codeAlphabet,
  codeBytes,
  codeExpiresAt,
  codeFrom,
  normaliseCode,
  parseCode,
  showCode,
} from '../../src/domain/code.ts'

const seed = 20260203
const random = fc.uint8Array({ minLength: codeBytes, maxLength: codeBytes })

/** What Telex and VNI rewrite while one types: vowels (tones), dd, w, and what looks like something else. */
const neverIssued = [...'AEIOUYDWLBGQSZ']

describe('a code', () => {
  it('has two halves of four, begins with a letter and holds nothing that is misread or rewritten', () => {
    fc.assert(
      fc.property(random, (bytes) => {
        const code = codeFrom(bytes)
        expect(code).toMatch(/^[A-Z][0-9A-Z]{3}-[0-9A-Z]{4}$/)
        for (const character of neverIssued) expect(code).not.toContain(character)
      }),
      { seed, numRuns: 500 },
    )
    expect(new Set(codeAlphabet).size).toBe(22)
  })

  it('uses every character of its alphabet about evenly', () => {
    const seen = new Map<string, number>()
    for (let i = 0; i < 65_536; i += 1) {
      const character = codeFrom(
        new Uint8Array(codeBytes).fill(0).map((_, at) => (at === 14 ? i >> 8 : at === 15 ? i & 255 : 0)),
      )[8]!
      seen.set(character, (seen.get(character) ?? 0) + 1)
    }
    expect(seen.size).toBe(22)
    expect(Math.max(...seen.values()) - Math.min(...seen.values())).toBeLessThanOrEqual(1)
  })

  it('is found again however it is typed', () => {
    fc.assert(
      fc.property(
        random,
        fc.constantFrom('', ' ', '-', ' - ', '–', '.', '\u00a0'),
        fc.boolean(),
        fc.boolean(),
        (bytes, joint, isLower, isMisread) => {
          const code = codeFrom(bytes)
          let typed = code.replace('-', joint)
          if (isMisread)
            typed = typed.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('5', 's').replaceAll('8', 'B')
          if (isLower) typed = typed.toLowerCase()
          const parts = parseCode(`  ${typed} `)
          expect(parts && showCode(parts)).toBe(code)
        },
      ),
      { seed, numRuns: 500 },
    )
  })

  it.each([
    ['K4F8-T2XM', 'K4F8T2XM'],
    ['k4f8 t2xm', 'K4F8T2XM'],
    ['Ｋ４Ｆ８－Ｔ２ＸＭ', 'K4F8T2XM'],
    ['bx41-9OKC', '8X4190KC'],
    ['qw7p-3m2z', null],
    ['K4F8T2X', null],
    ['K4F8T2XMM', null],
    ['482913', null],
    ['ký4f-8t2x', null],
    ['', null],
    ['🙂🙂🙂🙂', null],
  ])('typed as "%s" means %s', (typed, code) => {
    expect(normaliseCode(typed)).toBe(code)
  })

  it('is refused to be made from too little chance', () => {
    expect(() => codeFrom(new Uint8Array(8))).toThrow(expect.objectContaining({ code: 'badCode' }))
  })

  it('lives three days for a group or an officer and two weeks for a member', () => {
    const made = new Date('2026-10-05T02:00:00Z')
    expect(codeExpiresAt('group', made)).toEqual(new Date('2026-10-08T02:00:00Z'))
    expect(codeExpiresAt('member', made)).toEqual(new Date('2026-10-19T02:00:00Z'))
  })
})
