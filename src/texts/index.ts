import { en } from './en.ts'
import type { Texts } from './texts.ts'
import { vi } from './vi.ts'

const byLocale = { vi, en } satisfies Record<string, Texts>

/** The words of a locale. */
export function textsOf(locale: keyof typeof byLocale): Texts {
  return byLocale[locale]
}
