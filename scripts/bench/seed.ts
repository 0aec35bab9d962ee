/** Cells, members and accounts with consent, made by the database itself. */
import type { Pool } from 'pg'
import { consentVersion } from '../../src/domain/consent.ts'

export interface Size {
  cells: number
  membersPerCell: number
  /** Share of members with one deed that was sent (0 to 1), every other one approved, due on all days of the year. */
  registered: number
}

/** The bot account of all chats: what stands before the colon of the contenders' token. */
export const botAccount = '1'

/** Telegram id of the n-th member, from 1 on; the first of each cell is its secretary. */
export const personOf = (n: number): number => 1_000_000 + n

/** Telegram id of the one who sits in the committee at the root. */
export const rootPerson = 999_999

/**
 * One committee at the root, one below it for each hundred cells, cells below those. Everybody has a Telegram account
 * and a private chat.
 */
export async function seed(pool: Pool, size: Size): Promise<void> {
  const { cells, membersPerCell, registered } = size
  const committees = Math.ceil(cells / 100)
  const members = cells * membersPerCell
  const year = new Date().getUTCFullYear()
  await pool.query(
    `INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone) VALUES (1, NULL, 'committee', 'Đảng bộ tỉnh', '/1/', 'Asia/Ho_Chi_Minh')`,
  )
  await pool.query(
    `INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone)
      SELECT 1 + n, 1, 'committee', 'Đảng bộ xã ' || n, '/1/' || (1 + n) || '/', 'Asia/Ho_Chi_Minh' FROM generate_series(1, $1::int) n`,
    [committees],
  )
  await pool.query(
    `INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone)
      SELECT 1000 + n, 2 + (n - 1) / 100, 'cell', 'Chi bộ ' || n, '/1/' || (2 + (n - 1) / 100) || '/' || (1000 + n) || '/', 'Asia/Ho_Chi_Minh'
      FROM generate_series(1, $1::int) n`,
    [cells],
  )
  await pool.query(
    `INSERT INTO member (member_id, org_id, display_name, folded_name, role, status)
      SELECT n, 1001 + (n - 1) / $2, 'Nguyễn Văn ' || n, 'nguyen van ' || n, CASE WHEN (n - 1) % $2 = 0 THEN 'secretary' ELSE 'member' END,
        CASE WHEN n % 29 = 0 THEN 'exempt' WHEN n % 31 = 0 THEN 'away' ELSE 'official' END FROM generate_series(1, $1::int) n`,
    [members, membersPerCell],
  )
  await pool.query(
    `INSERT INTO member (member_id, org_id, display_name, folded_name, role, status) VALUES ($1, 1, 'Trần Thị Gốc', 'tran thi goc', 'committee', 'official')`,
    [members + 1],
  )
  await pool.query(
    `INSERT INTO chat (chat_id, platform, account_id, external_id, kind)
      SELECT n, 'telegram', $2, CASE WHEN n > $1 THEN $4::text ELSE ($3 + n)::text END, 'private' FROM generate_series(1, $1::int + 1) n`,
    [members, botAccount, personOf(0), rootPerson],
  )
  await pool.query(
    `INSERT INTO chat_alias (platform, account_id, external_id, chat_id) SELECT platform, account_id, external_id, chat_id FROM chat`,
  )
  await pool.query(
    `INSERT INTO account (account_id, platform, external_id, bot_account_id, private_chat_id, consent_version, consented_at)
      SELECT chat_id, platform, external_id, account_id, chat_id, $1, now() FROM chat`,
    [consentVersion],
  )
  await pool.query(
    `INSERT INTO account_member (account_id, member_id, state, linked_at) SELECT account_id, account_id, 'linked', now() FROM account`,
  )
  await pool.query(
    `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, due_on, state, submitted_at, updated_at)
      SELECT $1::int, 'individual', member_id, 1, org_id, 'trồng 12 cây xanh ở đường thôn', make_date($1::int, 1, 1) + member_id % 360,
        CASE WHEN member_id % 2 = 0 THEN 'approved' ELSE 'submitted' END, now(), now()
      FROM member WHERE member_id % 100 < $2 AND role <> 'committee'`,
    [year, registered * 100],
  )
  for (const [table, column] of [
    ['organisation', 'org_id'],
    ['member', 'member_id'],
    ['chat', 'chat_id'],
    ['account', 'account_id'],
  ]) {
    await pool.query(
      `SELECT setval(pg_get_serial_sequence('${table}', '${column}'), (SELECT max(${column}) FROM ${table}))`,
    )
  }
  await pool.query('VACUUM ANALYZE')
}
