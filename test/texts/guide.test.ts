/**
 * The guide for members teaches only what is understood. Everything in code ticks is a message to send; the comment behind
 * one or several of them names the intent and, where the message answers a question, what was asked.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandFor } from '../../src/commands/index.ts'
import { type Addressed, type Expecting, expectations } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'
import { textsOf } from '../../src/texts/index.ts'

const guide = readFileSync(join(import.meta.dirname, '../../docs/huong-dan.md'), 'utf8')

interface Example {
  text: string
  intent: string
  expecting: Expecting | undefined
}

/** Examples in the order of the page; those without a comment of their own take the next one's. */
function examplesOf(page: string): Example[] {
  const found: Example[] = []
  let waiting: string[] = []
  for (const [, example, comment] of page.matchAll(/`([^`]+)`|<!--\s*(.*?)\s*-->/gs)) {
    if (example !== undefined) {
      waiting.push(example.replace(/\s+/g, ' '))
      continue
    }
    const [intent = '', more = ''] = (comment ?? '').split(/\s+/)
    const expecting = more.replace('expecting=', '') || undefined
    found.push(...waiting.map((text) => ({ text, intent, expecting: expecting as Expecting | undefined })))
    waiting = []
  }
  return [...found, ...waiting.map((text) => ({ text, intent: 'none', expecting: undefined }))]
}

function addressedAs(text: string): Addressed {
  if (text.startsWith('@')) return 'mention'
  return text.startsWith('/') ? 'command' : 'private'
}

const setting = {
  now: new Date('2026-10-05T09:00:00+07:00'),
  timeZone: 'Asia/Ho_Chi_Minh',
  botNames: ['Bot Nếp', 'Nếp'],
}
const examples = examplesOf(guide)

describe('the guide for members', () => {
  // The first one only shows what an example looks like.
  const used = examples.slice(1)

  test('has many examples, each with its meaning', () => {
    expect(used.length).toBeGreaterThan(55)
    for (const { expecting } of used) if (expecting) expect(expectations).toContain(expecting)
  })

  test.each(used)('"$text" is $intent', ({ text, intent, expecting }) => {
    const found = understand(text, { ...setting, addressed: addressedAs(text), ...(expecting ? { expecting } : {}) })
    expect(found.intent).toBe(intent)
  })

  test('teaches only what the program does', () => {
    const unserved = used.filter(
      ({ intent }) => !intent.startsWith('dialogue.') && commandFor(intent as 'help') === null,
    )
    expect(unserved).toEqual([])
  })

  test('says the same as the help in the chat', () => {
    const quoted = [
      ...textsOf('vi')
        .helpMember(true)
        .matchAll(/"([^"]+)"/g),
    ].map(([, text]) => text!)
    const taught = new Set(used.map(({ intent }) => intent))
    for (const text of quoted) {
      const { intent } = understand(text, { ...setting, addressed: 'private' })
      expect([text, taught.has(intent)]).toEqual([text, true])
    }
  })
})

describe('examples in the texts', () => {
  /** What the bot tells people to type, by the language they are told in; an ellipsis stands for their own words. */
  const taught = { vi: ['helpOfficer', 'helpMember'], en: ['helpOfficer', 'helpMember'] } as const

  test.each(['vi', 'en'] as const)('are understood (%s)', (locale) => {
    const texts = textsOf(locale)
    const help = taught[locale].map((name) => (name === 'helpMember' ? texts.helpMember(false) : texts.helpOfficer))
    const quoted = help.join('\n').matchAll(/"([^"]+)"/g)
    const lost = [...quoted]
      .map(([, text]) => text!)
      .filter((text) => understand(text, { ...setting, addressed: addressedAs(text) }).intent === 'none')
    expect(lost).toEqual([])
  })
})
