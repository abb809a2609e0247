-- Units over the last quarters of a period: how each stands, which are silent, which enter most, and
-- which enter more or less than the rest of their force would. One row for each thing that is told.

WITH quarter AS (  -- each a bit, so that a unit's quarters are one number
  SELECT first, last, 1 << place::int AS bit
  FROM unnest(%(firsts)s::date[], %(lasts)s::date[]) WITH ORDINALITY AS q(first, last, place)
),
asked AS (
  SELECT * FROM unnest(%(since_forces)s::bigint[], %(since_registers)s::text[], %(since)s::date[])
    AS a(force_id, register, since)
),
register AS (SELECT unnest(%(registers)s::text[]) AS register),
staff AS (
  SELECT p.unit_id, count(*) AS heads FROM people_user p
  WHERE p.force_id = ANY (%(forces)s) AND p.unit_id IS NOT NULL
    AND p.starts_on <= %(today)s AND (p.leaves_on IS NULL OR p.leaves_on >= %(today)s)
  GROUP BY 1
),
unit AS MATERIALIZED (
  SELECT u.id, u.name, u.force_id, coalesce(s.heads, 0) AS heads
  FROM people_unit u LEFT JOIN staff s ON s.unit_id = u.id
  WHERE u.force_id = ANY (%(forces)s)
),
entry AS (
  SELECT f.unit_id, f.key AS register,
         bit_or(1 << width_bucket(f.counted_on, %(firsts)s::date[])) AS quarters,
         coalesce(sum(f.n) FILTER (
           WHERE f.counted_on BETWEEN %(starts_on)s AND %(ends_on)s
             AND (%(band)s::text IS NULL OR f.band = %(band)s)), 0) AS n
  FROM oversight_fact f
  WHERE f.force_id = ANY (%(forces)s) AND f.measure = 'entries' AND f.unit_id IS NOT NULL
    AND f.counted_on BETWEEN (SELECT min(first) FROM quarter) AND (SELECT max(last) FROM quarter)
    AND f.key = ANY (%(registers)s)
  GROUP BY 1, 2
),
nil AS (
  SELECT r.unit_id, r.register, bit_or(q.bit) AS quarters
  FROM casework_nilreturn r JOIN quarter q ON r.starts_on <= q.first AND r.ends_on >= q.last
  WHERE r.force_id = ANY (%(forces)s) AND r.unit_id IS NOT NULL AND r.person_id IS NULL
    AND r.withdrawn_at IS NULL
    AND r.ends_on >= (SELECT min(last) FROM quarter)  -- of ten years' returns, only the latest
  GROUP BY 1, 2
),
kept AS MATERIALIZED (
  SELECT u.id, u.name, u.force_id, u.heads, r.register, a.since, coalesce(e.n, 0) AS n,
         coalesce(e.quarters, 0) AS declared, coalesce(nil.quarters, 0) AS nil
  FROM unit u CROSS JOIN register r
  LEFT JOIN entry e ON e.unit_id = u.id AND e.register = r.register
  LEFT JOIN nil ON nil.unit_id = u.id AND nil.register = r.register
  LEFT JOIN asked a ON a.force_id = u.force_id AND a.register = r.register
),
stands AS MATERIALIZED (
  SELECT k.id, k.register, q.first,
         CASE WHEN k.declared & q.bit > 0 THEN 'declared'
              WHEN k.nil & q.bit > 0 THEN 'nil'
              WHEN k.since IS NULL OR k.since > q.last THEN 'not_asked'
              WHEN q.last >= %(today)s THEN 'not_due'
              ELSE 'silent' END AS standing
  FROM kept k CROSS JOIN quarter q
  WHERE %(unit)s::bigint IS NULL OR k.id = %(unit)s
),
silent AS (
  SELECT u.id, u.name, u.force_id, u.heads, count(*) AS quarters,
         array_agg(DISTINCT s.register) AS registers
  FROM stands s JOIN unit u ON u.id = s.id WHERE s.standing = 'silent'
  GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, u.heads DESC, u.name, u.id
),
-- What each unit entered in the period, and what its force's own rate would give it.
rated AS MATERIALIZED (
  SELECT id, name, force_id, heads, register, n,
         sum(n) OVER force_register * heads
           / nullif(sum(heads) OVER force_register, 0)::numeric AS expected
  FROM kept
  WINDOW force_register AS (PARTITION BY force_id, register)
),
odd AS (
  SELECT *, abs(n - expected) / sqrt(expected) AS far FROM rated
  WHERE %(band)s::text IS NULL AND expected >= %(enough)s
    AND abs(n - expected) > %(far)s * sqrt(expected)
    AND (%(unit)s::bigint IS NULL OR id = %(unit)s)
),
entered AS (
  SELECT id, name, force_id, heads, jsonb_object_agg(register, n) AS by_register, sum(n) AS n
  FROM rated WHERE %(unit)s::bigint IS NULL OR id = %(unit)s
  GROUP BY 1, 2, 3, 4 HAVING sum(n) > 0
)
SELECT 'stands', jsonb_build_object('register', register, 'first', first, 'standing', standing,
                                    'n', count(*))
FROM stands GROUP BY register, first, standing
UNION ALL
SELECT 'silent', to_jsonb(s) FROM (SELECT * FROM silent LIMIT %(most)s) s
UNION ALL
SELECT 'silent units', jsonb_build_object('n', count(*)) FROM silent
UNION ALL
SELECT 'odd', to_jsonb(o) FROM (SELECT * FROM odd ORDER BY far DESC, id LIMIT %(most)s) o
UNION ALL
SELECT 'entered', to_jsonb(e) FROM (SELECT * FROM entered ORDER BY n DESC, id LIMIT %(most)s) e
