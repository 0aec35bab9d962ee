/** Prometheus metrics: counts and ages, never a name, a text or a chat. */

import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { requestClocks } from './store/data-requests.ts'
import type { Pool } from './store/pool.ts'
import { queueDepths } from './store/queue-depths.ts'

export function createMetrics(pool: Pool, secondsSinceTick: () => Promise<number | null>, today: () => string) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const handled = new Counter({ name: 'nep_events_handled_total', help: 'Events answered', registers: [registry] })
  const failed = new Counter({
    name: 'nep_events_failed_total',
    help: 'Events set aside after a failure',
    registers: [registry],
  })
  const settled = new Counter({
    name: 'nep_messages_settled_total',
    help: 'Outgoing messages by what became of them',
    labelNames: ['state'],
    registers: [registry],
  })
  new Gauge({
    name: 'nep_queue_rows',
    help: 'Rows that wait, by queue and state',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { queue, state, count } of await queueDepths(pool)) this.set({ queue, state }, count)
    },
  })
  new Gauge({
    name: 'nep_data_requests',
    help: 'Requests about personal data that are not closed, and of them those whose clocks have run out',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const [state, count] of Object.entries(await requestClocks(pool, today()))) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'nep_tick_age_seconds',
    help: 'Seconds since the last tick',
    registers: [registry],
    async collect() {
      this.set((await secondsSinceTick()) ?? -1)
    },
  })
  return {
    onHandled(count: number, failures: number): void {
      handled.inc(count)
      failed.inc(failures)
    },
    onSettled(list: readonly { state: string }[]): void {
      for (const each of list) settled.inc({ state: each.state })
    },
    async text(): Promise<{ contentType: string; body: string }> {
      return { contentType: registry.contentType, body: await registry.metrics() }
    },
  }
}
