import { type ProfileName, profiles } from '../profiles/index.ts'
import { en } from './en.ts'
import type { Texts } from './texts.ts'
import { vi, viTexts } from './vi.ts'

/** What the bot says in a locale to a kind of group; English is plain for all of them. */
export function textsOf(locale: 'vi' | 'en', profile: ProfileName = 'chi-bo'): Texts {
  if (locale === 'en') return en
  return profile === 'chi-bo' ? vi : viTexts(profiles[profile].vi)
}
