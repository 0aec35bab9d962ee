import { onTestFinished } from 'vitest'
import { createLog } from '../../src/log.ts'
import { createWeb, type RunningWeb, startWeb, type WebPorts } from '../../src/web/server.ts'

/** The log lines of one test. */
export class LogLines {
  readonly lines: string[] = []
  readonly log = createLog({ destination: { write: (line: string) => void this.lines.push(line) } })
}

/** Serves the real application on a free port until the test ends, with ports that are well unless given otherwise. */
export async function serveWeb(ports: Partial<WebPorts> = {}): Promise<RunningWeb & { lines: string[] }> {
  const { log, lines } = new LogLines()
  const app = createWeb({
    isAlive: () => true,
    ready: async () => ({ ok: true, checks: [{ name: 'database', ok: true, detail: 'answers' }] }),
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'nep_up 1\n' }),
    webhooks: [],
    clock: { now: () => new Date('2026-10-05T02:00:00Z') },
    log,
    ...ports,
  })
  const web = await startWeb(app, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => web.close(0))
  return { ...web, lines }
}
