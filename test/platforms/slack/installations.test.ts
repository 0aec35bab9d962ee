import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  encryptedInstallations,
  memoryInstallations,
  type SealingKey,
  type SlackInstallation,
} from '../../../src/platforms/slack/index.ts'

const installation: SlackInstallation = {
  teamId: 'T1',
  botToken: 'xoxb-kanarienvogel',
  botUserId: 'U1',
  installedAt: '2026-10-05T02:00:00.000Z',
}
const key = (id: string): SealingKey => ({ id, key: randomBytes(32) })

function rows() {
  const byTeam = new Map<string, string>()
  return {
    byTeam,
    save: async (teamId: string, sealed: string) => void byTeam.set(teamId, sealed),
    load: async (teamId: string) => byTeam.get(teamId),
    remove: async (teamId: string) => void byTeam.delete(teamId),
  }
}

describe('installations at rest', () => {
  it('come back as they were stored, replaced and deleted', async () => {
    const stores = [memoryInstallations(), encryptedInstallations(rows(), [key('a')])]
    for (const store of stores) {
      expect(await store.fetch('T1')).toBeUndefined()
      await store.store(installation)
      await store.store({ ...installation, botToken: 'xoxb-second' })
      expect(await store.fetch('T1')).toEqual({ ...installation, botToken: 'xoxb-second' })
      await store.delete('T1')
      await store.delete('T1')
      expect(await store.fetch('T1')).toBeUndefined()
    }
  })

  it('show nothing of the token, and never look the same twice', async () => {
    const table = rows()
    const store = encryptedInstallations(table, [key('a')])
    await store.store(installation)
    const first = table.byTeam.get('T1')!
    await store.store(installation)
    expect(table.byTeam.get('T1')).not.toBe(first)
    for (const form of [first, Buffer.from(first.split('.')[4]!, 'base64url').toString('latin1')])
      expect(form).not.toMatch(/kanarienvogel|xoxb/)
  })

  it('open under an old key after it was replaced, and are written under the new one', async () => {
    const table = rows()
    const [old, fresh] = [key('2026'), key('2027')]
    await encryptedInstallations(table, [old]).store(installation)
    const store = encryptedInstallations(table, [fresh, old])
    expect(await store.fetch('T1')).toEqual(installation)
    await store.store(installation)
    expect(table.byTeam.get('T1')).toMatch(/^v1\.2027\./)
    expect(await encryptedInstallations(table, [fresh]).fetch('T1')).toEqual(installation)
  })

  it('do not open in another workspace, under another key, or when a byte was changed', async () => {
    const table = rows()
    const own = key('a')
    const store = encryptedInstallations(table, [own])
    await store.store(installation)
    const sealed = table.byTeam.get('T1')!
    const changed = [
      ...[2, 3, 4].map((part) => {
        const parts = sealed.split('.')
        parts[part] = (parts[part]!.startsWith('A') ? 'B' : 'A') + parts[part]!.slice(1)
        return parts.join('.')
      }),
      ...['', 'v1', 'v1.a', 'v1.a.x.y.z', sealed.replace('v1.', 'v2.'), sealed.replace('.a.', '.b.'), `${sealed}.x`],
      // A tag cut short must not be taken for a whole one.
      sealed.split('.').with(3, sealed.split('.')[3]!.slice(0, 6)).join('.'),
    ]
    for (const wrong of changed) {
      table.byTeam.set('T1', wrong)
      await expect(store.fetch('T1')).rejects.toThrow(/Slack installation/)
    }
    table.byTeam.set('T2', sealed)
    await expect(store.fetch('T2')).rejects.toThrow(/cannot be decrypted/)
    table.byTeam.set('T1', sealed)
    await expect(encryptedInstallations(table, [key('a')]).fetch('T1')).rejects.toThrow(/cannot be decrypted/)
  })

  it('demand a key of 32 bytes with a name', () => {
    expect(() => encryptedInstallations(rows(), [{ id: 'a', key: randomBytes(16) }])).toThrow(/32 bytes/)
    expect(() => encryptedInstallations(rows(), [{ id: 'a.b', key: randomBytes(32) }])).toThrow(/id of a key/)
  })
})
