-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "lead_days" INTEGER[],
ADD COLUMN     "opened_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "closed_periods" TEXT[];

-- CreateTable
CREATE TABLE "closing" (
    "org_id" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by" INTEGER,
    "model" JSONB NOT NULL,
    "model_version" INTEGER NOT NULL,
    "roster" JSONB NOT NULL,
    "reopened_at" TIMESTAMPTZ(3),
    "reopened_by" INTEGER,
    "reopen_reason" TEXT,

    CONSTRAINT "closing_pkey" PRIMARY KEY ("org_id","period","number")
);

-- CreateTable
CREATE TABLE "review" (
    "org_id" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "limits" TEXT[],
    "tasks" TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "by_member" INTEGER,

    CONSTRAINT "review_pkey" PRIMARY KEY ("org_id","period")
);

-- CreateTable
CREATE TABLE "told" (
    "org_id" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "told_pkey" PRIMARY KEY ("org_id","what")
);

ALTER TABLE "closing" ADD CONSTRAINT "closing_period" CHECK (period ~ '^\d{4}(-(H[12]|Q[1-4]))?$');

-- An organisation is read with every message: its closed periods come with it and cost no further statement.
CREATE FUNCTION keep_closed_periods() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE organisation o SET closed_periods = (
      SELECT array_agg(DISTINCT c.period ORDER BY c.period) FROM closing c WHERE c.org_id = o.org_id AND c.reopened_at IS NULL
    )
    WHERE o.org_id IN (SELECT org_id FROM new_rows);
  RETURN NULL;
END $$;

CREATE TRIGGER closing_insert AFTER INSERT ON closing REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_closed_periods();
CREATE TRIGGER closing_update AFTER UPDATE ON closing REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_closed_periods();

-- What was frozen stays: a closing is only ever marked as reopened.
CREATE FUNCTION refuse_thawing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.model, OLD.roster, OLD.closed_at, OLD.model_version) IS DISTINCT FROM (NEW.model, NEW.roster, NEW.closed_at, NEW.model_version)
    OR OLD.reopened_at IS NOT NULL AND NEW.reopened_at IS DISTINCT FROM OLD.reopened_at THEN
    RAISE EXCEPTION 'a closing of the books is not changed (organisation %, period %)', OLD.org_id, OLD.period;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closing_frozen BEFORE UPDATE OR DELETE ON closing FOR EACH ROW EXECUTE FUNCTION refuse_thawing();

-- The reason of a reopening is words.
SELECT watch_rows('closing', 'org_id,period,number', 'reopen_reason');
