import { askWhich } from '../dialogue/choose.ts'
import { askFirst } from '../dialogue/confirm.ts'
import { reply } from '../dialogue/effects.ts'
import { lastDayOfYear, leftUndone } from '../domain/deed-figures.ts'
import { isOfForm } from '../domain/forms.ts'
import { standing } from '../domain/pledge.ts'
import type { DeedDraft } from '../language/intents.ts'
import { type Command, thisYear } from './command.ts'
import { isOfCell, ofWhom, rightTo } from './own-deed.ts'
import { registerDeeds, subjectOf } from './register.ts'

/** In the place of a deed's key: those that were not finished. */
const onlyUndone = 'undone'

/** Last year's deeds again, shown first; deadlines move by a year, and are asked for where that would be beyond this one. */
export const copyDeeds: Command<'pledge.copy'> = {
  intents: ['pledge.copy'],
  may: rightTo('pledge.ownRegister'),
  respond(facts, request) {
    const { texts } = facts
    const kind = isOfCell(request) ? 'collective' : 'individual'
    const collective = ofWhom(facts, request)
    const year = thisYear(facts)
    const subject = subjectOf(facts, kind)
    const last = standing(facts.deeds(kind, subject.subjectId, year - 1)).filter(
      (deed) => deed.content !== null && deed.state !== 'draft' && isOfForm(deed, 'pledge'),
    )
    if (last.length === 0) return [reply(texts.copyNone(year - 1, collective))]
    const undone = leftUndone(last)
    const { deedKey: only } = request.resolved ?? {}
    if (!request.resolved?.confirmed && undone.length > 0 && undone.length < last.length) {
      const shown = last.map((deed) => ({ ...deed, undone: undone.includes(deed) }))
      const as = (label: string, more: object) => ({
        label,
        request: { ...request, resolved: { confirmed: true, ...more } },
      })
      return askWhich(texts.copyChoice(year - 1, shown, undone.length, collective), [
        as(texts.copyUndone, { deedKey: onlyUndone }),
        as(texts.copyAll, {}),
      ])
    }
    if (!request.resolved?.confirmed)
      return askFirst(texts.copyConfirm(year - 1, last, collective), request, texts.deedKept)
    const deeds: DeedDraft[] = (only === onlyUndone ? undone : last).map((deed) => ({
      content: deed.content ?? '',
      ...(deed.dueOn && aYearLater(deed.dueOn) <= lastDayOfYear(year) ? { due: aYearLater(deed.dueOn) } : {}),
    }))
    return registerDeeds(facts, subject, {
      intent: kind === 'collective' ? 'pledge.registerCollective' : 'pledge.register',
      slots: { deeds },
    })
  },
}

function aYearLater(dueOn: string): string {
  const later = `${Number(dueOn.slice(0, 4)) + 1}${dueOn.slice(4)}`
  return later.endsWith('-02-29') ? `${later.slice(0, 4)}-02-28` : later
}
