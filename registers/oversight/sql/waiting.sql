-- What waits today, of each pile by the key of its facts and by the group of days that they are in.
-- Whoever reads is told nothing here of what is about them or was typed by them, nor of investigations
-- that they may not know.

WITH pile AS (
  SELECT slug, measure, until, edges::date[] AS edges
  FROM unnest(%(slugs)s::text[], %(measures)s::text[], %(untils)s::date[], %(edges)s::text[])
    AS p(slug, measure, until, edges)
),
mine AS MATERIALIZED (
  SELECT id FROM casework_case WHERE subject_id = %(reader)s OR author_id = %(reader)s
)
SELECT p.slug, f.key, width_bucket(f.counted_on, p.edges) AS place, sum(f.n)
FROM pile p JOIN oversight_fact f ON f.measure = p.measure AND f.counted_on < p.until
WHERE f.force_id = ANY (%(forces)s)
  AND (%(unit)s::bigint IS NULL OR f.unit_id = %(unit)s)
  AND (%(band)s::text IS NULL OR f.band = %(band)s)
  AND CASE WHEN f.confidential THEN %(knows)s AND f.case_id <> ALL (%(without)s)
           ELSE f.case_id NOT IN (SELECT id FROM mine) END
GROUP BY 1, 2, 3
