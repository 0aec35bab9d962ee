/** Rows by what messages are looked up by, made once for each snapshot. */
import {
  type DeedRow,
  dayOf,
  groupBy,
  type MeetingRow,
  type MemberRow,
  type OrganisationRow,
  type Rows,
  vnDate,
} from './recount.ts'

export interface Lookup {
  group(chat: string): { org_id: number | null } | undefined
  /** The lines of rosters of whoever has this private chat. */
  membersOf(chat: string): MemberRow[]
  organisation(orgId: number | null): OrganisationRow | undefined
  roster(orgId: number | null): MemberRow[]
  /** Who stood on a meeting's roster when its roll was closed, by the history of rosters. */
  rosterAtRoll(meeting: MeetingRow): { member_id: number; status: string }[]
  memberById(memberId: number): MemberRow | undefined
  membersNamed(name: string): MemberRow[]
  deedsOf(memberId: number): DeedRow[]
  /** Of the organisation and those directly below. */
  deedsAround(orgId: number | null): DeedRow[]
  /** What deeds say or said, with every deadline that went with it. */
  wordsAround(orgId: number | null, memberIds: readonly number[]): Map<string, Set<string>>
}

const made = new WeakMap<Rows, Lookup>()

export function lookupOf(rows: Rows): Lookup {
  const known = made.get(rows)
  if (known) return known
  const groups = new Map(rows.chat.filter(({ kind }) => kind === 'group').map((row) => [row.external_id, row]))
  const accounts = new Map(rows.account.map((row) => [row.external_id, row.account_id]))
  const links = groupBy(rows.account_member, ({ account_id }) => account_id)
  const members = new Map(rows.member.map((row) => [row.member_id, row]))
  const organisations = new Map(rows.organisation.map((row) => [row.org_id, row]))
  const rosters = groupBy(rows.member, ({ org_id }) => org_id)
  const named = groupBy(rows.member, ({ display_name }) => display_name)
  const stood = groupBy(rows.membership_history, ({ org_id }) => org_id)
  const children = groupBy(rows.organisation, ({ parent_id }) => parent_id)
  const own = groupBy(
    rows.deed.filter(({ subject_kind }) => subject_kind === 'individual'),
    ({ subject_id }) => subject_id,
  )
  const byOrg = groupBy(rows.deed, ({ org_id }) => org_id)
  const keyOf = (deed: Pick<DeedRow, 'year' | 'subject_kind' | 'subject_id' | 'number'>) =>
    `${deed.year}:${deed.subject_kind}:${deed.subject_id}:${deed.number}`
  const before = groupBy(rows.deed_history, keyOf)
  const around = (orgId: number | null) =>
    [orgId ?? -1, ...(children.get(orgId) ?? []).map(({ org_id }) => org_id)].flatMap((id) => byOrg.get(id) ?? [])
  const lookup: Lookup = {
    group: (chat) => groups.get(chat),
    membersOf(chat) {
      const account = accounts.get(chat.replace(/^(?:dm|private):/, ''))
      if (!/^(?:dm|private):/.test(chat) || account === undefined) return []
      return (links.get(account) ?? []).flatMap(({ member_id }) => members.get(member_id) ?? [])
    },
    organisation: (orgId) => organisations.get(orgId ?? -1),
    roster: (orgId) => (rosters.get(orgId ?? -1) ?? []).filter(({ status }) => status !== 'left'),
    rosterAtRoll({ org_id, roll_closed_at }) {
      const day = dayOf(roll_closed_at!)
      return (stood.get(org_id) ?? []).filter(
        ({ from_on, until_on }) => from_on <= day && (until_on === null || until_on > day),
      )
    },
    memberById: (memberId) => members.get(memberId),
    membersNamed: (name) => named.get(name) ?? [],
    deedsOf: (memberId) => own.get(memberId) ?? [],
    deedsAround: around,
    wordsAround(orgId, memberIds) {
      const words = new Map<string, Set<string>>()
      for (const deed of [...around(orgId), ...memberIds.flatMap((id) => own.get(id) ?? [])]) {
        for (const { content, due_on } of [deed, ...(before.get(keyOf(deed)) ?? [])]) {
          if (content === null) continue
          const dues = words.get(content) ?? new Set()
          if (due_on) dues.add(vnDate(due_on))
          words.set(content, dues)
        }
      }
      return words
    },
  }
  made.set(rows, lookup)
  return lookup
}
