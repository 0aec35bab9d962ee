/**
 * Protects: one bot in several Slack workspaces, whose tokens lie sealed in the database; a workspace that ends the
 * installation takes its token and its chats along, and no other's. And what Slack alone brings: threads, twin events.
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config.ts'
import type { SlackInstallationStore } from '../../../src/platforms/slack/index.ts'
import { slackInstallations } from '../../../src/platforms.ts'
import { readSealingKey } from '../../../src/store/slack-installations.ts'
import { createTestDatabase } from '../../database.ts'
import { event } from '../slack/contract-driver.ts'
import * as payloads from '../slack/payloads.ts'
import { TEAM } from '../slack/slack-server.ts'
import { CELL, codeFor, PEOPLE, seedCell } from './cell.ts'
import { createPlayer } from './play.ts'
import { script } from './script.ts'
import { type SlackTown, slackTown } from './slack-town.ts'
import { openStage, quiet, type Stage } from './stage.ts'

const second = { teamId: 'T2', botToken: 'xoxb-2-second-kanarienvogel', botUserId: 'UBOT2' }
const installed = { ...second, installedAt: '2026-01-01T00:00:00.000Z' }

let ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

async function dataDir(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'nep-key-'))
  ends.push(() => rm(path, { recursive: true }))
  return path
}

describe('tokens of further workspaces', () => {
  test('are sealed in the database and open only with the key of the data directory', async () => {
    const database = await createTestDatabase()
    ends.push(() => database.drop())
    const directory = await dataDir()
    const store = await slackInstallations(database.pool, directory)
    await store.store(installed)
    const { rows } = await database.pool.query('SELECT * FROM slack_installation')
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('kanarienvogel')
    expect(await (await slackInstallations(database.pool, directory)).fetch('T2')).toEqual(installed)
    const stranger = await slackInstallations(database.pool, await dataDir())
    await expect(stranger.fetch('T2')).rejects.toThrow('cannot be decrypted')
    await store.delete('T2')
    expect(await store.fetch('T2')).toBeUndefined()
  })

  test('share one key, readable by its owner alone, however many processes ask first', async () => {
    const directory = await dataDir()
    const keys = await Promise.all(Array.from({ length: 20 }, () => readSealingKey(directory)))
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1)
    const { mode } = await stat(join(directory, 'slack-installations.key'))
    expect(mode & 0o777).toBe(0o600)
    await writeFile(join(directory, 'slack-installations.key'), 'hỏng')
    await expect(readSealingKey(directory)).rejects.toThrow('32 bytes')
  })
})

describe('slash commands under other names', () => {
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

  test('are named in the environment', () => {
    const { slack: read } = loadConfig({ ...slack, SLACK_COMMAND_NAMES: '/chibo-summary=summary, chibo=' })
    expect(read?.commandNames).toEqual({ 'chibo-summary': 'summary', chibo: '' })
    expect(() => loadConfig({ ...slack, SLACK_COMMAND_NAMES: 'chibo-summary' })).toThrow('SLACK_COMMAND_NAMES')
  })
})

async function openTown(): Promise<{ stage: Stage; town: SlackTown; store: () => SlackInstallationStore }> {
  const directory = await dataDir()
  let store: SlackInstallationStore | undefined
  // The adapter is made before the database is known to it: it asks only once something comes in.
  const late: SlackInstallationStore = {
    store: (installation) => store!.store(installation),
    fetch: (teamId) => store!.fetch(teamId),
    delete: (teamId) => store!.delete(teamId),
  }
  const stage = await openStage({
    towns: [slackTown('http', late)],
    people: PEOPLE,
    level: 'warn',
    async seed(pool) {
      await seedCell(pool)
      store = await slackInstallations(pool, directory)
      await store.store(installed)
    },
  })
  ends.push(() => stage.stop())
  return { stage, town: stage.towns[0] as SlackTown, store: () => store! }
}

/** A post in the second workspace that mentions the bot there. */
function inSecond(text: string, channel = 'C9') {
  const mention = payloads.groupMessage('', { text: `<@UBOT2> ${text}`, channel, team: 'T2' })
  return event(mention, { team_id: 'T2', authorizations: undefined })
}

describe('a bot in two workspaces', () => {
  test('serves one cell in both, and loses the chats of the one that uninstalls it, only those', async () => {
    const { stage, town, store } = await openTown()
    const { play } = createPlayer(stage)
    for (const step of script.slice(0, 6)) await play(step)
    const code = await codeFor(stage.pool, 'group')
    await town.deliver(inSecond(`/kichhoat ${code}`))
    await quiet(stage.pool)
    expect(town.server.posts.at(-1)).toMatchObject({ token: second.botToken, channel: 'C9' })
    await stage.news()

    await town.deliver(event({ type: 'app_uninstalled' }, { team_id: 'T2', authorizations: undefined }))
    const told = await stage.news()
    expect(told.map(({ where }) => where)).toEqual(['thu'])
    expect(told[0]?.text).toContain(CELL)
    expect(await store().fetch('T2')).toBeUndefined()
    expect(await stage.rows(`SELECT external_id, is_gone FROM chat ORDER BY external_id`)).toEqual([
      { external_id: `${TEAM}:C0CELL`, is_gone: false },
      { external_id: `${TEAM}:U0THU`, is_gone: false },
      { external_id: 'T2:C9', is_gone: true },
    ])
    // The secretary heard it once, and the group that is left is reminded alone.
    expect(await stage.tick('2026-10-05T10:00:00+07:00')).toEqual([])
    await stage.say({ who: 'thu', in: 'group', manner: 'mention', text: 'chi bộ họp mùng 10 hằng tháng lúc 19h30' })
    expect((await stage.tick('2026-10-05T19:30:00+07:00')).map(({ where }) => where)).toEqual(['group'])
  })

  test('writes reminders into the channel although the code was typed in a thread', async () => {
    const { stage, town } = await openTown()
    const code = await codeFor(stage.pool, 'group')
    const thread = { user: 'U0THU', thread_ts: '1700000000.000009', text: `<@U0BOT> /kichhoat ${code}` }
    await town.deliver(event(payloads.groupMessage('', thread)))
    await quiet(stage.pool)
    expect(town.server.posts.at(-1)?.thread_ts).toBe('1700000000.000009')
    expect(await stage.rows('SELECT thread_id FROM chat')).toEqual([{ thread_id: null }])
  })

  test('answers one post once although it comes as two events, in whatever order', async () => {
    const { stage, town } = await openTown()
    const { play } = createPlayer(stage)
    for (const step of script.slice(0, 9)) await play(step)
    const twins = town.post({ who: 'an', in: 'group', manner: 'mention', text: 'tổng hợp' })
    expect(twins).toHaveLength(2)
    for (const update of [...twins].reverse()) await town.deliver(update)
    for (const update of twins) await town.deliver(update)
    expect(await stage.news()).toHaveLength(1)
  })
})
