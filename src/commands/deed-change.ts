import type { Effect } from '../dialogue/effects.ts'
import type { DeedChange } from '../domain/pledge.ts'
import { deedKey } from '../domain/pledge.ts'

/** A changed deed with its history and the audit entry that says so (never the words). */
export function deedChanged(change: DeedChange, action: string): Effect[] {
  const { deed, history } = change
  return [
    { put: 'deed', row: deed },
    { put: 'deedHistory', row: history },
    {
      audit: {
        orgId: deed.orgId,
        action,
        subject: deedKey(deed),
        details: { version: deed.version, state: deed.state },
      },
    },
  ]
}
