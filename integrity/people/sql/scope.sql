-- Where a person may reach on a day, from who they are and the roles they hold (ASSURANCE, decision 5).
-- Row-level security knows forces; which entries of a force somebody reads is for visible_to.

CREATE FUNCTION people_reach(person bigint, today date)
RETURNS TABLE (forces text, bodies text, near_forces text, near_bodies text, departments text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
  WITH me AS (SELECT * FROM people_user WHERE id = person),
  held AS (
    SELECT g.* FROM people_rolegrant g
    WHERE g.user_id = person AND g.starts_on <= today AND (g.ends_on IS NULL OR g.ends_on >= today)
  ),
  my_bodies AS (
    SELECT oversight_body_id AS id FROM me WHERE oversight_body_id IS NOT NULL
    UNION SELECT oversight_body_id FROM held WHERE oversight_body_id IS NOT NULL
  ),
  my_forces AS (
    SELECT force_id AS id FROM me WHERE force_id IS NOT NULL
    UNION SELECT force_id FROM held WHERE force_id IS NOT NULL
    UNION SELECT f.id FROM held JOIN people_force f ON f.department_id = held.department_id
    -- the forces that a body whose member or officer they are oversees
    UNION SELECT o.force_id FROM held
      JOIN people_oversightbody_forces o ON o.oversightbody_id = held.oversight_body_id
    -- the forces whose outside decider they are
    UNION SELECT f.id FROM held
      LEFT JOIN people_force own ON own.id = held.force_id
      JOIN people_force f ON f.outside_body_id = held.oversight_body_id
        OR f.outside_department_id IN (held.department_id, own.department_id)
    -- the forces of those who report to them
    UNION SELECT force_id FROM people_user WHERE line_manager_id = person AND force_id IS NOT NULL
  ),
  my_departments AS (
    SELECT department_id AS id FROM held WHERE department_id IS NOT NULL
    UNION SELECT department_id FROM people_force WHERE id IN (SELECT id FROM my_forces)
    UNION SELECT department_id FROM people_oversightbody WHERE id IN (SELECT id FROM my_bodies)
  ),
  -- Whoever has ever held a role there may stand in an entry, so their names must show.
  acted AS (
    SELECT u.force_id, u.oversight_body_id
    FROM people_rolegrant g JOIN people_user u ON u.id = g.user_id
    WHERE g.force_id IN (SELECT id FROM my_forces)
       OR g.oversight_body_id IN (SELECT id FROM my_bodies)
       OR g.department_id IN (SELECT id FROM my_departments)
  ),
  near_f AS (
    SELECT id FROM my_forces
    UNION SELECT id FROM people_force WHERE department_id IN (SELECT id FROM my_departments)
    UNION SELECT force_id FROM acted WHERE force_id IS NOT NULL
  ),
  near_b AS (
    SELECT id FROM my_bodies
    UNION SELECT id FROM people_oversightbody WHERE department_id IN (SELECT id FROM my_departments)
    UNION SELECT oversightbody_id FROM people_oversightbody_forces
      WHERE force_id IN (SELECT id FROM my_forces)
    UNION SELECT oversight_body_id FROM acted WHERE oversight_body_id IS NOT NULL
  )
  SELECT
    (SELECT coalesce(string_agg(id::text, ','), '') FROM my_forces),
    (SELECT coalesce(string_agg(id::text, ','), '') FROM my_bodies),
    (SELECT coalesce(string_agg(id::text, ','), '') FROM near_f),
    (SELECT coalesce(string_agg(id::text, ','), '') FROM near_b),
    (SELECT coalesce(string_agg(id::text, ','), '') FROM my_departments)
$$;

-- Before anybody has signed in nothing can be read: this alone finds whose sign-in name it is.
CREATE FUNCTION people_id_of(sign_in_name text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$ SELECT id FROM people_user WHERE upper(username) = upper(sign_in_name) $$;
