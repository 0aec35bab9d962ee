import { askWhich } from '../dialogue/choose.ts'
import { askFirst } from '../dialogue/confirm.ts'
import { reply } from '../dialogue/effects.ts'
import { deedKey, keepEvidence } from '../domain/pledge.ts'
import { type Command, inOrg } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { ownDeeds } from './own-deed.ts'

/**
 * A photo as evidence of a deed: only where the member says so, and only the reference under which the platform keeps it.
 * A photo without words from somebody who has no approved deed is small talk, and gets no answer.
 */
export const evidence: Command<'deed.evidence'> = {
  intents: ['deed.evidence'],
  may: 'progress.ownReport',
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const { deed: number, photo } = request.slots
    if (!photo) return [reply(texts.evidenceHow)]
    const approved = ownDeeds(facts).filter((deed) => deed.state === 'approved')
    if (approved.length === 0) return number === undefined ? [] : [reply(texts.evidenceNoDeed)]
    const key = request.resolved?.deedKey
    const named = number === undefined ? approved : approved.filter((deed) => deed.number === number)
    const [only] = key ? approved.filter((deed) => deedKey(deed) === key) : named
    if (!only) return [reply(texts.noSuchDeed(number ?? 0))]
    if (request.resolved?.confirmed) {
      return [
        ...deedChanged(keepEvidence(only, photo, now, me.memberId), 'deed.evidence'),
        reply(texts.evidenceKept(only.number)),
      ]
    }
    const withDeed = (of: string, confirmed: object) => ({ ...request, resolved: { deedKey: of, ...confirmed } })
    if (named.length === 1) {
      const question = texts.evidenceAsk(only.number, only)
      return askFirst(question, withDeed(deedKey(only), {}), texts.evidenceNotKept)
    }
    // Naming the deed is the yes: the question says so.
    const options = named.map((deed) => ({
      label: texts.deedNumber(deed.number),
      request: withDeed(deedKey(deed), { confirmed: true }),
    }))
    return askWhich(texts.evidenceWhich(named), options)
  },
}
