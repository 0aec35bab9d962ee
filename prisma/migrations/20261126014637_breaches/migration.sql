-- CreateTable
CREATE TABLE "breach" (
    "breach_id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "persons" INTEGER,
    "org_ids" INTEGER[],
    "discovered_at" TIMESTAMPTZ(3) NOT NULL,
    "notify_by" TIMESTAMPTZ(3) NOT NULL,
    "authority_at" TIMESTAMPTZ(3),
    "persons_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "measures" TEXT,
    "next_warning_at" TIMESTAMPTZ(3),

    CONSTRAINT "breach_pkey" PRIMARY KEY ("breach_id")
);

-- CreateIndex
CREATE INDEX "breach_next_warning_at_idx" ON "breach"("next_warning_at");

ALTER TABLE breach ADD CONSTRAINT breach_kind CHECK (kind IN ('disclosed', 'lost', 'altered', 'misused'));
ALTER TABLE breach ADD CONSTRAINT breach_closed CHECK ((closed_at IS NULL) = (measures IS NULL));

-- What is proved by it has to stay: what was noted is not changed, and what is closed is not touched. How many persons is learned later.
CREATE FUNCTION keep_breach() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.closed_at IS NOT NULL
    OR (OLD.kind, OLD.data, OLD.org_ids, OLD.discovered_at, OLD.notify_by) IS DISTINCT FROM (NEW.kind, NEW.data, NEW.org_ids, NEW.discovered_at, NEW.notify_by)
    OR OLD.authority_at IS NOT NULL AND NEW.authority_at IS DISTINCT FROM OLD.authority_at
    OR OLD.persons_at IS NOT NULL AND NEW.persons_at IS DISTINCT FROM OLD.persons_at THEN
    RAISE EXCEPTION 'a breach on the log is completed, not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER breach_kept BEFORE UPDATE OR DELETE ON breach FOR EACH ROW EXECUTE FUNCTION keep_breach();
CREATE FUNCTION refuse_breach_truncate() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'a breach on the log is completed, not changed'; END $$;
CREATE TRIGGER breach_not_emptied BEFORE TRUNCATE ON breach FOR EACH STATEMENT EXECUTE FUNCTION refuse_breach_truncate();
