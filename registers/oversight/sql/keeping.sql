-- Keeps what oversight counts as new as the last commit. A changed row marks its case; when the
-- transaction commits, the cases it marked are counted anew, and what differs is appended as changes.
-- Nobody waits for anybody: no figure is a row that two transactions write. The worker folds changes
-- into the tally; a figure is the tally and the changes not folded yet, read in one statement.

CREATE OR REPLACE FUNCTION oversight_recount(wanted bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all' AS $$
DECLARE
  facts oversight_counted[];
BEGIN
  -- whoever counts the same case waits, and counts what was committed meanwhile
  PERFORM FROM casework_case WHERE id = ANY (wanted) ORDER BY id FOR NO KEY UPDATE;
  SELECT array_agg(f) INTO facts FROM oversight_facts_of(wanted) f;

  WITH gone AS (
    DELETE FROM oversight_fact f
    WHERE f.case_id = ANY (wanted) AND NOT EXISTS (
      SELECT FROM unnest(facts) x
      WHERE x.case_id = f.case_id AND x.measure = f.measure AND x.key = f.key
        AND x.counted_on = f.counted_on AND x.n = f.n AND x.pounds = f.pounds AND x.band = f.band
        AND x.unit_id IS NOT DISTINCT FROM f.unit_id
        AND x.force_id IS NOT DISTINCT FROM f.force_id
        AND x.confidential = f.confidential
    )
    RETURNING f.*
  )
  INSERT INTO oversight_change
    (force_id, oversight_body_id, band, confidential, counted_on, measure, key, n, pounds)
  SELECT force_id, oversight_body_id, band, oversight_is_secret(confidential, measure), counted_on,
         measure, key, -n, -pounds
  FROM gone WHERE oversight_is_summed(measure);

  WITH come AS (
    INSERT INTO oversight_fact
      (case_id, force_id, oversight_body_id, unit_id, band, confidential, counted_on, measure, key,
       n, pounds)
    SELECT x.case_id, x.force_id, x.oversight_body_id, x.unit_id, x.band, x.confidential,
           x.counted_on, x.measure, x.key, x.n, x.pounds
    FROM unnest(facts) x
    WHERE NOT EXISTS (
      SELECT FROM oversight_fact f
      WHERE f.case_id = x.case_id AND f.measure = x.measure AND f.key = x.key
        AND f.counted_on = x.counted_on
    )
    RETURNING *
  )
  INSERT INTO oversight_change
    (force_id, oversight_body_id, band, confidential, counted_on, measure, key, n, pounds)
  SELECT force_id, oversight_body_id, band, oversight_is_secret(confidential, measure), counted_on,
         measure, key, n, pounds
  FROM come WHERE oversight_is_summed(measure);
END
$$;

-- What boards may read of investigations: how many of a category were closed, and no more.
CREATE OR REPLACE FUNCTION oversight_is_secret(confidential boolean, measure text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT confidential AND measure <> 'investigations.closed' $$;

-- What waits is of today: facts say it, and no sum over a period has it.
CREATE OR REPLACE FUNCTION oversight_is_summed(measure text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT measure NOT LIKE 'waiting.%' $$;

CREATE OR REPLACE FUNCTION oversight_touch(of_case bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all' AS $$
  INSERT INTO oversight_touched (transaction, case_id)
  VALUES (pg_current_xact_id()::text::bigint, of_case) ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION oversight_settle() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all' AS $$
DECLARE
  marked bigint[];
  from_place integer := 1;
  at_once constant integer := 2000;
BEGIN
  WITH gone AS (
    DELETE FROM oversight_touched WHERE transaction = pg_current_xact_id()::text::bigint
    RETURNING case_id
  )
  SELECT array_agg(case_id ORDER BY case_id) INTO marked FROM gone;
  WHILE from_place <= coalesce(cardinality(marked), 0) LOOP
    PERFORM oversight_recount(marked[from_place : from_place + at_once - 1]);
    from_place := from_place + at_once;
  END LOOP;
  RETURN NULL;
END
$$;

-- Folds what has changed into the tally; how many changes it folded. One at a time.
CREATE OR REPLACE FUNCTION oversight_fold() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all' AS $$
DECLARE
  folded bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('oversight_fold')) THEN
    RETURN 0;
  END IF;
  WITH gone AS (DELETE FROM oversight_change RETURNING *),
  counted AS (SELECT count(*) AS many FROM gone),
  summed AS (
    SELECT g.force_id, g.oversight_body_id, p.grain, p.starts_on, b.band, g.confidential, g.measure,
           g.key, sum(g.n) AS n, sum(g.pounds) AS pounds
    FROM gone g
    CROSS JOIN LATERAL (VALUES
      ('month', date_trunc('month', g.counted_on)::date),
      ('year', (date_trunc('year', g.counted_on - interval '3 months') + interval '3 months')::date)
    ) p (grain, starts_on)
    CROSS JOIN LATERAL (VALUES (g.band), ('*')) b (band)
    WHERE NOT (p.grain = 'month' AND g.measure = 'gifts.providers')
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ),
  kept AS (
    INSERT INTO oversight_tally AS t
      (force_id, oversight_body_id, grain, starts_on, band, confidential, measure, key, n, pounds)
    SELECT * FROM summed WHERE n <> 0 OR pounds <> 0
    ON CONFLICT (force_id, oversight_body_id, grain, band, starts_on, measure, key, confidential)
    DO UPDATE SET n = t.n + EXCLUDED.n, pounds = t.pounds + EXCLUDED.pounds
  )
  SELECT many INTO folded FROM counted;
  RETURN folded;
END
$$;

-- Counts everything anew, for a new definition, or after an installation's own tables were mended.
CREATE OR REPLACE FUNCTION oversight_rebuild() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all' AS $$
DECLARE
  batch bigint[];
  last_id bigint := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('oversight_fold'));
  DELETE FROM oversight_change;
  DELETE FROM oversight_tally;
  DELETE FROM oversight_fact;
  LOOP
    SELECT array_agg(id) INTO batch
    FROM (SELECT id FROM casework_case WHERE id > last_id ORDER BY id LIMIT 5000) c;
    EXIT WHEN batch IS NULL;
    last_id := batch[cardinality(batch)];
    INSERT INTO oversight_fact
      (case_id, force_id, oversight_body_id, unit_id, band, confidential, counted_on, measure, key,
       n, pounds)
    SELECT * FROM oversight_facts_of(batch);
  END LOOP;
  INSERT INTO oversight_change
    (force_id, oversight_body_id, band, confidential, counted_on, measure, key, n, pounds)
  SELECT force_id, oversight_body_id, band, oversight_is_secret(confidential, measure), counted_on,
         measure, key, sum(n), sum(pounds)
  FROM oversight_fact WHERE oversight_is_summed(measure) GROUP BY 1, 2, 3, 4, 5, 6, 7;
  RETURN oversight_fold();
END
$$;
