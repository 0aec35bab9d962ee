/**
 * Who may change which row, told a second time and in another way: by triggers that see every change, and from who wrote
 * in which chat. Knows nothing of the program's own table of rights.
 */
import type { Pool } from 'pg'

/** Somebody's line on a roster, as it stood when the batch began or came to stand while it ran. */
export interface Line {
  person: string
  memberId: number
  orgId: number
  role: string
  status: string
  /** Consent was withdrawn: nothing may be done on the line any more but have one's data shown and erased. */
  isWithdrawn: boolean
}

/** Everything that was written in a batch. */
export interface Written {
  person: string
  chatId: string
  text: string
  kind: string
}

interface Row {
  [column: string]: unknown
}

export interface RowChange {
  table: string
  before: Row | null
  after: Row | null
}

/** The flow of events itself, and what only the program's own clockwork keeps. */
const unwatched = [
  'inbox',
  'outbox',
  'dialogue',
  'audit_entry',
  'audit_link',
  'audit_head',
  'send_count',
  'tick_run',
  'sender_lease',
  'setting',
  'progress_round',
  'slack_installation',
  // Kept by triggers.
  'roster_count',
  'pledge_count',
  'subtree_count',
  'subtree_delta',
  'own_tally',
  'subtree_tally',
  'subtree_tally_delta',
  'organisation_history',
  'membership_history',
]

/** Every change of every table of the domain is from now on noted in `watched_change`. */
export async function watchChanges(pool: Pool): Promise<void> {
  await pool.query(`
    CREATE TABLE watched_change (id bigserial PRIMARY KEY, name text, before jsonb, after jsonb);
    CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF TG_OP = 'UPDATE' AND to_jsonb(OLD) = to_jsonb(NEW) THEN RETURN NULL; END IF;
      INSERT INTO watched_change (name, before, after) VALUES (TG_TABLE_NAME,
        CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END, CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END);
      RETURN NULL; END $$`)
  const { rows } = await pool.query(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
      AND table_name NOT LIKE 'local\\_%' AND table_name <> ALL ($1)`,
    [[...unwatched, '_prisma_migrations', 'watched_change']],
  )
  for (const { name } of rows)
    await pool.query(
      `CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE ON "${name}" FOR EACH ROW EXECUTE FUNCTION note_change()`,
    )
}

/** What changed since the last time this was asked. */
export async function takeChanges(pool: Pool): Promise<RowChange[]> {
  const { rows } = await pool.query('SELECT name AS table, before, after FROM watched_change ORDER BY id')
  await pool.query('TRUNCATE watched_change')
  return rows
}

export async function linesNow(pool: Pool): Promise<Line[]> {
  const { rows } = await pool.query(
    `SELECT a.external_id AS person, m.member_id AS "memberId", m.org_id AS "orgId", m.role, m.status, l.state <> 'linked' AS "isWithdrawn"
     FROM account a JOIN account_member l USING (account_id) JOIN member m USING (member_id) WHERE l.state <> 'claimed'`,
  )
  return rows
}

/** Lines that came to stand while a batch ran, and may be gone again at its end: a claim confirmed, then consent withdrawn. */
export async function linesWithin(
  pool: Pool,
  changes: readonly RowChange[],
  personOf: ReadonlyMap<number, string>,
): Promise<Line[]> {
  // What is withdrawn now was a line before, be it within the batch.
  const linked = changes.flatMap(({ table, before, after }) =>
    table !== 'account_member'
      ? []
      : [before, after].flatMap((row) =>
          row && row.state !== 'claimed' ? [{ row, isWithdrawn: row === before && row.state !== 'linked' }] : [],
        ),
  )
  if (linked.length === 0) return []
  const { rows } = await pool.query('SELECT member_id, org_id, role, status FROM member WHERE member_id = ANY($1)', [
    linked.map(({ row }) => row.member_id),
  ])
  const members: (Row | null)[] = [
    ...changes.flatMap(({ table, before, after }) => (table === 'member' ? [before, after] : [])),
    ...rows,
  ]
  return linked.flatMap(({ row, isWithdrawn }) =>
    members
      .filter((member) => member?.member_id === row.member_id)
      .map((member) => ({
        isWithdrawn,
        person: personOf.get(Number(row.account_id)) ?? '',
        memberId: Number(member!.member_id),
        orgId: Number(member!.org_id),
        role: String(member!.role),
        status: String(member!.status),
      })),
  )
}

/** Whose accounts there were in a batch, also those that are gone at its end. */
export function peopleWithin(changes: readonly RowChange[]): [number, string][] {
  return changes.flatMap(({ table, before, after }): [number, string][] => {
    const row = after ?? before
    return table === 'account' && row ? [[Number(row.account_id), String(row.external_id)]] : []
  })
}

interface Organisations {
  parentOf(orgId: number): number | null
}

const same = (before: Row, after: Row, columns: readonly string[]): boolean =>
  columns.every((column) => JSON.stringify(before[column]) === JSON.stringify(after[column]))

/** Why each change that nobody who wrote was entitled to make is wrong; empty where all is well. */
export function unentitled(
  changes: readonly RowChange[],
  written: readonly Written[],
  lines: readonly Line[],
  personOf: ReadonlyMap<number, string>,
  organisations: Organisations,
  /** What was written before this batch: a code may wait for its holder's consent and name. */
  earlier: readonly Written[],
): string[] {
  // What somebody wrote before their claim was confirmed is answered with the confirmation.
  const confirmed = changes.flatMap(({ table, before, after }) =>
    table === 'account_member' && ['claimed', 'reclaimed'].includes(String(before?.state)) && after?.state === 'linked'
      ? [personOf.get(Number(after.account_id)) ?? '']
      : [],
  )
  const writers = new Set([
    ...written.map(({ person }) => person),
    ...confirmed.filter((claimant) => earlier.some(({ person }) => person === claimant)),
  ])
  const own = lines.filter(({ person }) => writers.has(person))
  const active = own.filter(({ status, isWithdrawn }) => status !== 'left' && !isWithdrawn)
  const isMember = (memberId: unknown) => active.some((line) => line.memberId === memberId)
  const wasMember = (memberId: unknown) => own.some((line) => line.memberId === memberId)
  const holds = (orgId: unknown, roles: readonly string[]) =>
    active.some((line) => line.orgId === orgId && line.status !== 'suspended' && roles.includes(line.role))
  const isSecretary = (orgId: unknown) => holds(orgId, ['secretary', 'deputy'])
  const isOfficer = (orgId: unknown) => holds(orgId, ['secretary', 'deputy', 'clerk'])
  const isCommittee = (orgId: unknown) => holds(orgId, ['secretary', 'deputy', 'committee'])
  const isTheirs = (accountId: unknown) => writers.has(personOf.get(Number(accountId)) ?? '')
  /** Two accounts with one line are one person, whose data is erased from either. */
  const sharesLine = (accountId: unknown) => isAlso(personOf.get(Number(accountId)))
  const isAlso = (person: string | undefined) =>
    lines.some((line) => line.person === person && wasMember(line.memberId))
  const isPrivateOf = (externalId: unknown, after: Row | null) =>
    [String(externalId).replace(/^private:/, '')].some((person) => writers.has(person) || (!after && isAlso(person)))
  /** The selectors of codes typed, in private or anywhere. */
  const typed = (selector: unknown, inPrivate: boolean) =>
    [...written, ...earlier.filter(({ person }) => writers.has(person))].some(({ text, chatId }) => {
      const plain = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
      return plain.includes(String(selector)) && (!inPrivate || chatId.startsWith('private:'))
    })
  const above = (orgId: unknown): number[] => {
    const parentId = organisations.parentOf(Number(orgId))
    return parentId === null ? [] : [parentId, ...above(parentId)]
  }
  const codes = changes.filter(({ table, after }) => table === 'code' && after?.used_at)
  const grantedBy = (orgId: unknown, purposes: readonly string[]) =>
    codes.some(
      ({ after }) =>
        after?.org_id === orgId && purposes.includes(String(after?.purpose)) && typed(after?.selector, true),
    )

  /** The hourly housekeeping, which goes by the machine's clock, clears these away after 30 days. */
  const isLongGone = (at: unknown) => Date.parse(String(at)) < Date.now() - 30 * 86_400_000

  const rules: Record<string, (before: Row | null, after: Row | null, row: Row) => boolean> = {
    deed(before, after, row) {
      const parentId = organisations.parentOf(Number(row.org_id))
      const isAuthor = (person: string) =>
        row.subject_kind === 'individual' &&
        lines.some((line) => line.memberId === row.subject_id && line.person === person)
      // Nobody decides on their own; with the committee above only for the cell's own and its secretary's.
      const reviewer = active.some(
        (line) =>
          line.status !== 'suspended' &&
          !isAuthor(line.person) &&
          ((line.orgId === row.org_id && ['secretary', 'deputy'].includes(line.role)) ||
            (line.orgId === parentId && ['secretary', 'deputy', 'committee'].includes(line.role))),
      )
      const owner = row.subject_kind === 'individual' ? isMember(row.subject_id) : isCommittee(row.org_id)
      // One batch may write, send and decide a deed: only what is left of it is seen.
      const isDecided = ['approved', 'returned'].includes(String(row.state))
      if (!before) return owner && (!isDecided || reviewer)
      // What was never sent goes with the talk of whoever wrote it, also when they have lost the office in between.
      if (!after) return row.state === 'draft' && (owner || active.some((line) => line.orgId === row.org_id))
      // Erasing is also for those who have left.
      const erased = after.content === null && wasMember(row.subject_id)
      // Sent or changed and erased in one batch: only what is left of it is seen.
      if (erased) return same(before, after, ['decided_by', 'org_id', 'number', 'subject_id'])
      if (!same(before, after, ['org_id', 'number', 'subject_id', 'year'])) return false
      // Whoever was in charge and has their data erased is in charge no more.
      const isGone = before.in_charge_id !== null && after.in_charge_id === null && wasMember(before.in_charge_id)
      const isDecision = before.state !== after.state && ['approved', 'returned'].includes(String(after.state))
      const isRating = !same(before, after, ['cell_rating', 'rated_by'])
      const told = ['category', 'weakness', 'measure', 'target', 'evidence', 'focus', 'forms']
      const isOwnWork =
        !same(before, after, ['content', 'due_on', 'percent', 'note', 'done_on', 'self_rating', ...told]) ||
        !(isGone || same(before, after, ['in_charge_id']))
      const isOwnState = before.state !== after.state && !isDecision
      if (isDecision && before.state !== 'submitted' && !owner) return false
      if ((isDecision || isRating) && !reviewer) return false
      return !(isOwnWork || isOwnState) || owner
    },
    // A draft that was never sent gives way to the next one of its number, without a trace.
    deed_history: (before, after) =>
      before && after
        ? (after.content === null && wasMember(after.subject_id)) ||
          (before.state === 'draft' && after.state === 'draft' && isMember(after.changed_by))
        : isMember(after?.changed_by),
    deed_progress: (before, after, row) =>
      before === null
        ? row.subject_kind === 'individual'
          ? isMember(row.subject_id)
          : isCommittee(row.subject_id)
        : after?.note === null && wasMember(row.subject_id),
    deed_rating: (_before, after, row) =>
      after !== null &&
      row.subject_kind === 'individual' &&
      (row.source === 'self' ? isMember(row.subject_id) : isSecretary(row.org_id)),
    // What somebody asks about their own data; erased in the same batch, they are a member no more.
    data_request: (before, _after, row) => before === null && (isTheirs(row.account_id) || wasMember(row.member_id)),
    // The exemplar of a month gives way to another one; words of one's own model go with one's data.
    commendation: (before, after, row) =>
      !before || !after
        ? isSecretary(row.org_id) && (!before || row.kind === 'exemplar')
        : after.title === null && wasMember(row.member_id),
    member(before, after, row) {
      if (!before) return grantedBy(row.org_id, ['secretary', 'deputy', 'clerk', 'committee', 'member'])
      if (!after) return false
      if (after.display_name === null && before.display_name !== null) {
        return wasMember(row.member_id) && after.role === 'member' && same(before, after, ['org_id', 'status'])
      }
      // The salt of the log is renewed with each change.
      const others = Object.keys(after).filter((column) => !['role', 'salt'].includes(column))
      return same(before, after, others) && grantedBy(row.org_id, [String(after.role)])
    },
    account: (_before, after, row) => writers.has(String(row.external_id)) || (!after && sharesLine(row.account_id)),
    consent: (_before, after, row) => isTheirs(row.account_id) || (!after && sharesLine(row.account_id)),
    account_member(before, after, row) {
      const orgId = lines.find((line) => line.memberId === row.member_id)?.orgId ?? memberOrg(changes, row.member_id)
      if (!after) return isTheirs(row.account_id) || wasMember(row.member_id) || lineOrgs(orgId).some(isSecretary)
      // A secretary who says no leaves who was confirmed once as withdrawn.
      if (before?.state === 'reclaimed' && after.state === 'withdrawn' && lineOrgs(orgId).some(isSecretary)) return true
      if (after.state !== 'linked') return isTheirs(row.account_id)
      if (before && before.state === 'linked') return isTheirs(row.account_id)
      return lineOrgs(orgId).some(isSecretary) || (isTheirs(row.account_id) && codes.length > 0)
    },
    code: (before, after, row) =>
      after === null ? isLongGone(row.expires_at) : before !== null && typed(row.selector, false),
    chat(before, after, row) {
      const bound = after?.org_id ?? null
      if (row.kind === 'group' && bound !== (before?.org_id ?? null)) {
        return codes.some(
          (code) =>
            code.after?.purpose === 'group' && code.after?.org_id === bound && typed(code.after?.selector, false),
        )
      }
      if (row.kind === 'group')
        return written.some(({ chatId }) => chatId === before?.external_id || chatId === after?.external_id)
      return isPrivateOf(row.external_id, after)
    },
    chat_alias: (_before, after, row) =>
      written.some(({ chatId, kind }) => chatId === row.external_id || kind === 'migrated') ||
      isPrivateOf(row.external_id, after),
    campaign: (before, _after, row) => before === null || isCommittee(row.org_id),
    // Closed by whoever leads it or what is above it, reopened only from above.
    closing: (before, after, row) =>
      after !== null &&
      ((before === null && isSecretary(row.org_id)) || above(row.org_id).some((orgId) => isCommittee(orgId))),
    review: (_before, _after, row) => isSecretary(row.org_id),
    told: () => active.length > 0,
    nudge: (_before, after, row) =>
      (after === null && isLongGone(row.at)) ||
      (own.length > 0 && active.some((line) => isSecretary(line.orgId)) && row.member_id !== undefined),
    notice: () => active.length > 0,
    schedule: (_before, _after, row) => isSecretary(row.org_id),
    meeting(before, after, row) {
      if (isSecretary(row.org_id)) return true
      if (isOfficer(row.org_id) && before && after)
        return same(before, after, ['starts_at', 'state', 'place', 'is_moved'])
      // Whoever answers makes what the schedule says a row.
      return (
        before === null &&
        row.is_moved === false &&
        row.state === 'planned' &&
        active.some((line) => line.orgId === row.org_id)
      )
    },
    attendance: (before, after, row) =>
      isMember(row.member_id) ||
      isOfficer(row.org_id) ||
      (before !== null && after?.reason_kind === null && wasMember(row.member_id)),
    // Nothing is ever gone from minutes but its words.
    minutes: (_before, after, row) => after !== null && isOfficer(row.org_id),
    minutes_item: (_before, after, row) => after !== null && isOfficer(row.org_id),
    theme: (_before, _after, row) => isOfficer(row.org_id),
  }
  /** Somebody not linked yet stands in no line: any organisation the batch may speak of is looked at. */
  const lineOrgs = (orgId: unknown): unknown[] => (orgId === undefined ? active.map((line) => line.orgId) : [orgId])

  return changes.flatMap(({ table, before, after }) => {
    const rule = rules[table]
    const row = after ?? before ?? {}
    if (rule?.(before, after, row)) return []
    return [`${table}: ${JSON.stringify(before)} → ${JSON.stringify(after)} by ${[...writers].join(', ')}`]
  })
}

function memberOrg(changes: readonly RowChange[], memberId: unknown): unknown {
  return changes.find(({ table, after }) => table === 'member' && after?.member_id === memberId)?.after?.org_id
}
