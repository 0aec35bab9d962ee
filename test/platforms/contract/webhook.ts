import { expect } from 'vitest'
import { type Bench, CANARY } from './bench.ts'
import type { Saying } from './driver.ts'
import { mutate, mutationCount, seededRandom } from './mutations.ts'
import type { Row } from './rows.ts'

const saying: Saying = { in: 'private', manner: 'plain', text: `đăng ký ${CANARY.text}` }

/** Mutated requests in an ordinary run; `MUTATIONS` sets another number. */
const MUTATIONS_BY_DEFAULT = 3_000

/** Hands a request to the route whose path its URL names. */
export async function deliver({ driver }: Pick<Bench, 'driver'>, request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^.*\/webhooks\//, '')
  const route = driver.platform.webhooks.find((candidate) => candidate.path === path)
  if (!route) throw new Error(`no webhook route for ${path}`)
  return await route.handle(request)
}

const isRefusal = (status: number) => status >= 400 && status < 500

/** What anybody on the internet may send us. */
export const webhookRows: Row[] = [
  {
    title: 'takes a genuine webhook',
    needs: 'webhook',
    async run(bench) {
      await bench.receive()
      const { body, sign } = bench.driver.webhook!
      expect((await deliver(bench, sign(await body(saying)))).status).toBe(200)
      expect(bench.inbox.events.map((event) => event.text)).toEqual([saying.text])
    },
  },
  {
    title: 'refuses every wrong proof and stores nothing',
    needs: 'webhook',
    async run(bench) {
      await bench.receive()
      const { body, forge } = bench.driver.webhook!
      const forgeries = forge(await body(saying))
      expect(forgeries.length).toBeGreaterThanOrEqual(4)
      for (const { name, request } of forgeries) {
        const { status } = await deliver(bench, request)
        expect(isRefusal(status), `${name}: ${status}`).toBe(true)
      }
      expect(bench.inbox.calls).toEqual([])
    },
  },
  {
    title: 'answers 5xx while the sink fails, so that it is sent again',
    needs: 'webhook',
    async run(bench) {
      await bench.receive()
      bench.inbox.failures = 1
      const { body, sign } = bench.driver.webhook!
      const bytes = await body(saying)
      expect((await deliver(bench, sign(bytes))).status).toBeGreaterThanOrEqual(500)
      expect((await deliver(bench, sign(bytes))).status).toBe(200)
      expect(bench.inbox.events.length).toBe(1)
    },
  },
  {
    title: 'answers 5xx before it receives and after it was stopped',
    needs: 'webhook',
    async run(bench) {
      const { body, sign } = bench.driver.webhook!
      expect((await deliver(bench, sign(await body(saying)))).status).toBeGreaterThanOrEqual(500)
      const stop = await bench.receive()
      await stop()
      expect((await deliver(bench, sign(await body(saying)))).status).toBeGreaterThanOrEqual(500)
      expect(bench.inbox.calls).toEqual([])
    },
  },
  {
    title: 'refuses a body that is too large',
    needs: 'webhook',
    async run(bench) {
      await bench.receive()
      const { body, sign } = bench.driver.webhook!
      // Sound but for its size: only the bound can refuse it.
      const { status } = await deliver(bench, sign(`${await body(saying)}${' '.repeat(2_000_000)}`))
      expect(isRefusal(status), String(status)).toBe(true)
      expect(bench.inbox.calls).toEqual([])
    },
  },
  {
    title: 'survives damaged webhooks: only 200 or 4xx, and only sound events handed over',
    needs: 'webhook',
    async run(bench) {
      await bench.receive()
      const { body, sign } = bench.driver.webhook!
      const random = seededRandom(20_261_003)
      const sound = [await body(saying), await body({ in: 'group', manner: 'mention', text: 'đk: một việc' })]
      const statuses: Record<number, number> = {}
      const count = mutationCount(MUTATIONS_BY_DEFAULT)
      for (let index = 0; index < count; index++) {
        const damaged = mutate(sound[index % sound.length] as string, random)
        const { status } = await deliver(bench, sign(damaged))
        statuses[status] = (statuses[status] ?? 0) + 1
        if (status !== 200 && !isRefusal(status)) expect.fail(`answered ${status} to mutation ${index}`)
      }
      for (const event of bench.inbox.events) expectSound(event)
      process.stdout.write(
        `${JSON.stringify({ name: `${bench.driver.platform.name} mutated webhooks`, count, statuses, stored: bench.inbox.events.length })}\n`,
      )
    },
  },
]

/** Whatever came in: what goes on to the inbox has ids, a real date and nothing that the database refuses. */
function expectSound(event: Bench['inbox']['events'][number]): void {
  for (const id of [event.accountId, event.eventKey, event.chat.id, event.sender.id]) {
    expect(id).toMatch(/\S/)
    expect(id.length).toBeLessThanOrEqual(1_000)
  }
  expect(typeof event.text).toBe('string')
  expect(typeof event.sender.displayName).toBe('string')
  expect(['group', 'private']).toContain(event.chat.kind)
  expect(JSON.stringify(event)).not.toContain('\\u0000')
  expect(JSON.stringify(event)).not.toMatch(/\\ud[89a-f]/)
  expect(new Date(event.occurredAt).toISOString()).toBe(event.occurredAt)
}
