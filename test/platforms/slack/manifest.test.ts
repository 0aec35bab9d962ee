import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { slashNames } from '../../../src/language/slash-names.ts'
import { REQUIRED_SCOPES } from '../../../src/platforms/slack/capabilities.ts'
import { commandNames } from '../../../src/platforms/slack/command-names.ts'

const manifest = readFileSync(new URL('../../../docs/slack-manifest.yaml', import.meta.url), 'utf8')
const itemsOf = (list: string) => {
  const block = new RegExp(`^ +${list}:\\n((?: +- .*\\n)+)`, 'm').exec(manifest)?.[1] ?? ''
  return [...block.matchAll(/- ([\w:.]+)/g)].map((match) => match[1])
}

describe('the manifest', () => {
  it('asks for the scopes that the adapter needs, and for no others', () => {
    expect(itemsOf('bot')).toEqual([...REQUIRED_SCOPES])
  })

  it('subscribes to what the adapter reads', () => {
    const events = [
      'app_mention',
      'message.channels',
      'message.groups',
      'message.im',
      'app_uninstalled',
      'tokens_revoked',
    ]
    expect(itemsOf('bot_events')).toEqual(expect.arrayContaining(events))
  })

  it('registers commands that the bot knows, within the 50 that Slack allows', () => {
    const commands = [...manifest.matchAll(/- command: \/(.*)/g)].map((match) => match[1]!)
    expect(commands).toEqual(expect.arrayContaining(['summary', 'dangky', 'tonghop', 'nep']))
    expect(commands.filter((name) => !commandNames().has(name))).toEqual([])
    // Each thing that has a slash command at all can be asked for by one.
    const served = new Set(commands.map((name) => slashNames[name]))
    expect([...new Set(Object.values(slashNames))].filter((intent) => !served.has(intent))).toEqual([])
    expect(new Set(commands).size).toBe(commands.length)
    expect(commands.length).toBeLessThanOrEqual(50)
  })

  it('says in the help page that data leaves the country', () => {
    expect(readFileSync(new URL('../../../docs/slack.md', import.meta.url), 'utf8')).toContain('ra khỏi Việt Nam')
  })
})
