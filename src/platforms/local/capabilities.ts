import type { Capabilities } from '../../engine/platform.ts'

/** The one bot account of the local platform. */
export const LOCAL_ACCOUNT_ID = 'local'

/**
 * As poor as Zalo on purpose: what works in the local chat works on every platform. There is no one to be spared from
 * a flood, so the rate is only a number that never binds.
 */
export const localCapabilities: Capabilities = {
  buttons: false,
  edit: false,
  reply: false,
  privateInGroup: false,
  threads: false,
  commandMenu: false,
  photos: 'none',
  documents: false,
  maxText: 2000,
  rate: { perSecond: 10_000, perChatPerSecond: 10_000 },
  botNames: ['Bot Nếp', 'BotNep', 'Nếp'],
}
