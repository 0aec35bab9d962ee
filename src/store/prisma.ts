import type pg from 'pg'
import type { PrismaClient } from './generated/client.ts'

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
