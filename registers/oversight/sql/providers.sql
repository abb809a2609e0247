-- The organisations from which most offers came, and those whose offers are worth most, each record
-- under the one into which it was merged. What stands in braces yields what is counted of each period.

WITH now AS (
  SELECT split_part(key, '|', 1)::bigint AS id, sum(n) AS n, sum(pounds) AS pounds,
         coalesce(sum(n) FILTER (WHERE split_part(key, '|', 2) = 'accepted'), 0) AS accepted
  FROM ({now}) counted GROUP BY 1 HAVING sum(n) > 0
),
whole AS (
  SELECT coalesce(o.merged_into_id, o.id) AS root, array_agg(o.id) AS ids, sum(now.n) AS n,
         sum(now.accepted) AS accepted, sum(now.pounds) AS pounds
  FROM now JOIN organisations_organisation o ON o.id = now.id GROUP BY 1
),
ranked AS (
  SELECT *, row_number() OVER (ORDER BY n DESC, root) AS by_offers,
         row_number() OVER (ORDER BY pounds DESC, root) AS by_pounds
  FROM whole
),
foremost AS MATERIALIZED (
  SELECT * FROM ranked
  WHERE by_offers <= %(most)s OR (by_pounds <= %(most)s AND pounds > 0)
),
earlier AS (
  SELECT f.root, sum(counted.n) AS n
  FROM foremost f
  JOIN organisations_organisation o ON coalesce(o.merged_into_id, o.id) = f.root
  JOIN ({before}) counted ON split_part(counted.key, '|', 1)::bigint = o.id
  GROUP BY 1
)
SELECT f.root, o.name, f.ids, f.n, f.accepted, f.pounds, coalesce(e.n, 0)
FROM foremost f JOIN organisations_organisation o ON o.id = f.root
LEFT JOIN earlier e ON e.root = f.root
ORDER BY f.by_offers
