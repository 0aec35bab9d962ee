/**
 * The guide for members teaches only what is understood. Everything in code ticks is a message to send; the comment behind
 * one or several of them names the intent and, where the message answers a question, what was asked.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandFor } from '../../src/commands/index.ts'
import { withExtras } from '../../src/language/extras.ts'
import { type Addressed, type Expecting, expectations } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'
import { textsOf } from '../../src/texts/index.ts'
import { plainTexts, sampleCalls, textAt } from './samples.ts'

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
    const context = { ...setting, addressed: addressedAs(text), ...(expecting ? { expecting } : {}) }
    const found = withExtras(understand(text, context), text, context)
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

describe('what the bot tells people to type', () => {
  /** Words to begin a message with, and what is quoted of people rather than shown to them. */
  const noExample = new Set(['@', 'tôi là', 'I am', 'somebody'])
  const somebody = {
    person: 'somebody',
    organisation: 'somebody',
    place: 'somebody',
    words: 'somebody',
    deed: 'somebody',
    when: 'somebody',
  }

  function examplesIn(locale: 'vi' | 'en'): Set<string> {
    const texts = textsOf(locale)
    const called = [...sampleCalls(somebody)].flatMap(([name, calls]) =>
      calls.map((args) => (textAt(texts, name) as (...args: unknown[]) => string)(...args)),
    )
    const all = [...plainTexts(texts).map(([, text]) => text), ...called]
    const quoted = all.flatMap((text) => [...text.matchAll(/"([^"]+)"/g)].map(([, example]) => example!))
    return new Set(quoted.filter((example) => !example.includes('…') && !noExample.has(example)))
  }

  /** On its own, or as the answer to one of the questions that can be open. */
  function isUnderstood(text: string): boolean {
    const context = { ...setting, addressed: addressedAs(text) }
    return [undefined, ...expectations].some(
      (expecting) => understand(text, { ...context, expecting }).intent !== 'none',
    )
  }

  test.each(['vi', 'en'] as const)('is understood (%s)', (locale) => {
    const examples = examplesIn(locale)
    expect(examples.size).toBeGreaterThan(40)
    expect([...examples].filter((text) => !isUnderstood(text))).toEqual([])
  })
})
