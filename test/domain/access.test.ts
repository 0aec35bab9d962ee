import { describe, expect, it } from 'vitest'
import {
  type AccessRole,
  type Action,
  accessRoleOf,
  accessRoles,
  actions,
  isOfficer,
  isSecretary,
  may,
  type RefusalReason,
  type Relation,
  refusalReasons,
  relationOf,
  relations,
} from '../../src/domain/access.ts'
import { roles } from '../../src/domain/member.ts'

/**
 * Every cell of the table, written out by hand. One letter per relation, in the order own, child, below, above, sibling,
 * other. Allowed: + plainly, L with an entry in the log, C once confirmed. Refused because: n not linked, f former member,
 * c for the committee, s for secretaries, o for officers, y not your cell, N no names, a only the committee directly above, r only reading below.
 */
const columns: AccessRole[] = ['secretary', 'deputy', 'clerk', 'committee', 'member', 'former', 'nobody']
const expected: Record<Action, string> = {
  'data.own': '++++++ ++++++ ++++++ ++++++ ++++++ ++++++ nnnnnn',
  'pledge.ownRegister': '+yyyyy +yyyyy +yyyyy +yyyyy +yyyyy ffffff nnnnnn',
  'pledge.ownEdit': '+yyyyy +yyyyy +yyyyy +yyyyy +yyyyy ffffff nnnnnn',
  'pledge.ownSee': '+yyyyy +yyyyy +yyyyy +yyyyy +yyyyy ffffff nnnnnn',
  'pledge.collectiveRegister': '+rryyy +rryyy srryyy +rryyy syyyyy ffffff nnnnnn',
  'pledge.review': '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  'pledge.seeNames': '+LLyyy +LLyyy +NNyyy LLLyyy Nyyyyy ffffff nnnnnn',
  'pledge.collectiveReview': 'a+ayyy a+ayyy aaayyy a+ayyy ayyyyy ffffff nnnnnn',
  'progress.ownReport': '+yyyyy +yyyyy +yyyyy +yyyyy +yyyyy ffffff nnnnnn',
  'deed.rate': '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  commend: '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  'summary.counts': '+++yyy +++yyy +++yyy +++yyy +yyyyy ffffff nnnnnn',
  'summary.names': '+LLyyy +LLyyy +NNyyy LLLyyy Nyyyyy ffffff nnnnnn',
  'meeting.see': '+++yyy +++yyy +++yyy +++yyy +yyyyy ffffff nnnnnn',
  'meeting.answer': '+yyyyy +yyyyy +yyyyy +yyyyy +yyyyy ffffff nnnnnn',
  'meeting.answerFor': '+rryyy +rryyy +rryyy Crryyy Cyyyyy ffffff nnnnnn',
  'meeting.schedule': '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  'meeting.move': '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  'meeting.rollCall': '+rryyy +rryyy +rryyy orryyy oyyyyy ffffff nnnnnn',
  'meeting.theme': '+rryyy +rryyy +rryyy orryyy oyyyyy ffffff nnnnnn',
  'minutes.write': '+rryyy +rryyy +rryyy orryyy oyyyyy ffffff nnnnnn',
  'minutes.see': '+yyyyy +yyyyy +yyyyy +yyyyy +yyyyy ffffff nnnnnn',
  'minutes.counts': '+++yyy +++yyy +++yyy +++yyy +yyyyy ffffff nnnnnn',
  'meeting.seeAnswers': '+NNyyy +NNyyy +NNyyy NNNyyy Nyyyyy ffffff nnnnnn',
  'remind.now': '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  'member.confirm': '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  'report.export': '+LLyyy +LLyyy +NNyyy LLLyyy oyyyyy ffffff nnnnnn',
  'chat.bind': '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  'campaign.manage': '+++yyy +++yyy srryyy +++yyy syyyyy ffffff nnnnnn',
  'period.close': '+++yyy +++yyy srryyy s++yyy syyyyy ffffff nnnnnn',
  'period.reopen': 'a+ayyy a+ayyy aaayyy a+ayyy ayyyyy ffffff nnnnnn',
  'period.review': '+rryyy +rryyy srryyy srryyy syyyyy ffffff nnnnnn',
  'committee.act': '+rryyy +rryyy crryyy +rryyy cyyyyy ffffff nnnnnn',
  'praise.see': '+LLyyy +LLyyy +NNyyy +LLyyy +yyyyy ffffff nnnnnn',
  'deed.rateBelow': 'a+ayyy a+ayyy aaayyy a+ayyy ayyyyy ffffff nnnnnn',
}
const letters: Record<string, ReturnType<typeof may>> = {
  '+': { allowed: true },
  L: { allowed: true, mustLog: true },
  C: { allowed: true, needsConfirmation: true },
  ...Object.fromEntries(
    Object.entries({
      n: 'notLinked',
      f: 'formerMember',
      s: 'notSecretary',
      o: 'notOfficer',
      y: 'notYourCell',
      N: 'namesNotAllowed',
      c: 'notCommittee',
      a: 'onlyCommitteeAbove',
      r: 'onlyReadingBelow',
    } satisfies Record<string, RefusalReason>).map(([letter, why]) => [letter, { allowed: false as const, why }]),
  ),
}

describe('the table of rights', () => {
  it('is listed here whole: every action, role and relation', () => {
    expect(Object.keys(expected).sort()).toEqual([...actions].sort())
    expect([...columns].sort()).toEqual([...accessRoles].sort())
    for (const line of Object.values(expected)) {
      expect(line.split(' ').map((cell) => cell.length)).toEqual(columns.map(() => relations.length))
    }
  })

  it.each(actions.flatMap((action) => columns.map((role) => [action, role] as const)))(
    'says of %s by %s what is written here',
    (action, role) => {
      const cell = expected[action].split(' ')[columns.indexOf(role)]!
      relations.forEach((relation, i) => {
        expect(may(role, action, relation), relation).toEqual(letters[cell[i]!])
      })
    },
  )

  it('refuses what it does not know', () => {
    expect(may('secretary', 'pledge.delete' as Action, 'own')).toEqual({ allowed: false, why: 'unknownAction' })
    expect(may('secretary', 'toString' as Action, 'own')).toEqual({ allowed: false, why: 'unknownAction' })
    for (const action of actions) {
      expect(may('emperor' as AccessRole, action, 'own').allowed).toBe(false)
      expect(may('secretary', action, 'friend' as Relation).allowed).toBe(false)
    }
  })

  it('gives every reason somewhere, so that no text is dead', () => {
    const given = new Set<string>(['unknownAction'])
    for (const action of actions)
      for (const role of accessRoles)
        for (const relation of relations) {
          const verdict = may(role, action, relation)
          if (!verdict.allowed) given.add(verdict.why)
        }
    expect([...given].sort()).toEqual([...refusalReasons].sort())
  })
})

describe('what no later edit of the table may break', () => {
  const all = actions.flatMap((action) =>
    accessRoles.flatMap((role) =>
      relations.map((relation) => ({ action, role, relation, verdict: may(role, action, relation) })),
    ),
  )
  const allowed = all.filter(({ verdict }) => verdict.allowed)

  it('an account that is not linked may do nothing, one that has left only see to its own data', () => {
    expect(allowed.filter(({ role }) => role === 'nobody')).toEqual([])
    expect(new Set(allowed.filter(({ role }) => role === 'former').map(({ action }) => action))).toEqual(
      new Set(['data.own']),
    )
  })

  it('nobody reaches sideways or up except for their own data', () => {
    const reach = allowed.filter(({ relation }) => ['above', 'sibling', 'other'].includes(relation))
    expect(new Set(reach.map(({ action }) => action))).toEqual(new Set(['data.own']))
  })

  it('every look at names from above is logged', () => {
    const names = allowed.filter(
      ({ action, relation }) =>
        ['pledge.seeNames', 'summary.names', 'meeting.seeAnswers', 'report.export'].includes(action) &&
        ['child', 'below'].includes(relation),
    )
    expect(names.length).toBeGreaterThan(0)
    for (const { verdict } of names) expect(verdict).toMatchObject({ mustLog: true })
  })

  it('nothing is written in a cell from above but the review and rating of its collective pledge, the campaign and the books of a period', () => {
    const fromAbove = allowed.filter(({ relation }) => ['child', 'below'].includes(relation))
    expect(new Set(fromAbove.map(({ action }) => action))).toEqual(
      new Set([
        'data.own',
        'summary.counts',
        'meeting.see',
        'minutes.counts',
        'pledge.seeNames',
        'summary.names',
        'report.export',
        'pledge.collectiveReview',
        'campaign.manage',
        'deed.rateBelow',
        'praise.see',
        'period.close',
        'period.reopen',
      ]),
    )
  })

  it('a deputy may exactly what a secretary may, and a clerk never more', () => {
    for (const { action, relation, role, verdict } of all) {
      if (role === 'deputy') expect(verdict).toEqual(may('secretary', action, relation))
      if (role === 'clerk' && verdict.allowed) expect(may('secretary', action, relation).allowed).toBe(true)
    }
    for (const action of ['pledge.review', 'deed.rate', 'chat.bind', 'member.confirm'] as const) {
      expect(may('clerk', action, 'own').allowed).toBe(false)
    }
  })

  it('no member sees another’s name with a status', () => {
    for (const action of ['pledge.seeNames', 'summary.names', 'meeting.seeAnswers', 'report.export'] as const) {
      for (const relation of relations) expect(may('member', action, relation).allowed).toBe(false)
    }
  })

  it('no cell approves its own collective pledge', () => {
    for (const role of accessRoles) expect(may(role, 'pledge.collectiveReview', 'own').allowed).toBe(false)
  })
})

describe('roles', () => {
  it('come from the line of the roster, and end with it', () => {
    expect(accessRoleOf(null)).toBe('nobody')
    expect(accessRoleOf({ role: 'secretary', status: 'official' })).toBe('secretary')
    expect(accessRoleOf({ role: 'secretary', status: 'left' })).toBe('former')
    expect(accessRoleOf({ role: 'secretary', status: 'suspended' })).toBe('member')
    expect(accessRoleOf({ role: 'member', status: 'exempt' })).toBe('member')
  })

  it('are officers or not', () => {
    expect(roles.filter(isOfficer)).toEqual(['secretary', 'deputy', 'clerk'])
    expect(roles.filter(isSecretary)).toEqual(['secretary', 'deputy'])
  })
})

describe('where an organisation lies', () => {
  it.each<[string, string, Relation]>([
    ['/1/5/9/', '/1/5/9/', 'own'],
    ['/1/', '/1/5/', 'child'],
    ['/1/', '/1/5/9/', 'below'],
    ['/1/5/', '/1/5/9/', 'child'],
    ['/1/5/9/', '/1/', 'above'],
    ['/1/5/9/', '/1/5/', 'above'],
    ['/1/5/9/', '/1/5/8/', 'sibling'],
    ['/1/5/', '/1/6/', 'sibling'],
    ['/1/5/9/', '/1/6/9/', 'other'],
    ['/1/5/9/', '/1/6/', 'other'],
    ['/1/', '/2/', 'other'],
    ['/1/5/', '/2/5/', 'other'],
    ['/1/5/', '/1/55/', 'sibling'],
    ['/1/5/', '/1/55/9/', 'other'],
    ['', '/1/', 'other'],
    ['/1/', '', 'other'],
  ])('from %s to %s is %s', (held, actedOn, relation) => {
    expect(relationOf({ path: held }, { path: actedOn })).toBe(relation)
  })
})
