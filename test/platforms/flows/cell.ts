/** The cell that the conversations are about, and codes for it as the operator's tool makes them. */
import type { Pool } from 'pg'
import { fold } from '../../../src/language/normalise.ts'
import { addOrganisation, makeCode } from '../../../src/store/admin.ts'
import { addLocalAccount, addLocalChat } from '../../../src/store/local.ts'
import { LOCAL_GROUP } from './local-town.ts'
import { MONDAY } from './stage.ts'

/** Keys by which the script calls people, with their names on the platform and on the roster. */
export const PEOPLE = {
  thu: 'Trần Thị Thu',
  an: 'Nguyễn Văn An',
  binh: 'Lê Thị Bình',
  cuong: 'Phạm Văn Cường',
} as const

export const CELL = 'Chi bộ thôn Đông'

/** A cell with its roster and the local chat's people; nobody has an account and no chat is bound. */
export async function seedCell(pool: Pool, more: readonly string[] = []): Promise<void> {
  const { id } = await addOrganisation(
    pool,
    { name: CELL, kind: 'cell', parentId: null, timeZone: 'Asia/Ho_Chi_Minh' },
    MONDAY,
  )
  const roster = [
    ...Object.values(PEOPLE).map((name) => [name, 'official'] as const),
    ['Cao Văn Lễ', 'exempt'] as const,
  ]
  for (const [name, status] of [...roster, ...more.map((name) => [name, 'official'] as const)]) {
    await pool.query(
      'INSERT INTO member (org_id, display_name, folded_name, role, status) VALUES ($1, $2, $3, $4, $5)',
      [...[id, name, fold(name), 'member', status]],
    )
  }
  for (const [key, name] of Object.entries(PEOPLE)) await addLocalAccount(pool, { key, name })
  await addLocalChat(pool, { key: LOCAL_GROUP, title: CELL, kind: 'group', accounts: Object.keys(PEOPLE) })
}

export async function codeFor(pool: Pool, purpose: 'group' | 'secretary' | 'deputy', at = MONDAY): Promise<string> {
  const { rows } = await pool.query('SELECT org_id FROM organisation ORDER BY org_id LIMIT 1')
  return (await makeCode(pool, { orgId: rows[0].org_id, purpose, memberId: null }, at)).code
}
