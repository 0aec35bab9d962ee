import type pg from 'pg'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { retried } from './pool.ts'

const clients = new WeakMap<pg.Pool, Promise<PrismaClient>>()

/**
 * Prisma's client for administrative reads and writes, on the same pool as everything else. Loaded at the first call, because its
 * runtime and query compiler take tens of megabytes, which a program that only serves chats may never need.
 * Ending the pool is all the closing there is.
 */
export function openPrisma(pool: pg.Pool): Promise<PrismaClient> {
  let client = clients.get(pool)
  if (client === undefined) {
    client = loadPrisma(pool)
    clients.set(pool, client)
  }
  return client
}

async function loadPrisma(pool: pg.Pool): Promise<PrismaClient> {
  const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('./generated/client.ts'),
  ])
  return new PrismaClient({ adapter: new PrismaPg(pool) })
}

/**
 * One transaction through Prisma, as `transaction` is one through pg: carried out again where a conflict ended it. It may wait as long
 * for others' locks as any statement (Prisma's own limit is 5 seconds, less than a large import takes).
 */
export async function prismaTransaction<T>(
  pool: pg.Pool,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  const prisma = await openPrisma(pool)
  return retried(() => prisma.$transaction(work, { maxWait: 10_000, timeout: 60_000 }))
}
