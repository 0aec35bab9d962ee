import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { prismaDirectory } from './migrate.ts'
import { openSchemaEngine } from './schema-engine.ts'

/**
 * Indexes Prisma sees but has no words for, and would therefore drop: an operator class that is not the type's own (text_pattern_ops, for
 * prefix searches), columns that are only included, nulls that are not distinct. They are written by hand in migrations.
 */
const INDEXES_BY_HAND = `
  SELECT c.relname AS name
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
   WHERE c.relnamespace = 'public'::regnamespace
     AND (i.indnatts <> i.indnkeyatts
          OR i.indnullsnotdistinct
          OR EXISTS (SELECT FROM unnest(i.indclass::oid[]) used JOIN pg_opclass o ON o.oid = used WHERE NOT o.opcdefault))`

/**
 * The SQL that would take a database to prisma/schema.prisma; empty when they agree. What Prisma cannot express is no difference:
 * it does not see CHECKs, partial and expression indexes, triggers, functions and views, and what it half sees is left out here.
 */
export async function diffToSchema(url: string): Promise<string> {
  const path = join(prismaDirectory(), 'schema.prisma')
  const schema = { path, content: await readFile(path, 'utf8') }
  const { engine, close } = await openSchemaEngine(url, schema)
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [schema], configDir: prismaDirectory() },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    let script = (stdout ?? '').replace('-- This is an empty migration.', '')
    for (const name of await namesOfIndexesByHand(url))
      script = script.replace(`-- DropIndex\nDROP INDEX "${name}";\n`, '')
    return script.trim()
  } finally {
    await close()
  }
}

async function namesOfIndexesByHand(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ name: string }>(INDEXES_BY_HAND)).rows.map((row) => row.name)
  } finally {
    await client.end()
  }
}
