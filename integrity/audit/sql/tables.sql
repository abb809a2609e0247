-- The ledger's tables. A header is what the tree hashes; it commits to the salted content, which
-- lies apart, so that content can be erased while every proof holds.

-- One sequence for each force; number 0 is the installation's, for what belongs to no force.
CREATE TABLE audit_log (
  id bigint PRIMARY KEY,
  code text NOT NULL UNIQUE,
  size bigint NOT NULL CHECK (size >= 0)
);

-- Content as it will be hashed. The columns after it are read out of it and cannot say anything else.
CREATE TABLE audit_payload (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  salt bytea,
  body text,
  force_id bigint GENERATED ALWAYS AS ((body::jsonb ->> 'force_id')::bigint) STORED,
  oversight_body_id bigint
    GENERATED ALWAYS AS ((body::jsonb ->> 'oversight_body_id')::bigint) STORED,
  kind text GENERATED ALWAYS AS (body::jsonb ->> 'kind') STORED,
  name text GENERATED ALWAYS AS (body::jsonb ->> 'name') STORED,
  about text GENERATED ALWAYS AS (body::jsonb ->> 'about') STORED,
  about_id bigint GENERATED ALWAYS AS ((body::jsonb ->> 'about_id')::bigint) STORED,
  audience text GENERATED ALWAYS AS (body::jsonb ->> 'audience') STORED,
  CONSTRAINT payload_is_whole_or_erased CHECK ((salt IS NULL) = (body IS NULL))
);
CREATE INDEX audit_payload_about ON audit_payload (about, about_id, id);

CREATE TABLE audit_entry (
  log_id bigint NOT NULL,
  seq bigint NOT NULL CHECK (seq >= 0),
  payload_id bigint NOT NULL UNIQUE,
  header text NOT NULL,
  PRIMARY KEY (log_id, seq)
);

-- Hashes of complete subtrees (RFC 9162): height 0 holds the leaves, so a proof reads O(log n) rows.
CREATE TABLE audit_node (
  log_id bigint NOT NULL,
  height smallint NOT NULL,
  place bigint NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (log_id, height, place)
);

CREATE TABLE audit_checkpoint (
  log_id bigint NOT NULL,
  size bigint NOT NULL CHECK (size > 0),
  note text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (log_id, size)
);
