-- AlterTable
ALTER TABLE "organisation" ADD COLUMN     "closed_on" DATE,
ADD COLUMN     "merged_into" INTEGER;

-- CreateTable
CREATE TABLE "organisation_history" (
    "org_id" INTEGER NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE,
    "parent_id" INTEGER,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "is_closed" BOOLEAN NOT NULL,

    CONSTRAINT "organisation_history_pkey" PRIMARY KEY ("org_id","from_on")
);

-- CreateTable
CREATE TABLE "membership_history" (
    "member_id" INTEGER NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE,
    "org_id" INTEGER NOT NULL,
    "status" TEXT NOT NULL,

    CONSTRAINT "membership_history_pkey" PRIMARY KEY ("member_id","from_on")
);

-- CreateIndex
CREATE INDEX "membership_history_org_id_idx" ON "membership_history"("org_id");

-- AddForeignKey
ALTER TABLE "organisation_history" ADD CONSTRAINT "organisation_history_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership_history" ADD CONSTRAINT "membership_history_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("member_id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "organisation" ADD CONSTRAINT "organisation_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "organisation"("org_id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_merged_is_closed" CHECK (merged_into IS NULL OR closed_on IS NOT NULL);

-- The day from which what this transaction changes is so, 'YYYY-MM-DD', by the program's clock or the operator's word.
CREATE FUNCTION effective_on() RETURNS DATE LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('nep.effective_on', true), '')::date
$$;

-- What is added without a day is taken to have been so always.
CREATE FUNCTION keep_organisation_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  day DATE := effective_on();
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO organisation_history (org_id, from_on, parent_id, kind, name, path, is_closed)
    SELECT org_id, coalesce(day, DATE '0001-01-01'), parent_id, kind, name, path, closed_on IS NOT NULL FROM new_rows;
    RETURN NULL;
  END IF;
  day := coalesce(day, current_date);
  -- A second change on one day takes the place of the first; a row without its path is still being made.
  UPDATE organisation_history h SET parent_id = n.parent_id, kind = n.kind, name = n.name, path = n.path, is_closed = n.closed_on IS NOT NULL
    FROM new_rows n JOIN old_rows o USING (org_id)
    WHERE h.org_id = n.org_id AND h.until_on IS NULL AND (h.from_on >= day OR o.path = '');
  UPDATE organisation_history h SET until_on = day FROM new_rows n
    WHERE h.org_id = n.org_id AND h.until_on IS NULL
      AND (h.parent_id, h.kind, h.name, h.path, h.is_closed) IS DISTINCT FROM (n.parent_id, n.kind, n.name, n.path, n.closed_on IS NOT NULL);
  INSERT INTO organisation_history (org_id, from_on, parent_id, kind, name, path, is_closed)
    SELECT n.org_id, day, n.parent_id, n.kind, n.name, n.path, n.closed_on IS NOT NULL FROM new_rows n
    WHERE NOT EXISTS (SELECT FROM organisation_history h WHERE h.org_id = n.org_id AND h.until_on IS NULL);
  RETURN NULL;
END $$;

CREATE TRIGGER organisation_history_insert AFTER INSERT ON organisation REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_organisation_history();
CREATE TRIGGER organisation_history_update AFTER UPDATE ON organisation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_organisation_history();

CREATE FUNCTION keep_membership_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  day DATE := effective_on();
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO membership_history (member_id, from_on, org_id, status)
    SELECT member_id, coalesce(day, DATE '0001-01-01'), org_id, status FROM new_rows;
    RETURN NULL;
  END IF;
  day := coalesce(day, current_date);
  UPDATE membership_history h SET org_id = n.org_id, status = n.status FROM new_rows n
    WHERE h.member_id = n.member_id AND h.until_on IS NULL AND h.from_on >= day AND (h.org_id, h.status) IS DISTINCT FROM (n.org_id, n.status);
  UPDATE membership_history h SET until_on = day FROM new_rows n
    WHERE h.member_id = n.member_id AND h.until_on IS NULL AND (h.org_id, h.status) IS DISTINCT FROM (n.org_id, n.status);
  INSERT INTO membership_history (member_id, from_on, org_id, status)
    SELECT n.member_id, day, n.org_id, n.status FROM new_rows n
    WHERE NOT EXISTS (SELECT FROM membership_history h WHERE h.member_id = n.member_id AND h.until_on IS NULL);
  RETURN NULL;
END $$;

CREATE TRIGGER membership_history_insert AFTER INSERT ON member REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_membership_history();
CREATE TRIGGER membership_history_update AFTER UPDATE ON member REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_membership_history();

-- One row at a time is what is now.
CREATE UNIQUE INDEX organisation_history_now ON organisation_history (org_id) WHERE until_on IS NULL;
CREATE UNIQUE INDEX membership_history_now ON membership_history (member_id) WHERE until_on IS NULL;

INSERT INTO organisation_history (org_id, from_on, parent_id, kind, name, path, is_closed)
  SELECT org_id, DATE '0001-01-01', parent_id, kind, name, path, false FROM organisation;
INSERT INTO membership_history (member_id, from_on, org_id, status)
  SELECT member_id, DATE '0001-01-01', org_id, status FROM member;

-- Names are looked up without marks and in small letters, as people type them.
CREATE FUNCTION fold_name(name TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(translate(regexp_replace(normalize(name, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd'))
$$;

-- What is closed is no cell any more: kept counts leave it out. Otherwise as in the migration before.
CREATE OR REPLACE FUNCTION recount_pledges(orgs INTEGER[], years INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM roster_count WHERE org_id = ANY(orgs) ORDER BY org_id FOR NO KEY UPDATE;
  INSERT INTO pledge_count AS c
    (org_id, year, path, is_cell, counted, registered, approved, registered_beyond, individual_deeds, collective_deeds)
  WITH pair AS (
    SELECT DISTINCT p.org_id, p.year, o.path, o.kind = 'cell' AND o.closed_on IS NULL AS is_cell
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

CREATE OR REPLACE FUNCTION recount_rosters(orgs INTEGER[]) RETURNS void LANGUAGE plpgsql AS $$
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
  PERFORM recount_pledges(array_agg(k.org_id), array_agg(k.year)) FROM (
    SELECT org_id, year FROM pledge_count WHERE org_id = ANY(orgs)
    UNION SELECT m.org_id, d.year FROM member m JOIN deed d ON d.subject_kind = 'individual' AND d.subject_id = m.member_id
      WHERE m.org_id = ANY(orgs) AND d.state IN ('submitted', 'approved')
  ) k HAVING count(*) > 0;
END $$;

CREATE OR REPLACE FUNCTION count_changed_organisations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO roster_count (org_id, path, is_cell) SELECT org_id, path, kind = 'cell' AND closed_on IS NULL FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM roster_count r USING old_rows o WHERE r.org_id = o.org_id;
    DELETE FROM pledge_count p USING old_rows o WHERE p.org_id = o.org_id;
  ELSE
    PERFORM recount_rosters(array_agg(n.org_id)) FROM new_rows n JOIN old_rows o USING (org_id)
      WHERE (o.path, o.kind, o.closed_on) IS DISTINCT FROM (n.path, n.kind, n.closed_on) HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;
