-- Figures of large trees without counting members anew: counts of each organisation and of each subtree, written in the transaction
-- of the change they follow from, whoever makes it, and so never stale. Who counts is the rule of src/domain/participation.ts; a test
-- holds both to each other.

CREATE TABLE roster_count (
  org_id    INTEGER NOT NULL PRIMARY KEY,
  path      TEXT NOT NULL,
  is_cell   BOOLEAN NOT NULL,
  counted   INTEGER NOT NULL DEFAULT 0,
  exempt    INTEGER NOT NULL DEFAULT 0,
  away      INTEGER NOT NULL DEFAULT 0,
  suspended INTEGER NOT NULL DEFAULT 0,
  former    INTEGER NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

CREATE TABLE pledge_count (
  org_id            INTEGER NOT NULL,
  year              INTEGER NOT NULL,
  path              TEXT NOT NULL,
  is_cell           BOOLEAN NOT NULL,
  counted           INTEGER NOT NULL DEFAULT 0,
  registered        INTEGER NOT NULL DEFAULT 0,
  approved          INTEGER NOT NULL DEFAULT 0,
  registered_beyond INTEGER NOT NULL DEFAULT 0,
  individual_deeds  INTEGER NOT NULL DEFAULT 0,
  collective_deeds  INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT pledge_count_pkey PRIMARY KEY (org_id, year)
) WITH (fillfactor = 70);

-- The sums over every subtree. Writers append what they change for each organisation above, so that none waits for the row of the
-- root; now and then one of them adds up what has been appended. A reader adds the little that is left.
CREATE TABLE subtree_count (
  org_id            INTEGER NOT NULL,
  year              INTEGER NOT NULL,
  counted           INTEGER NOT NULL DEFAULT 0,
  exempt            INTEGER NOT NULL DEFAULT 0,
  away              INTEGER NOT NULL DEFAULT 0,
  suspended         INTEGER NOT NULL DEFAULT 0,
  former            INTEGER NOT NULL DEFAULT 0,
  cells             INTEGER NOT NULL DEFAULT 0,
  registered        INTEGER NOT NULL DEFAULT 0,
  approved          INTEGER NOT NULL DEFAULT 0,
  registered_beyond INTEGER NOT NULL DEFAULT 0,
  individual_deeds  INTEGER NOT NULL DEFAULT 0,
  collective_deeds  INTEGER NOT NULL DEFAULT 0,
  started           INTEGER NOT NULL DEFAULT 0,
  complete          INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT subtree_count_pkey PRIMARY KEY (org_id, year)
) WITH (fillfactor = 50);

CREATE TABLE subtree_delta (
  delta_id          BIGSERIAL NOT NULL PRIMARY KEY,
  org_id            INTEGER NOT NULL,
  year              INTEGER NOT NULL,
  counted           INTEGER NOT NULL DEFAULT 0,
  exempt            INTEGER NOT NULL DEFAULT 0,
  away              INTEGER NOT NULL DEFAULT 0,
  suspended         INTEGER NOT NULL DEFAULT 0,
  former            INTEGER NOT NULL DEFAULT 0,
  cells             INTEGER NOT NULL DEFAULT 0,
  registered        INTEGER NOT NULL DEFAULT 0,
  approved          INTEGER NOT NULL DEFAULT 0,
  registered_beyond INTEGER NOT NULL DEFAULT 0,
  individual_deeds  INTEGER NOT NULL DEFAULT 0,
  collective_deeds  INTEGER NOT NULL DEFAULT 0,
  started           INTEGER NOT NULL DEFAULT 0,
  complete          INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX subtree_delta_org_id_year_idx ON subtree_delta (org_id, year);

-- One at a time; whoever finds another at it leaves it to them.
CREATE FUNCTION fold_counts() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(7310002) THEN RETURN; END IF;
  WITH taken AS (DELETE FROM subtree_delta RETURNING *)
  INSERT INTO subtree_count AS c (org_id, year, counted, exempt, away, suspended, former, cells, registered, approved, registered_beyond, individual_deeds, collective_deeds, started, complete)
  SELECT org_id, year, sum(counted), sum(exempt), sum(away), sum(suspended), sum(former), sum(cells), sum(registered), sum(approved), sum(registered_beyond), sum(individual_deeds), sum(collective_deeds), sum(started), sum(complete) FROM taken GROUP BY org_id, year
  ON CONFLICT (org_id, year) DO UPDATE SET counted = c.counted + EXCLUDED.counted, exempt = c.exempt + EXCLUDED.exempt, away = c.away + EXCLUDED.away, suspended = c.suspended + EXCLUDED.suspended, former = c.former + EXCLUDED.former, cells = c.cells + EXCLUDED.cells, registered = c.registered + EXCLUDED.registered, approved = c.approved + EXCLUDED.approved, registered_beyond = c.registered_beyond + EXCLUDED.registered_beyond, individual_deeds = c.individual_deeds + EXCLUDED.individual_deeds, collective_deeds = c.collective_deeds + EXCLUDED.collective_deeds, started = c.started + EXCLUDED.started, complete = c.complete + EXCLUDED.complete;
END $$;

-- `sign` is 1 for a row that there is and -1 for one that there was.
CREATE FUNCTION spread_roster(row_of roster_count, sign INTEGER) RETURNS void LANGUAGE sql AS $$
  INSERT INTO subtree_delta (org_id, year, counted, exempt, away, suspended, former, cells)
  SELECT id::int, 0, sign * row_of.counted, sign * row_of.exempt, sign * row_of.away, sign * row_of.suspended, sign * row_of.former,
    sign * row_of.is_cell::int
  FROM unnest(string_to_array(trim(BOTH '/' FROM row_of.path), '/')) AS id
$$;

CREATE FUNCTION spread_pledges(row_of pledge_count, sign INTEGER) RETURNS void LANGUAGE sql AS $$
  INSERT INTO subtree_delta (org_id, year, registered, approved, registered_beyond, individual_deeds, collective_deeds, started, complete)
  SELECT id::int, row_of.year, sign * row_of.registered, sign * row_of.approved, sign * row_of.registered_beyond,
    sign * row_of.individual_deeds, sign * row_of.collective_deeds,
    sign * (row_of.is_cell AND row_of.individual_deeds + row_of.collective_deeds > 0)::int,
    sign * (row_of.is_cell AND row_of.counted > 0 AND row_of.counted = row_of.registered)::int
  FROM unnest(string_to_array(trim(BOTH '/' FROM row_of.path), '/')) AS id
$$;

CREATE FUNCTION spread_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
  IF TG_TABLE_NAME = 'roster_count' THEN
    IF TG_OP <> 'INSERT' THEN PERFORM spread_roster(OLD, -1); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM spread_roster(NEW, 1); END IF;
  ELSE
    IF TG_OP <> 'INSERT' THEN PERFORM spread_pledges(OLD, -1); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM spread_pledges(NEW, 1); END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER roster_count_spread AFTER INSERT OR UPDATE OR DELETE ON roster_count FOR EACH ROW EXECUTE FUNCTION spread_count();
CREATE TRIGGER pledge_count_spread AFTER INSERT OR UPDATE OR DELETE ON pledge_count FOR EACH ROW EXECUTE FUNCTION spread_count();

-- Counts the pledges of pairs (organisation, year) anew. Rows are locked first, in one order; the counting is a statement of its
-- own and so sees what those have committed who held the locks before.
CREATE FUNCTION recount_pledges(orgs INTEGER[], years INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM roster_count WHERE org_id = ANY(orgs) ORDER BY org_id FOR NO KEY UPDATE;
  INSERT INTO pledge_count AS c
    (org_id, year, path, is_cell, counted, registered, approved, registered_beyond, individual_deeds, collective_deeds)
  WITH pair AS (
    SELECT DISTINCT p.org_id, p.year, o.path, o.kind = 'cell' AS is_cell
    FROM unnest(orgs, years) AS p(org_id, year) JOIN organisation o ON o.org_id = p.org_id
  ), person AS (
    SELECT p.org_id, p.year, m.status, m.status IN ('official', 'probationary', 'temporarilyHere') AS counts, d.deeds, d.approved
    FROM pair p JOIN member m ON m.org_id = p.org_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS deeds, coalesce(bool_or(d.state = 'approved'), false) AS approved FROM deed d
      WHERE d.year = p.year AND d.subject_kind = 'individual' AND d.subject_id = m.member_id AND d.state IN ('submitted', 'approved')
        AND 'pledge' = ANY(d.forms)
    ) d
    WHERE p.is_cell
  ), total AS (
    SELECT org_id, year,
      count(*) FILTER (WHERE counts)::int AS counted,
      count(*) FILTER (WHERE counts AND deeds > 0)::int AS registered,
      count(*) FILTER (WHERE counts AND approved)::int AS approved,
      count(*) FILTER (WHERE NOT counts AND status <> 'left' AND deeds > 0)::int AS registered_beyond,
      coalesce(sum(deeds) FILTER (WHERE status <> 'left'), 0)::int AS individual_deeds
    FROM person GROUP BY 1, 2
  )
  SELECT p.org_id, p.year, p.path, p.is_cell, coalesce(t.counted, 0), coalesce(t.registered, 0), coalesce(t.approved, 0),
    coalesce(t.registered_beyond, 0), coalesce(t.individual_deeds, 0),
    (SELECT count(*)::int FROM deed d WHERE d.year = p.year AND d.subject_kind = 'collective' AND d.subject_id = p.org_id
      AND d.state IN ('submitted', 'approved') AND 'pledge' = ANY(d.forms))
  FROM pair p LEFT JOIN total t USING (org_id, year)
  ON CONFLICT (org_id, year) DO UPDATE SET path = EXCLUDED.path, is_cell = EXCLUDED.is_cell, counted = EXCLUDED.counted,
    registered = EXCLUDED.registered, approved = EXCLUDED.approved, registered_beyond = EXCLUDED.registered_beyond,
    individual_deeds = EXCLUDED.individual_deeds, collective_deeds = EXCLUDED.collective_deeds;
  -- Often enough that a reader finds some hundred rows at most, seldom enough to cost nothing.
  IF random() < 0.05 OR cardinality(orgs) > 100 THEN PERFORM fold_counts(); END IF;
END $$;

-- Counts rosters anew, and with them the pledges of every year that the organisations have counts of.
CREATE FUNCTION recount_rosters(orgs INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM roster_count WHERE org_id = ANY(orgs) ORDER BY org_id FOR NO KEY UPDATE;
  INSERT INTO roster_count (org_id, path, is_cell, counted, exempt, away, suspended, former)
  SELECT o.org_id, o.path, o.kind = 'cell',
    count(m.*) FILTER (WHERE m.status IN ('official', 'probationary', 'temporarilyHere')),
    count(m.*) FILTER (WHERE m.status = 'exempt'), count(m.*) FILTER (WHERE m.status = 'away'),
    count(m.*) FILTER (WHERE m.status = 'suspended'), count(m.*) FILTER (WHERE m.status = 'left')
  FROM organisation o LEFT JOIN member m ON m.org_id = o.org_id AND o.kind = 'cell'
  WHERE o.org_id = ANY(orgs) GROUP BY o.org_id
  ON CONFLICT (org_id) DO UPDATE SET path = EXCLUDED.path, is_cell = EXCLUDED.is_cell, counted = EXCLUDED.counted,
    exempt = EXCLUDED.exempt, away = EXCLUDED.away, suspended = EXCLUDED.suspended, former = EXCLUDED.former;
  PERFORM recount_pledges(array_agg(k.org_id), array_agg(k.year)) FROM (
    SELECT org_id, year FROM pledge_count WHERE org_id = ANY(orgs)
    UNION SELECT m.org_id, d.year FROM member m JOIN deed d ON d.subject_kind = 'individual' AND d.subject_id = m.member_id
      WHERE m.org_id = ANY(orgs) AND d.state IN ('submitted', 'approved')
  ) k HAVING count(*) > 0;
END $$;

CREATE INDEX deed_subject ON deed (subject_id) WHERE subject_kind = 'individual';

-- Where the subjects of deeds belong is read under a lock: a member who is being transferred is counted once the transfer is done.
CREATE FUNCTION recount_subjects(kinds TEXT[], ids INTEGER[], years INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM member WHERE member_id IN (SELECT s.id FROM unnest(kinds, ids) AS s(kind, id) WHERE s.kind = 'individual')
    ORDER BY member_id FOR SHARE;
  PERFORM recount_pledges(array_agg(k.org_id), array_agg(k.year)) FROM (
    SELECT DISTINCT CASE s.kind WHEN 'individual' THEN m.org_id ELSE s.id END AS org_id, s.year
    FROM unnest(kinds, ids, years) AS s(kind, id, year) LEFT JOIN member m ON s.kind = 'individual' AND m.member_id = s.id
  ) k WHERE k.org_id IS NOT NULL HAVING count(*) > 0;
END $$;

-- Only what moves a count is counted anew: drafts, notes and progress are not.
CREATE FUNCTION count_changed_deeds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM pledge_count;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM recount_subjects(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM new_rows
      WHERE state IN ('submitted', 'approved') HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM recount_subjects(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM old_rows
      WHERE state IN ('submitted', 'approved') HAVING count(*) > 0;
  ELSE
    PERFORM recount_subjects(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM (
      (SELECT year, subject_kind, subject_id, number, state, forms FROM new_rows
        EXCEPT SELECT year, subject_kind, subject_id, number, state, forms FROM old_rows)
      UNION ALL
      (SELECT year, subject_kind, subject_id, number, state, forms FROM old_rows
        EXCEPT SELECT year, subject_kind, subject_id, number, state, forms FROM new_rows)
    ) d WHERE state IN ('submitted', 'approved') HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER deed_counted_insert AFTER INSERT ON deed REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_deeds();
CREATE TRIGGER deed_counted_update AFTER UPDATE ON deed REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_deeds();
CREATE TRIGGER deed_counted_delete AFTER DELETE ON deed REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_deeds();
CREATE TRIGGER deed_counted_truncate AFTER TRUNCATE ON deed FOR EACH STATEMENT EXECUTE FUNCTION count_changed_deeds();

CREATE FUNCTION count_changed_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM recount_rosters(array_agg(DISTINCT org_id)) FROM new_rows HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM recount_rosters(array_agg(DISTINCT org_id)) FROM old_rows HAVING count(*) > 0;
  ELSE
    PERFORM recount_rosters(array_agg(DISTINCT k.org_id)) FROM (
      SELECT o.org_id FROM old_rows o JOIN new_rows n USING (member_id) WHERE (o.org_id, o.status) IS DISTINCT FROM (n.org_id, n.status)
      UNION SELECT n.org_id FROM old_rows o JOIN new_rows n USING (member_id) WHERE (o.org_id, o.status) IS DISTINCT FROM (n.org_id, n.status)
    ) k HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER member_counted_insert AFTER INSERT ON member REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_members();
CREATE TRIGGER member_counted_update AFTER UPDATE ON member REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_members();
CREATE TRIGGER member_counted_delete AFTER DELETE ON member REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_members();

CREATE FUNCTION count_changed_organisations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO roster_count (org_id, path, is_cell) SELECT org_id, path, kind = 'cell' FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM roster_count r USING old_rows o WHERE r.org_id = o.org_id;
    DELETE FROM pledge_count p USING old_rows o WHERE p.org_id = o.org_id;
  ELSE
    PERFORM recount_rosters(array_agg(n.org_id)) FROM new_rows n JOIN old_rows o USING (org_id)
      WHERE (o.path, o.kind) IS DISTINCT FROM (n.path, n.kind) HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER organisation_counted_insert AFTER INSERT ON organisation REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_organisations();
CREATE TRIGGER organisation_counted_update AFTER UPDATE ON organisation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_organisations();
CREATE TRIGGER organisation_counted_delete AFTER DELETE ON organisation REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_organisations();

-- What there is already.
INSERT INTO roster_count (org_id, path, is_cell) SELECT org_id, path, kind = 'cell' FROM organisation;
SELECT recount_rosters(array_agg(org_id)) FROM organisation HAVING count(*) > 0;
SELECT recount_pledges(array_agg(org_id), array_agg(year)) FROM (
  SELECT DISTINCT org_id, year FROM deed WHERE subject_kind = 'collective' AND state IN ('submitted', 'approved')) k HAVING count(*) > 0;
