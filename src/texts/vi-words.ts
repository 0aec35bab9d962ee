import type { VietnameseNames, VietnameseProfile, VietnameseWords } from '../profiles/profile.ts'

/** A profile's words as the texts take them: `w` inside a sentence, `W` where one begins. */
export interface ViVocabulary {
  w: VietnameseWords
  W: VietnameseWords
  names: VietnameseNames
  agenda: readonly string[]
}

export function viVocabulary({ words, names, agenda }: VietnameseProfile): ViVocabulary {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  const capitals = Object.fromEntries(Object.entries(words).map(([key, word]) => [key, capital(word)]))
  return { w: words, W: capitals as unknown as VietnameseWords, names, agenda }
}
