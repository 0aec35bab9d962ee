import pg from 'pg'

/** The one pool of a process, for those who pass it on without knowing pg. */
export type Pool = pg.Pool

const { builtins } = pg.types

/**
 * How PostgreSQL's values arrive: int8 as number (a value beyond 2^53 is refused, never rounded), date as 'YYYY-MM-DD' (a local
 * date has no instant), timestamptz as Date, the rest as pg does it. Set on our connections only, so that no other user of pg in the
 * process is affected.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && oid === builtins.INT8) return parseInt8
    if (format !== 'binary' && oid === builtins.DATE) return keepText
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('an int8 from the database does not fit a JavaScript number')
  return value
}

function keepText(text: string): string {
  return text
}

/**
 * Opens the pool every query of this process goes through.
 *
 * Connections are made when they are needed. `onError` hears of idle connections that broke (the server restarted); the pool
 * replaces them by itself.
 */
export function createPool(url: string, options: { max?: number; onError?: (err: Error) => void } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    // PostgreSQL works on a few statements at a time per core; more connections only wait inside the server.
    max: options.max ?? 10,
    types,
    application_name: 'nep',
    // Statements that do not wait for each other's results share a round trip; their order stays.
    pipeline: true,
    // Long enough for a server that restarts after a crash, short enough that a caller fails before a platform gives up on us.
    connectionTimeoutMillis: 10_000,
    // A connection left idle costs the server some 5 MB.
    idleTimeoutMillis: 60_000,
    // No statement of ours takes seconds; what does is stuck, and holds locks.
    statement_timeout: 30_000,
    // A transaction whose process hangs must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
    // A half-open connection (the server's machine vanished) is noticed instead of waited upon.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  pool.on('error', (err) => options.onError?.(err))
  return pool
}

/**
 * `Promise.all` that waits for all before it throws: a statement sent after the ROLLBACK of its transaction would be one of its
 * own, and stay.
 */
export async function together<T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work)
  return (await Promise.all(work)) as { -readonly [K in keyof T]: Awaited<T[K]> }
}

/**
 * Deadlock and serialization failure: PostgreSQL undid one of several transactions so that the others go on. Carried out again it
 * does what it should; nothing of it has stayed. Prisma hides the code in the error's cause.
 */
export function isConflict(error: unknown): boolean {
  for (let each = error, depth = 0; typeof each === 'object' && each !== null && depth < 5; depth += 1) {
    const { code, originalCode, meta, cause } = each as Record<string, unknown>
    if (code === '40P01' || code === '40001' || code === 'P2034' || originalCode === '40P01') return true
    each = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError ?? cause
  }
  return false
}

/** Locks are taken in one order (docs/design.md), so a conflict is rare and two in a row are a coincidence. */
const maxTries = 5

/** Carries out again what a conflict undid, after a pause that lets the other one finish. `work` is one whole transaction. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === maxTries || !isConflict(error)) throw error
      // Of differing length, so that two do not meet again.
      await new Promise((resolve) => setTimeout(resolve, tries * (10 + Math.random() * 40)))
    }
  }
}

/**
 * Runs `work` in one transaction on one connection: committed when it resolves, rolled back when it throws. Where a conflict with
 * others ended it, it is carried out again: `work` must leave nothing outside of the transaction before it resolves.
 *
 * @throws what `work` or the commit threw. A connection whose rollback failed is closed instead of being used again.
 */
export const transaction = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  retried(() => transactionOnce(pool, work))

async function transactionOnce<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // Not awaited: the first statement of the work goes along with it, and fails with it where the connection is gone.
    const begun = client.query('BEGIN')
    const [result] = await together([work(client), begun])
    await client.query('COMMIT')
    return result
  } catch (err) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw err
  } finally {
    client.release(broken)
  }
}
