/**
 * The contract of a platform adapter: one suite that every adapter runs, each against its own server over real HTTP.
 * A platform that lacks a feature says so with the reason, and the rows that need it are left out by that alone.
 */
import { describe, expect, it } from 'vitest'
import { openBench, openHandles } from './contract/bench.ts'
import type { ContractOptions, Feature } from './contract/driver.ts'
import { receivingRows } from './contract/receiving.ts'
import type { Row } from './contract/rows.ts'
import { sendingRows } from './contract/sending.ts'
import { webhookRows } from './contract/webhook.ts'

export type {
  ContractDriver,
  ContractOptions,
  Fault,
  Feature,
  Forgery,
  Manner,
  Saying,
  SeenMessage,
  WebhookDriver,
} from './contract/driver.ts'

/** Registers the suite. `name` tells the platform and, where there are two, the way of receiving. */
export function describePlatformContract(name: string, options: ContractOptions): void {
  const leftOut = (row: Row) => row.needs !== undefined && options.lacks[row.needs] !== undefined

  describe(`platform contract: ${name}`, () => {
    for (const row of [...receivingRows, ...sendingRows, ...webhookRows]) {
      if (leftOut(row)) continue
      it(row.title, async () => {
        const handlesBefore = openHandles()
        const bench = await openBench(options)
        try {
          await row.run(bench, handlesBefore)
        } finally {
          if (!row.closesItself) await bench.close()
        }
      })
    }

    it('lacks only what it says it lacks', async () => {
      const bench = await openBench(options)
      const { driver } = bench
      const has: Partial<Record<Feature, boolean>> = {
        webhook: driver.platform.webhooks.length > 0,
        buttons: driver.platform.capabilities.buttons,
      }
      for (const [feature, present] of Object.entries(has))
        expect(options.lacks[feature as Feature] === undefined, feature).toBe(present)
      for (const reason of Object.values(options.lacks)) expect(reason).toMatch(/\w+ \w+/)
      await bench.close()
    })
  })
}
