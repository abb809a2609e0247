-- Entries of confidential cases say so in the bytes that are hashed, and show where those cases do.
ALTER TABLE audit_payload ADD COLUMN confidential boolean
  GENERATED ALWAYS AS (coalesce((body::jsonb ->> 'confidential')::boolean, false)) STORED;

-- A row as before, and whether it is a confidential one; what is not says nothing of it.
CREATE FUNCTION audit_write_row(
  row_table text, operation text, row_id bigint, content jsonb, force_id bigint,
  oversight_body_id bigint, confidential boolean
) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT audit_write(
    (jsonb_build_object(
      'kind', 'row',
      'about', row_table,
      'about_id', row_id,
      'name', operation,
      'at', clock_timestamp(),
      'actor_id', nullif(current_setting('integrity.actor_id', true), '')::bigint,
      'actor', coalesce(current_setting('integrity.actor', true), ''),
      'verb', coalesce(current_setting('integrity.verb', true), ''),
      'reason', coalesce(current_setting('integrity.reason', true), ''),
      'request', nullif(current_setting('integrity.request', true), ''),
      'force_id', force_id,
      'oversight_body_id', oversight_body_id,
      'row', content
    ) || CASE WHEN confidential THEN '{"confidential": true}'::jsonb ELSE '{}'::jsonb END)::text
  )
$$;
