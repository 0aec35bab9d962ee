-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "roll_counts" JSONB;

-- Meetings held until now: as kept of years whose rows are gone, else by the roster of the day on which the roll was closed. Until it
-- was written down when that was, the roll was called at the meeting. Whoever joined or left on that very day counts as at its end.
WITH known AS MATERIALIZED (SELECT name FROM pg_timezone_names), held AS (
  SELECT m.org_id, m.occurrence,
    (coalesce(m.roll_closed_at, m.roll_call_at, m.starts_at) AT TIME ZONE coalesce(known.name, 'UTC'))::date AS day
  FROM meeting m JOIN organisation o USING (org_id) LEFT JOIN known ON known.name = o.time_zone WHERE m.state = 'held'
), counted AS (
  SELECT h.org_id, h.occurrence, r.status, a.answer, count(*)::int AS count
  FROM held h JOIN membership_history r ON r.org_id = h.org_id AND r.status <> 'left'
      AND r.from_on <= h.day AND (r.until_on IS NULL OR r.until_on > h.day)
    LEFT JOIN attendance a ON a.org_id = h.org_id AND a.occurrence = h.occurrence AND a.member_id = r.member_id
  GROUP BY 1, 2, 3, 4
), filled AS (
  SELECT org_id, occurrence, jsonb_agg(jsonb_build_object('status', status, 'answer', answer, 'count', count)
    ORDER BY status, coalesce(answer, '')) AS counts
  FROM counted GROUP BY 1, 2
)
UPDATE meeting m SET roll_counts = coalesce(k.answers, f.counts, '[]')
FROM held h LEFT JOIN filled f USING (org_id, occurrence) LEFT JOIN kept_attendance k USING (org_id, occurrence)
WHERE m.org_id = h.org_id AND m.occurrence = h.occurrence;

ALTER TABLE meeting ADD CONSTRAINT meeting_roll_counts CHECK ((state = 'held') = (roll_counts IS NOT NULL));

-- Emptied first: the log is told that its rows are gone.
DELETE FROM kept_attendance;

-- DropTable
DROP TABLE "kept_attendance";
DROP FUNCTION audit_rows_of_kept_attendance();
