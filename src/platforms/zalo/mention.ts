import type { Addressed } from '../../language/intents.ts'

/**
 * A mention whose name we do not know. Every bot's name on Zalo begins with "Bot" (a rule of the platform), and a group
 * message reaches us only when it mentions us or answers us, so that "@Bot …" at the start is us under a new name.
 */
const UNKNOWN_BOT_FIRST = /^\s*@bot(?![\p{L}\p{N}])/iu

const SLASH_FIRST = /^\s*\//

/** A command for somebody else by name (`/tonghop@OtherBot`), once our own names are taken out. Any "@Bot …" may be us, renamed. */
const FOR_ANOTHER = /^\s*\/[\p{L}\p{N}_]+@(?!bot(?![\p{L}\p{N}]))[\p{L}\p{N}_]/iu

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

/** Display names as they are compared: NFC, no `@`, single spaces. */
export function normaliseBotNames(names: readonly string[]): string[] {
  const clean = names.map((name) =>
    name
      .normalize('NFC')
      .replace(/^[\s@]+/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return [...new Set(clean.filter((name) => name !== ''))]
}

/**
 * Makes the judge of how a text (in NFC) addresses the bot. Zalo marks mentions in no other way than by "@" and the
 * bot's display name within the text, and does not tell a reply from a mention at all.
 */
export function createAddressing(botNames: readonly string[]): (text: string, chat: 'group' | 'private') => Addressed {
  // Longest first, so that "Bot Nếp" does not leave the "2" of "Bot Nếp 2" behind.
  const names = [...botNames].sort((a, b) => b.length - a.length)
  const pattern = names.map((name) => escapeForPattern(name).replace(/ /g, '\\s+')).join('|')
  const mention = names.length > 0 ? new RegExp(`@(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu') : undefined

  return (text, chat) => {
    const withoutMention = mention ? text.replace(mention, ' ') : text
    if (FOR_ANOTHER.test(withoutMention)) return 'none'
    if (SLASH_FIRST.test(withoutMention)) return 'command'
    if (chat === 'private') return 'private'
    return withoutMention !== text || UNKNOWN_BOT_FIRST.test(text) ? 'mention' : 'reply'
  }
}
