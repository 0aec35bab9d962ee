-- AlterTable
ALTER TABLE "attendance" ADD COLUMN     "salt" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "commendation" ADD COLUMN     "salt" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "deed" ADD COLUMN     "salt" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "deed_progress" ADD COLUMN     "salt" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "deed_rating" ADD COLUMN     "salt" UUID NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "salt" UUID NOT NULL DEFAULT gen_random_uuid();

-- CreateTable
CREATE TABLE "audit_link" (
    "chain" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "audit_id" BIGINT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_link_pkey" PRIMARY KEY ("chain","seq")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "chain" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("chain")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_link_audit_id_key" ON "audit_link"("audit_id");

ALTER TABLE audit_entry DROP CONSTRAINT audit_actor;
-- 'outside': rows changed by somebody else than the program.
ALTER TABLE audit_entry ADD CONSTRAINT audit_actor CHECK (actor_kind IN ('member', 'operator', 'program', 'outside'));

CREATE FUNCTION renew_salt() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN NEW.salt := gen_random_uuid(); RETURN NEW; END $$;

-- The state of a row as the log has it: SHA-256 over PostgreSQL's text of the jsonb, whose names have one order. Columns without a
-- value do not count, so that a later migration may add some.
CREATE FUNCTION audit_state(row_of JSONB, without TEXT[]) RETURNS TEXT LANGUAGE sql IMMUTABLE AS
  $$ SELECT encode(sha256(convert_to((jsonb_strip_nulls(row_of) - without)::text, 'UTF8')), 'hex') $$;

-- Has every change of a table noted in the log: one entry for each statement and organisation with the state of each row it changed,
-- null where the row is gone. `keys` name a row, `without` are columns that do not count, both separated by commas. Rows without
-- org_id stand in the program's chain. A column `salt` is renewed with each change. The same belongs in src/store/audit-watched.ts.
CREATE FUNCTION watch_rows(of_table TEXT, keys TEXT, without TEXT) RETURNS void LANGUAGE plpgsql SET timezone = 'UTC' AS $watch$
DECLARE
  has_org BOOLEAN := EXISTS (SELECT FROM pg_attribute WHERE attrelid = of_table::regclass AND attname = 'org_id' AND NOT attisdropped);
  has_salt BOOLEAN := EXISTS (SELECT FROM pg_attribute WHERE attrelid = of_table::regclass AND attname = 'salt' AND NOT attisdropped);
  org TEXT := CASE WHEN has_org THEN 'r.org_id' ELSE 'NULL::int' END;
  -- Dates as JSON writes them, whatever the session's DateStyle.
  key TEXT := (SELECT string_agg(format(CASE WHEN a.atttypid = 'date'::regtype THEN '(to_jsonb(r.%I) #>> ''{}'')' ELSE 'r.%I' END, name),
      ' || '':'' || ' ORDER BY place)
    FROM unnest(string_to_array(keys, ',')) WITH ORDINALITY k(name, place)
    JOIN pg_attribute a ON a.attrelid = of_table::regclass AND a.attname = name);
  state TEXT := format('audit_state(to_jsonb(r), %L)', string_to_array(without, ','));
  args TEXT := format('%L, %L', keys, without);
  who TEXT := $$CASE WHEN current_setting('application_name') LIKE 'nep%' THEN 'program' ELSE 'outside' END$$;
BEGIN
  EXECUTE format($function$
    CREATE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $body$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_entry (org_id, at, actor_kind, action, subject, details)
        SELECT %2$s, now(), %5$s, 'rows.changed', %6$L, jsonb_object_agg((%3$s)::text, %4$s)
        FROM new_rows r GROUP BY 1 ORDER BY 1;
      ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_entry (org_id, at, actor_kind, action, subject, details)
        SELECT %2$s, now(), %5$s, 'rows.changed', %6$L, jsonb_object_agg((%3$s)::text, NULL)
        FROM old_rows r GROUP BY 1 ORDER BY 1;
      ELSE
        -- Nearly every INSERT ON CONFLICT DO UPDATE changes nothing that was there.
        IF NOT EXISTS (SELECT FROM old_rows) THEN RETURN NULL; END IF;
        INSERT INTO audit_entry (org_id, at, actor_kind, action, subject, details)
        SELECT org, now(), %5$s, 'rows.changed', %6$L, jsonb_object_agg(key, state)
        FROM (
          SELECT org, key, max(state) FILTER (WHERE is_new) AS state
          FROM (
            SELECT %2$s AS org, (%3$s)::text AS key, %4$s AS state, false AS is_new FROM old_rows r
            UNION ALL SELECT %2$s, (%3$s)::text, %4$s, true FROM new_rows r
          ) both_rows
          GROUP BY org, key
          HAVING max(state) FILTER (WHERE is_new) IS DISTINCT FROM max(state) FILTER (WHERE NOT is_new)
        ) changed GROUP BY org ORDER BY org;
      END IF;
      RETURN NULL;
    END $body$ $function$, 'audit_rows_of_' || of_table, org, key, state, who, of_table);
  EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I(%s)', of_table, 'audit_rows_of_' || of_table, args);
  EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I(%s)', of_table, 'audit_rows_of_' || of_table, args);
  EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION %I(%s)', of_table, 'audit_rows_of_' || of_table, args);
  IF has_salt THEN
    EXECUTE format('CREATE TRIGGER audit_salt BEFORE UPDATE ON %I FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
      EXECUTE FUNCTION renew_salt()', of_table);
  END IF;
  -- The genesis of rows that were there before they were watched.
  EXECUTE format($$INSERT INTO audit_entry (org_id, at, actor_kind, action, subject, details)
    SELECT %s, now(), 'program', 'rows.adopted', %L, jsonb_object_agg((%s)::text, %s) FROM %I r GROUP BY 1 ORDER BY 1$$,
    org, of_table, key, state, of_table);
END $watch$;

-- Names, words and settings are left out: no figure rests on them, and a hash without salt of a name would give it away.
SELECT watch_rows('organisation', 'org_id', 'name,lead_minutes,quiet_from,quiet_to,group_sees_names');
SELECT watch_rows('organisation_history', 'org_id,from_on', 'name');
SELECT watch_rows('member', 'member_id', 'display_name,folded_name');
SELECT watch_rows('membership_history', 'member_id,from_on', '');
SELECT watch_rows('campaign', 'campaign_id', 'title,theme,legal_basis');
SELECT watch_rows('deed', 'year,subject_kind,subject_id,number', '');
SELECT watch_rows('deed_progress', 'year,subject_kind,subject_id,number,version', '');
SELECT watch_rows('deed_rating', 'year,subject_kind,subject_id,number,period,source', '');
SELECT watch_rows('commendation', 'commendation_id', '');
SELECT watch_rows('meeting', 'org_id,occurrence', 'place,reason,next_reminder_at');
SELECT watch_rows('attendance', 'org_id,occurrence,member_id', '');
SELECT watch_rows('kept_year', 'org_id,year', '');
SELECT watch_rows('kept_attendance', 'org_id,occurrence', '');

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$;
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_kept BEFORE DELETE OR TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
