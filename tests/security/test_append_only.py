# ruff: noqa: S608 - the names in these statements are those of our own tables
"""Nothing that the site's role can say alters the ledger, or a row without an entry (ASSURANCE, 2)."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import CheckViolation, InsufficientPrivilege

from integrity.audit.guard import LEDGER, Table, tables
from integrity.audit.verifier import verify
from registers.oversight.counting import strays
from tests.builders import NOW
from tests.integrity.audit.test_verify_receipt import RecordProperty
from tests.plugins.database import as_superuser
from tests.security.world import Filled, connect_as, database

# What each attack on a table says, one statement after another; {change} alters one of its rows.
ATTACKS: dict[str, Sequence[str]] = {
    "update": ["{change}"],
    "update in a transaction": ["BEGIN", "{change}", "SET CONSTRAINTS ALL IMMEDIATE", "COMMIT"],
    "delete": ["DELETE FROM {table}"],
    "delete one": ["DELETE FROM {table} WHERE ctid = (SELECT max(ctid) FROM {table})"],
    "truncate": ["TRUNCATE {table}", "TRUNCATE {table} CASCADE"],
    "alter": [
        "ALTER TABLE {table} ADD COLUMN fault integer",
        "ALTER TABLE {table} OWNER TO app",
        "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY fault ON {table} USING (true)",
    ],
    "drop": [
        "DROP TABLE {table}",
        "DROP TABLE {table} CASCADE",
        "DROP TRIGGER audit_capture ON {table}",
        "DROP FUNCTION audit_capture_{table}() CASCADE",
    ],
    "replace the trigger": [
        "CREATE OR REPLACE FUNCTION public.audit_capture_{table}() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NULL; END'",
        "ALTER FUNCTION audit_capture_{table}() RENAME TO other",
        "CREATE TRIGGER fault BEFORE UPDATE ON {table} FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE fault AS ON UPDATE TO {table} DO INSTEAD NOTHING",
        "{change}",
    ],
    "disable trigger": [
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "ALTER TABLE {table} DISABLE TRIGGER audit_capture",
        "{change}",
    ],
    "as a replica": [
        "SET session_replication_role = replica",
        "SET LOCAL session_replication_role = replica",
        "SELECT set_config('session_replication_role', 'replica', false)",
        "{change}",
    ],
    "settings by hand": [
        "SET integrity.actor_id = '999999'",
        "SET integrity.actor = 'Nobody at all'",
        "SET integrity.verb = 'nothing'",
        "SET integrity.request = 'none'",
        "{change}",
        "SET integrity.actor_id = 'x'",
        "{change}",
    ],
    "another search path": [
        "SET search_path = pg_temp, public, pg_catalog",
        "CREATE TEMP TABLE audit_payload (id bigint, salt bytea, body text)",
        "CREATE FUNCTION pg_temp.audit_write(body text) RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA fault",
        "{change}",
        "SET search_path = ''",
        "{change}",
    ],
    "an ignore switch": [
        "SET pgtrigger.ignore = '{table}:audit_capture'",
        "SET pghistory.context_id = ''",
        "{change}",
    ],
    "row security off": ["SET row_security = off", "{change}"],
    "another role": [
        "SET ROLE owner",
        "SET SESSION AUTHORIZATION owner",
        "GRANT owner TO app",
        "GRANT ALL ON {table} TO app",
        "{change}",
    ],
    "another number": [
        "UPDATE {table} SET id = id + 1000000",
        "UPDATE {table} SET id = gen_random_uuid()",
    ],
    "another's form of writing": [
        "SET timezone = 'Asia/Tokyo'",
        "SET datestyle = 'SQL, DMY'",
        "SET bytea_output = 'escape'",
        "SET extra_float_digits = -15",
        "SET standard_conforming_strings = off",
        "{change}",
    ],
}
ALTERED = {
    "audit_log": "size = size + 1",
    "audit_payload": "body = NULL, salt = NULL",
    "audit_entry": "header = 'x'",
    "audit_node": "hash = sha256('x')",
    "audit_checkpoint": "note = 'x'",
}
VALUES = {
    "CharField": "left(md5(random()::text), greatest({length}, 1))",
    "TextField": "md5(random()::text)",
    "EmailField": "md5(random()::text)",
    "BooleanField": "NOT {column}",
    "DateField": "{column} - 1",
    "DateTimeField": "{column} - interval '1 day'",
    "BigIntegerField": "{column} + 1",
    "PositiveSmallIntegerField": "{column} + 1",
    "PositiveIntegerField": "{column} + 1",
    "JSONField": "jsonb_build_array({column})",
    "DecimalField": "{column} + 0.01",
}
# Of these no row can be changed at all.
ONLY_KEYS = {"crosschecks_matchreferral", "procurement_purchasereferral"}
# Empty between transactions.
EMPTY = {"oversight_touched"}
NEVER_CHANGED = {"casework_decision", "governance_forcestatement", *ONLY_KEYS, *EMPTY} | {
    table.name for table in tables() if table.model._meta.auto_created
}


@dataclass
class Found:
    """What was tried, how many rows it changed with an entry each, and what it should not have done."""

    cells: int = 0
    changes: int = 0
    wrong: list[str] = field(default_factory=list)


class Witness:
    """A superuser's copy of everything as it was, and what became of it."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.ask = connection
        for name in LEDGER:
            self.copy(name)
        self.catalog = self.read_catalog()

    def copy(self, name: str) -> None:
        self.ask.execute(f"DROP TABLE IF EXISTS pg_temp.before_{name}".encode())
        self.ask.execute(f"CREATE TEMP TABLE before_{name} AS TABLE public.{name}".encode())

    def number(self, query: str) -> int:
        (found,) = self.ask.execute(query.encode()).fetchone() or (0,)
        return int(found)

    def ledger_altered(self) -> Iterator[str]:
        """Of what stood in the ledger, what does not stand there as it did; a log may have grown."""
        for name in LEDGER:
            if name == "audit_log":
                lost = (
                    "SELECT count(*) FROM before_audit_log b LEFT JOIN audit_log l USING (id, code)"
                    " WHERE l.size IS NULL OR l.size < b.size OR l.size <>"
                    " (SELECT count(*) FROM audit_entry e WHERE e.log_id = l.id)"
                )
            else:
                lost = (
                    f"SELECT count(*) FROM (TABLE before_{name} EXCEPT TABLE public.{name}) AS lost"
                )
            if self.number(lost):
                yield f"{name} was altered"

    def rows_altered(self, table: Table, last: int) -> tuple[int, list[str]]:
        """How many rows changed, and those whose change left no entry after the number ``last``."""
        name = table.name
        changed = self.ask.execute(
            f"SELECT DISTINCT id::text FROM ((TABLE before_{name} EXCEPT TABLE public.{name})"
            f" UNION ALL (TABLE public.{name} EXCEPT TABLE before_{name})) AS changed".encode()
        ).fetchall()
        if table.protection.derived:
            return 0, [f"{name} {row} was changed, which no record says" for (row,) in changed]
        if not table.is_recorded:
            return 0, []
        entered = {
            str(row)
            for (row,) in self.ask.execute(
                "SELECT about_id FROM audit_payload JOIN audit_entry ON payload_id = id"
                " WHERE kind = 'row' AND about = %s AND id > %s",
                (name, last),
            ).fetchall()
        }
        silent = [
            f"{name} {row} changed without an entry" for (row,) in changed if row not in entered
        ]
        gone = self.number(
            f"SELECT count(*) FROM before_{name} WHERE id NOT IN (SELECT id FROM public.{name})"
        )
        if gone and not table.protection.deletable:
            silent.append(f"{gone} rows of {name} are gone")
        return len(changed), silent

    def read_catalog(self) -> list[tuple[Any, ...]]:
        """Owners, rights, triggers, policies and functions, as the catalogue has them."""
        return self.ask.execute("""
            SELECT 'table', relname::text, relowner::regrole::text, relacl::text,
                   relrowsecurity::text || relforcerowsecurity::text || relnatts::text
            FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'trigger', tgname::text, tgrelid::regclass::text, tgenabled::text,
                   tgfoid::regproc::text FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT 'function', proname::text, proowner::regrole::text, proacl::text,
                   md5(prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL SELECT 'policy', policyname::text, tablename::text, cmd, qual || with_check
                   FROM pg_policies
            UNION ALL SELECT 'rule', rulename::text, tablename::text, '', '' FROM pg_rules
            UNION ALL SELECT 'role', rolname::text, rolsuper::text, rolbypassrls::text, ''
                   FROM pg_roles WHERE rolname !~ '^pg_'
            UNION ALL SELECT 'member', roleid::regrole::text, member::regrole::text, '', ''
                   FROM pg_auth_members
            UNION ALL SELECT 'schema', nspname::text, nspowner::regrole::text, nspacl::text, ''
                   FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast)'
            ORDER BY 1, 2, 3, 4, 5""").fetchall()


def attack_all(only: Sequence[str] = ()) -> Found:
    """Every attack on every table of the ledger and the registers, as the site's role."""
    found = Found()
    ours = {table.name: table for table in tables()}
    with as_superuser(database()) as superuser, connect_as("app") as app:
        witness = Witness(superuser)
        for name in only or (*LEDGER, *ours):
            if name in ours:
                witness.copy(name)
                change = change_of(superuser, ours[name])
            else:
                change = f"UPDATE public.{name} SET {ALTERED[name]}"
            for attack, statements in ATTACKS.items():
                found.cells += 1
                last = witness.number("SELECT max(id) FROM audit_payload")
                say(app, name, statements, change)
                wrong = list(witness.ledger_altered())
                if name in ours:
                    changed, silent = witness.rows_altered(ours[name], last)
                    found.changes += changed
                    wrong += silent
                    if changed:
                        witness.copy(name)
                found.wrong += [f"{attack} on {name}: {words}" for words in wrong]
        if witness.read_catalog() != witness.catalog:
            found.wrong.append("the catalogue was altered")
    return found


def say(app: psycopg.Connection, table: str, statements: Sequence[str], change: str) -> None:
    """Each statement by itself, as an attacker would who goes on after a refusal."""
    app.execute("SET integrity.scope = 'all'")
    for statement in statements:
        with suppress(psycopg.Error):
            app.execute(statement.format(table=table, change=change).encode())
    app.execute("ROLLBACK")
    app.execute("RESET ALL")


def change_of(superuser: psycopg.Connection, table: Table) -> str:
    """An update that alters one row of the table and that its constraints let through."""
    name = table.name
    (pk,) = superuser.execute(f"SELECT min(id::text) FROM {name}".encode()).fetchone() or ("",)
    fields = table.model._meta.local_concrete_fields
    for each in sorted(
        fields, key=lambda field: bool(field.choices)
    ):  # a free column before a choice
        value = VALUES.get(each.get_internal_type())
        if value is None:
            continue
        new = value.format(column=each.column, length=each.max_length)
        if each.choices:
            first, last = each.choices[0][0], each.choices[-1][0]
            new = f"CASE {each.column} WHEN '{last}' THEN '{first}' ELSE '{last}' END"
        change = f"UPDATE public.{name} SET {each.column} = {new} WHERE id = '{pk}'"
        with suppress(psycopg.Error), superuser.transaction(force_rollback=True):
            done = superuser.execute(f"{change} AND {each.column} IS NOT NULL".encode())
            if done.rowcount == 1:
                return change
    assert name in NEVER_CHANGED, f"Nothing was found to change in {name}."
    return f"UPDATE public.{name} SET id = id"


def test_no_attack_alters_the_ledger_or_a_row_without_an_entry(
    filled: Filled, record_property: RecordProperty
) -> None:
    checkpoint()
    found = attack_all()
    wanted = (len(LEDGER) + len(tables())) * len(ATTACKS)
    assert found.wrong == []
    assert found.cells == wanted
    recorded = [t for t in tables() if t.is_recorded and t.name not in NEVER_CHANGED]
    assert found.changes > 5 * len(recorded)  # the attacks that only change a row did change it
    verdict = verify()
    assert [each for each in verdict.broken if each.column != "note"] == []  # the note is made up
    assert strays() == (0, 0)  # and the figures say what the changed rows say
    record_property(
        "measured",
        f"append-only: {found.cells} of {wanted} cells of table × attack left the ledger as it was; "
        f"{found.changes} of {found.changes} rows that changed have an entry",
    )


def checkpoint() -> None:
    """A checkpoint to attack: it is the first table that would otherwise be empty."""
    with as_superuser(database()) as superuser:
        superuser.execute(
            "INSERT INTO audit_checkpoint SELECT id, size, 'made up', now() FROM audit_log"
            " ON CONFLICT DO NOTHING"
        )


def test_what_app_says_of_itself_is_refused(
    filled: Filled, record_property: RecordProperty
) -> None:
    refused = 0
    for words, statement in STATEMENTS.items():
        with connect_as("app") as app:
            app.execute("SET integrity.scope = 'all'")
            with pytest.raises(REFUSED):  # noqa: PT012 - and named where it is not
                app.execute(statement.encode())
                pytest.fail(words)
            refused += 1
    record_property("measured", f"append-only: {refused} of {len(STATEMENTS)} statements refused")


REFUSED = (
    InsufficientPrivilege,
    CheckViolation,
    psycopg.errors.ForeignKeyViolation,
    psycopg.errors.DataError,
    psycopg.errors.FeatureNotSupported,  # a trigger's function is not called by hand
)


def event(**said: Any) -> str:
    whole = {"kind": "event", "name": "x", "at": NOW.isoformat(), **said}
    return json.dumps(whole)


TWICE = '{"kind":"row","kind":"event","name":"x","at":"2026-01-01","about":"gifts_item","row":{}}'
ROW = event(kind="row", about="gifts_item", about_id=1, row={"id": 1})
ERASED = event(name="content erased", about="content", about_id=1)
STATEMENTS = {
    "content written by hand": f"SELECT audit_write('{ROW}')",
    "a row's content by hand": "SELECT audit_write_row('gifts_item', 'update', 1, '{}', 1, NULL)",
    "the sequence by hand": "SELECT audit_sequence()",
    "a row's trigger by hand": "SELECT audit_capture_gifts_item()",
    "a row passed off as an event": f"SELECT audit_record('{ROW}')",
    "many of them": f"SELECT audit_record_many(ARRAY['{ROW}'])",
    "a key said twice": f"SELECT audit_record('{TWICE}')",
    "another key said twice": f"""SELECT audit_record('{event()[:-1]}, "about": "", "about": "y"}}')""",
    "an event without a name": f"SELECT audit_record('{event(name='')}')",
    "an event without a time": f"SELECT audit_record('{event(at=None)}')",
    "an event at no time": f"SELECT audit_record('{event(at='soon')}')",
    "an event by no number": f"SELECT audit_record('{event(actor_id='x')}')",
    "an event of no request": f"SELECT audit_record('{event(request='x')}')",
    "an event of no force": f"SELECT audit_record('{event(force_id=999)}')",
    "an event of a force below": f"SELECT audit_record('{event(force_id=-1)}')",
    "an event that is a list": "SELECT audit_record('[]')",
    "an erasure that was none": f"SELECT audit_record('{ERASED}')",
    "an erasure by nobody": f"SELECT audit_erase(1, NULL, NULL, '{ERASED}')",
    "an erasure by one": f"SELECT audit_erase(1, 1, 1, '{ERASED}')",
    "an erasure by somebody unknown": f"SELECT audit_erase(1, 1, 999999, '{ERASED}')",
    "an erasure of another name": f"SELECT audit_erase(1, 1, 2, '{event()}')",
    "a checkpoint of too much": "SELECT audit_add_checkpoint(0, 999999, 'x', now())",
    "a checkpoint of no log": "SELECT audit_add_checkpoint(999, 1, 'x', now())",
    "a checkpoint of nothing": "SELECT audit_add_checkpoint(0, 0, 'x', now())",
    "another role": "SET ROLE owner",
    "a superuser's session": "SET SESSION AUTHORIZATION owner",
    "a right": "ALTER ROLE app BYPASSRLS",
    "a superuser": "ALTER ROLE app SUPERUSER",
    "a role": "CREATE ROLE fault",
    "a temporary table": "CREATE TEMP TABLE fault (id integer)",
    "a table": "CREATE TABLE fault (id integer)",
    "a schema": "CREATE SCHEMA fault",
    "a function": "CREATE FUNCTION fault() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "an operator": "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
    "an extension": "CREATE EXTENSION hstore",
    "a view": "CREATE VIEW fault AS SELECT 1",
    "the sequence of contents": "SELECT setval('audit_payload_id_seq', 1)",
    "a lock on the logs": "DO 'BEGIN LOCK TABLE audit_log; END'",
    "a log's row locked": "SELECT * FROM audit_log FOR UPDATE",
    "a figure by hand": "UPDATE oversight_tally SET n = n + 1",
    "a change of a figure by hand": "DELETE FROM oversight_change",
    "a fact by hand": "UPDATE oversight_fact SET counted_on = counted_on - 1",
    "a case marked by hand": "INSERT INTO oversight_touched (transaction, case_id) VALUES (1, 1)",
    "a program": "COPY audit_log TO PROGRAM 'cat'",
    "a file": "SELECT pg_read_file('PG_VERSION')",
    "a setting of the server": "ALTER SYSTEM SET fsync = off",
    "a setting of the database": "ALTER DATABASE postgres SET session_replication_role = replica",
    "a replica for ever": "ALTER ROLE app SET session_replication_role = replica",
    "a block of code": "DO 'BEGIN EXECUTE ''DELETE FROM audit_entry''; END'",
}


def test_an_event_about_a_table_is_not_taken_for_a_row(filled: Filled) -> None:
    """The site may record what it likes of what happened; the verifier never reads a row out of it."""
    with as_superuser(database()) as superuser, connect_as("app") as app:
        pk, was = superuser.execute(
            "SELECT id, to_jsonb(i) FROM gifts_item i ORDER BY id LIMIT 1"
        ).fetchone() or (0, {})
        lie = {**was, "description": "Nothing at all"}
        app.execute("SELECT audit_record(%s)", (event(about="gifts_item", about_id=pk, row=lie),))
        change = sql.SQL("UPDATE gifts_item SET description = {} WHERE id = {}")
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(change.format(lie["description"], pk))
        try:
            found = [(each.where, each.column) for each in verify().broken]
        finally:
            superuser.execute(change.format(was["description"], pk))
        assert (f"gifts_item {pk}", "description") in found


def test_rows_changed_behind_the_site_are_named(
    filled: Filled, record_property: RecordProperty
) -> None:
    """As a superuser whose triggers are off changes, deletes and adds them; then all is put back."""
    recorded = [t for t in tables() if t.is_recorded and t.name not in NEVER_CHANGED]
    told: dict[str, tuple[str, str]] = {}
    with as_superuser(database()) as superuser:
        superuser.execute("SET session_replication_role = replica")
        changes = {table.name: change_of(superuser, table) for table in recorded}
        for name, change in changes.items():
            column, pk = re.findall(r"SET (\w+) = .* WHERE id = '(\d+)'$", change)[0]
            told[name] = f"{name} {pk}", column
            superuser.execute(f"CREATE TEMP TABLE kept_{name} AS TABLE public.{name}".encode())
            superuser.execute(change.encode())
        superuser.execute("CREATE TEMP TABLE kept AS SELECT * FROM casework_deadline LIMIT 1")
        (gone,) = superuser.execute("SELECT id FROM kept").fetchone() or (0,)
        superuser.execute("DELETE FROM casework_deadline WHERE id = %s", (gone,))
        superuser.execute(
            "INSERT INTO casework_deadline SELECT (jsonb_populate_record(k, '{\"id\": 777}')).*"
            " FROM kept k"
        )
        try:
            found = {(each.where, each.column): each.reason for each in verify().broken}
        finally:
            for name, (where, column) in told.items():
                superuser.execute(
                    f"UPDATE {name} t SET {column} = k.{column} FROM kept_{name} k"
                    f" WHERE t.id = k.id AND t.id = {where.split()[1]}".encode()
                )
            superuser.execute("DELETE FROM casework_deadline WHERE id IN (777, %s)", (gone,))
            superuser.execute("INSERT INTO casework_deadline TABLE kept_casework_deadline"
                              " ON CONFLICT DO NOTHING")  # fmt: skip
    named = {where for where, _ in found}
    assert f"casework_deadline {gone}" in named
    assert "casework_deadline 777" in named
    del told["casework_deadline"]  # the one that was changed may be the one that is gone
    assert [name for name, place in told.items() if place not in found] == []
    assert [each for each in verify().broken if each.column != "note"] == []
    record_property(
        "measured",
        f"verifier: {len(told) + 1} of {len(recorded)} tables changed behind the site named by "
        "table, row and column",
    )


FAULTS = {
    "GRANT DELETE ON casework_deadline TO app": (
        "casework_deadline",
        "REVOKE DELETE ON casework_deadline FROM app",
    ),
    "ALTER TABLE gifts_item DISABLE TRIGGER audit_capture": (
        "gifts_item",
        "ALTER TABLE gifts_item ENABLE TRIGGER audit_capture",
    ),
    "GRANT UPDATE ON audit_entry TO app": ("audit_entry", "REVOKE UPDATE ON audit_entry FROM app"),
    "GRANT UPDATE ON oversight_tally TO app": (
        "oversight_tally",
        "REVOKE UPDATE ON oversight_tally FROM app",
    ),
    "GRANT TRUNCATE ON audit_checkpoint TO app": (
        "audit_checkpoint",
        "REVOKE TRUNCATE ON audit_checkpoint FROM app",
    ),
}


@contextmanager
def planted(fault: str, mend: str) -> Iterator[None]:
    with as_superuser(database()) as superuser:
        superuser.execute(fault.encode())
        try:
            yield
        finally:
            superuser.execute(mend.encode())


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(filled: Filled, fault: str) -> None:
    checkpoint()
    name, mend = FAULTS[fault]
    with planted(fault, mend):
        assert attack_all([name]).wrong != []
