/**
 * Pictures on their way to chats, and the addresses under which a platform that takes no upload (Zalo) fetches them. An
 * address is 256 random bits of which only a hash is kept, good for an hour; nothing lists them. Pictures are of figures
 * and hold no name.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { KeptPicture, Pictures } from '../engine/pictures.ts'

/** Zalo fetches at once; the rest is for its retries and for phones that load late. */
const linkMinutes = 60
/** As long as a delivery may be tried. */
const pictureHours = 24

const extensions: Readonly<Record<KeptPicture['mimeType'], string>> = { 'image/png': 'png', 'image/jpeg': 'jpg' }

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

export interface PictureStore extends Pictures {
  /** Keeps a picture for a day; resolves with what `OutboundMessage.photo.kept` names it by. */
  keep(picture: KeptPicture): Promise<number>
  /** What stands under a token; null for one that is unknown or has expired, without telling which. */
  open(token: string): Promise<KeptPicture | null>
}

/** @param publicUrl our address as platforms reach us, without a slash at its end; none: no links */
export function createPictures(pool: Pool, publicUrl: string | undefined): PictureStore {
  const picture = async (condition: string, value: number | string): Promise<KeptPicture | null> => {
    const { rows } = await pool.query(
      `SELECT p.bytes, p.mime_type AS "mimeType" FROM picture p WHERE p.expires_at > now() AND ${condition}`,
      [value],
    )
    return rows[0] ?? null
  }
  return {
    async keep({ bytes, mimeType }) {
      const { rows } = await pool.query(
        `INSERT INTO picture (bytes, mime_type, expires_at) VALUES ($1, $2, now() + $3 * interval '1 hour')
          RETURNING picture_id AS id`,
        [Buffer.from(bytes), mimeType, pictureHours],
      )
      return rows[0].id
    },
    bytes: (pictureId) => picture('p.picture_id = $1', pictureId),
    async link(pictureId) {
      if (publicUrl === undefined) return null
      const token = randomBytes(32).toString('base64url')
      const { rows } = await pool.query(
        `INSERT INTO picture_link (token_hash, picture_id, expires_at)
          SELECT $1, picture_id, least(expires_at, now() + $3 * interval '1 minute') FROM picture
          WHERE picture_id = $2 AND expires_at > now()
          RETURNING (SELECT mime_type FROM picture WHERE picture_id = $2) AS "mimeType"`,
        [hashOf(token), pictureId, linkMinutes],
      )
      const mimeType = rows[0]?.mimeType as KeptPicture['mimeType'] | undefined
      return mimeType === undefined ? null : `${publicUrl}/pictures/${token}.${extensions[mimeType]}`
    },
    open: (token) =>
      picture(
        'EXISTS (SELECT FROM picture_link l WHERE l.token_hash = $1 AND l.picture_id = p.picture_id AND l.expires_at > now())',
        hashOf(token),
      ),
  }
}
