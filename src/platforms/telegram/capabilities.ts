/** What Telegram allows a bot, in the engine's terms. */
import type { Capabilities } from '../../engine/platform.ts'

/** Longest text of one message, in UTF-16 units (Telegram counts characters, which are never more). */
export const MAX_TEXT = 4096
/** Longest text under a photo or document, in UTF-16 units. */
export const MAX_CAPTION = 1024
/** `callback_data` is 1 to 64 bytes. */
export const MAX_TOKEN_BYTES = 64
/** Buttons under one message. */
export const MAX_BUTTONS = 100

/**
 * The capabilities of a bot of this username (undefined until Telegram has told it). `privateInGroup` is false although
 * Bot API 10.2 has ephemeral messages: they are allowed only within 15 s of a pressed button, and delivery is not
 * promised. Rates are those of Telegram's bot FAQ.
 */
export function capabilitiesOf(username: string | undefined): Capabilities {
  return {
    buttons: true,
    edit: true,
    reply: true,
    privateInGroup: false,
    threads: true,
    commandMenu: true,
    photos: 'bytes',
    documents: true,
    maxText: MAX_TEXT,
    rate: { perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 },
    // Only the username: the display name may be an everyday word and must not vanish from what somebody pledges.
    botNames: username === undefined ? [] : [`@${username}`, username],
  }
}
