/** Retention as the running program does it: once a day, in the quiet hours. */
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { dateOf } from '../domain/calendar.ts'
import { defaultQuietHours, isQuiet } from '../domain/reminder-plan.ts'
import { readPolicy, runRetention } from './retention.ts'
import { erasedSince, forgetInExports } from './retention-exports.ts'
import { readSetting, writeSetting } from './setting.ts'

const lastSetting = 'retentionLastOn'

/** How far back erasures are looked for: a program that stood still for a week has missed none. */
const erasuresDays = 30

export function createNightlyRetention(deps: {
  pool: Pool
  dataDir: string
  zone: string
  now: () => Date
  log: Pick<Logger, 'info' | 'error'>
}) {
  const { pool, dataDir, zone, log } = deps
  let isStopping = false
  let running: Promise<void> | null = null

  async function night(now: Date): Promise<void> {
    const today = dateOf(now, zone)
    if ((await readSetting<string>(pool, lastSetting)) === today) return
    await writeSetting(pool, lastSetting, today)
    await forgetInExports(dataDir, await erasedSince(pool, new Date(now.getTime() - erasuresDays * 86_400_000)))
    if (!(await readPolicy(pool)).isOn) return
    const done = await runRetention(pool, { dataDir, now, thisYear: Number(today.slice(0, 4)) }, () => isStopping)
    for (const { year, file, deleted } of done) {
      log.info({ event: 'retention', year, file, deleted }, 'a year was exported and its rows deleted')
    }
  }

  return {
    /** Does what is due where it is night and it was not done today; a failure is logged and tried again the next night. */
    async run(): Promise<void> {
      const now = deps.now()
      if (isStopping || running || !isQuiet(now, zone, defaultQuietHours)) return
      running = night(now)
        .catch((error) =>
          log.error({ event: 'retention', err: error }, 'old years could not be exported; nothing was deleted'),
        )
        .finally(() => {
          running = null
        })
      await running
    },
    /** Ends after the batch under way; the next night goes on from there. */
    async stop(): Promise<void> {
      isStopping = true
      await running
    },
  }
}
