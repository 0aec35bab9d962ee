/** Models worth following and the exemplar of a month: recorded by the secretary, told where they were recorded. */
import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { actionIn } from '../domain/access.ts'
import { maxDeedLength } from '../domain/pledge.ts'
import type { Commendation } from '../domain/records.ts'
import { namesIn } from '../language/names.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { namedMember } from './named-member.ts'

/** A cell's secretary praises, a committee's members do for it. */
export const commendRight = ({ org }: Facts) => (org ? actionIn(org, 'commend') : 'commend')

/** A row of praise that says nothing yet but whose it is. */
export function praiseOf(
  facts: Facts,
  whose: Pick<Commendation, 'memberId' | 'collectiveId'>,
  more: Partial<Commendation> = {},
): Commendation {
  const { org, me } = inOrg(facts)
  return {
    commendationId: facts.newId('commendation'),
    orgId: org.orgId,
    year: thisYear(facts),
    ...whose,
    number: null,
    kind: 'praise',
    title: null,
    result: null,
    period: null,
    at: facts.now,
    by: me.memberId,
    ...more,
  }
}

/** The row with the audit entry that says so: whose and what kind, never the words. */
export function recorded(row: Commendation): Effect[] {
  const subject = row.memberId === null ? `organisation:${row.collectiveId}` : `member:${row.memberId}`
  const action = { praise: 'commended', model: 'model.recorded', exemplar: 'exemplar.named' }[row.kind]
  return [
    { put: 'commendation', row },
    {
      audit: {
        orgId: row.orgId,
        action: row.kind === 'praise' && row.memberId !== null ? 'member.commended' : action,
        subject,
        details: { number: row.number },
      },
    },
  ]
}

/** "Mô hình hay: …, kết quả: …": of the cell, or of the member who is named. */
export const addModel: Command<'model.add'> = {
  intents: ['model.add'],
  may: commendRight,
  respond(facts, request) {
    const { texts } = facts
    const { org } = inOrg(facts)
    const { title, result, owner } = request.slots
    if (!title) return [reply(texts.modelHow)]
    if ([title, result ?? ''].some(looksClassified)) return [reply(texts.classified)]
    if ([title, result ?? ''].some((each) => each.length > maxDeedLength))
      return [reply(texts.deedTooLong(maxDeedLength))]
    const found = owner ? namedMember(facts, request, owner) : null
    if (found && 'effects' in found) return found.effects
    const whose = found
      ? { memberId: found.member.memberId, collectiveId: null }
      : { memberId: null, collectiveId: org.orgId }
    const same = facts
      .commendations(org.orgId, thisYear(facts))
      .some((each) => each.kind === 'model' && each.title === title)
    if (same) return [reply(texts.modelAlready(title))]
    const row = praiseOf(facts, whose, { kind: 'model', title, result: result ?? null })
    return [
      ...recorded(row),
      reply(
        texts.modelNoted(title, result ?? null, found ? texts.titledName(found.member.displayName ?? '') : org.name),
      ),
    ]
  },
}

/** "Gương tháng 10: đ/c Lan": one each month; naming another one takes the place of the first. */
export const nameExemplar: Command<'exemplar.name'> = {
  intents: ['exemplar.name'],
  may: commendRight,
  respond(facts, request) {
    const { texts, today } = facts
    const { org } = inOrg(facts)
    const { name, period = today.slice(0, 7) } = request.slots
    if (!name && !request.resolved?.memberId) return [reply(texts.exemplarHow)]
    const several = request.resolved?.memberId ? [] : namesIn(name ?? '')
    if (several.length > 1) {
      const options = several.map((each) => ({ label: each, request: { ...request, slots: { name: each, period } } }))
      return askWhich(texts.exemplarOne(period, several), options)
    }
    const found = namedMember(facts, request, name ?? '')
    if ('effects' in found) return found.effects
    const { member } = found
    const year = Number(period.slice(0, 4))
    const old = facts
      .commendations(org.orgId, year)
      .filter((each) => each.kind === 'exemplar' && each.period === period)
    const displayName = member.displayName ?? ''
    const row = praiseOf(facts, { memberId: member.memberId, collectiveId: null }, { kind: 'exemplar', period, year })
    return [
      ...old.map((each): Effect => ({ remove: 'commendation', row: each })),
      ...recorded(row),
      reply(texts.exemplarNoted(period, displayName)),
    ]
  },
}
