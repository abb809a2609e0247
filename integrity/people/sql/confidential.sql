-- Of which forces and bodies a person may know the confidential cases (investigations) on a day.
-- The same roles as CONFIDENTIAL_ROLES in people/enums.py; an outside decider is another force's PSD.

CREATE FUNCTION people_confidential_reach(person bigint, today date)
RETURNS TABLE (confidential_forces text, confidential_bodies text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
  WITH held AS (
    SELECT g.* FROM people_rolegrant g
    WHERE g.user_id = person AND g.starts_on <= today AND (g.ends_on IS NULL OR g.ends_on >= today)
      AND g.role IN ('psd_reviewer', 'psd_head', 'investigation_inspector')
  ),
  my_forces AS (
    SELECT force_id AS id FROM held WHERE force_id IS NOT NULL
    UNION SELECT f.id FROM held JOIN people_force f ON f.department_id = held.department_id
    UNION SELECT f.id FROM held
      LEFT JOIN people_force own ON own.id = held.force_id
      JOIN people_force f ON f.outside_body_id = held.oversight_body_id
        OR f.outside_department_id IN (held.department_id, own.department_id)
    WHERE held.role <> 'investigation_inspector'
  )
  SELECT
    (SELECT coalesce(string_agg(id::text, ','), '') FROM my_forces),
    (SELECT coalesce(string_agg(DISTINCT oversight_body_id::text, ','), '') FROM held)
$$;
