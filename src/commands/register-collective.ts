import type { Command } from './command.ts'
import { registerDeeds, subjectOf } from './register.ts'

/** Deeds of the cell itself, registered by its secretary; counted apart from individuals'. */
export const registerCollective: Command<'pledge.registerCollective'> = {
  intents: ['pledge.registerCollective'],
  may: 'pledge.collectiveRegister',
  respond: (facts, request) => registerDeeds(facts, subjectOf(facts, 'collective'), request),
}
