/** The labelled corpora as rows, and how a row is understood: all are spoken on Monday 5 October 2026 at nine. */
import { readFileSync } from 'node:fs'
import type { Addressed, Expecting, Intent, IntentName, UnderstandContext } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'

export const now = new Date('2026-10-05T09:00:00+07:00')
export const botNames = ['Bot Nếp', 'Nếp', 'BotNep']

export interface Row {
  line: number
  context: UnderstandContext
  text: string
  intent: IntentName
  slots: Record<string, unknown>
}

export function rowsOf(file: string): Row[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')
  return lines.flatMap((line, index) => {
    if (index === 0 || line.trim() === '') return []
    const [where, text, intent, slots] = line.split('\t') as [string, string, IntentName, string]
    const [addressed, asked] = where.split(';')
    const context: UnderstandContext = {
      now,
      timeZone: 'Asia/Ho_Chi_Minh',
      addressed: addressed as Addressed,
      botNames,
    }
    if (asked) context.expecting = asked.replace('expecting=', '') as Expecting
    // Contents are labelled as typed; what is stored is NFC.
    return [
      {
        line: index + 1,
        context,
        text: text.replaceAll('\\n', '\n'),
        intent,
        slots: JSON.parse(slots.normalize('NFC')),
      },
    ]
  })
}

export const corpora = ['dev.tsv', 'voices.tsv', 'heldout.tsv', 'blind.tsv', 'blind-b.tsv'] as const

export const understandRow = (row: Row, text = row.text): Intent => understand(text, row.context)

/** Intents that change what is stored: taking one by mistake is the worst that can happen. */
export const changesData = (intent: string): boolean =>
  !/^(none|help|dialogue\.|data\.show|data\.export|pledge\.mine|meeting\.when|meeting\.theme|summary|report\.export)/.test(
    intent,
  )

/** Slots with sorted keys, to compare. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** Every date in the slots, in order: what no respelling may change. */
export function datesOf(intent: Intent): string[] {
  const found: string[] = []
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string' && ['due', 'from', 'to', 'period', 'cron'].includes(key))
      found.push(`${key}=${value}`)
    else if (value && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) walk(inner, Array.isArray(value) ? key : name)
  }
  walk(intent.slots, '')
  return found
}
