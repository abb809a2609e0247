# ruff: noqa: S608 - the names in these statements are the models' own, never anybody's input
"""Puts what the models declare into the database: capture, row-level security, keys and rights.

Everything is derived from the models (integrity.audit.protection), so a new register gets it by
declaring its models, and none can be forgotten. It runs after each ``migrate``, as the owner.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from integrity.audit.protection import Protection

OURS = ("integrity.", "registers.")
HOMES = ("force", "oversight_body")
CONFIDENTIAL = {"force": "confidential_forces", "oversight_body": "confidential_bodies"}
LEDGER = ("audit_log", "audit_payload", "audit_entry", "audit_node", "audit_checkpoint")
PUBLISHED = ("audit_log", "audit_checkpoint")
PUBLIC_FUNCTIONS = ("integrity_everywhere", "integrity_reach")
# What the site may call of the ledger's; the others run inside a trigger or another function.
SITE_FUNCTIONS = (
    *PUBLIC_FUNCTIONS,
    "audit_record",
    "audit_record_many",
    "audit_add_checkpoint",
    "audit_erase",
)
# A plan is kept for the connection's life, and a table that was empty then would be read through
# for every row of an import: hence no sequential scans.
DEFINER = (
    "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp "
    "SET integrity.scope = 'all' SET timezone = 'UTC' SET enable_seqscan = off"
)


@dataclass(frozen=True)
class Table:
    """One model's table and what is declared of it."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def protection(self) -> Protection:
        declared = getattr(self.model, "protection", None)
        if isinstance(declared, Protection):
            return declared
        owner: Any = self.model._meta.auto_created
        if owner:  # the rows of a ManyToManyField, which lie with its model
            its = Table(owner).protection
            return Protection(
                within=owner._meta.model_name or "",
                open_because=its.open_because,
                near=its.near,
                deletable=True,
            )
        return Protection()

    @cached_property
    def homes(self) -> dict[str, str]:
        """The columns that say whose a row is, by what they point to."""
        found: dict[str, str] = {}
        if self.model._meta.auto_created:
            return found
        for name in (*HOMES, "department"):
            if field := self.field(name):
                found[name] = field.column
        return found

    @cached_property
    def parent(self) -> models.ForeignKey | None:
        """The key through which a row without a column of its own belongs to a force."""
        if self.homes or self.protection.open_because:
            return None
        name = self.protection.within or "case"
        field = self.field(name)
        if field is None:
            raise ImproperlyConfigured(
                f"{self.model._meta.label} has neither a force nor a case; declare its protection "
                "(integrity/audit/protection.py)."
            )
        return field

    def field(self, name: str) -> models.ForeignKey | None:
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        return field if isinstance(field, models.ForeignKey) else None

    @property
    def is_scoped(self) -> bool:
        return not self.protection.open_because

    @property
    def is_recorded(self) -> bool:
        return not self.protection.unrecorded_because

    def foreign_keys(self) -> Iterator[models.ForeignKey]:
        """Foreign keys to other scoped tables."""
        for field in self.model._meta.local_fields:
            if (
                isinstance(field, models.ForeignKey)
                and is_ours(field.related_model)
                and Table(field.related_model).is_scoped
            ):
                yield field

    def named_homes(self) -> Iterator[tuple[str, str]]:
        """Columns that name a force or body in a row that is another's, such as a joint policy's."""
        if self.parent is not None:
            for field in self.model._meta.local_fields:
                if isinstance(field, models.ForeignKey):
                    home = str(field.related_model._meta.verbose_name).replace(" ", "_")
                    if home in HOMES:
                        yield field.column, home

    def same_force(self) -> Iterator[tuple[models.ForeignKey, str]]:
        """Keys that must stay within the row's own force or body, with the column of that home.

        To people only those declared so: who acts on a case may come from another force.
        """
        if self.protection.derived:
            return
        for field in self.foreign_keys():
            target = Table(field.related_model)
            to_people = field.related_model is get_user_model()
            if to_people and field.name not in self.protection.same_force:
                continue
            for home in HOMES:
                if home in self.homes and home in target.homes:
                    yield field, home


def is_ours(model: type[models.Model]) -> bool:
    return apps.get_app_config(model._meta.app_label).name.startswith(OURS)


def tables() -> list[Table]:
    """Every table of the platform and the registers, but for the ledger's own."""
    return [
        Table(model)
        for model in apps.get_models(include_auto_created=True)
        if is_ours(model) and model._meta.managed
    ]


def guard(cursor: CursorWrapper) -> None:
    """Make the database enforce what the models declare; again and again the same."""
    everything = tables()
    for table in everything:
        _record(cursor, table)
    # What that wrote takes its place now: a table with a trigger still to run cannot be altered.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in everything:
        for field, home in table.same_force():
            _tie(cursor, table, field, home)
    for table in everything:
        _isolate(cursor, table)
    _isolate_ledger(cursor)
    _grant(cursor, everything)


# --- recording ------------------------------------------------------------------------------------


def snapshot(table: Table, row: str) -> str:
    """SQL for a row as the ledger keeps it."""
    content = f"to_jsonb({row})"
    for column in table.protection.hashed:
        digest = f"encode(sha256(convert_to({row}.{column}::text, 'UTF8')), 'hex')"
        content += f" || jsonb_build_object('{column}', {digest})"
    return content


def _home(table: Table, row: str) -> tuple[str, str, str, str]:
    """SQL for the force and body of a row, whether it is confidential, and the FROM that finds them."""
    joins, at, current, number = "", row, table, 0
    while current.parent is not None:
        number += 1
        field, previous, at = current.parent, at, f"p{number}"
        target = field.related_model._meta
        join = f"{target.db_table} {at}"
        condition = f"{at}.{target.pk.column} = {previous}.{field.column}"
        joins += f" LEFT JOIN {join} ON {condition}"
        current = Table(field.related_model)
    force, body = (f"{at}.{current.homes[h]}" if h in current.homes else "NULL" for h in HOMES)
    secret = current.protection.confidential
    told = f"coalesce({at}.{secret}, false)" if isinstance(secret, str) else str(secret).lower()
    return force, body, told, f"FROM (SELECT 1) one{joins}"


def _record(cursor: CursorWrapper, table: Table) -> None:
    """A trigger of our own, which no setting switches off: each changed row leaves an entry."""
    name = f"audit_capture_{table.name}"
    cursor.execute(f"DROP TRIGGER IF EXISTS audit_capture ON {table.name}")
    if not table.is_recorded:
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        return
    force, body, secret, source = _home(table, "r")
    shape = _shape(cursor, table)
    cursor.execute(f"SELECT obj_description(to_regprocedure('{name}()'), 'pg_proc')")
    (before,) = cursor.fetchone()
    cursor.execute(f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger {DEFINER} AS $body$
        DECLARE
          r {table.name};
          of_force bigint;
          of_body bigint;
          confidential boolean;
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD *= NEW THEN
            RETURN NULL;
          END IF;
          IF TG_OP = 'UPDATE' AND OLD.id <> NEW.id THEN
            RAISE EXCEPTION 'A row keeps its number.' USING ERRCODE = 'insufficient_privilege';
          END IF;
          r := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
          SELECT {force}, {body}, {secret} INTO of_force, of_body, confidential {source};
          PERFORM audit_write_row('{table.name}', lower(TG_OP), r.id, {snapshot(table, "r")},
                                  of_force, of_body, confidential);
          RETURN NULL;
        END
        $body$""")
    cursor.execute(f"""
        CREATE TRIGGER audit_capture AFTER INSERT OR UPDATE OR DELETE ON {table.name}
        FOR EACH ROW EXECUTE FUNCTION {name}()""")
    cursor.execute(f"COMMENT ON FUNCTION {name}() IS '{shape}'")
    if before not in (None, shape):  # a migration gave the rows another shape
        cursor.execute(f"""
            SELECT count(audit_write_row('{table.name}', 'migrate', r.id, {snapshot(table, "r")},
                                         {force}, {body}, {secret})::text)
            FROM {table.name} r CROSS JOIN LATERAL (SELECT 1) one
            {source.removeprefix("FROM (SELECT 1) one")}""")


def _shape(cursor: CursorWrapper, table: Table) -> str:
    """What a snapshot of the table's rows looks like: its columns, their types, and those hashed."""
    cursor.execute(
        "SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', '"
        " ORDER BY attname) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table.name],
    )
    (columns,) = cursor.fetchone()
    hashed = f"; hashed: {', '.join(table.protection.hashed)}" if table.protection.hashed else ""
    return f"{columns}{hashed}"


# --- isolation ------------------------------------------------------------------------------------


def _tie(cursor: CursorWrapper, table: Table, field: models.ForeignKey, home: str) -> None:
    """A composite foreign key: what a row points to is of the same force as the row."""
    target = Table(field.related_model)
    key, column = target.model._meta.pk.column, target.homes[home]
    once, tie = f"{target.name}_{column}_key", f"{table.name}_{field.column}_same_{home}"
    _unless_there(cursor, target, once, f"UNIQUE ({key}, {column})")
    _unless_there(
        cursor,
        table,
        tie,
        f"FOREIGN KEY ({field.column}, {table.homes[home]}) "
        f"REFERENCES {target.name} ({key}, {column}) DEFERRABLE INITIALLY DEFERRED",
    )


def _unless_there(cursor: CursorWrapper, table: Table, name: str, definition: str) -> None:
    cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [name])
    if cursor.fetchone() is None:
        cursor.execute(f"ALTER TABLE {table.name} ADD CONSTRAINT {name} {definition}")


def within_reach(table: Table, *, near: bool, row: str = "") -> str:
    """SQL: whether a row belongs to the forces that the transaction may reach."""
    row = row or table.name
    if table.parent is not None:
        target, parent = Table(table.parent.related_model), f"of_{row}"
        key = f"{parent}.{target.model._meta.pk.column} = {row}.{table.parent.column}"
        if target.protection.near and not near:  # more read the parent than those whose it is
            key += f" AND ({within_reach(target, near=False, row=parent)})"
        return f"EXISTS (SELECT FROM {target.name} {parent} WHERE {key})"
    reached = " OR ".join(
        f"{row}.{column} = ANY ({_reach(home, near=near)})" for home, column in table.homes.items()
    )
    if not table.protection.confidential:
        return reached
    trusted = " OR ".join(
        f"{row}.{column} = ANY ((SELECT integrity_reach('{CONFIDENTIAL[home]}'))::bigint[])"
        for home, column in table.homes.items()
    )
    if isinstance(table.protection.confidential, str):
        trusted = f"NOT {row}.{table.protection.confidential} OR {trusted}"
    return f"({reached}) AND ({trusted})"


def _reach(home: str, *, near: bool) -> str:
    lists = {
        "force": "near_forces" if near else "forces",
        "oversight_body": "near_bodies" if near else "bodies",
        "department": "departments",
    }
    return f"(SELECT integrity_reach('{lists[home]}'))::bigint[]"


def all_within_reach(table: Table) -> str:
    """SQL: whether everything that a row says it belongs to is within reach, where it says several."""
    within = f"({within_reach(table, near=False)})"
    if len(table.homes) < 2:
        return within
    each = (
        f"({table.name}.{column} IS NULL"
        f" OR {table.name}.{column} = ANY ({_reach(home, near=False)}))"
        for home, column in table.homes.items()
    )
    return " AND ".join((within, *each))


def points_within_reach(table: Table) -> str:
    """SQL: whether the transaction could read everything that a row points to."""
    conditions = []
    for field in table.foreign_keys():
        if field is table.parent:
            continue
        column, target = f"{table.name}.{field.column}", field.related_model._meta
        seen = f"EXISTS (SELECT FROM {target.db_table} o WHERE o.{target.pk.column} = {column})"
        if field.related_model is table.model:
            seen = f"{_sees(table)}({column})"
        conditions.append(f"({column} IS NULL OR {seen})")
    for column, home in table.named_homes():
        named = f"{table.name}.{column}"
        conditions.append(f"({named} IS NULL OR {named} = ANY ({_reach(home, near=True)}))")
    return " AND ".join(conditions) or "true"


def _sees(table: Table) -> str:
    return f"within_reach_of_{table.name}"


def _isolate(cursor: CursorWrapper, table: Table) -> None:
    """Row-level security, which binds the owner too and lets nothing through without a scope."""
    if not table.is_scoped:
        return
    if any(field.related_model is table.model for field in table.foreign_keys()):
        # A table's policy cannot ask the table itself.
        cursor.execute(f"""
            CREATE OR REPLACE FUNCTION {_sees(table)}(row_id bigint) RETURNS boolean
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
            SET integrity.scope = 'all' AS $body$
              SELECT EXISTS (SELECT FROM {table.name} WHERE id = row_id
                             AND ({within_reach(table, near=table.protection.near)}))
            $body$""")
    anywhere = "(SELECT integrity_everywhere())"
    read = f"{anywhere} OR {within_reach(table, near=table.protection.near)}"
    own = all_within_reach(table)
    write = f"{anywhere} OR ({own} AND {points_within_reach(table)})"
    _policies(
        cursor,
        table.name,
        f"CREATE POLICY may_read ON {table.name} FOR SELECT USING ({read})",
        f"CREATE POLICY may_add ON {table.name} FOR INSERT WITH CHECK ({write})",
        f"CREATE POLICY may_change ON {table.name} FOR UPDATE"
        f" USING ({anywhere} OR {own}) WITH CHECK ({write})",
        f"CREATE POLICY may_delete ON {table.name} FOR DELETE USING ({anywhere} OR {own})",
    )


def _isolate_ledger(cursor: CursorWrapper) -> None:
    """Content and entries show where their force is reached; hashes and checkpoints tell nothing."""
    anywhere = "(SELECT integrity_everywhere())"
    lists = {"force": "forces", "oversight_body": "bodies"}
    reach, trusted = (
        " OR ".join(
            f"{home}_id = ANY ((SELECT integrity_reach('{names[home]}'))::bigint[])"
            for home in HOMES
        )
        for names in (lists, CONFIDENTIAL)
    )
    reach = f"({reach}) AND (NOT confidential OR {trusted})"
    seen = "EXISTS (SELECT FROM audit_payload p WHERE p.id = payload_id)"
    for name, condition in (("audit_payload", reach), ("audit_entry", seen)):
        _policies(
            cursor,
            name,
            f"CREATE POLICY may_read ON {name} FOR SELECT USING ({anywhere} OR {condition})",
            f"CREATE POLICY may_write ON {name} USING ({anywhere}) WITH CHECK ({anywhere})",
        )


def _policies(cursor: CursorWrapper, name: str, *statements: str) -> None:
    cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = %s", [name])
    for (policy,) in cursor.fetchall():
        cursor.execute(f"DROP POLICY {policy} ON {name}")
    for statement in statements:
        cursor.execute(statement)
    cursor.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")


# --- rights ---------------------------------------------------------------------------------------


def _grant(cursor: CursorWrapper, everything: list[Table]) -> None:
    """The site reads, adds and changes, and deletes only what is nobody's record."""
    cursor.execute(
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, app, public_ro, auditor_ro"
    )
    cursor.execute(
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, app, public_ro, auditor_ro"
    )
    cursor.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM app, public_ro, auditor_ro")
    cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO app, auditor_ro")
    cursor.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO app")
    ours = {table.name: table for table in everything}
    for name in connection.introspection.table_names(cursor):
        if name in LEDGER or name == "django_migrations":
            continue
        if name in ours and ours[name].protection.derived:
            continue
        rights = "INSERT, UPDATE"
        if name not in ours or ours[name].protection.deletable:
            rights += ", DELETE"
        cursor.execute(f"GRANT {rights} ON {name} TO app")
    cursor.execute(f"GRANT SELECT ON {', '.join(PUBLISHED)} TO public_ro")
    cursor.execute(
        "SELECT p.oid::regprocedure, p.proname FROM pg_proc p"
        " WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'"
        " AND proowner = 'owner'::regrole"
    )
    for signature, name in cursor.fetchall():
        if name in PUBLIC_FUNCTIONS:
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO public_ro, auditor_ro")
        if name in SITE_FUNCTIONS or not name.startswith("audit_"):
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO app")
