-- AlterTable
ALTER TABLE "commendation" ADD COLUMN     "collective_id" INTEGER,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'praise',
ADD COLUMN     "period" TEXT,
ADD COLUMN     "result" TEXT,
ADD COLUMN     "title" TEXT,
ALTER COLUMN "member_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "deed" ADD COLUMN     "category" TEXT,
ADD COLUMN     "evidence" TEXT,
ADD COLUMN     "focus" TEXT,
ADD COLUMN     "forms" TEXT[] DEFAULT ARRAY['pledge']::TEXT[],
ADD COLUMN     "in_charge_id" INTEGER,
ADD COLUMN     "measure" TEXT,
ADD COLUMN     "target" TEXT,
ADD COLUMN     "weakness" TEXT;

-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "progress_day" INTEGER NOT NULL DEFAULT 25;

-- CreateTable
CREATE TABLE "deed_progress" (
    "year" INTEGER NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "round" TEXT NOT NULL,
    "percent" INTEGER,
    "note" TEXT,
    "done" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_member" INTEGER,

    CONSTRAINT "deed_progress_pkey" PRIMARY KEY ("year","subject_kind","subject_id","number","version")
);

-- CreateTable
CREATE TABLE "deed_rating" (
    "year" INTEGER NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "org_id" INTEGER NOT NULL,
    "rating" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_member" INTEGER,

    CONSTRAINT "deed_rating_pkey" PRIMARY KEY ("year","subject_kind","subject_id","number","period","source")
);

-- CreateTable
CREATE TABLE "progress_round" (
    "org_id" INTEGER NOT NULL,
    "round" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "second_at" TIMESTAMPTZ(3),

    CONSTRAINT "progress_round_pkey" PRIMARY KEY ("org_id","round")
);

-- CreateIndex
CREATE INDEX "deed_rating_org_id_year_idx" ON "deed_rating"("org_id", "year");

ALTER TABLE deed ADD CONSTRAINT deed_category CHECK (category IN ('thought', 'morality', 'style', 'exampleSetting'));
ALTER TABLE deed ADD CONSTRAINT deed_focus CHECK (focus IN ('breakthrough', 'pressing', 'model'));
ALTER TABLE deed ADD CONSTRAINT deed_forms CHECK (forms IS NOT NULL AND cardinality(forms) > 0 AND forms <@ ARRAY['pledge', 'commitment']);
ALTER TABLE deed_rating ADD CONSTRAINT deed_rating_rating CHECK (rating IN ('excellent', 'good', 'completed', 'notCompleted'));
ALTER TABLE deed_rating ADD CONSTRAINT deed_rating_source CHECK (source IN ('self', 'cell'));
ALTER TABLE commendation ADD CONSTRAINT commendation_kind CHECK (kind IN ('praise', 'model', 'exemplar'));
ALTER TABLE commendation ADD CONSTRAINT commendation_whose CHECK (member_id IS NOT NULL OR collective_id IS NOT NULL);
ALTER TABLE organisation ADD CONSTRAINT organisation_progress_day CHECK (progress_day BETWEEN 0 AND 28);
-- Ratings given before they had a period were for the whole year.
INSERT INTO deed_rating (year, subject_kind, subject_id, number, period, source, org_id, rating, at, by_member)
  SELECT year, subject_kind, subject_id, number, year::text, 'self', org_id, self_rating, updated_at, NULL FROM deed WHERE self_rating IS NOT NULL
  UNION ALL
  SELECT year, subject_kind, subject_id, number, year::text, 'cell', org_id, cell_rating, updated_at, rated_by FROM deed WHERE cell_rating IS NOT NULL;
