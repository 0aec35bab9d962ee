/** Every slash command there is: the one list that platforms put up and are tested against. A new one stands beside its reader. */
import { commandNames } from './command-names.ts'
import { rightCommands } from './data-readers.ts'
import { deedCommandNames } from './deed-readers.ts'
import type { IntentName } from './intents.ts'
import { agendaCommandNames } from './meeting-words.ts'
import { minutesCommandNames } from './minutes-reader.ts'
import { periodCommandNames } from './period-readers.ts'

/** Names without the slash, folded, and what each is without further words. */
export const slashNames: Readonly<Record<string, IntentName>> = {
  ...commandNames,
  ...agendaCommandNames,
  ...deedCommandNames,
  ...minutesCommandNames,
  ...periodCommandNames,
  ...Object.fromEntries(Object.keys(rightCommands).map((name) => [name, 'data.request' as const])),
}
