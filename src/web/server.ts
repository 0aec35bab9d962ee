import type { IncomingMessage, Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { WebEnv } from './env.ts'

export { createWeb, type WebPorts } from './app.tsx'

/** A server that listens. */
export interface RunningWeb {
  /** Where to open it, without a trailing slash. */
  url: string
  /**
   * Takes no new connections, ends streams, lets requests under way finish for up to `deadlineMs` milliseconds, then cuts
   * them off. Calling it again waits for the same end.
   */
  close(deadlineMs: number): Promise<void>
}

/**
 * Listens. `port` 0 takes any free one.
 *
 * @throws {Error} that says what to change when the address is taken, forbidden or not of this machine
 */
export async function startWeb(app: Hono<WebEnv>, options: { host: string; port: number }): Promise<RunningWeb> {
  const closing = new AbortController()
  const server = createAdaptorServer({
    fetch: (request, { incoming }) =>
      app.fetch(request, { closing: closing.signal, incoming: incoming as IncomingMessage }),
  }) as Server
  await listen(server, options)

  let closed: Promise<void> | undefined
  const close = async (deadlineMs: number) => {
    const ended = new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
    closing.abort()
    const cutOff = setTimeout(() => server.closeAllConnections(), deadlineMs)
    // A kept-alive connection turns idle when its last answer is out; nothing else would close it.
    server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'))
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    await ended
    clearTimeout(cutOff)
    clearInterval(sweep)
  }
  return {
    url: urlOf(server, options.host),
    close(deadlineMs) {
      closed ??= close(deadlineMs)
      return closed
    },
  }
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (err: NodeJS.ErrnoException) => reject(explain(err, host, port))
    server.once('error', fail)
    server.listen({ host, port }, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

function explain(err: NodeJS.ErrnoException, host: string, port: number): Error {
  const fixes: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is taken by another program: stop it, or set PORT to another number`,
    EACCES: `Port ${port} may not be used by this user: set PORT to a number from 1024 to 65535`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set HOST to one of its own, such as 127.0.0.1`,
    ENOTFOUND: `${host} cannot be resolved: set HOST to an address of this machine, such as 127.0.0.1`,
    EAI_AGAIN: `${host} cannot be resolved: set HOST to an address of this machine, such as 127.0.0.1`,
  }
  const fix = fixes[err.code ?? '']
  return fix === undefined ? err : Object.assign(new Error(fix, { cause: err }), { code: err.code })
}

/** An address that a browser on this machine can open: a wildcard host is reached by loopback. */
function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const open = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${open.includes(':') ? `[${open}]` : open}:${port}`
}
