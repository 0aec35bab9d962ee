/** What a cell's chat must not carry: answered with one fixed text and not stored. */
import { detectClassified } from '../domain/classified.ts'

export function looksClassified(text: string): boolean {
  return detectClassified(text) !== null
}
