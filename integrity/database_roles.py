"""The database's roles: who may do what in it, before any table exists (ASSURANCE, decision 1).

``prepare`` makes them, and the database they use, as often as it is asked to. The demo, the tests,
Compose and the operators' guide all go through it, the last two by ``manage.py prepare_database``.
"""

import os
from collections.abc import Mapping

import psycopg
from psycopg import sql

# Each role, and the setting whose URL names it: where there is a URL, the role may sign in.
ROLES: Mapping[str, str] = {
    "owner": "DATABASE_OWNER_URL",  # owns every table and function; migrations alone connect as it
    "app": "DATABASE_URL",  # the site and its worker
    "public_ro": "DATABASE_PUBLIC_URL",  # reads what is published
    "auditor_ro": "DATABASE_AUDITOR_URL",  # reads everything, changes nothing
}
READERS = ("app", "public_ro", "auditor_ro")
# Migrations and audits cross forces; row-level security binds these two as it binds the site.
EVERYWHERE = ("owner", "auditor_ro")
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "citext")
ONE_AT_A_TIME = 2012


def prepare(
    server: Mapping[str, str | int | None],
    *,
    database: str,
    passwords: Mapping[str, str | None],
    template: str = "template0",
) -> None:
    """Make the roles, the database, its extensions and the rights on its schema.

    ``server`` holds a superuser's connection parameters without a database. A role that is not in
    ``passwords`` may not sign in; one with None signs in as the server's own rules let it.
    """
    with psycopg.connect(**{**server, "dbname": "postgres"}, autocommit=True) as connection:  # type: ignore[arg-type]
        connection.execute("SELECT pg_advisory_lock(%s)", (ONE_AT_A_TIME,))
        for role in ROLES:
            _make_role(connection, role, passwords)
        # Its functions set it for themselves, to see past row-level security.
        connection.execute('GRANT SET ON PARAMETER "integrity.scope" TO owner')
        name = sql.Identifier(database)
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
        if not known.fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER owner TEMPLATE {}").format(
                    name, sql.Identifier(template)
                )
            )
        for statement in (
            "ALTER DATABASE {} OWNER TO owner",
            "REVOKE ALL ON DATABASE {} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {} TO app, public_ro, auditor_ro",
        ):
            connection.execute(sql.SQL(statement).format(name))
        with psycopg.connect(**{**server, "dbname": database}, autocommit=True) as inside:  # type: ignore[arg-type]
            _prepare_schema(inside)


def _make_role(
    connection: psycopg.Connection, role: str, passwords: Mapping[str, str | None]
) -> None:
    name = sql.Identifier(role)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {}").format(name))
    rights = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    sign_in = "LOGIN" if role in passwords else "NOLOGIN"
    connection.execute(sql.SQL(f"ALTER ROLE {{}} {rights} {sign_in}").format(name))
    if password := passwords.get(role):
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, password))
    if role in EVERYWHERE:
        connection.execute(sql.SQL("ALTER ROLE {} SET integrity.scope = 'all'").format(name))


def _prepare_schema(connection: psycopg.Connection) -> None:
    for extension in EXTENSIONS:
        connection.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
        )
    for statement in (
        "ALTER SCHEMA public OWNER TO owner",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO app, public_ro, auditor_ro",
        "ALTER DEFAULT PRIVILEGES FOR ROLE owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    ):
        connection.execute(statement)


DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def danger(connection: psycopg.Connection) -> str:
    """Why the site must not work through this connection, as a sentence; empty where it may.

    A superuser and an owner are not bound by what guards the ledger, and a server that does not
    write through loses what it has acknowledged (ASSURANCE: 866 of 60 kills' writes).
    """
    row = connection.execute(
        "SELECT current_user, rolsuper OR rolbypassrls, EXISTS (SELECT FROM pg_database"
        " WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER')),"
        " ARRAY(SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'),"
        " EXISTS (SELECT FROM pg_db_role_setting WHERE setrole IN (0, pg_roles.oid)"
        "         AND array_to_string(setconfig, ' ') LIKE '%%integrity.%%')"
        " FROM pg_roles WHERE rolname = current_user",
        (list(DURABLE),),
    ).fetchone()
    if row is None:
        return ""
    user, above_the_rules, owns, off, preset = row
    if above_the_rules:
        return (
            f"The site may not connect as “{user}”, which no rule of the database binds; "
            "let DATABASE_URL name the role app (manage.py prepare_database makes it)."
        )
    if owns:
        return (
            f"The site may not connect as “{user}”, which owns the database and could rewrite the "
            "ledger; let DATABASE_URL name the role app and DATABASE_OWNER_URL the owner."
        )
    if preset:
        return (
            f"The role “{user}” has been given a scope of its own, past what each request may reach; "
            f"take it back as a superuser with ALTER ROLE {user} RESET ALL."
        )
    if off:
        return (
            f"The database server runs with {off[0]} off, so it can lose what it has acknowledged; "
            f"set {off[0]} = on in postgresql.conf and restart it."
        )
    return ""


def refusal(connection: psycopg.Connection) -> str:
    """What the site is refused for: any danger, but the losses that the crash harness sets out to find."""
    sentence = danger(connection)
    expected = os.environ.get("INTEGRITY_CRASH_HARNESS") == "expect losses"
    return "" if expected and any(f"with {name} off" in sentence for name in DURABLE) else sentence
