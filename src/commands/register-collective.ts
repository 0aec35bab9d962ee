import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { type Command, inOrg } from './command.ts'
import { meansAnother } from './organisation-named.ts'
import { registerDeeds, subjectOf } from './register.ts'

/** Who names another organisation than their own is not taken to mean their own. */
function misnamed(facts: Facts, typed: string | undefined): Effect[] | null {
  const { org } = inOrg(facts)
  const other = typed === undefined ? null : meansAnother(facts, org, typed)
  return other === null ? null : [reply(facts.texts.registerOwnOnly(org.name, other.name))]
}

/** Deeds of the cell itself, registered by its secretary; counted apart from individuals'. */
export const registerCollective: Command<'pledge.registerCollective'> = {
  intents: ['pledge.registerCollective'],
  may: 'pledge.collectiveRegister',
  respond: (facts, request) =>
    misnamed(facts, request.extras?.organisation) ?? registerDeeds(facts, subjectOf(facts, 'collective'), request),
}
