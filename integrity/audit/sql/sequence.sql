-- Places and hashes at the commit, as in ledger.sql, but row by row through the keys: a join's plan is
-- kept for the connection's life, and one made for small tables took the square of a large import.
CREATE OR REPLACE FUNCTION audit_sequence() RETURNS trigger
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
    WHERE p.id >= NEW.id
      AND (SELECT e.payload_id FROM audit_entry e WHERE e.payload_id = p.id) IS NULL
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
        AND (SELECT e.payload_id FROM audit_entry e WHERE e.payload_id = p.id) IS NULL
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
      SELECT log, level, above.place, sha256(
        '\x01'::bytea
        || (SELECT l.hash FROM audit_node l
            WHERE l.log_id = log AND l.height = level - 1 AND l.place = 2 * above.place)
        || (SELECT r.hash FROM audit_node r
            WHERE r.log_id = log AND r.height = level - 1 AND r.place = 2 * above.place + 1)
      )
      FROM generate_series(old_size >> level, (new_size >> level) - 1) AS above (place);
      level := level + 1;
    END LOOP;
    UPDATE audit_log SET size = new_size WHERE id = log;
  END LOOP;
  RETURN NULL;
END
$$;
