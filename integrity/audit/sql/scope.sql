-- What row-level security asks: is this transaction everywhere, and if not, where?
-- integrity.audit.scope sets these settings, local to a transaction; unset, they reach nothing.

CREATE FUNCTION integrity_everywhere() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT current_setting('integrity.scope', true) = 'all' $$;

-- Raises where the setting is no list of numbers, so that a malformed scope reaches nothing either.
CREATE FUNCTION integrity_reach(what text) RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT coalesce(
    string_to_array(nullif(current_setting('integrity.' || what, true), ''), ',')::bigint[],
    '{}'
  )
$$;
