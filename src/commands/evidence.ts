import { askWhich } from '../dialogue/choose.ts'
import { askFirst } from '../dialogue/confirm.ts'
import { reply } from '../dialogue/effects.ts'
import { deedKey, keepEvidence } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { deedLabel, ofBothYears, ofItsYear, reachOfEvidence, yearNamed, yearOfKey } from './deed-year.ts'
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
    const { org, me } = inOrg(facts)
    const { deed: number, photo } = request.slots
    if (!photo) return [reply(texts.evidenceHow)]
    const ofYear = (year?: number) => ownDeeds(facts, request, year).filter((deed) => deed.state === 'approved')
    const isMeant = (deed: Deed) => number === undefined || deed.number === number
    const key = request.resolved?.deedKey
    const present = ofYear()
    const lastYears = () => ofYear(thisYear(facts) - 1).filter(isMeant)
    const named = key
      ? ofYear(yearOfKey(key))
      : yearNamed(request) === undefined
        ? ofBothYears(facts, org.orgId, present.filter(isMeant), lastYears, reachOfEvidence)
        : present.filter(isMeant)
    if (named.length === 0 && number === undefined) return []
    if (named.length === 0 && present.length === 0) return [reply(texts.evidenceNoDeed)]
    const [only] = key ? named.filter((deed) => deedKey(deed) === key) : named
    if (!only) return [reply(texts.noSuchDeed(number ?? 0))]
    if (request.resolved?.confirmed) {
      return [
        ...deedChanged(keepEvidence(only, photo, now, me.memberId), 'deed.evidence'),
        reply(`${texts.evidenceKept(only.number)}${ofItsYear(facts, only)}`),
      ]
    }
    const withDeed = (of: string, confirmed: object) => ({ ...request, resolved: { deedKey: of, ...confirmed } })
    if (named.length === 1) {
      const question = texts.evidenceAsk(only.number, only)
      return askFirst(question, withDeed(deedKey(only), {}), texts.evidenceNotKept)
    }
    // Naming the deed is the yes: the question says so.
    const options = named.map((deed) => ({
      label: deedLabel(facts, deed, named),
      request: withDeed(deedKey(deed), { confirmed: true }),
    }))
    return askWhich(texts.evidenceWhich(named), options)
  },
}
