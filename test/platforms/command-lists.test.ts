/** One list of slash commands: nothing that can be asked for with a slash is missing where a platform has to know its name. */
import { describe, expect, test } from 'vitest'
import { commandFor, servedIntents } from '../../src/commands/index.ts'
import { withExtras } from '../../src/language/extras.ts'
import type { IntentName } from '../../src/language/intents.ts'
import { slashNames } from '../../src/language/slash-names.ts'
import { understand } from '../../src/language/understand.ts'
import { commandNames, typedCommand } from '../../src/platforms/slack/command-names.ts'
import { textsOf } from '../../src/texts/index.ts'
import { now } from '../language/corpus.ts'

const names = Object.entries(slashNames) as [string, IntentName][]
const context = { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: 'command', botNames: [] } as const
const read = (text: string) => withExtras(understand(text, context), text, context).intent

describe('every slash command', () => {
  test.each(names)('/%s is read as %s, and something answers it', (name, intent) => {
    expect(read(`/${name}`)).toBe(intent)
    // Answers to a question belong to it, files to the engine.
    if (!/^(?:dialogue\.|report\.export)/.test(intent)) expect(commandFor(intent)).not.toBeNull()
  })

  test('stands in the list of Slack, as a command and typed behind "!"', () => {
    const known = commandNames()
    expect(known.get('bienban')).toBe('bienban')
    expect(names.filter(([name]) => known.get(name) !== name)).toEqual([])
    expect(names.filter(([name]) => typedCommand(known, `!${name} 1`) !== `/${name} 1`)).toEqual([])
    expect(typedCommand(known, '!khongco 1')).toBeUndefined()
  })

  test.each(['vi', 'en'] as const)('the menu that Telegram shows (%s) holds such names alone', (locale) => {
    const menu = textsOf(locale).commandMenu.map(({ command }) => command)
    expect(menu.length).toBeGreaterThan(8)
    expect(menu.filter((name) => !(name in slashNames))).toEqual([])
  })
})

/** Only beside another: a member named behind `/vang`, a collective's deeds, one item of the minutes. */
const withoutSlash: readonly IntentName[] = ['meeting.excuseFor', 'minutes.note', 'minutes.edit', 'minutes.remove']

test('everything that src/commands serves has a slash name, or is asked for beside one', () => {
  const served = new Set<IntentName>([...Object.values(slashNames), ...withoutSlash])
  const all = ['pledge', 'progress', 'deed', 'meeting', 'minutes', 'summary', 'period', 'campaign', 'data', 'consent']
  const known = servedIntents()
  expect(known.filter((intent) => all.includes(intent.split('.')[0]!)).length).toBeGreaterThan(30)
  expect(known.filter((intent) => !served.has(intent))).toEqual([])
})
