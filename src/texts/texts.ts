/** Every word the bot says, behind one interface: a language is one file that satisfies it. */
import type { viTexts } from './vi.ts'

export type Texts = ReturnType<typeof viTexts>
