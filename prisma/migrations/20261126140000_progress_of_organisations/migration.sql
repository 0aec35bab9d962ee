-- Reports on deeds stand in the chain of their deed's organisation; until now all of them stood in the program's.
ALTER TABLE "deed_progress" ADD COLUMN     "org_id" INTEGER;

-- What the log says of each report, before anything is changed. Only a report that is as the log has it leaves the program's chain;
-- where one was changed past it, or removed, that chain goes on naming it, and one that the log never had is named there from now on:
-- moving the rows must hide nothing that `nep audit verify` would have found.
CREATE FUNCTION progress_leaves_program_chain() RETURNS void LANGUAGE sql SET timezone = 'UTC' AS $$
  INSERT INTO audit_entry (org_id, at, actor_kind, action, subject, details)
  SELECT NULL, now(), 'program', 'rows.changed', 'deed_progress',
    jsonb_object_agg(key, CASE WHEN logged IS NULL THEN to_jsonb('not in the log'::text) END)
  FROM (
    SELECT concat_ws(':', p.year, p.subject_kind, p.subject_id, p.number, p.version) AS key, audit_state(to_jsonb(p), '{}') AS state
    FROM deed_progress p
  ) there
  LEFT JOIN (
    SELECT DISTINCT ON (e.key) e.key, e.value AS logged
    FROM audit_entry a, jsonb_each_text(a.details) e
    WHERE a.org_id IS NULL AND a.subject = 'deed_progress' AND a.action IN ('rows.changed', 'rows.adopted')
    ORDER BY e.key, a.audit_id DESC
  ) log USING (key)
  WHERE logged IS NULL OR logged = state
  HAVING count(*) > 0
$$;
SELECT progress_leaves_program_chain();
DROP FUNCTION progress_leaves_program_chain();

DROP TRIGGER audit_insert ON deed_progress;
DROP TRIGGER audit_update ON deed_progress;
DROP TRIGGER audit_delete ON deed_progress;
DROP TRIGGER audit_salt ON deed_progress;
DROP FUNCTION audit_rows_of_deed_progress();

-- A deed is never without its row; the rest is for rows that somebody made by hand.
UPDATE deed_progress p SET org_id = coalesce(
  (SELECT d.org_id FROM deed d WHERE d.year = p.year AND d.subject_kind = p.subject_kind AND d.subject_id = p.subject_id AND d.number = p.number),
  CASE p.subject_kind WHEN 'collective' THEN p.subject_id ELSE (SELECT m.org_id FROM member m WHERE m.member_id = p.subject_id) END,
  (SELECT min(org_id) FROM organisation));

ALTER TABLE "deed_progress" ALTER COLUMN "org_id" SET NOT NULL;

SELECT watch_rows('deed_progress', 'year,subject_kind,subject_id,number,version', '');
