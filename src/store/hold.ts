/**
 * Organisations held while what belongs to them is changed. Whoever changes anything of an organisation, conversation, tick or
 * operator, holds it first, all of them at once and in the order of their ids: so nobody waits in a circle (triggers lock rosters'
 * counts and members behind it), and what was read under the lock is still so when it is written.
 */
import type { ClientBase } from 'pg'
import type { Change } from '../dialogue/effects.ts'

type Client = Pick<ClientBase, 'query'>

/** Holds organisations until the end of the transaction. */
export async function lockInOrder(client: Client, orgIds: readonly number[]): Promise<void> {
  if (orgIds.length === 0) return
  await client.query({
    name: 'lock-organisations',
    text: 'SELECT FROM organisation WHERE org_id = ANY($1) ORDER BY org_id FOR NO KEY UPDATE',
    values: [orgIds],
  })
}

/** Thrown where a transaction turns out to change what belongs to organisations that it does not hold: it begins anew with them. */
export class Unheld extends Error {
  override readonly name = 'Unheld'
  readonly orgIds: readonly number[]
  constructor(orgIds: readonly number[]) {
    super(`organisations that are not held: ${orgIds.join(', ')}`)
    this.orgIds = orgIds
  }
}

/** Rows that are written whole as they were read: what somebody else changed in between would be lost. */
const writtenWhole: ReadonlySet<string> = new Set([
  ...['organisation', 'member', 'deed', 'schedule', 'meeting', 'meetingSetting', 'attendance', 'minutes', 'campaign'],
  ...['closing', 'review'],
])

/** Organisations that one transaction holds. */
export interface Hold {
  /** @throws Unheld naming those that are not held */
  need(orgIds: Iterable<number>): void
}

/** `held` may still be filled while the locks are on their way. */
export function holdOf(held: ReadonlySet<number>): Hold {
  return {
    need(wanted) {
      const missing = [...new Set(wanted)].filter((orgId) => !held.has(orgId))
      if (missing.length > 0) throw new Unheld(missing)
    },
  }
}

/** Whose rows these are, of those that are written as they were read. */
export function* ownersOf(changes: readonly Change[]): Generator<number> {
  for (const change of changes) {
    if (!writtenWhole.has('put' in change ? change.put : change.remove)) continue
    const { orgId } = change.row as { orgId?: number | null }
    if (orgId != null) yield orgId
  }
}

/** How often a transaction may learn that it needs more: each time holds what all before it lacked, and trees are shallow. */
const maxTries = 6

/** Runs a transaction, and again with what it turned out to lack. `work` is given what is to be held besides. */
export async function holding<T>(work: (more: readonly number[]) => Promise<T>): Promise<T> {
  const more = new Set<number>()
  for (let tries = 1; ; tries += 1) {
    try {
      return await work([...more])
    } catch (error) {
      if (!(error instanceof Unheld) || tries === maxTries) throw error
      for (const orgId of error.orgIds) more.add(orgId)
    }
  }
}
