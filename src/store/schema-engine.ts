import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { __wbg_set_wasm, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/** Prisma's schema engine on one database; `close` frees its connections. */
export type OpenSchemaEngine = { engine: SchemaEngine; close(): Promise<void> }

/** Tables that are not Prisma's to look after: none. */
export const NO_FILTERS = { externalTables: [], externalEnums: [] }

/** The part of WebAssembly's interface used here; @types/node leaves it out. */
type WasmLoader = { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }> }

let loaded: Promise<void> | undefined

/** Instantiates the WASM module once; its own entry file imports `.wasm` as a module, which Node 20 and 24 cannot without a flag. */
function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const imports = await import('@prisma/schema-engine-wasm/schema_engine_bg')
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bytes = await readFile(entry.replace(/\.js$/, '.wasm'))
    const loader = (globalThis as unknown as { WebAssembly: WasmLoader }).WebAssembly
    const { instance } = await loader.instantiate(bytes, { './schema_engine_bg.js': imports })
    __wbg_set_wasm(instance.exports)
    ;(instance.exports.__wbindgen_start as () => void)()
  })()
  return loaded
}

/**
 * Opens Prisma's schema engine (WebAssembly: the native one would have to be downloaded) on a database.
 * `schema` is needed for comparisons only.
 */
export async function openSchemaEngine(url: string, schema?: { path: string; content: string }): Promise<OpenSchemaEngine> {
  await loadEngine()
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'nep migrate' })
  pool.on('error', () => undefined) // a broken idle connection shows itself in the next query
  const factory = wholeScripts(pool, url)
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
 * Prisma's PostgreSQL adapter cuts a migration at every semicolon, which breaks function bodies and leaves half a migration behind when
 * one statement fails. Sent whole, PostgreSQL runs the script as one transaction.
 */
function wholeScripts(pool: pg.Pool, url: string): SqlMigrationAwareDriverAdapterFactory {
  const toWhole = (adapter: SqlDriverAdapter, target: pg.Pool): SqlDriverAdapter => {
    adapter.executeScript = async (script) => {
      await target.query(script)
    }
    return adapter
  }
  const main = new PrismaPg(pool)
  return {
    provider: main.provider,
    adapterName: main.adapterName,
    connect: async () => toWhole(await main.connect(), pool),
    connectToShadowDb: () => connectToShadow(pool, url, toWhole),
  }
}

/** A database of its own for the engine to replay migrations in, dropped when it is done. */
async function connectToShadow(
  pool: pg.Pool,
  url: string,
  toWhole: (adapter: SqlDriverAdapter, target: pg.Pool) => SqlDriverAdapter,
): Promise<SqlDriverAdapter> {
  const name = `nep_shadow_${process.pid}_${Date.now().toString(36)}`
  await pool.query(`CREATE DATABASE ${name} TEMPLATE template0`)
  const shadowUrl = new URL(url)
  shadowUrl.pathname = `/${name}`
  const shadowPool = new pg.Pool({ connectionString: shadowUrl.href, max: 1 })
  shadowPool.on('error', () => undefined)
  const adapter = await new PrismaPg(shadowPool).connect()
  adapter.dispose = async () => {
    await shadowPool.end()
    await pool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
  return toWhole(adapter, shadowPool)
}
