import type { Capabilities } from '../../engine/platform.ts'

/** Characters in one message or caption; counted in UTF-16 units, the stricter reading of "2000 characters". */
export const MAX_TEXT = 2_000

/**
 * What the Zalo Bot Platform can do in the free plan (documents of September 2026): text and pictures by address, nothing else.
 *
 * Its rate is not published and a 429 carries no time. The figures are Telegram's for one chat and one group, with far less for all
 * together: the plan has at most 50 people and 3 groups, so that a round to everybody still takes under half a minute.
 */
export function zaloCapabilities(botNames: readonly string[]): Capabilities {
  return {
    buttons: false,
    edit: false,
    reply: false,
    privateInGroup: false,
    threads: false,
    commandMenu: false,
    photos: 'url',
    documents: false,
    maxText: MAX_TEXT,
    monthlyQuota: 3_000,
    plan: { users: 50, groups: 3 },
    rate: { perSecond: 2, perChatPerSecond: 1, perGroupPerMinute: 20 },
    botNames,
  }
}
