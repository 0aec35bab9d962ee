import { Hono } from 'hono'
import type { KeptPicture } from '../engine/pictures.ts'
import type { WebEnv } from './env.ts'

/** A token of 32 bytes in base64url, under a name that platforms take for a picture's. */
const NAME = /^([A-Za-z0-9_-]{43})\.(?:png|jpg)$/

/** Pictures for platforms that fetch them, to be mounted at `/pictures`. Unknown, expired and malformed look the same. */
export function createPictureRoutes(open: (token: string) => Promise<KeptPicture | null>): Hono<WebEnv> {
  const pictures = new Hono<WebEnv>()
  pictures.get('/:name', async (c) => {
    const token = NAME.exec(c.req.param('name'))?.[1]
    const picture = token === undefined ? null : await open(token)
    if (!picture) return c.notFound()
    return c.body(new Uint8Array(picture.bytes), 200, {
      'content-type': picture.mimeType,
      // The chat's own page may show it; nobody is to find or keep it.
      'cross-origin-resource-policy': 'cross-origin',
      'x-robots-tag': 'noindex, noarchive',
    })
  })
  return pictures
}
