-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "check_at" TIMESTAMPTZ(3),
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'regular',
ADD COLUMN     "notice_at" TIMESTAMPTZ(3),
ADD COLUMN     "reason_kind" TEXT;

-- AlterTable
ALTER TABLE "schedule" ADD COLUMN     "flag_salute_at" TEXT;

-- CreateTable
CREATE TABLE "meeting_setting" (
    "org_id" INTEGER NOT NULL,
    "notice_day" INTEGER,
    "agenda" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "above_percent" INTEGER,
    "most_excused_in_row" INTEGER,
    "months_absent" INTEGER,

    CONSTRAINT "meeting_setting_pkey" PRIMARY KEY ("org_id")
);

-- CreateIndex
CREATE INDEX "meeting_notice_at_idx" ON "meeting"("notice_at");

-- CreateIndex
CREATE INDEX "meeting_check_at_idx" ON "meeting"("check_at");

ALTER TABLE meeting ADD CONSTRAINT meeting_kind CHECK (kind IN ('regular', 'thematic', 'combined'));
ALTER TABLE meeting_setting ADD CONSTRAINT meeting_setting_notice_day CHECK (notice_day BETWEEN 0 AND 31);

-- Meetings already planned: announced and asked about as those planned from now on are, with the default day and hours.
UPDATE meeting m SET
  notice_at = CASE WHEN d.notice > now() AND d.notice < m.starts_at THEN d.notice END,
  check_at = d.checked
FROM (
  SELECT p.org_id, p.occurrence,
    (to_date(p.occurrence, 'YYYY-MM') - interval '1 month' + interval '19 days 8 hours') AT TIME ZONE o.time_zone AS notice,
    (date_trunc('day', p.starts_at AT TIME ZONE o.time_zone) + interval '3 days 9 hours') AT TIME ZONE o.time_zone AS checked
  FROM meeting p JOIN organisation o USING (org_id)
) d
WHERE d.org_id = m.org_id AND d.occurrence = m.occurrence AND m.state = 'planned' AND m.starts_at > now();
