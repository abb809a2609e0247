-- The ledger's functions. Their owner owns the tables; the site may read the ledger and call
-- audit_record, audit_record_many, audit_add_checkpoint and audit_erase, and nothing else.

-- One entry's content: the bytes as they will be hashed, with a salt of their own. The deferred
-- trigger below gives it its place in its force's sequence when the transaction commits.
CREATE FUNCTION audit_write(body text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
  INSERT INTO audit_payload (salt, body)
  VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), body)
  RETURNING id
$$;

-- What an event must be, so that every reader reads the same in it: no key twice, no time, number or
-- request that the view of events could not show. Nobody passes it off as a row's snapshot.
CREATE FUNCTION audit_check_event(body text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  said jsonb := body::jsonb;
BEGIN
  IF said ->> 'kind' IS DISTINCT FROM 'event' THEN
    RAISE EXCEPTION 'Only events are recorded so; rows record themselves.'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (SELECT count(*) FROM json_object_keys(body::json))
       <> (SELECT count(*) FROM jsonb_object_keys(said))
     OR coalesce(said ->> 'name', '') = '' OR (said ->> 'at')::timestamptz IS NULL THEN
    RAISE EXCEPTION 'An event says each thing once, with its name and time.'
      USING ERRCODE = 'check_violation';
  END IF;
  PERFORM (said ->> 'actor_id')::bigint, (said ->> 'request')::uuid;
END
$$;

-- What happened, in the site's own words.
CREATE FUNCTION audit_record(body text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
BEGIN
  PERFORM audit_check_event(body);
  IF body::jsonb ->> 'about' = 'content' THEN
    RAISE EXCEPTION 'An erasure records itself.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN audit_write(body);
END
$$;

CREATE FUNCTION audit_record_many(bodies text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
  SELECT count(audit_record(body)) FROM unnest(bodies) WITH ORDINALITY AS given (body, place)
$$;

-- A row as a change left it (as it was, where it was deleted), with who, what and why from the
-- settings of the transaction. What the site says of the actor is the site's word.
CREATE FUNCTION audit_write_row(
  row_table text, operation text, row_id bigint, content jsonb, force_id bigint,
  oversight_body_id bigint
) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT audit_write(
    jsonb_build_object(
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
    )::text
  )
$$;

-- At commit: the transaction's entries take the next places in their logs, log after log in one
-- order, so that nobody waits in a ring. A long import holds no log until its last moment. Content
-- without an entry is this transaction's own: everybody else's got its entry as it was committed.
CREATE FUNCTION audit_sequence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
SET enable_seqscan = off  -- plans are kept, and were made when the tables were small
AS $$
DECLARE
  log bigint;
  old_size bigint;
  new_size bigint;
  added bigint;
  level integer;
BEGIN
  IF EXISTS (SELECT FROM audit_entry WHERE payload_id = NEW.id) THEN
    RETURN NULL;  -- the first of the transaction's entries has seen to all of them
  END IF;
  FOR log IN
    SELECT DISTINCT coalesce(p.force_id, 0) FROM audit_payload p
    WHERE p.id >= NEW.id AND NOT EXISTS (SELECT FROM audit_entry e WHERE e.payload_id = p.id)
    ORDER BY 1
  LOOP
    SELECT size INTO old_size FROM audit_log WHERE id = log FOR UPDATE;
    IF NOT FOUND THEN
      IF log <> 0 AND NOT EXISTS (SELECT FROM people_force WHERE id = log) THEN
        RAISE EXCEPTION 'There is no such force.' USING ERRCODE = 'foreign_key_violation';
      END IF;
      INSERT INTO audit_log (id, code, size)
      VALUES (log, coalesce((SELECT code FROM people_force WHERE id = log), 'installation'), 0)
      ON CONFLICT DO NOTHING;
      SELECT size INTO old_size FROM audit_log WHERE id = log FOR UPDATE;
    END IF;

    WITH fresh AS (
      SELECT p.id, p.kind, sha256(p.salt || convert_to(p.body, 'UTF8')) AS digest,
             old_size + row_number() OVER (ORDER BY p.id) - 1 AS seq
      FROM audit_payload p
      WHERE p.id >= NEW.id AND coalesce(p.force_id, 0) = log
        AND NOT EXISTS (SELECT FROM audit_entry e WHERE e.payload_id = p.id)
    ), entries AS (
      INSERT INTO audit_entry (log_id, seq, payload_id, header)
      SELECT log, seq, id, format(
        '{"at":"%s","kind":"%s","payload":"%s","seq":%s}',
        to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        kind, encode(digest, 'hex'), seq
      )
      FROM fresh
      RETURNING seq, header
    )
    INSERT INTO audit_node (log_id, height, place, hash)
    SELECT log, 0, seq, sha256('\x00'::bytea || convert_to(header, 'UTF8')) FROM entries;
    GET DIAGNOSTICS added = ROW_COUNT;

    new_size := old_size + added;
    level := 1;
    WHILE new_size >> level <> old_size >> level LOOP
      INSERT INTO audit_node (log_id, height, place, hash)
      SELECT log, level, above.place, sha256('\x01'::bytea || l.hash || r.hash)
      FROM generate_series(old_size >> level,
                           (new_size >> level) - 1) AS above (place)
      JOIN audit_node l ON l.log_id = log AND l.height = level - 1
                       AND l.place = 2 * above.place
      JOIN audit_node r ON r.log_id = log AND r.height = level - 1
                       AND r.place = 2 * above.place + 1;
      level := level + 1;
    END LOOP;
    UPDATE audit_log SET size = new_size WHERE id = log;
  END LOOP;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER audit_sequence AFTER INSERT ON audit_payload
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_sequence();

-- A signed checkpoint, kept where everybody may read it. Readers check its signature.
CREATE FUNCTION audit_add_checkpoint(log bigint, checkpoint_size bigint, signed text, made timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM audit_log WHERE id = log AND size >= checkpoint_size) THEN
    RAISE EXCEPTION 'The log has fewer entries than the checkpoint says.'
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM audit_checkpoint WHERE log_id = log AND size >= checkpoint_size) THEN
    RAISE EXCEPTION 'The log has a checkpoint of this size or a later one.'
      USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO audit_checkpoint (log_id, size, note, made_at)
  VALUES (log, checkpoint_size, signed, made);
END
$$;

-- The end of retention: content and salt go, the entry and every proof stay. Two people, both named.
CREATE FUNCTION audit_erase(payload bigint, first_person bigint, second_person bigint, event text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET integrity.scope = 'all'
AS $$
DECLARE
  erased audit_payload;
BEGIN
  IF first_person IS NULL OR second_person IS NULL OR first_person = second_person
     OR 2 <> (SELECT count(*) FROM people_user WHERE id IN (first_person, second_person)) THEN
    RAISE EXCEPTION 'Erasing takes two people.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'erasure_takes_two_people';
  END IF;
  PERFORM audit_check_event(event);
  IF event::jsonb ->> 'name' IS DISTINCT FROM 'content erased'
     OR (event::jsonb ->> 'about_id')::bigint IS DISTINCT FROM payload
     OR event::jsonb ->> 'about' IS DISTINCT FROM 'content'
     OR (event::jsonb -> 'facts' ->> 'second_id')::bigint IS DISTINCT FROM second_person
     OR (event::jsonb ->> 'actor_id')::bigint IS DISTINCT FROM first_person THEN
    RAISE EXCEPTION 'The event must say what is erased and who the two are.'
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT * INTO erased FROM audit_payload WHERE id = payload AND body IS NOT NULL FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such content.' USING ERRCODE = 'no_data_found';
  END IF;
  IF NOT EXISTS (SELECT FROM audit_entry WHERE payload_id = payload) THEN
    RAISE EXCEPTION 'Content is erased once its entry stands in the ledger.'
      USING ERRCODE = 'check_violation';
  END IF;
  -- What a live row says now stays comparable with it: the row is emptied first, then its past goes.
  -- A deleted row's past goes from its beginning, so that it never seems to be missing.
  IF erased.kind = 'row' AND (erased.name = 'delete') = EXISTS (
    SELECT FROM audit_payload p
    WHERE p.kind = 'row' AND p.about = erased.about AND p.about_id = erased.about_id
      AND CASE erased.name WHEN 'delete' THEN p.id < erased.id ELSE p.id > erased.id END
  ) THEN
    RAISE EXCEPTION 'The register still stands on this content.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'erased_content_is_of_the_past';
  END IF;
  PERFORM audit_write(event);
  UPDATE audit_payload SET body = NULL, salt = NULL WHERE id = payload;
END
$$;

-- Events as rows, out of the bytes that were hashed; whoever asks sees what their scope lets them.
CREATE VIEW audit_event WITH (security_invoker = true) AS
SELECT
  id, force_id, oversight_body_id, name, about, about_id, audience,
  (body::jsonb ->> 'at')::timestamptz AS at,
  (body::jsonb ->> 'actor_id')::bigint AS actor_id,
  body::jsonb ->> 'actor' AS actor,
  body::jsonb ->> 'reason' AS reason,
  body::jsonb ->> 'reference' AS reference,
  body::jsonb -> 'facts' AS facts,
  (body::jsonb ->> 'request')::uuid AS request_id
FROM audit_payload
WHERE kind = 'event';
