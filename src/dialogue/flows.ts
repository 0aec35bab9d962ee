/** Every conversation that can be open, by name. */
import { callOffFlow } from './call-off-flow.ts'
import { choose } from './choose.ts'
import { awaitLink, claimFlow } from './claim-flow.ts'
import { confirm } from './confirm.ts'
import { consentFlow } from './consent-flow.ts'
import { fill } from './fill.ts'
import type { Flow } from './flow.ts'
import { confirmClaim, confirmExcuse } from './other-flows.ts'
import { progressFlow } from './progress-flow.ts'
import { registerFlow } from './register-flow.ts'
import { reviewFlow } from './review-flow.ts'
import { rollCallFlow } from './roll-call-flow.ts'

const all: readonly Flow<never>[] = [
  awaitLink,
  callOffFlow,
  choose,
  claimFlow,
  confirm,
  confirmClaim,
  confirmExcuse,
  consentFlow,
  fill,
  progressFlow,
  registerFlow,
  reviewFlow,
  rollCallFlow,
] as unknown as readonly Flow<never>[]

const byName = new Map(all.map((flow) => [flow.name, flow as unknown as Flow<unknown>]))

/** The flow of a stored dialogue with its state made current; null when the question has to be given up. */
export function flowOf(dialogue: { flow: string; version: number; state: unknown }): {
  flow: Flow<unknown>
  state: unknown
} | null {
  const flow = byName.get(dialogue.flow)
  if (!flow) return null
  const state = flow.version === dialogue.version ? dialogue.state : flow.upgrade(dialogue.version, dialogue.state)
  return state === null ? null : { flow, state }
}
