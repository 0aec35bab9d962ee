-- A rating that is changed and comes from another organisation counted anew the one after the other, each under its lock: two such
-- changes in opposite directions waited for each other. Both are locked at once now, in the order of their ids, as everywhere.
CREATE OR REPLACE FUNCTION count_changed_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM recount_ratings(array_agg(org_id), array_agg(year)) FROM new_rows WHERE source = 'cell' HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM recount_ratings(array_agg(org_id), array_agg(year)) FROM old_rows WHERE source = 'cell' HAVING count(*) > 0;
  ELSE
    PERFORM recount_ratings(array_agg(org_id), array_agg(year)) FROM (
      SELECT org_id, year FROM new_rows WHERE source = 'cell' UNION SELECT org_id, year FROM old_rows WHERE source = 'cell'
    ) k HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

-- The organisations of closings are locked in the order of their ids before their list of closed periods is written.
CREATE OR REPLACE FUNCTION keep_closed_periods() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM organisation WHERE org_id IN (SELECT org_id FROM new_rows) ORDER BY org_id FOR NO KEY UPDATE;
  UPDATE organisation o SET closed_periods = (
      SELECT array_agg(DISTINCT c.period ORDER BY c.period) FROM closing c WHERE c.org_id = o.org_id AND c.reopened_at IS NULL
    )
    WHERE o.org_id IN (SELECT org_id FROM new_rows);
  RETURN NULL;
END $$;
