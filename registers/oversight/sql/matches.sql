-- How many cross-check matches were found of each force between two days, and how many of them are open
-- or disposed of: all that a board may know of them. Which match is whose, what it says and that one was
-- handed over stays PSD's, so these rows are read here and nowhere else by a board's connection.

CREATE OR REPLACE FUNCTION oversight_matches_of(forces bigint[], first date, last date)
RETURNS TABLE (force_id bigint, found bigint, open bigint, disposed bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all' AS $$
  SELECT m.force_id, count(*),
         count(*) FILTER (WHERE gone_at IS NULL AND signature <> disposed_signature),
         count(*) FILTER (WHERE disposition <> '' AND signature = disposed_signature)
  FROM crosschecks_match m
  WHERE m.force_id = ANY (forces) AND oversight_day(m.found_at) BETWEEN first AND last
  GROUP BY 1
$$;

-- The same of the forces that the transaction reaches.
CREATE OR REPLACE FUNCTION oversight_match_totals(forces bigint[], first date, last date)
RETURNS TABLE (force_id bigint, found bigint, open bigint, disposed bigint)
LANGUAGE sql STABLE AS $$
  SELECT * FROM oversight_matches_of(
    ARRAY(SELECT f FROM unnest(forces) f
          WHERE integrity_everywhere() OR f = ANY (integrity_reach('forces'))),
    first, last)
$$;
