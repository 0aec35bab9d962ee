/** Slack as `emulate` plays it: a server that we did not write, with events signed as Slack signs them. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createEmulator, type Emulator } from 'emulate'

interface Dispatcher {
  register(subscription: { url: string; events: string[]; active: boolean; owner: string }): unknown
}

interface Plugin {
  register(app: unknown, store: unknown, webhooks: Dispatcher, ...rest: unknown[]): unknown
}

export interface EmulatedSlack {
  apiRoot: string
  /** Where Slack would deliver events from now on. */
  subscribe(url: string): void
  /** Calls a method as somebody. */
  call(token: string, method: string, fields: Record<string, unknown>): Promise<Record<string, unknown>>
  close(): Promise<void>
}

/** Starts it with a seed of its own form (README of `emulate`, "Slack API"). */
export async function emulateSlack(seed: Record<string, unknown>): Promise<EmulatedSlack> {
  const { emulator, webhooks } = await captureDispatcher(() =>
    createEmulator({ service: 'slack', port: 0, seed: seed as never }),
  )
  const apiRoot = `${emulator.url}/api/`
  return {
    apiRoot,
    subscribe: (url) => void webhooks.register({ url, events: ['*'], active: true, owner: 'slack' }),
    async call(token, method, fields) {
      const response = await fetch(`${apiRoot}${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      })
      const answer = (await response.json()) as Record<string, unknown>
      if (answer.ok !== true) throw new Error(`${method}: ${String(answer.error)}`)
      return answer
    },
    close: () => emulator.close(),
  }
}

/**
 * `emulate` 0.12.2 delivers Slack's events but has no setting that says where to. Its dispatcher is handed to the Slack
 * plugin when a server is made: that is where it is picked up.
 */
async function captureDispatcher(
  create: () => Promise<Emulator>,
): Promise<{ emulator: Emulator; webhooks: Dispatcher }> {
  const folder = dirname(fileURLToPath(import.meta.resolve('emulate')))
  const file = readdirSync(folder).find(
    (name) => name.endsWith('.js') && readFileSync(join(folder, name), 'utf8').includes('var slackPlugin = '),
  )
  const { slackPlugin } = (await import(pathToFileURL(join(folder, file ?? '')).href)) as { slackPlugin: Plugin }
  const { register } = slackPlugin
  let webhooks: Dispatcher | undefined
  slackPlugin.register = function (this: Plugin, app, store, dispatcher, ...rest) {
    webhooks = dispatcher
    return register.call(this, app, store, dispatcher, ...rest)
  }
  try {
    const emulator = await create()
    if (!webhooks) throw new Error('emulate made no dispatcher')
    return { emulator, webhooks }
  } finally {
    slackPlugin.register = register
  }
}
