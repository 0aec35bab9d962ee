/** Choices as Block Kit buttons under the text. */
import type { Choice } from '../../engine/platform.ts'
import { BLOCK_LIMITS } from './capabilities.ts'
import type { JsonObject } from './json-fields.ts'
import { escapeText } from './slack-text.ts'

/** Blocks for a text with choices, or undefined where there are none or Block Kit could not hold it: the text alone then serves. */
export function blocksFor(text: string, choices: readonly Choice[]): JsonObject[] | undefined {
  const buttons = choices.filter((choice) => choice.token.length <= BLOCK_LIMITS.buttonValue).map(buttonFor)
  if (buttons.length === 0 || text.trim() === '') return undefined
  const sections = sectionsFor(text)
  const rows = inRows(buttons, BLOCK_LIMITS.actionElements)
  const blocks: JsonObject[] = [...sections, ...rows.map((elements) => ({ type: 'actions', elements }))]
  const size = JSON.stringify(blocks).length
  return blocks.length > BLOCK_LIMITS.blocks || size > BLOCK_LIMITS.allText ? undefined : blocks
}

/** The text alone as blocks, for where Slack would otherwise read it as markup; undefined where Block Kit cannot hold it. */
export function plainBlocksFor(text: string): JsonObject[] | undefined {
  const sections = text.trim() === '' ? [] : sectionsFor(text)
  return sections.length === 0 || JSON.stringify(sections).length > BLOCK_LIMITS.allText ? undefined : sections
}

/** `plain_text` knows no markup; `emoji: false` leaves `:x:` as typed. */
function plain(text: string): JsonObject {
  return { type: 'plain_text', text, emoji: false }
}

function buttonFor(choice: Choice, index: number): JsonObject {
  const label = choice.label.trim() === '' ? String(index + 1) : choice.label
  return {
    type: 'button',
    action_id: `choice-${index}`,
    text: plain(escapeText(shorten(label))),
    value: choice.token,
  }
}

/** Cut so that it fits even escaped: what counts against the limit, Slack does not say. */
function shorten(label: string): string {
  if (escapeText(label).length <= BLOCK_LIMITS.buttonLabel) return label
  const characters = [...label]
  while (escapeText(characters.join('')).length > BLOCK_LIMITS.buttonLabel - 1) characters.pop()
  return `${characters.join('')}…`
}

/** One section, or several where escaping made the text longer than one may be; no cut falls into an entity or a surrogate pair. */
function sectionsFor(text: string): JsonObject[] {
  const sections: JsonObject[] = []
  let piece = ''
  for (const character of text) {
    const escaped = escapeText(character)
    if (piece.length + escaped.length > BLOCK_LIMITS.sectionText) {
      sections.push({ type: 'section', text: plain(piece) })
      piece = ''
    }
    piece += escaped
  }
  sections.push({ type: 'section', text: plain(piece) })
  return sections
}

function inRows<T>(items: readonly T[], length: number): T[][] {
  const rows: T[][] = []
  for (let at = 0; at < items.length; at += length) rows.push(items.slice(at, at + length))
  return rows
}
