-- The organisations from which most offers came, and those whose offers are worth most, each record
-- under the one into which it was merged. What stands in braces yields what is counted of each period.

WITH now AS (
  SELECT split_part(key, '|', 1)::bigint AS id, sum(n) AS n, sum(pounds) AS pounds,
         coalesce(sum(n) FILTER (WHERE split_part(key, '|', 2) = 'accepted'), 0) AS accepted
  FROM ({now}) counted GROUP BY 1 HAVING sum(n) > 0
),
before AS (
  SELECT split_part(key, '|', 1)::bigint AS id, sum(n) AS n FROM ({before}) counted GROUP BY 1
),
whole AS (
  SELECT coalesce(o.merged_into_id, o.id) AS root, array_agg(o.id) AS ids, sum(now.n) AS n,
         sum(now.accepted) AS accepted, sum(now.pounds) AS pounds
  FROM now JOIN organisations_organisation o ON o.id = now.id GROUP BY 1
),
earlier AS (
  SELECT coalesce(o.merged_into_id, o.id) AS root, sum(before.n) AS n
  FROM before JOIN organisations_organisation o ON o.id = before.id GROUP BY 1
),
ranked AS (
  SELECT *, row_number() OVER (ORDER BY n DESC, root) AS by_offers,
         row_number() OVER (ORDER BY pounds DESC, root) AS by_pounds
  FROM whole
)
SELECT r.root, o.name, r.ids, r.n, r.accepted, r.pounds, coalesce(e.n, 0)
FROM ranked r JOIN organisations_organisation o ON o.id = r.root
LEFT JOIN earlier e ON e.root = r.root
WHERE r.by_offers <= %(most)s OR (r.by_pounds <= %(most)s AND r.pounds > 0)
ORDER BY r.by_offers
