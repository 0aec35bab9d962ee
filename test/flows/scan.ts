/** Looks for words in the whole database. */
import type { Rig } from './rig.ts'

/** Every value of every table that holds one of the words, as "table.column". */
export async function holders(rig: Rig, words: readonly string[], except: readonly string[] = []): Promise<string[]> {
  const columns = await rig.rows<{ table: string; column: string }>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { table, column } of columns) {
    if (except.includes(table) || table === '_prisma_migrations') continue
    const [row] = await rig.rows(
      `SELECT 1 FROM "${table}" WHERE EXISTS (SELECT FROM unnest($1::text[]) w WHERE position(lower(w) in lower("${column}"::text)) > 0) LIMIT 1`,
      [words],
    )
    if (row) found.push(`${table}.${column}`)
  }
  return found
}
