/** Workspaces that installed the bot, and how their tokens are kept: encrypted, bound to their workspace, under a key that can be changed. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** One workspace's installation. */
export interface SlackInstallation {
  teamId: string
  botToken: string
  /** The bot as a member of that workspace: who is mentioned. */
  botUserId: string
  /** The bot as an author: what messages carry as `bot_id`. */
  botId?: string
  scopes?: readonly string[]
  /** ISO instant: a message about the end of an earlier installation must not end this one. */
  installedAt: string
}

/** Where installations are kept. `store` replaces; `delete` of an unknown workspace does nothing. */
export interface SlackInstallationStore {
  store(installation: SlackInstallation): Promise<void>
  fetch(teamId: string): Promise<SlackInstallation | undefined>
  delete(teamId: string): Promise<void>
}

/** What a database keeps of an installation: one row per workspace, opaque text. */
export interface SealedInstallationRows {
  save(teamId: string, sealed: string): Promise<void>
  load(teamId: string): Promise<string | undefined>
  remove(teamId: string): Promise<void>
}

/** A key for AES-256: 32 bytes, and a name that is written beside what it encrypted. */
export interface SealingKey {
  id: string
  key: Uint8Array
}

/** Keeps installations in memory: for the one workspace whose token is in the environment, and for tests. */
export function memoryInstallations(initial: readonly SlackInstallation[] = []): SlackInstallationStore {
  const byTeam = new Map(initial.map((installation) => [installation.teamId, installation]))
  return {
    async store(installation) {
      byTeam.set(installation.teamId, installation)
    },
    async fetch(teamId) {
      return byTeam.get(teamId)
    },
    async delete(teamId) {
      byTeam.delete(teamId)
    },
  }
}

/**
 * Keeps installations in rows that only the holder of the key can read. The first key seals; the others still open what
 * they sealed, so that a key is changed by putting the new one in front. Throws where a key is not 32 bytes long.
 */
export function encryptedInstallations(
  rows: SealedInstallationRows,
  keys: readonly [SealingKey, ...SealingKey[]],
): SlackInstallationStore {
  for (const { id, key } of keys) {
    if (key.byteLength !== 32) throw new Error(`Key ${id} for Slack installations must be 32 bytes`)
    if (!/^[\w-]{1,32}$/.test(id))
      throw new Error('The id of a key for Slack installations must be 1–32 letters or digits')
  }
  return {
    store: (installation) => rows.save(installation.teamId, sealInstallation(installation, keys[0])),
    async fetch(teamId) {
      const sealed = await rows.load(teamId)
      return sealed === undefined ? undefined : openInstallation(sealed, teamId, keys)
    },
    delete: (teamId) => rows.remove(teamId),
  }
}

/** Version of the sealed form: `v1.<key id>.<nonce>.<tag>.<ciphertext>`, the last three in base64url. */
const FORM = 'v1'

/** Bound to the workspace, the key and the form: a row copied to another workspace does not open there. */
function associatedData(teamId: string, keyId: string): Buffer {
  return Buffer.from(`${FORM}\n${keyId}\n${teamId}`)
}

/** Encrypts an installation with AES-256-GCM under a fresh random nonce (96 bits; a few thousand installations are far from its limits). */
export function sealInstallation(installation: SlackInstallation, { id, key }: SealingKey): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(installation.teamId, id))
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(installation), 'utf8'), cipher.final()])
  return [FORM, id, ...[nonce, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'))].join('.')
}

/** Decrypts what `sealInstallation` made for this workspace. Throws, without a word of the content, where it was changed or moved. */
export function openInstallation(sealed: string, teamId: string, keys: readonly SealingKey[]): SlackInstallation {
  const [form, keyId, ...parts] = sealed.split('.')
  const sealing = keys.find((candidate) => candidate.id === keyId)
  if (form !== FORM || parts.length !== 3) throw new Error('A Slack installation is stored in an unknown form')
  if (!sealing) throw new Error('A Slack installation was encrypted under a key that is not configured')
  const [nonce, tag, ciphertext] = parts.map((part) => Buffer.from(part, 'base64url'))
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealing.key, nonce!, { authTagLength: 16 })
    decipher.setAAD(associatedData(teamId, sealing.id)).setAuthTag(tag!)
    const text = Buffer.concat([decipher.update(ciphertext!), decipher.final()]).toString('utf8')
    return JSON.parse(text) as SlackInstallation
  } catch {
    throw new Error('A Slack installation cannot be decrypted: wrong key, or the row was changed')
  }
}
