import { describe, expect, it } from 'vitest'
import {
  type ApprovalSetting,
  approvalRoute,
  decidesBelow,
  decidesHere,
  decidingOrgId,
  mayDecide,
} from '../../src/domain/approval.ts'
import { memberStatuses, roles } from '../../src/domain/member.ts'

const cell = 5
const committee = 1
const deed = (subjectKind: 'individual' | 'collective', subjectId: number) => ({ subjectKind, subjectId, orgId: cell })
const setting = (given: Partial<ApprovalSetting>): ApprovalSetting => ({
  authorRole: null,
  parentId: committee,
  isAboveReachable: true,
  isColleagueReachable: true,
  ...given,
})

describe('where a deed waits (domain.md §2.4)', () => {
  it.each([
    ["a member's: the cell", 'individual', { authorRole: 'member' }, 'cell'],
    ["a deputy's: the cell", 'individual', { authorRole: 'deputy' }, 'cell'],
    ["a secretary's: the committee above", 'individual', { authorRole: 'secretary' }, 'above'],
    ['nobody above: a colleague', 'individual', { authorRole: 'secretary', isAboveReachable: false }, 'colleague'],
    ['no committee: a colleague', 'individual', { authorRole: 'secretary', parentId: null }, 'colleague'],
    [
      'nobody at all',
      'individual',
      { authorRole: 'secretary', isAboveReachable: false, isColleagueReachable: false },
      'nobody',
    ],
    ["a collective's: the committee above", 'collective', {}, 'above'],
    ['nobody above: the cell', 'collective', { isAboveReachable: false }, 'colleague'],
  ] as const)('%s', (_name, kind, given, route) => {
    const one = deed(kind, kind === 'collective' ? cell : 7)
    expect(approvalRoute(one, setting(given))).toBe(route)
    expect(decidingOrgId(one, setting(given))).toBe(route === 'above' ? committee : cell)
  })
})

describe('who decides', () => {
  const settings = [
    setting({}),
    setting({ isAboveReachable: false }),
    setting({ parentId: null }),
    setting({ isAboveReachable: false, isColleagueReachable: false }),
  ]

  it('is never the person whose deed it is, with whichever office or second line', () => {
    for (const role of roles)
      for (const status of memberStatuses)
        for (const orgId of [cell, committee])
          for (const given of settings)
            expect(
              mayDecide({ role, status, orgId }, [7, 8], deed('individual', 7), { ...given, authorRole: role }),
            ).toBe(false)
  })

  it('is nobody who holds no office there', () => {
    let decisions = 0
    for (const role of roles)
      for (const status of memberStatuses)
        for (const orgId of [cell, committee, 9])
          for (const given of settings) {
            const one = deed('individual', 7)
            const line = { role, status, orgId }
            const allowed = mayDecide(line, [8], one, { ...given, authorRole: 'secretary' })
            const holds = orgId === cell ? decidesHere(line) : orgId === committee && decidesBelow(line)
            if (allowed) expect(holds).toBe(true)
            if (['suspended', 'left'].includes(status)) expect(allowed).toBe(false)
            if (allowed) decisions++
          }
    // Somebody can, or all of it would be true of nobody.
    expect(decisions).toBeGreaterThan(0)
    const line = { role: 'secretary', status: 'official' } as const
    const one = deed('individual', 7)
    expect(mayDecide({ ...line, orgId: cell }, [8], one, { ...setting({}), authorRole: 'member' })).toBe(true)
    expect(mayDecide({ ...line, orgId: committee }, [8], one, { ...setting({}), authorRole: 'secretary' })).toBe(true)
  })

  it('is not the cell where the committee above can be asked', () => {
    const secretary = { role: 'secretary', status: 'official', orgId: cell } as const
    expect(mayDecide(secretary, [2], deed('collective', cell), setting({}))).toBe(false)
    expect(mayDecide(secretary, [2], deed('collective', cell), setting({ isAboveReachable: false }))).toBe(true)
  })
})
