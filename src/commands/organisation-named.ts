/** Which organisation is meant by a name, also by one that it bore before. One is taken, several are asked about, none is said. */
import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { type Action, accessRoleOf, type Grant, may, type RefusalReason, relationOf } from '../domain/access.ts'
import type { Member, Organisation } from '../domain/records.ts'
import { fold } from '../language/normalise.ts'
import { refused } from './refusal.ts'

/** More are not listed as a question: the name is to be given more fully. */
const maxOptions = 9

/** The line by which a person may do something in an organisation, and with what duties; or why not. */
export function entitledTo(
  facts: Facts,
  action: Action,
  org: Organisation,
): { me: Member; grant: Grant } | { effects: Effect[] } {
  let why: RefusalReason = 'notYourCell'
  for (const me of facts.memberships) {
    const verdict = may(accessRoleOf(me), action, relationOf(facts.organisation(me.orgId), org))
    if (verdict.allowed) return { me, grant: verdict }
    if (verdict.why !== 'notYourCell') why = verdict.why
  }
  return { effects: [refused(facts, why, org)] }
}

/** Where one may ask about what lies below: in a group, what is below that group's organisation; in private, below one's own. */
function roots(facts: Facts): Organisation[] {
  if (facts.asked.chatKind === 'group') return facts.org ? [facts.org] : []
  const own = facts.memberships.filter((member) => accessRoleOf(member) !== 'former')
  const all = [...new Set(own.map((member) => member.orgId))].map((orgId) => facts.organisation(orgId))
  return all.filter((org) => !all.some((above) => above !== org && org.path.startsWith(above.path)))
}

/** The committee whose organisations below are asked about; null where there is none. */
export function committeeOf(facts: Facts): Organisation | null {
  const committees = roots(facts).filter((org) => org.kind === 'committee')
  return committees.sort((a, b) => a.path.length - b.path.length || a.orgId - b.orgId)[0] ?? null
}

const words = (name: string) =>
  fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** How well a name fits: 0 as typed with its marks, 1 whole, 2 holds the words in their order; null: not at all. */
function closeness(typed: string, name: string): number | null {
  const plain = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
  if (plain(typed) === plain(name)) return 0
  const [wanted, has] = [words(typed).join(' '), words(name).join(' ')]
  if (wanted === has) return 1
  return ` ${has} `.includes(` ${wanted} `) ? 2 : null
}

/** What an organisation that was merged has become, as long as the present is asked about. */
function successorOf(facts: Facts, orgId: number, year: number, thisYear: number): Organisation | null {
  let org = facts.organisation(orgId)
  if (year < thisYear) return facts.isKnownIn(orgId, year) ? org : null
  for (let step = 0; org.closedOn !== null; step += 1) {
    if (org.mergedInto === null || step > 20) return null
    org = facts.organisation(org.mergedInto)
  }
  return org
}

/** The organisation beside or below one's own that a name fits better than one's own; null where it may be one's own. */
export function meansAnother(facts: Facts, own: Organisation, typed: string): Organisation | null {
  const wanted = words(typed).join(' ')
  const fits = facts.namesIn(own.parentId ?? own.orgId, wanted).flatMap(({ orgId, name, isCurrent }) => {
    const quality = isCurrent ? closeness(typed, name) : null
    return quality === null ? [] : [{ orgId, quality }]
  })
  const best = Math.min(...fits.map(({ quality }) => quality))
  const meant = fits.filter(({ quality }) => quality === best)
  const [first] = meant
  return first && meant.every(({ orgId }) => orgId !== own.orgId) ? facts.organisation(first.orgId) : null
}

/**
 * The organisation that a name means in one's reach, in a year. `reach` narrows it further: what lies outside is as if it were not
 * there.
 */
export function namedOrganisation(
  facts: Facts,
  request: Request,
  typed: string,
  year: number,
  reach: (org: Organisation) => boolean = () => true,
): { org: Organisation } | { effects: Effect[] } {
  const { texts } = facts
  const within = roots(facts)
  const isWithin = (org: Organisation) => within.some((root) => org.path.startsWith(root.path)) && reach(org)
  const resolved = request.resolved?.orgId
  if (resolved !== undefined) {
    const org = facts.organisation(resolved)
    return isWithin(org) ? { org } : { effects: [reply(texts.refusals.notYourCell)] }
  }
  const wanted = words(typed).join(' ')
  const found = wanted === '' ? [] : within.flatMap((root) => facts.namesIn(root.orgId, wanted))
  const fits = found.flatMap(({ orgId, name }) => {
    const quality = closeness(typed, name)
    return quality === null ? [] : [{ orgId, name, quality }]
  })
  const best = Math.min(...fits.map(({ quality }) => quality))
  const thisYear = Number(facts.today.slice(0, 4))
  const meant = new Map<number, { org: Organisation; name: string }>()
  for (const { orgId, name, quality } of fits) {
    if (quality !== best) continue
    const org = successorOf(facts, orgId, year, thisYear)
    if (org && isWithin(org) && !meant.has(org.orgId)) meant.set(org.orgId, { org, name })
  }
  const [one, ...more] = [...meant.values()]
  if (!one) return { effects: [reply(texts.organisationUnknown(typed))] }
  if (more.length === 0) return { org: one.org }
  if (more.length >= maxOptions) return { effects: [reply(texts.organisationTooMany(typed))] }
  // Told apart by where they lie, and by the name that was meant where it is a former one.
  const labels = [one, ...more].map(({ org, name }) => {
    const above = org.parentId === null ? '' : facts.organisation(org.parentId).name
    return texts.organisationOption(org.name, above, name === org.name ? '' : name)
  })
  const options = [one, ...more].map(({ org }, at) => ({
    label: labels[at]!,
    request: { ...request, resolved: { ...request.resolved, orgId: org.orgId } },
  }))
  return { effects: askWhich(texts.whichOne(labels), options) }
}
