import { askFirst } from '../dialogue/confirm.ts'
import { reply } from '../dialogue/effects.ts'
import { standing } from '../domain/pledge.ts'
import type { DeedDraft } from '../language/intents.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { registerDeeds, subjectOf } from './register.ts'

/** Last year's deeds again, shown first; deadlines move by a year. */
export const copyDeeds: Command<'pledge.copy'> = {
  intents: ['pledge.copy'],
  may: 'pledge.ownRegister',
  respond(facts, request) {
    const { texts } = facts
    const { me } = inOrg(facts)
    const year = thisYear(facts)
    const last = standing(facts.deeds('individual', me.memberId, year - 1)).filter(
      (deed) => deed.content !== null && deed.state !== 'draft',
    )
    if (last.length === 0) return [reply(texts.copyNone(year - 1))]
    if (!request.resolved?.confirmed) return askFirst(texts.copyConfirm(year - 1, last), request, texts.deedKept)
    const deeds: DeedDraft[] = last.map((deed) => ({
      content: deed.content ?? '',
      ...(deed.dueOn ? { due: aYearLater(deed.dueOn) } : {}),
    }))
    return registerDeeds(facts, subjectOf(facts, 'individual'), { intent: 'pledge.register', slots: { deeds } })
  },
}

function aYearLater(dueOn: string): string {
  const later = `${Number(dueOn.slice(0, 4)) + 1}${dueOn.slice(4)}`
  return later.endsWith('-02-29') ? `${later.slice(0, 4)}-02-28` : later
}
