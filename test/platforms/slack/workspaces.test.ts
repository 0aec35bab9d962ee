import { describe, expect, it } from 'vitest'
import { memoryInstallations } from '../../../src/platforms/slack/index.ts'
import { openBench } from './bench.ts'
import { eventBody, groupMessage } from './payloads.ts'
import { CHANNEL, TEAM } from './slack-server.ts'

describe('workspaces', () => {
  it('acts as the bot of the workspace that an event belongs to, and ignores strangers', async () => {
    const installations = memoryInstallations([
      { teamId: 'T2', botToken: 'xoxb-2', botUserId: 'UBOT2', installedAt: '2026-01-01T00:00:00.000Z' },
    ])
    const two = await openBench({ installations })
    const mention = (team: string) =>
      eventBody(groupMessage('', { text: '<@UBOT2> chào' }), { team_id: team, authorizations: undefined })
    expect(await two.read(mention('T2'))).toMatchObject({ addressed: 'mention', chat: { id: `T2:${CHANNEL}` } })
    expect(await two.read(mention(TEAM))).toMatchObject({ addressed: 'none', chat: { id: `${TEAM}:${CHANNEL}` } })
    expect(await two.post(mention('T3'))).toBe(200)
    expect(two.inbox.events).toHaveLength(2)

    await two.send({ chat: { id: 'T2:C9', kind: 'group' } })
    await two.send({ chat: { id: `${TEAM}:C9`, kind: 'group' } })
    expect(two.server.posts.map((post) => post.token)).toEqual(['xoxb-2', 'xoxb-1234-5678-kanarienvogel'])
    await two.close()
  })

  it.each([
    ['app_uninstalled', { type: 'app_uninstalled' }],
    ['tokens_revoked', { type: 'tokens_revoked', tokens: { oauth: [], bot: ['UBOT2'] } }],
  ])('forgets a workspace after %s, once that is durable', async (_name, event) => {
    const installedAt = new Date(Date.now() - 60_000).toISOString()
    const installations = memoryInstallations([{ teamId: 'T2', botToken: 'xoxb-2', botUserId: 'UBOT2', installedAt }])
    const two = await openBench({ installations })
    const body = eventBody(event, { team_id: 'T2', authorizations: undefined })
    two.inbox.failures = 1
    expect(await two.post(body)).toBe(500)
    expect(await installations.fetch('T2')).toBeDefined()
    expect(await two.read(body)).toMatchObject({ kind: 'membership', membership: 'left', chat: { id: 'T2' } })
    expect(await installations.fetch('T2')).toBeUndefined()
    expect(await two.send({ chat: { id: 'T2:C9', kind: 'group' } })).toMatchObject({
      outcome: 'giveUp',
      chatGone: true,
    })
    expect(await two.post(eventBody(groupMessage('x'), { team_id: 'T2', authorizations: undefined }))).toBe(200)
    expect(two.inbox.events).toHaveLength(1)
    await two.close()
  })

  it('does not let late news end a newer installation', async () => {
    const newer = { teamId: 'T2', botToken: 'xoxb-3', botUserId: 'UBOT2', installedAt: new Date().toISOString() }
    const installations = memoryInstallations([newer])
    const two = await openBench({ installations })
    const event_time = Math.floor(Date.now() / 1000) - 3600
    await two.post(eventBody({ type: 'app_uninstalled' }, { team_id: 'T2', event_time, authorizations: undefined }))
    expect(await installations.fetch('T2')).toEqual(newer)
    await two.close()
  })

  it('has events sent again while installations cannot be read', async () => {
    const broken = { ...memoryInstallations(), fetch: async () => Promise.reject(new Error('xoxb-secret in an error')) }
    const two = await openBench({ installations: broken })
    expect(await two.post(eventBody(groupMessage('x'), { team_id: 'T2', authorizations: undefined }))).toBe(500)
    expect(await two.send({ chat: { id: 'T2:C9', kind: 'group' } })).toMatchObject({ outcome: 'retry' })
    expect(two.logged()).not.toContain('xoxb-secret')
    await two.close()
  })
})
