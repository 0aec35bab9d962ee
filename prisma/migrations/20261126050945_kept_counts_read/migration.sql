-- What is appended for the organisations above is the difference, one row each, and nothing where nothing moves: it was two rows, of
-- which the first took away what the second gave again.
CREATE FUNCTION spread_pledge_change(was pledge_count, is_now pledge_count) RETURNS void LANGUAGE sql AS $$
  WITH moved AS (
    SELECT is_now.registered - was.registered AS registered, is_now.approved - was.approved AS approved,
      is_now.registered_beyond - was.registered_beyond AS registered_beyond,
      is_now.individual_deeds - was.individual_deeds AS individual_deeds, is_now.collective_deeds - was.collective_deeds AS collective_deeds,
      (is_now.is_cell AND is_now.individual_deeds + is_now.collective_deeds > 0)::int
        - (was.is_cell AND was.individual_deeds + was.collective_deeds > 0)::int AS started,
      (is_now.is_cell AND is_now.counted > 0 AND is_now.counted = is_now.registered)::int
        - (was.is_cell AND was.counted > 0 AND was.counted = was.registered)::int AS complete
  )
  INSERT INTO subtree_delta (org_id, year, registered, approved, registered_beyond, individual_deeds, collective_deeds, started, complete)
  SELECT id::int, is_now.year, m.* FROM moved m CROSS JOIN unnest(string_to_array(trim(BOTH '/' FROM is_now.path), '/')) AS id
  WHERE (m.registered, m.approved, m.registered_beyond, m.individual_deeds, m.collective_deeds, m.started, m.complete) <> (0, 0, 0, 0, 0, 0, 0)
$$;

CREATE OR REPLACE FUNCTION spread_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
  IF TG_TABLE_NAME = 'roster_count' THEN
    IF TG_OP <> 'INSERT' THEN PERFORM spread_roster(OLD, -1); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM spread_roster(NEW, 1); END IF;
  ELSIF TG_OP = 'UPDATE' AND OLD.path = NEW.path AND OLD.year = NEW.year THEN
    PERFORM spread_pledge_change(OLD, NEW);
  ELSE
    IF TG_OP <> 'INSERT' THEN PERFORM spread_pledges(OLD, -1); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM spread_pledges(NEW, 1); END IF;
  END IF;
  RETURN NULL;
END $$;

-- Every row of these lives for some hundredths of a second. A vacuum as soon as one runs at all keeps them and their indexes at a few
-- pages; giving the pages back to the disk would lock out whoever reads, and they are needed again at once.
ALTER TABLE subtree_delta SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
ALTER TABLE subtree_tally_delta SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
