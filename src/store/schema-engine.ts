import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { __wbg_set_wasm, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { SCRIPT_LOCK } from './migration-files.ts'

/** Prisma's schema engine on one database; `close` frees its connections. */
export type OpenSchemaEngine = { engine: SchemaEngine; close(): Promise<void> }

/** The part of WebAssembly's interface used here; @types/node leaves it out. */
type WasmLoader = {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
}

let loaded: Promise<void> | undefined

/** Instantiates the WASM module once; its own entry file imports `.wasm` as a module, which Node 20 and 24 cannot without a flag. */
function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const imports = await import('@prisma/schema-engine-wasm/schema_engine_bg')
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bytes = await readFile(entry.replace(/\.js$/, '.wasm'))
    // The engine reports a panic through this global before it traps; without it the trap itself is all one sees.
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: throwPanic } })
    const loader = (globalThis as unknown as { WebAssembly: WasmLoader }).WebAssembly
    const { instance } = await loader.instantiate(bytes, { './schema_engine_bg.js': imports })
    __wbg_set_wasm(instance.exports)
    ;(instance.exports.__wbindgen_start as () => void)()
  })()
  return loaded
}

function throwPanic(message: string): never {
  throw new Error(`Prisma's schema engine panicked: ${message}`)
}

/** PostgreSQL's one-byte "char", which its catalogue is full of, and text. */
const CHAR_OID = 18
const TEXT_OID = 25

/** Where a result's rows had "char" columns, by their array, which the adapter passes on. */
const charColumns = new WeakMap<unknown[], number[]>()

/**
 * Prisma's adapter knows no "char" and refuses a result that has one; the engine reads the catalogue's constraints by it (PostgreSQL 18
 * keeps even NOT NULL there). So the pool passes it off as text, and `queryRaw` below gives it its type back.
 * Only promises are served: the adapter uses no callbacks.
 */
class EnginePool extends pg.Pool {
  override async query(...args: unknown[]): Promise<never> {
    const run = super.query as (...args: unknown[]) => Promise<pg.QueryResult>
    const result = await run.apply(this, args)
    const columns: number[] = []
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR_OID) continue
      field.dataTypeID = TEXT_OID
      columns.push(index)
    }
    if (columns.length > 0) charColumns.set(result.rows, columns)
    return result as never
  }
}

/**
 * Opens Prisma's schema engine (WebAssembly: the native one would have to be downloaded) on a database.
 * `schema` is needed for comparisons only.
 */
export async function openSchemaEngine(
  url: string,
  schema?: { path: string; content: string },
): Promise<OpenSchemaEngine> {
  await loadEngine()
  const pool = new EnginePool({ connectionString: url, max: 2, application_name: 'nep migrate' })
  pool.on('error', () => undefined) // a broken idle connection shows itself in the next query
  const factory = adapterFactory(pool)
  const datamodels = schema === undefined ? undefined : ([[schema.path, schema.content]] as [string, string][])
  const engine = await SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory))
  return {
    engine,
    async close() {
      engine.free()
      await pool.end()
    },
  }
}

/**
 * A migration's script with its mark in Prisma's record, committed with it: a process killed before it could write that the
 * migration is finished leaves the mark, one killed earlier leaves none. Without a record of its start nothing is to be committed.
 */
function marked(script: string): string {
  if (/CREATE TABLE "?_prisma_migrations"?/.test(script)) return script
  return `SELECT pg_advisory_xact_lock(${SCRIPT_LOCK});
${script}
;DO $nep$ BEGIN
  UPDATE _prisma_migrations SET applied_steps_count = 1 WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'the start of this migration is not on record'; END IF;
END $nep$;`
}

/**
 * Prisma's PostgreSQL adapter cuts a migration at every semicolon, which breaks function bodies and leaves half a migration behind when
 * one statement fails. Sent whole, PostgreSQL runs the script as one transaction. And "char" columns get their type, see EnginePool.
 */
function adapterFactory(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const prisma = new PrismaPg(pool)
  return {
    provider: prisma.provider,
    adapterName: prisma.adapterName,
    connect: async () => toEngineAdapter(await prisma.connect(), pool),
    // Only for replaying migrations inside of a comparison, which diffToSchema does without.
    connectToShadowDb: () => Promise.reject(new Error('no shadow database')),
  }
}

function toEngineAdapter(adapter: SqlDriverAdapter, pool: pg.Pool): SqlDriverAdapter {
  // The adapter's own translation of errors, which the engine needs in order to tell which migration failed and why.
  const { onError } = adapter as unknown as { onError(err: unknown): never }
  adapter.executeScript = async (script) => {
    await pool.query(marked(script)).catch((err) => onError.call(adapter, err))
  }
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
  return adapter
}
