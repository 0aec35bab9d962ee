import { fold } from './normalise.ts'
export interface NameCandidate {
  id: number
  name: string
}
export function matchName(typed: string, roster: readonly NameCandidate[]): NameCandidate[] {
  const key = fold(typed).trim()
  const exact = roster.filter((each) => fold(each.name) === key)
  return exact.length > 0 ? exact : roster.filter((each) => fold(each.name).endsWith(` ${key}`))
}
