/** `nep doctor`: is everything in order, and if not, what to do. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { dateOf, monthOf } from '../domain/calendar.ts'
import type { HolidayCalendar } from '../domain/holidays.ts'
import type { Platform, PlatformCheck } from '../engine/platform.ts'
import { warnAt } from '../engine/thrift.ts'
import { type Log, scrub } from '../log.ts'
import type { Health } from '../store/admin-checks.ts'
import { configuredPlatforms, openAdapter, type RemotePlatform, withoutSecrets } from './adapters.ts'
import { Failed, type Pool, print, readEnvironment, type Session, subcommand, withDatabase } from './command-line.ts'

/** As the server's /readyz: an older tick means that reminders may be late. */
const FRESH_TICK_S = 180
/** A message or event that waits longer is stuck; the longest pause between two tries of a delivery is far below. */
const STUCK_S = 15 * 60
/** Reminders are due to the minute. */
const MAX_SKEW_MS = 5_000

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

function checkClock({ clockSkewMs }: Health, offsetMs: number): PlatformCheck {
  const skew = `${(Math.abs(clockSkewMs) / 1000).toFixed(1)} s ${clockSkewMs < 0 ? 'behind' : 'ahead of'} this machine's`
  const moved =
    offsetMs === 0 ? '' : `; the local chat moved the program's clock ${Math.round(offsetMs / 60_000)} minutes on`
  const ok = Math.abs(clockSkewMs) <= MAX_SKEW_MS
  return { name: 'clock', ok, detail: `the database's clock is ${skew}${moved}${ok ? '' : ': set the clocks (NTP)'}` }
}

function checkTick({ servers, serverAge, tickAge }: Health): PlatformCheck {
  const name = 'tick'
  const last = tickAge === null ? 'there was no tick yet' : `last tick ${Math.round(tickAge)} s ago`
  if (servers === 0) return { name, ok: true, detail: `no server runs on this database; ${last}` }
  const isStarting = serverAge !== null && serverAge < FRESH_TICK_S
  const ok = isStarting || (tickAge !== null && tickAge <= FRESH_TICK_S)
  const advice = ok ? '' : ': reminders are late, look at the log'
  return { name, ok, detail: `${count(servers, 'server')} running, ${last}${advice}` }
}

function checkMessages(health: Health): PlatformCheck[] {
  const { queued, queuedAge, waiting, waitingAge, servers, parked, unknown, failed } = health
  const isStuck = servers > 0 && (queuedAge ?? 0) > STUCK_S
  const isBehind = servers > 0 && (waitingAge ?? 0) > STUCK_S
  const older = (n: number) => (n === 0 ? '' : `, ${n} before that`)
  const aside = (name: string, what: { recent: number; older: number }, advice: string): PlatformCheck => ({
    name,
    ok: what.recent === 0,
    detail: `${what.recent} in the last 7 days${older(what.older)}${what.recent === 0 ? '' : `: ${advice}`}`,
  })
  return [
    {
      name: 'pending deliveries',
      ok: !isStuck,
      detail: `${queued} waiting${isStuck ? `, the oldest for ${Math.round((queuedAge ?? 0) / 60)} minutes: look at the log` : ''}`,
    },
    aside('parked deliveries', parked, '"nep outbox list" says why; then "outbox retry" or "outbox drop"'),
    aside(
      'unknown deliveries',
      unknown,
      'they may have arrived: "nep outbox list", then "outbox retry" or "outbox drop"',
    ),
    {
      name: 'events',
      ok: !isBehind,
      detail: `${waiting} waiting${isBehind ? `, the oldest for ${Math.round((waitingAge ?? 0) / 60)} minutes: look at the log` : ''}`,
    },
    aside('failed events', failed, '"nep inbox failed" lists them; please report the failure'),
  ]
}

async function checkDataDir(config: Config): Promise<PlatformCheck> {
  const name = 'data directory'
  if (config.databaseUrl !== undefined) return { name, ok: true, detail: 'not used: DATABASE_URL is set' }
  try {
    const { mode } = await stat(config.dataDir)
    if ((mode & 0o022) !== 0)
      return { name, ok: false, detail: 'others may write in it: take that right away (chmod go-w)' }
    const secret = await stat(join(config.dataDir, 'postgres', 'connection.json')).catch(() => undefined)
    if (secret !== undefined && (secret.mode & 0o077) !== 0)
      return { name, ok: false, detail: "others may read the database's password: chmod 600 postgres/connection.json" }
    return { name, ok: true, detail: 'only its owner may write in it' }
  } catch (err) {
    return { name, ok: false, detail: `cannot be looked at (${(err as { code?: string }).code})` }
  }
}

async function checkQuota(
  pool: Pool,
  { name, accountId, capabilities }: Platform,
  month: string,
): Promise<PlatformCheck[]> {
  const { monthlyQuota, plan } = capabilities
  if (monthlyQuota === undefined) return []
  const { sentInMonth, servedBy } = await import('../store/admin-checks.ts')
  const sent = await sentInMonth(pool, name, accountId, month)
  const used = sent / monthlyQuota
  const advice = used >= warnAt[0] ? ': less needed messages are left out from 95 % on' : ''
  const detail = `${sent} of ${monthlyQuota} messages sent in ${month}${advice}`
  const quota = { name: `${name} quota`, ok: used < warnAt[1], detail }
  if (plan === undefined) return [quota]
  const served = await servedBy(pool, name, accountId)
  const places = (['users', 'groups'] as const).map((what): PlatformCheck => {
    const isNear = served[what] >= warnAt[0] * plan[what]
    const note = isNear ? '; the plan serves no more' : ''
    return {
      name: `${name} ${what}`,
      ok: served[what] <= plan[what],
      detail: `${served[what]} of ${plan[what]} known${note}`,
    }
  })
  return [quota, ...places]
}

async function checkPlatform(
  name: RemotePlatform,
  config: Config,
  log: Log,
  session: Session | undefined,
): Promise<PlatformCheck[]> {
  try {
    const platform = await openAdapter(name, config, log)
    const month = monthOf(session?.now() ?? new Date(), config.timeZone)
    const quota = session === undefined ? [] : await checkQuota(session.pool, platform, month)
    return [...(await platform.check()), ...quota]
  } catch (err) {
    return [{ name, ok: false, detail: scrub(err instanceof Error ? err.message : String(err)) }]
  }
}

async function checkCounts(pool: Pool): Promise<PlatformCheck> {
  const { driftedCounts } = await import('../store/admin-checks.ts')
  const { looked, drifted } = await driftedCounts(pool)
  const ok = drifted.length === 0
  const detail = ok
    ? `${count(looked, 'figure')} counted anew, all as kept`
    : `kept counts differ from rosters and deeds in ${count(drifted.length, 'organisation')}: somebody changed the database by hand`
  return { name: 'figures', ok, detail }
}

async function checkLog({ config, pool }: Session): Promise<PlatformCheck> {
  const { logAccessOf } = await import('../store/program-role.ts')
  const [access] = await logAccessOf(pool, null)
  const why = {
    superuser: 'the role of the program is a superuser',
    owner: 'the role of the program owns the tables',
    memberOfOwner: 'the role of the program is a member of the role that owns the tables (REVOKE it)',
    rights: 'the role of the program has rights that it should not have (of PUBLIC, or of a role it is a member of)',
  }
  const name = 'audit log'
  if (access === undefined) return { name, ok: true, detail: 'the role of the program can add to it and not change it' }
  // One role for all is a choice; two that are not apart are a mistake.
  const isOneRole = config.databaseUrl !== undefined && config.databaseOwnerUrl === undefined
  const detail = isOneRole
    ? `${why[access]} and could change it, only triggers keep it: see DATABASE_OWNER_URL`
    : `${why[access]} and can change it`
  return { name, ok: isOneRole, detail }
}

async function checkRequests({ config, pool, now }: Session): Promise<PlatformCheck> {
  const { requestClocks } = await import('../store/data-requests.ts')
  const { open, answerOverdue, fulfilOverdue } = await requestClocks(pool, dateOf(now(), config.timeZone))
  const late = answerOverdue + fulfilOverdue
  const detail =
    late === 0
      ? `${open} waiting`
      : `${open} waiting, ${answerOverdue} not answered and ${fulfilOverdue} not fulfilled in time: "nep request list"`
  return { name: 'data requests', ok: late === 0, detail }
}

async function checkBreaches({ pool, now }: Session): Promise<PlatformCheck> {
  const { breachClocks } = await import('../store/breaches.ts')
  const { open, running, overdue } = await breachClocks(pool, now())
  const detail = `${open} open, ${running} of which the authority is not told${overdue === 0 ? '' : `, ${overdue} OVERDUE: "nep breach list"`}`
  return { name: 'breaches', ok: overdue === 0, detail }
}

async function checkRetention({ config, pool, now }: Session): Promise<PlatformCheck> {
  const { retentionStatus } = await import('../store/retention.ts')
  const { isOn, keepYears, waiting, runs } = await retentionStatus(
    pool,
    Number(dateOf(now(), config.timeZone).slice(0, 4)),
  )
  const failed = runs.filter(({ failure }) => failure !== null)
  const due = waiting.length === 0 ? '' : `; ${waiting.map(({ year }) => year).join(', ')} to be exported and deleted`
  const detail =
    failed.length === 0
      ? `${isOn ? 'this year and' : 'off; kept would be this year and'} ${keepYears} before it${due}`
      : `the export of ${failed.map(({ year, failure }) => `${year} failed (${failure})`).join(', ')}; nothing was deleted: is there room, may DATA_DIR/exports be written?`
  return { name: 'retention', ok: failed.length === 0, detail }
}

/**
 * What the table of holidays knows around a day. A year it does not know has weekends only, so meetings and the clocks of the law may
 * fall on a holiday.
 */
export function holidayCheck(calendar: HolidayCalendar, today: string): PlatformCheck {
  const name = 'holidays'
  const year = Number(today.slice(0, 4))
  const known = (each: number) => calendar.years.has(each)
  const open = [...calendar.off, ...calendar.worked].filter(
    ([day, { isConfirmed }]) => day >= today && Number(day.slice(0, 4)) <= year + 1 && !isConfirmed,
  ).length
  if (!known(year))
    return {
      name,
      ok: false,
      detail: `${year} is not in the table: update Nếp, or add it to prisma/data/holidays-vn.json`,
    }
  const next = known(year + 1) ? `${year} and ${year + 1} are in the table` : `${year + 1} is not in the table yet`
  return { name, ok: true, detail: `${next}; ${count(open, 'coming day')} not announced when it was written` }
}

async function checkHolidays({ config, now }: Session): Promise<PlatformCheck> {
  const { readDataFiles } = await import('../store/data-files.ts')
  try {
    const { holidays } = await readDataFiles(config.profile, config.locale)
    return holidayCheck(holidays, dateOf(now(), config.timeZone))
  } catch (err) {
    // The file was edited here; the server would not start with it.
    return { name: 'holidays', ok: false, detail: `a file of prisma/data is faulty: ${(err as Error).message}` }
  }
}

async function checkDatabase(session: Session): Promise<PlatformCheck[]> {
  const { config, pool, now } = session
  const { readHealth } = await import('../store/admin-checks.ts')
  const health = await readHealth(pool)
  const where = config.databaseUrl === undefined ? 'the embedded one' : 'at DATABASE_URL'
  return [
    { name: 'database', ok: true, detail: `PostgreSQL ${health.serverVersion}, ${where}` },
    { name: 'migrations', ok: true, detail: `${health.migrations} applied, none missing` },
    await checkDataDir(config),
    {
      name: 'time zone',
      ok: health.badZones === 0,
      detail: `default ${config.timeZone}${health.badZones === 0 ? '' : `; ${count(health.badZones, 'organisation')} in a zone that does not exist`}`,
    },
    checkClock(health, now().getTime() - Date.now()),
    checkTick(health),
    await checkCounts(pool),
    await checkLog(session),
    await checkRequests(session),
    await checkBreaches(session),
    await checkRetention(session),
    await checkHolidays(session),
    ...checkMessages(health),
  ]
}

async function platformsOf(config: Config, log: Log, session?: Session): Promise<PlatformCheck[]> {
  const names = configuredPlatforms(config)
  if (names.length === 0) {
    const how = config.localChat ? 'the local chat is on' : 'and the local chat is off: nobody can talk to the bot'
    return [{ name: 'platforms', ok: config.localChat, detail: `no bot token is set; ${how}` }]
  }
  const checks = await Promise.all(names.map((name) => checkPlatform(name, config, log, session)))
  return checks.flat()
}

/** Checks as lines for people. */
export function checkLines(checks: readonly PlatformCheck[]): string[] {
  return checks.map(({ name, ok, detail }) => `${ok ? 'ok  ' : 'FAIL'}  ${name}: ${detail}`)
}

/** Adds `doctor`. */
export function addDoctorCommand(program: Command): void {
  subcommand(program, 'doctor', 'check the database, the clock, deliveries and every platform')
    .addHelpText('after', '\nExit code 1 when a check fails. No check prints a token or a text.\n')
    .action(async (_options: unknown, command: Command) => {
      const { config, log } = readEnvironment()
      let checks: PlatformCheck[]
      try {
        checks = await withDatabase(async (session) => [
          ...(await checkDatabase(session)),
          ...(await platformsOf(config, log, session)),
        ])
      } catch (err) {
        // Without a database the rest can still be told.
        const isMigration = err instanceof Error && err.name === 'MigrationError'
        const detail = scrub(
          err instanceof Error ? err.message || String((err as { code?: string }).code) : String(err),
        )
        const failed = { name: isMigration ? 'migrations' : 'database', ok: false, detail }
        checks = [failed, await checkDataDir(config), ...(await platformsOf(config, log))]
      }
      const clean = checks.map((check) => ({ ...check, detail: withoutSecrets(config, check.detail) }))
      const ok = clean.every((check) => check.ok)
      print(command, { ok, checks: clean }, checkLines(clean))
      if (!ok) throw new Failed('A check failed: the result says which, and what to do.')
    })
}
