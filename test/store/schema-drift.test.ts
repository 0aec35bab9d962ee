import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diffToSchema } from '../../src/store/schema-drift.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

describe('schema.prisma and the migrated catalogue', () => {
  let database: TestDatabase
  let table: string
  let column: string

  beforeAll(async () => {
    database = await createTestDatabase()
    // Any table with a one-column integer key and a plain column beside it will do: the test must outlive the schema of today.
    const { rows } = await database.pool.query(`
      SELECT c.relname AS table_name, a.attname AS column_name
        FROM pg_class c
        JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1
        JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = i.indkey[0] AND k.atttypid = 'int4'::regtype
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.atttypid = 'text'::regtype
         AND NOT EXISTS (SELECT FROM pg_index o WHERE o.indrelid = c.oid AND a.attnum = ANY (o.indkey))
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
       ORDER BY 1, 2 LIMIT 1`)
    table = rows[0].table_name
    column = rows[0].column_name
  })
  afterAll(() => database.drop())

  test('agree', async () => {
    expect(await diffToSchema(database.url)).toBe('')
  })

  test('agree when the catalogue has what Prisma cannot express', async () => {
    await database.pool.query(`
      ALTER TABLE "${table}" ADD CONSTRAINT by_hand CHECK (true);
      CREATE INDEX by_hand_prefix ON "${table}" ("${column}" text_pattern_ops);
      CREATE INDEX by_hand_partial ON "${table}" ((1)) WHERE true;
      CREATE FUNCTION by_hand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN NEW; END $$;
      CREATE TRIGGER by_hand BEFORE UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION by_hand();
      CREATE VIEW by_hand_view AS SELECT 1 AS one;
    `)
    expect(await diffToSchema(database.url)).toBe('')
  })

  test.each([
    ['a column more', (t: string) => `ALTER TABLE "${t}" ADD COLUMN stray int`, /DROP COLUMN "stray"/],
    ['a column less', (t: string, c: string) => `ALTER TABLE "${t}" DROP COLUMN "${c}" CASCADE`, /ADD COLUMN/],
    [
      'a column of another type',
      (t: string, c: string) => `ALTER TABLE "${t}" DROP COLUMN "${c}" CASCADE, ADD COLUMN "${c}" inet`,
      /inet|COLUMN/,
    ],
    ['a table more', () => 'CREATE TABLE stray (id int PRIMARY KEY)', /DROP TABLE "stray"/],
    [
      'an index more',
      (t: string, c: string) => `CREATE INDEX stray_index ON "${t}" ("${c}")`,
      /DROP INDEX "stray_index"/,
    ],
    ['a foreign key more', (t: string) => `ALTER TABLE "${t}" ADD COLUMN stray int REFERENCES "${t}"`, /stray/],
  ])('disagree when the catalogue has %s', async (_difference, change, reported) => {
    const scratch = await createTestDatabase()
    try {
      await scratch.pool.query(change(table, column))
      expect(await diffToSchema(scratch.url)).toMatch(reported)
    } finally {
      await scratch.drop()
    }
  })
})
