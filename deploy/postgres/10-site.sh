#!/bin/sh
# Runs once, when the database volume is empty: the site's own role, which is no superuser, so that
# the triggers behind the ledger bind it too.
set -eu
: "${DATABASE_PASSWORD:?Set DATABASE_PASSWORD in .env (docs/operators.md).}"
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --set=password="$DATABASE_PASSWORD" <<'SQL'
CREATE ROLE integrity LOGIN NOSUPERUSER PASSWORD :'password';
CREATE DATABASE integrity OWNER integrity;
\connect integrity
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
CREATE EXTENSION btree_gist;
CREATE EXTENSION citext;
SQL
