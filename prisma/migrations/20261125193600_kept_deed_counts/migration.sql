-- CreateTable
CREATE TABLE "own_tally" (
    "org_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "about" INTEGER NOT NULL DEFAULT 0,
    "path" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "own_tally_pkey" PRIMARY KEY ("org_id","year","what","about")
);

-- CreateTable
CREATE TABLE "subtree_tally" (
    "org_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "subtree_tally_pkey" PRIMARY KEY ("org_id","year","what")
);

-- CreateTable
CREATE TABLE "subtree_tally_delta" (
    "delta_id" BIGSERIAL NOT NULL,
    "org_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "subtree_tally_delta_pkey" PRIMARY KEY ("delta_id")
);

-- CreateIndex
CREATE INDEX "subtree_tally_delta_org_id_year_idx" ON "subtree_tally_delta"("org_id", "year");

-- CreateIndex
CREATE INDEX "commendation_collective_id_idx" ON "commendation"("collective_id");

-- Figures of deeds by deadline, commitments, ratings and praise, kept as those of registration are (migration `counts`): what an
-- organisation itself adds is counted anew whenever it changes, under the lock of its row in roster_count, and the difference goes to
-- every organisation above. What is counted is the rule of src/domain/deed-figures.ts; a test holds both to each other.
ALTER TABLE subtree_tally SET (fillfactor = 70);
CREATE INDEX own_tally_about ON own_tally (about, year, what) WHERE about <> 0;

CREATE FUNCTION spread_tallies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO subtree_tally_delta (org_id, year, what, count)
    SELECT id::int, r.year, r.what, sum(r.count) FROM new_rows r CROSS JOIN unnest(string_to_array(trim(BOTH '/' FROM r.path), '/')) AS id
    GROUP BY 1, 2, 3 HAVING sum(r.count) <> 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO subtree_tally_delta (org_id, year, what, count)
    SELECT id::int, r.year, r.what, -sum(r.count) FROM old_rows r CROSS JOIN unnest(string_to_array(trim(BOTH '/' FROM r.path), '/')) AS id
    GROUP BY 1, 2, 3 HAVING sum(r.count) <> 0;
  ELSE
    INSERT INTO subtree_tally_delta (org_id, year, what, count)
    SELECT id::int, r.year, r.what, sum(r.count)
    FROM (SELECT year, what, path, count FROM new_rows UNION ALL SELECT year, what, path, -count FROM old_rows) r
    CROSS JOIN unnest(string_to_array(trim(BOTH '/' FROM r.path), '/')) AS id
    GROUP BY 1, 2, 3 HAVING sum(r.count) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER own_tally_spread_insert AFTER INSERT ON own_tally REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION spread_tallies();
CREATE TRIGGER own_tally_spread_update AFTER UPDATE ON own_tally REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION spread_tallies();
CREATE TRIGGER own_tally_spread_delete AFTER DELETE ON own_tally REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION spread_tallies();

-- Both kinds of counts are added up together.
CREATE OR REPLACE FUNCTION fold_counts() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(7310002) THEN RETURN; END IF;
  WITH taken AS (DELETE FROM subtree_delta RETURNING *)
  INSERT INTO subtree_count AS c (org_id, year, counted, exempt, away, suspended, former, cells, registered, approved, registered_beyond, individual_deeds, collective_deeds, started, complete)
  SELECT org_id, year, sum(counted), sum(exempt), sum(away), sum(suspended), sum(former), sum(cells), sum(registered), sum(approved), sum(registered_beyond), sum(individual_deeds), sum(collective_deeds), sum(started), sum(complete) FROM taken GROUP BY org_id, year
  ON CONFLICT (org_id, year) DO UPDATE SET counted = c.counted + EXCLUDED.counted, exempt = c.exempt + EXCLUDED.exempt, away = c.away + EXCLUDED.away, suspended = c.suspended + EXCLUDED.suspended, former = c.former + EXCLUDED.former, cells = c.cells + EXCLUDED.cells, registered = c.registered + EXCLUDED.registered, approved = c.approved + EXCLUDED.approved, registered_beyond = c.registered_beyond + EXCLUDED.registered_beyond, individual_deeds = c.individual_deeds + EXCLUDED.individual_deeds, collective_deeds = c.collective_deeds + EXCLUDED.collective_deeds, started = c.started + EXCLUDED.started, complete = c.complete + EXCLUDED.complete;
  WITH taken AS (DELETE FROM subtree_tally_delta RETURNING *)
  INSERT INTO subtree_tally AS c (org_id, year, what, count)
  SELECT org_id, year, what, sum(count) FROM taken GROUP BY 1, 2, 3
  ON CONFLICT (org_id, year, what) DO UPDATE SET count = c.count + EXCLUDED.count;
END $$;

-- What an approved pledge is counted as.
CREATE FUNCTION deed_tally(subject_kind TEXT, focus TEXT, due_on DATE, done_on DATE) RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT 'deed|' || subject_kind || '|' || coalesce(focus, '') || '|' || coalesce(to_char(due_on, 'YYYY-MM-DD'), '')
    || CASE WHEN done_on IS NULL THEN '|open' ELSE '|done' END
$$;

-- Adds what changed deeds add or take away. Where their subjects belong is read under locks: whoever moves a member or an organisation
-- counts anew under the same locks, and so sees either all of this change or nothing of it.
CREATE FUNCTION add_tallies(kinds TEXT[], ids INTEGER[], years INTEGER[], whats TEXT[], counts INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM member WHERE member_id IN (SELECT s.id FROM unnest(kinds, ids) AS s(kind, id) WHERE s.kind = 'individual')
    ORDER BY member_id FOR SHARE;
  PERFORM FROM roster_count WHERE org_id IN (
      SELECT m.org_id FROM unnest(kinds, ids) AS s(kind, id) JOIN member m ON m.member_id = s.id WHERE s.kind = 'individual'
      UNION SELECT s.id FROM unnest(kinds, ids) AS s(kind, id) WHERE s.kind = 'collective')
    ORDER BY org_id FOR NO KEY UPDATE;
  INSERT INTO own_tally AS t (org_id, year, what, path, count)
  SELECT r.org_id, s.year, s.what, r.path, sum(s.count)::int
  FROM unnest(kinds, ids, years, whats, counts) AS s(kind, id, year, what, count)
  LEFT JOIN member m ON s.kind = 'individual' AND m.member_id = s.id
  JOIN roster_count r ON r.org_id = CASE s.kind WHEN 'individual' THEN m.org_id ELSE s.id END
  WHERE s.kind = 'collective' OR r.is_cell AND m.status <> 'left'
  GROUP BY 1, 2, 3, 4 HAVING sum(s.count) <> 0
  ON CONFLICT (org_id, year, what, about) DO UPDATE SET count = t.count + EXCLUDED.count;
  IF random() < 0.05 OR cardinality(ids) > 100 THEN PERFORM fold_counts(); END IF;
END $$;

-- Deeds and commitments of pairs (organisation, year), anew: approved pledges by deadline, members who count with a commitment.
CREATE FUNCTION recount_tallies(orgs INTEGER[], years INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM roster_count WHERE org_id = ANY(orgs) ORDER BY org_id FOR NO KEY UPDATE;
  WITH pair AS MATERIALIZED (
    SELECT DISTINCT p.org_id, p.year, o.path, o.kind = 'cell' AND o.closed_on IS NULL AS is_cell
    FROM unnest(orgs, years) AS p(org_id, year) JOIN organisation o ON o.org_id = p.org_id
  ), counted_deed AS MATERIALIZED (
    SELECT p.org_id, p.year, p.path, d.subject_kind, d.subject_id, d.state, d.forms, d.focus, d.due_on, d.done_on,
      m.status IN ('official', 'probationary', 'temporarilyHere') AS counts
    FROM pair p JOIN member m ON m.org_id = p.org_id AND m.status <> 'left'
    -- Member by member (OFFSET keeps it so): tables that have just been filled have misled the planner.
    CROSS JOIN LATERAL (
      SELECT * FROM deed d WHERE d.year = p.year AND d.subject_kind = 'individual' AND d.subject_id = m.member_id
        AND d.state IN ('submitted', 'approved') OFFSET 0
    ) d
    WHERE p.is_cell
    UNION ALL
    SELECT p.org_id, p.year, p.path, d.subject_kind, d.subject_id, d.state, d.forms, d.focus, d.due_on, d.done_on, false
    FROM pair p JOIN deed d ON d.year = p.year AND d.subject_kind = 'collective' AND d.subject_id = p.org_id AND d.state = 'approved'
  ), fresh AS MATERIALIZED (
    SELECT org_id, year, path, deed_tally(subject_kind, focus, due_on, done_on) AS what, count(*)::int AS count
    FROM counted_deed WHERE state = 'approved' AND 'pledge' = ANY(forms) GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT org_id, year, path, 'commitment|registered', count(DISTINCT subject_id)::int
    FROM counted_deed WHERE counts AND 'commitment' = ANY(forms) GROUP BY 1, 2, 3
    UNION ALL
    SELECT org_id, year, path, 'commitment|approved', count(DISTINCT subject_id)::int
    FROM counted_deed WHERE counts AND state = 'approved' AND 'commitment' = ANY(forms) GROUP BY 1, 2, 3
  ), gone AS (
    DELETE FROM own_tally t USING pair p
    WHERE t.org_id = p.org_id AND t.year = p.year AND t.about = 0 AND (t.what LIKE 'deed|%' OR t.what LIKE 'commitment|%')
      AND NOT EXISTS (SELECT FROM fresh f WHERE f.org_id = t.org_id AND f.year = t.year AND f.what = t.what)
  )
  INSERT INTO own_tally AS t (org_id, year, what, path, count) SELECT org_id, year, what, path, count FROM fresh
  ON CONFLICT (org_id, year, what, about) DO UPDATE SET path = EXCLUDED.path, count = EXCLUDED.count
    WHERE (t.path, t.count) IS DISTINCT FROM (EXCLUDED.path, EXCLUDED.count);
  IF random() < 0.05 OR cardinality(orgs) > 100 THEN PERFORM fold_counts(); END IF;
END $$;

-- As recount_subjects: where the subjects of deeds belong is read under a lock.
CREATE FUNCTION recount_subject_tallies(kinds TEXT[], ids INTEGER[], years INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM member WHERE member_id IN (SELECT s.id FROM unnest(kinds, ids) AS s(kind, id) WHERE s.kind = 'individual')
    ORDER BY member_id FOR SHARE;
  PERFORM recount_tallies(array_agg(k.org_id), array_agg(k.year)) FROM (
    SELECT DISTINCT CASE s.kind WHEN 'individual' THEN m.org_id ELSE s.id END AS org_id, s.year
    FROM unnest(kinds, ids, years) AS s(kind, id, year) LEFT JOIN member m ON s.kind = 'individual' AND m.member_id = s.id
  ) k WHERE k.org_id IS NOT NULL HAVING count(*) > 0;
END $$;

-- Ratings that cells gave.
CREATE FUNCTION recount_ratings(orgs INTEGER[], years INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM roster_count WHERE org_id = ANY(orgs) ORDER BY org_id FOR NO KEY UPDATE;
  WITH pair AS MATERIALIZED (
    SELECT DISTINCT p.org_id, p.year, o.path FROM unnest(orgs, years) AS p(org_id, year) JOIN organisation o ON o.org_id = p.org_id
  ), fresh AS MATERIALIZED (
    SELECT p.org_id, p.year, p.path, 'rating|' || r.period || '|' || r.rating AS what, count(*)::int AS count
    FROM pair p JOIN deed_rating r ON r.org_id = p.org_id AND r.year = p.year WHERE r.source = 'cell' GROUP BY 1, 2, 3, 4
  ), gone AS (
    DELETE FROM own_tally t USING pair p WHERE t.org_id = p.org_id AND t.year = p.year AND t.about = 0 AND t.what LIKE 'rating|%'
      AND NOT EXISTS (SELECT FROM fresh f WHERE f.org_id = t.org_id AND f.year = t.year AND f.what = t.what)
  )
  INSERT INTO own_tally AS t (org_id, year, what, path, count) SELECT org_id, year, what, path, count FROM fresh
  ON CONFLICT (org_id, year, what, about) DO UPDATE SET path = EXCLUDED.path, count = EXCLUDED.count
    WHERE (t.path, t.count) IS DISTINCT FROM (EXCLUDED.path, EXCLUDED.count);
  IF random() < 0.05 OR cardinality(orgs) > 100 THEN PERFORM fold_counts(); END IF;
END $$;

-- The lowest organisation above both, or one of them where it lies above the other; no row for two trees.
CREATE FUNCTION meeting_point(a TEXT, b TEXT) RETURNS TABLE (org_id INTEGER, path TEXT) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (array_agg(x ORDER BY n DESC))[1]::int, '/' || string_agg(x, '/' ORDER BY n) || '/'
  FROM unnest(string_to_array(trim(BOTH '/' FROM a), '/'), string_to_array(trim(BOTH '/' FROM b), '/')) WITH ORDINALITY AS t(x, y, n)
  WHERE x = y HAVING count(*) > 0
$$;

-- Each member and each collective praised counts once in every subtree, however many organisations in it praised them: 1 in each of
-- these, and in the order of the tree -1 where each two neighbours meet. Sums over any subtree then come out at 1.
-- One praise at a time: whom one praises, another may be praising too. Praise is rare.
CREATE FUNCTION recount_praise(orgs INTEGER[], kinds TEXT[], members INTEGER[], collectives INTEGER[], years INTEGER[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7310004);
  WITH pair AS MATERIALIZED (
    SELECT DISTINCT p.org_id, p.year, o.path FROM unnest(orgs, years) AS p(org_id, year) JOIN organisation o ON o.org_id = p.org_id
  ), subject AS MATERIALIZED (
    SELECT DISTINCT s.kind, 'praise|members|' || s.kind AS what, s.member AS about, s.year
      FROM unnest(kinds, members, years) AS s(kind, member, year) WHERE s.member IS NOT NULL
    UNION SELECT s.kind, 'praise|collectives|' || s.kind, s.collective, s.year
      FROM unnest(kinds, collectives, years) AS s(kind, collective, year) WHERE s.collective IS NOT NULL
  ), praised AS (
    SELECT DISTINCT s.what, s.about, s.year, o.org_id, o.path FROM subject s
      JOIN commendation c ON c.member_id = s.about AND c.year = s.year AND c.kind = s.kind JOIN organisation o ON o.org_id = c.org_id
      WHERE s.what LIKE 'praise|members|%'
    UNION
    SELECT DISTINCT s.what, s.about, s.year, o.org_id, o.path FROM subject s
      JOIN commendation c ON c.collective_id = s.about AND c.year = s.year AND c.kind = s.kind JOIN organisation o ON o.org_id = c.org_id
      WHERE s.what LIKE 'praise|collectives|%'
  ), neighbours AS (
    SELECT what, about, year, path, lead(path) OVER (PARTITION BY what, about, year ORDER BY path COLLATE "C") AS next FROM praised
  ), fresh AS MATERIALIZED (
    SELECT org_id, year, what, about, path, sum(count)::int AS count FROM (
      SELECT org_id, year, what, about, path, 1 AS count FROM praised
      UNION ALL SELECT m.org_id, n.year, n.what, n.about, m.path, -1 FROM neighbours n CROSS JOIN LATERAL meeting_point(n.path, n.next) m
    ) part GROUP BY 1, 2, 3, 4, 5 HAVING sum(count) <> 0
    UNION ALL
    SELECT p.org_id, p.year, 'praise|entries|' || c.kind, 0, p.path, count(*)::int
    FROM pair p JOIN commendation c ON c.org_id = p.org_id AND c.year = p.year GROUP BY 1, 2, 3, 4, 5
  ), gone AS (
    DELETE FROM own_tally t USING subject s WHERE t.about = s.about AND t.year = s.year AND t.what = s.what AND t.about <> 0
      AND NOT EXISTS (SELECT FROM fresh f WHERE f.org_id = t.org_id AND f.year = t.year AND f.what = t.what AND f.about = t.about)
  ), gone_entries AS (
    DELETE FROM own_tally t USING pair p WHERE t.org_id = p.org_id AND t.year = p.year AND t.about = 0 AND t.what LIKE 'praise|entries|%'
      AND NOT EXISTS (SELECT FROM fresh f WHERE f.org_id = t.org_id AND f.year = t.year AND f.what = t.what AND f.about = 0)
  )
  INSERT INTO own_tally AS t (org_id, year, what, about, path, count) SELECT org_id, year, what, about, path, count FROM fresh
  ON CONFLICT (org_id, year, what, about) DO UPDATE SET path = EXCLUDED.path, count = EXCLUDED.count
    WHERE (t.path, t.count) IS DISTINCT FROM (EXCLUDED.path, EXCLUDED.count);
  IF random() < 0.05 OR cardinality(orgs) > 100 THEN PERFORM fold_counts(); END IF;
END $$;

CREATE FUNCTION count_changed_ratings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    PERFORM recount_ratings(array_agg(org_id), array_agg(year)) FROM new_rows WHERE source = 'cell' HAVING count(*) > 0;
  END IF;
  IF TG_OP IN ('DELETE', 'UPDATE') THEN
    PERFORM recount_ratings(array_agg(org_id), array_agg(year)) FROM old_rows WHERE source = 'cell' HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER deed_rating_counted_insert AFTER INSERT ON deed_rating REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_ratings();
CREATE TRIGGER deed_rating_counted_update AFTER UPDATE ON deed_rating REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_ratings();
CREATE TRIGGER deed_rating_counted_delete AFTER DELETE ON deed_rating REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_ratings();

CREATE FUNCTION count_changed_praise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    PERFORM recount_praise(array_agg(org_id), array_agg(kind), array_agg(member_id), array_agg(collective_id), array_agg(year))
      FROM new_rows HAVING count(*) > 0;
  END IF;
  IF TG_OP IN ('DELETE', 'UPDATE') THEN
    PERFORM recount_praise(array_agg(org_id), array_agg(kind), array_agg(member_id), array_agg(collective_id), array_agg(year))
      FROM old_rows HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER commendation_counted_insert AFTER INSERT ON commendation REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_praise();
CREATE TRIGGER commendation_counted_update AFTER UPDATE ON commendation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_praise();
CREATE TRIGGER commendation_counted_delete AFTER DELETE ON commendation REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_praise();

-- As before, and what is approved moves these counts too: what only was handed in, most of what members write, does not. Members with a
-- commitment are counted anew, since one may have several.
CREATE OR REPLACE FUNCTION count_changed_deeds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM pledge_count;
    DELETE FROM own_tally WHERE what LIKE 'deed|%' OR what LIKE 'commitment|%';
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM recount_subjects(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM new_rows
      WHERE state IN ('submitted', 'approved') HAVING count(*) > 0;
    PERFORM add_tallies(array_agg(subject_kind), array_agg(subject_id), array_agg(year),
        array_agg(deed_tally(subject_kind, focus, due_on, done_on)), array_agg(1)) FROM new_rows
      WHERE state = 'approved' AND 'pledge' = ANY(forms) HAVING count(*) > 0;
    PERFORM recount_subject_tallies(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM new_rows
      WHERE state IN ('submitted', 'approved') AND 'commitment' = ANY(forms) HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM recount_subjects(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM old_rows
      WHERE state IN ('submitted', 'approved') HAVING count(*) > 0;
    PERFORM add_tallies(array_agg(subject_kind), array_agg(subject_id), array_agg(year),
        array_agg(deed_tally(subject_kind, focus, due_on, done_on)), array_agg(-1)) FROM old_rows
      WHERE state = 'approved' AND 'pledge' = ANY(forms) HAVING count(*) > 0;
    PERFORM recount_subject_tallies(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM old_rows
      WHERE state IN ('submitted', 'approved') AND 'commitment' = ANY(forms) HAVING count(*) > 0;
  ELSE
    PERFORM recount_subjects(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM (
      (SELECT year, subject_kind, subject_id, number, state, forms FROM new_rows
        EXCEPT SELECT year, subject_kind, subject_id, number, state, forms FROM old_rows)
      UNION ALL
      (SELECT year, subject_kind, subject_id, number, state, forms FROM old_rows
        EXCEPT SELECT year, subject_kind, subject_id, number, state, forms FROM new_rows)
    ) d WHERE state IN ('submitted', 'approved') HAVING count(*) > 0;
    IF EXISTS (SELECT FROM new_rows WHERE state = 'approved') OR EXISTS (SELECT FROM old_rows WHERE state = 'approved') THEN
      PERFORM add_tallies(array_agg(subject_kind), array_agg(subject_id), array_agg(year), array_agg(what), array_agg(count)) FROM (
        SELECT subject_kind, subject_id, year, what, sum(count)::int AS count FROM (
          SELECT subject_kind, subject_id, year, deed_tally(subject_kind, focus, due_on, done_on) AS what, 1 AS count FROM new_rows
            WHERE state = 'approved' AND 'pledge' = ANY(forms)
          UNION ALL
          SELECT subject_kind, subject_id, year, deed_tally(subject_kind, focus, due_on, done_on), -1 FROM old_rows
            WHERE state = 'approved' AND 'pledge' = ANY(forms)
        ) part GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0
      ) d HAVING count(*) > 0;
    END IF;
    IF EXISTS (SELECT FROM new_rows WHERE 'commitment' = ANY(forms)) OR EXISTS (SELECT FROM old_rows WHERE 'commitment' = ANY(forms)) THEN
      PERFORM recount_subject_tallies(array_agg(subject_kind), array_agg(subject_id), array_agg(year)) FROM (
        (SELECT year, subject_kind, subject_id, number, state, forms FROM new_rows WHERE 'commitment' = ANY(forms)
          EXCEPT SELECT year, subject_kind, subject_id, number, state, forms FROM old_rows)
        UNION ALL
        (SELECT year, subject_kind, subject_id, number, state, forms FROM old_rows WHERE 'commitment' = ANY(forms)
          EXCEPT SELECT year, subject_kind, subject_id, number, state, forms FROM new_rows)
      ) d WHERE state IN ('submitted', 'approved') HAVING count(*) > 0;
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION recount_rosters(orgs INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  pair_orgs INTEGER[];
  pair_years INTEGER[];
BEGIN
  PERFORM FROM roster_count WHERE org_id = ANY(orgs) ORDER BY org_id FOR NO KEY UPDATE;
  INSERT INTO roster_count (org_id, path, is_cell, counted, exempt, away, suspended, former)
  SELECT o.org_id, o.path, o.kind = 'cell' AND o.closed_on IS NULL,
    count(m.*) FILTER (WHERE m.status IN ('official', 'probationary', 'temporarilyHere')),
    count(m.*) FILTER (WHERE m.status = 'exempt'), count(m.*) FILTER (WHERE m.status = 'away'),
    count(m.*) FILTER (WHERE m.status = 'suspended'), count(m.*) FILTER (WHERE m.status = 'left')
  FROM organisation o LEFT JOIN member m ON m.org_id = o.org_id AND o.kind = 'cell' AND o.closed_on IS NULL
  WHERE o.org_id = ANY(orgs) GROUP BY o.org_id
  ON CONFLICT (org_id) DO UPDATE SET path = EXCLUDED.path, is_cell = EXCLUDED.is_cell, counted = EXCLUDED.counted,
    exempt = EXCLUDED.exempt, away = EXCLUDED.away, suspended = EXCLUDED.suspended, former = EXCLUDED.former;
  SELECT array_agg(k.org_id), array_agg(k.year) INTO pair_orgs, pair_years FROM (
    SELECT org_id, year FROM pledge_count WHERE org_id = ANY(orgs)
    UNION SELECT m.org_id, d.year FROM member m JOIN deed d ON d.subject_kind = 'individual' AND d.subject_id = m.member_id
      WHERE m.org_id = ANY(orgs) AND d.state IN ('submitted', 'approved')
  ) k;
  IF pair_orgs IS NOT NULL THEN
    PERFORM recount_pledges(pair_orgs, pair_years);
    PERFORM recount_tallies(pair_orgs, pair_years);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION count_changed_organisations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed INTEGER[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO roster_count (org_id, path, is_cell) SELECT org_id, path, kind = 'cell' AND closed_on IS NULL FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM roster_count r USING old_rows o WHERE r.org_id = o.org_id;
    DELETE FROM pledge_count p USING old_rows o WHERE p.org_id = o.org_id;
    DELETE FROM own_tally t USING old_rows o WHERE t.org_id = o.org_id;
  ELSE
    SELECT array_agg(n.org_id) INTO changed FROM new_rows n JOIN old_rows o USING (org_id)
      WHERE (o.path, o.kind, o.closed_on) IS DISTINCT FROM (n.path, n.kind, n.closed_on);
    IF changed IS NULL THEN RETURN NULL; END IF;
    PERFORM recount_rosters(changed);
    -- Before it is read what was praised there: whoever is praising at this moment still knows the old place.
    PERFORM pg_advisory_xact_lock(7310004);
    UPDATE own_tally t SET path = o.path FROM organisation o
      WHERE o.org_id = t.org_id AND t.org_id = ANY(changed) AND t.about = 0 AND t.path <> o.path;
    PERFORM recount_praise(array_agg(org_id), array_agg(kind), array_agg(member_id), array_agg(collective_id), array_agg(year))
      FROM commendation WHERE org_id = ANY(changed) HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

-- What there is already.
SELECT recount_tallies(array_agg(org_id), array_agg(year)) FROM pledge_count HAVING count(*) > 0;
SELECT recount_ratings(array_agg(org_id), array_agg(year)) FROM deed_rating WHERE source = 'cell' HAVING count(*) > 0;
SELECT recount_praise(array_agg(org_id), array_agg(kind), array_agg(member_id), array_agg(collective_id), array_agg(year))
  FROM commendation HAVING count(*) > 0;
