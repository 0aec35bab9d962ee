import { BoundedMap } from './bounded-map.ts'
import type { SlackInstallation, SlackInstallationStore } from './installations.ts'

/** How long an installation read from the store is used before it is read again. */
const FRESH_MS = 30_000

/** An event of a workspace that has not installed the bot (any more): there is nobody to act for. */
export class UnknownWorkspace extends Error {
  override readonly name = 'UnknownWorkspace'
  constructor() {
    super('The workspace has not installed this bot')
  }
}

/** The workspaces this bot serves: the one of the configured token, and those of the store. */
export interface Workspaces {
  /** Rejects where the store does. */
  find(teamId: string): Promise<SlackInstallation | undefined>
  /** Ends a workspace's installation, unless it is younger than the news of its end. */
  end(teamId: string, endedAt: string): Promise<void>
  /** Whether this is the configured token's workspace: when its token is refused, the account is at fault and no chat is gone. */
  isOwn(teamId: string): boolean
}

/** Joins the configured workspace with the store of further ones. */
export function createWorkspaces(
  own: SlackInstallation | undefined,
  store: SlackInstallationStore | undefined,
  now: () => number,
): Workspaces {
  const cached = new BoundedMap<string, { installation: SlackInstallation; at: number }>(1000)
  let current = own

  async function find(teamId: string): Promise<SlackInstallation | undefined> {
    if (current?.teamId === teamId) return current
    const known = cached.get(teamId)
    if (known && now() - known.at < FRESH_MS) return known.installation
    const installation = await store?.fetch(teamId)
    if (installation) cached.set(teamId, { installation, at: now() })
    else cached.delete(teamId)
    return installation
  }

  return {
    isOwn: (teamId) => store === undefined || own?.teamId === teamId,
    find,
    async end(teamId, endedAt) {
      cached.delete(teamId)
      const installation = await find(teamId)
      if (!installation || Date.parse(installation.installedAt) > Date.parse(endedAt)) return
      if (current?.teamId === teamId) current = undefined
      await store?.delete(teamId)
      cached.delete(teamId)
    },
  }
}
