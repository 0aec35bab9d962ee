/** The command menu that Telegram's apps show beside the text field. */
import type { Logger } from 'pino'
import type { TelegramClient } from './client.ts'
import { readFailure } from './errors.ts'

export interface MenuEntry {
  /** Without the slash. */
  command: string
  description: string
}

/** Telegram takes at most this many commands. */
const MAX_COMMANDS = 100

/**
 * Puts the menu up, for apps in any language and for Vietnamese ones (an older Vietnamese list would hide the first).
 * Best effort: without a menu every command still works. Never rejects.
 */
export async function publishCommands(
  client: TelegramClient,
  menu: readonly MenuEntry[],
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const commands = menu.filter(isAllowed).slice(0, MAX_COMMANDS)
  if (commands.length < menu.length)
    log.warn({ event: 'telegram.menu.shortened' }, 'Some commands cannot stand in the menu')
  if (commands.length === 0) return
  for (const languageCode of [undefined, 'vi'] as const) {
    try {
      const payload = languageCode === undefined ? { commands } : { commands, language_code: languageCode }
      await client.call('setMyCommands', payload, { signal })
    } catch (error) {
      if (!signal.aborted) {
        log.warn({ event: 'telegram.menu.failed', code: readFailure(error).code }, 'The command menu could not be set')
      }
      return
    }
  }
}

function isAllowed({ command, description }: MenuEntry): boolean {
  return /^[a-z0-9_]{1,32}$/.test(command) && description.trim() !== '' && description.length <= 256
}
