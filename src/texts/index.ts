import type { Texts } from './texts.ts'
import { vi } from './vi.ts'

/** The words of a locale. */
export function textsOf(locale: 'vi' | 'en'): Texts {
  return locale === 'en' ? vi : vi
}
