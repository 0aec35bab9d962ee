/** Writes fictional people to try the program with: one committee and its cells; the first cell has a group chat. */
import type { Pool } from 'pg'
import { consentVersion } from '../domain/consent.ts'
import type { MemberStatus, Role } from '../domain/member.ts'
import { LOCAL_BOT_ACCOUNT } from '../engine/local-chat.ts'
import { fold } from '../language/normalise.ts'
import { addLocalAccount, addLocalChat } from './local.ts'
import { transaction } from './pool.ts'

/** Who is there to try the program with (`prisma/data/<profile>/demo.json`). */
export interface Demo {
  committee: string
  /** Of the chat of the first cell. */
  groupTitle: string
  cells: { name: string; members: DemoMember[] }[]
}

interface DemoMember {
  name: string
  role?: Role
  status?: MemberStatus
  /** Key of the account in the local chat; none has no account. */
  key?: string
  /** Not linked yet: has to introduce themselves. */
  isNewcomer?: boolean
}

/** Whether nothing has been set up yet. */
export async function isEmpty(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('SELECT 1 FROM organisation LIMIT 1')
  return rows.length === 0
}

/** Writes the demo data in one transaction; does nothing where another process was first. */
export async function seedDemo(pool: Pool, demo: Demo, timeZone: string, now: Date): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query('LOCK TABLE organisation IN SHARE ROW EXCLUSIVE MODE')
    const { rows } = await client.query('SELECT 1 FROM organisation LIMIT 1')
    if (rows.length > 0) return
    const addOrg = async (name: string, kind: string, parent: { id: number; path: string } | null) => {
      const { rows: added } = await client.query(
        `INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone)
          SELECT id, $1, $2, $3, $4 || id || '/', $5 FROM nextval(pg_get_serial_sequence('organisation', 'org_id')) AS id
          RETURNING org_id AS id, path`,
        [parent?.id ?? null, kind, name, parent?.path ?? '/', timeZone],
      )
      return added[0] as { id: number; path: string }
    }
    const root = await addOrg(demo.committee, 'committee', null)
    for (const [index, cell] of demo.cells.entries()) {
      const org = await addOrg(cell.name, 'cell', root)
      for (const member of cell.members) {
        const { rows: made } = await client.query(
          'INSERT INTO member (org_id, display_name, folded_name, role, status) VALUES ($1, $2, $3, $4, $5) RETURNING member_id',
          [org.id, member.name, fold(member.name), member.role ?? 'member', member.status ?? 'official'],
        )
        if (!member.key) continue
        await addLocalAccount(client, { key: member.key, name: member.name })
        if (member.isNewcomer) continue
        const { rows: chat } = await client.query(
          `INSERT INTO chat (platform, account_id, external_id, kind) VALUES ('local', $1, $2, 'private') RETURNING chat_id`,
          [LOCAL_BOT_ACCOUNT, `dm:${member.key}`],
        )
        await client.query(
          `INSERT INTO chat_alias (platform, account_id, external_id, chat_id) VALUES ('local', $1, $2, $3)`,
          [LOCAL_BOT_ACCOUNT, `dm:${member.key}`, chat[0].chat_id],
        )
        const { rows: account } = await client.query(
          `INSERT INTO account (platform, external_id, bot_account_id, private_chat_id, consent_version, consented_at)
            VALUES ('local', $1, $2, $3, $4, $5) RETURNING account_id`,
          [member.key, LOCAL_BOT_ACCOUNT, chat[0].chat_id, consentVersion, now],
        )
        await client.query('INSERT INTO consent (account_id, version, given, at) VALUES ($1, $2, true, $3)', [
          account[0].account_id,
          consentVersion,
          now,
        ])
        await client.query(
          `INSERT INTO account_member (account_id, member_id, state, linked_at) VALUES ($1, $2, 'linked', $3)`,
          [account[0].account_id, made[0].member_id, now],
        )
      }
      if (index > 0) continue
      const keys = cell.members.flatMap((member) => (member.key ? [member.key] : []))
      await addLocalChat(client, { key: 'demo', title: demo.groupTitle, kind: 'group', accounts: keys })
      const { rows: chat } = await client.query(
        `INSERT INTO chat (platform, account_id, external_id, kind, org_id) VALUES ('local', $1, 'demo', 'group', $2) RETURNING chat_id`,
        [LOCAL_BOT_ACCOUNT, org.id],
      )
      await client.query(
        `INSERT INTO chat_alias (platform, account_id, external_id, chat_id) VALUES ('local', $1, 'demo', $2)`,
        [LOCAL_BOT_ACCOUNT, chat[0].chat_id],
      )
    }
  })
}
