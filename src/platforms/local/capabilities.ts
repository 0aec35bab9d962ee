import type { Capabilities } from '../../engine/platform.ts'

export { LOCAL_BOT_ACCOUNT as LOCAL_ACCOUNT_ID } from '../../engine/local-chat.ts'

/**
 * As poor as Zalo on purpose: what works in the local chat works on every platform. There is no one to be spared from
 * a flood, so there is no rate.
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
  rate: { perSecond: Number.POSITIVE_INFINITY, perChatPerSecond: Number.POSITIVE_INFINITY },
  isIdempotent: true,
  botNames: ['Bot Nếp', 'Bot Nep', 'BotNep', 'Nếp'],
}
