import { routeOf, waitsForReview } from '../dialogue/approval.ts'
import { askWhich } from '../dialogue/choose.ts'
import { reply } from '../dialogue/effects.ts'
import { askFor } from '../dialogue/fill.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { accessRoleOf, isOfficer } from '../domain/access.ts'
import { lastDayOfYear } from '../domain/deed-figures.ts'
import { deedKey, edit, maxDeedLength } from '../domain/pledge.ts'
import { type Command, inOrg } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { chosenDeed, rightTo } from './own-deed.ts'

/** Changes a deed's words or deadline; what the cell has already seen needs its approval again. */
export const editDeed: Command<'pledge.edit'> = {
  intents: ['pledge.edit'],
  may: rightTo('pledge.ownEdit'),
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    if (request.extras?.ofOther) return [reply(texts.othersDeed(isOfficer(accessRoleOf(me))))]
    const chosen = chosenDeed(facts, request, request.slots.deed)
    if ('effects' in chosen) return chosen.effects
    const { deed } = chosen
    const { content, due } = request.slots
    const withDeed = { ...request, resolved: { ...request.resolved, deedKey: deedKey(deed) } }
    const last = lastDayOfYear(deed.year)
    const candidates = request.extras?.ask?.filter((day) => day <= last)
    const tooLate = due ?? (candidates?.length === 0 ? request.extras?.ask?.[0] : undefined)
    if (tooLate !== undefined && tooLate > last) return [reply(texts.editDueBeyond(tooLate, last))]
    if (candidates && candidates.length > 0 && !due) {
      const options = candidates.map((each) => ({
        label: texts.date(each),
        request: { ...withDeed, slots: { ...request.slots, due: each }, extras: {} },
      }))
      return askWhich(texts.editAskDate(candidates), options)
    }
    if (!content && !due) return askFor(texts.editAskWhat(deed), withDeed, 'deeds')
    if (content && looksClassified(content)) return [reply(texts.classified)]
    if (content && content.length > maxDeedLength) return [reply(texts.deedTooLong(maxDeedLength))]
    // Repeats the words, so only what may stand in the chat and has a length that may.
    if (due && due < facts.today) return [reply(texts.duePassed(content ?? deed.content ?? '', due))]
    const change = edit(deed, { content, dueOn: due }, now, me.memberId)
    const again = change.deed.state === 'submitted'
    return [
      ...deedChanged(change, 'deed.edited'),
      ...(again ? [waitsForReview(facts, change.deed)] : []),
      reply(
        texts.edited(change.deed, deed.number, again, {
          wasApproved: deed.state === 'approved',
          route: routeOf(facts, deed),
        }),
      ),
    ]
  },
}
