import { slashNames } from '../../language/slash-names.ts'

/** Names of slash commands as Slack may register them → our own. An empty name means: the rest is said to the bot in free text. */
export type CommandNames = Readonly<Record<string, string>>

/**
 * The commands of docs/language.md under their own names, and `/nep …` for free text. A command's name is shared by all apps of a
 * workspace, so an operator may have to register `/chibo-summary` for `summary`: given names are added to these.
 */
export function commandNames(configured: CommandNames = {}): ReadonlyMap<string, string> {
  const names = new Map(Object.keys(slashNames).map((name) => [name, name]))
  names.set('nep', '')
  for (const [name, own] of Object.entries(configured)) names.set(bareName(name), bareName(own))
  return names
}

/** What a slash command says: `/tonghop quý 1`. Slack sends us only commands that were registered for us, so unknown names pass. */
export function commandText(names: ReadonlyMap<string, string>, command: string, argument: string): string {
  const own = names.get(bareName(command)) ?? bareName(command)
  return (own === '' ? argument : `/${own} ${argument}`).trim()
}

/**
 * A command typed as a message. Slack has no slash commands in threads ("not supported in threads", bolt-js issue 1816), so
 * `!tonghop` counts as `/tonghop`; undefined where the first word is no command of ours.
 */
export function typedCommand(names: ReadonlyMap<string, string>, text: string): string | undefined {
  const match = /^\s*[!/]([\p{L}\d_-]+)(?=\s|$)(.*)$/su.exec(text)
  if (!match || !names.has(bareName(match[1]!))) return undefined
  return commandText(names, match[1]!, match[2]!.trim())
}

function bareName(name: string): string {
  return name.trim().replace(/^\//, '').toLowerCase()
}
