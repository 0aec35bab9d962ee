import { Hono } from 'hono'
import { chatScript } from './assets/chat-script.ts'
import { icon } from './assets/icon.ts'
import { style } from './assets/style.ts'
import type { WebEnv } from './env.ts'

// Kept in modules, as text, so that a build is tsc alone and no file can be missing beside the compiled ones.
const files: Record<string, { type: string; body: string }> = {
  'style.css': { type: 'text/css', body: style },
  'icon.svg': { type: 'image/svg+xml', body: icon },
}

const headers = (type: string) => ({ 'content-type': `${type}; charset=UTF-8`, 'cache-control': 'no-cache' })

/** The files that pages refer to, to be mounted at `/assets`. */
export function createAssets(): Hono<WebEnv> {
  const assets = new Hono<WebEnv>()
  for (const [name, { type, body }] of Object.entries(files))
    assets.get(`/${name}`, (c) => c.body(body, 200, headers(type)))
  return assets
}

/** The chat page's script as a response. */
export const serveChatScript = (): Response => new Response(chatScript, { headers: headers('text/javascript') })
