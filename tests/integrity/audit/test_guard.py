"""What the models declare is in the database, for every table, and no table can be forgotten."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.test.utils import isolate_apps

from integrity.audit.guard import (
    LEDGER,
    PUBLIC_FUNCTIONS,
    PUBLISHED,
    SITE_FUNCTIONS,
    Table,
    guard,
    tables,
)
from tests.plugins.database import as_owner

RecordProperty = Callable[[str, object], None]

UNRECORDED = {
    "casework_draft": "It is its writer's own until it is submitted.",
    "casework_importupload": "A file looked at is nobody's record until it is imported.",
    "casework_notice": "What it tells of has an entry of its own.",
    "crosschecks_cursor": "How far the checks have read is no record of anybody.",
    "governance_guidanceclause": "It comes with a release, and nobody changes it here.",
    "governance_healthquestion": "It comes with a release, and nobody changes it here.",
    "governance_recommendation": "It comes with a release, and nobody changes it here.",
    "investigations_concerncount": "A count that is forgotten within the hour is nobody's record.",
    "investigations_concernhour": "A count that is forgotten within the hour is nobody's record.",
    **dict.fromkeys(
        ("oversight_change", "oversight_fact", "oversight_tally", "oversight_touched"),
        "Counted from records that have entries of their own.",
    ),
    "organisations_compared": "How far suggesting has read is no record of anybody.",
}
A_VISITOR = "A visitor is counted before anybody knows of which force they write."
OPEN = {
    "governance_guidanceclause": "The guidance is national.",
    "governance_healthquestion": "Every force is asked the same questions.",
    "governance_recommendation": "What a published report recommends is known to everybody.",
    "investigations_concerncount": A_VISITOR,
    "investigations_concernhour": A_VISITOR,
    "oversight_touched": "It is empty whenever anybody looks.",
    "people_force": "Forces are known to everybody.",
    "people_oversightbody": "Who oversees whom is known to everybody.",
    "people_oversightbody_forces": "Who oversees whom is known to everybody.",
    "people_standardsdepartment": "Who reviews whom is known to everybody.",
}
DELETABLE = {
    "business_interests_interestpolicy_joint_forces",
    "casework_draft",
    "casework_importupload",
    "gifts_giftpolicy_joint_forces",
    "investigations_concerncount",
    "investigations_concernhour",
    "investigations_investigationpolicy_joint_forces",
    "media_contacts_mediapolicy_joint_forces",
    "people_oversightbody_forces",
}
CONFIDENTIAL = {
    "casework_case": "confidential",
    "casework_referral": True,
    "crosschecks_match": "for_psd",
    "crosschecks_matchreferral": True,
    "investigations_concern": True,
    "investigations_lead": True,
    "oversight_change": "confidential",
    "oversight_fact": "confidential",
    "oversight_tally": "confidential",
    "procurement_purchasereferral": True,
}
# What the database keeps from other rows: the site reads it, and writes none of it.
DERIVED = {"oversight_change", "oversight_fact", "oversight_tally", "oversight_touched"}


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    with as_owner() as connection:
        yield connection


def column(connection: psycopg.Connection, query: str, *given: Any) -> list[Any]:
    return [value for (value,) in connection.execute(query.encode(), given).fetchall()]


def test_the_exceptions_are_these_with_their_reasons() -> None:
    every = {table.name: table.protection for table in tables()}
    assert {n: p.unrecorded_because for n, p in every.items() if p.unrecorded_because} == UNRECORDED
    assert {n: p.open_because for n, p in every.items() if p.open_because} == OPEN
    assert {n for n, p in every.items() if p.deletable} == DELETABLE
    assert {n for n, p in every.items() if p.derived} == DERIVED
    assert {n: p.confidential for n, p in every.items() if p.confidential} == CONFIDENTIAL


def test_every_model_is_guarded(owner: psycopg.Connection, record_property: RecordProperty) -> None:
    every = tables()
    missing = [f"{table.name}: {words}" for table in every for words in lacks(owner, table)]
    assert missing == []
    assert len(every) > 30
    record_property("measured", f"guard: {len(every)} of {len(every)} tables are guarded")


def lacks(owner: psycopg.Connection, table: Table) -> Iterator[str]:
    """What the database does not enforce of what the model declares."""
    name = table.name
    triggers = column(
        owner,
        "SELECT tgenabled::text || ' ' || tgfoid::regproc::text FROM pg_trigger"
        " WHERE tgrelid = %s::regclass AND tgname = 'audit_capture' AND tgtype = 29",
        name,  # 29: after, for each row, insert, update and delete
    )
    if triggers != ([f"O audit_capture_{name}"] if table.is_recorded else []):
        yield "its changes leave no entry"
    forced = column(
        owner,
        "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
        name,
    )
    policies = column(
        owner, "SELECT policyname::text || ' ' || cmd FROM pg_policies WHERE tablename = %s", name
    )
    wanted = {"may_read SELECT", "may_add INSERT", "may_change UPDATE", "may_delete DELETE"}
    if table.is_scoped and (forced != [True] or set(policies) != wanted):
        yield "its rows show to other forces"
    rights = {
        f"{role} {right}"
        for role in ("app", "public_ro", "auditor_ro")
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
        if column(owner, "SELECT has_table_privilege(%s, %s, %s)", role, name, right) == [True]
    }
    allowed = {"app SELECT", "auditor_ro SELECT"}
    if name not in DERIVED:
        allowed |= {"app INSERT", "app UPDATE"}
    if rights != allowed | ({"app DELETE"} if table.protection.deletable else set()):
        yield f"its rights are {sorted(rights)}"
    for key, home in table.same_force():
        tie = f"FOREIGN KEY ({key.column}, {table.homes[home]}) REFERENCES {key.related_model._meta.db_table}("
        found = column(
            owner,
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
            " AND contype = 'f' AND convalidated",
            name,
        )
        if not any(each.startswith(tie) for each in found):
            yield f"{key.column} may point to another {home}"


@pytest.mark.parametrize(
    "fault",
    [
        "DROP TRIGGER audit_capture ON casework_case",
        "ALTER TABLE casework_case DISABLE TRIGGER audit_capture",
        "ALTER TABLE casework_case NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY may_change ON casework_case",
        "CREATE POLICY fault ON casework_case USING (true)",
        "GRANT DELETE ON casework_case TO app",
        "GRANT SELECT ON casework_case TO public_ro",
        "ALTER TABLE casework_case DROP CONSTRAINT casework_case_subject_id_same_force",
    ],
)
def test_a_planted_fault_is_found(owner: psycopg.Connection, fault: str) -> None:
    (case,) = (table for table in tables() if table.name == "casework_case")
    with owner.transaction(force_rollback=True):
        owner.execute(fault.encode())
        assert list(lacks(owner, case)) != []
    assert list(lacks(owner, case)) == []


def test_the_ledger_is_read_and_nothing_else(owner: psycopg.Connection) -> None:
    for name in LEDGER:
        for role in ("app", "public_ro", "auditor_ro"):
            reads = role != "public_ro" or name in PUBLISHED
            for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER"):
                has = column(owner, "SELECT has_table_privilege(%s, %s, %s)", role, name, right)
                assert has == [reads and right == "SELECT"], (name, role, right)


def test_who_may_call_what(owner: psycopg.Connection) -> None:
    """Of the ledger's functions the site calls those named; the public none but those of scope."""

    def may(role: str) -> set[str]:
        return set(
            column(
                owner,
                "SELECT proname::text FROM pg_proc WHERE proowner = 'owner'::regrole"
                " AND pronamespace = 'public'::regnamespace"
                " AND has_function_privilege(%s, oid, 'EXECUTE')",
                role,
            )
        )

    ours = ("audit_", "integrity_")
    assert {name for name in may("app") if name.startswith(ours)} == set(SITE_FUNCTIONS)
    assert may("public_ro") == may("auditor_ro") == set(PUBLIC_FUNCTIONS)


def test_functions_that_see_past_row_level_security_name_where_they_look(
    owner: psycopg.Connection,
) -> None:
    """Else whoever calls one could have it find a table of their own; a temporary one comes first."""
    paths = owner.execute(
        "SELECT proname::text, (SELECT option FROM unnest(proconfig) AS option"
        " WHERE option LIKE 'search_path=%') FROM pg_proc"
        " WHERE prosecdef AND proowner = 'owner'::regrole"
    ).fetchall()
    assert len(paths) > 30
    wanted = "search_path=pg_catalog, public, pg_temp"
    assert [name for name, path in paths if path != wanted] == []


@isolate_apps("integrity.casework")
def test_a_model_of_no_force_cannot_be_forgotten() -> None:
    class Lonely(models.Model):
        name = models.CharField(max_length=1)

        class Meta:
            app_label = "casework"

        def __str__(self) -> str:
            return self.name

    with pytest.raises(ImproperlyConfigured) as refusal:
        _ = Table(Lonely).parent
    assert str(refusal.value) == (
        "casework.Lonely has neither a force nor a case; declare its protection "
        "(integrity/audit/protection.py)."
    )


# --- again, and after a migration -----------------------------------------------------------------

CATALOGUE = """
    SELECT 'policy', tablename, policyname, cmd, qual, with_check FROM pg_policies
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text, ''
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'table', relname, relacl::text, relrowsecurity::text, relforcerowsecurity::text, ''
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'function', proname, proacl::text, prosrc, proconfig::text,
           obj_description(oid, 'pg_proc')
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1, 2, 3, 4, 5, 6
"""


def test_again_and_again_it_is_the_same(owner: psycopg.Connection) -> None:
    before = sorted(owner.execute(CATALOGUE).fetchall(), key=repr)
    with owner.transaction(force_rollback=True):
        guard(owner.cursor())
        assert sorted(owner.execute(CATALOGUE).fetchall(), key=repr) == before
        assert column(owner, "SELECT count(*) FROM audit_payload") == [0]


@pytest.mark.parametrize(
    "migration",
    [
        "ADD COLUMN motto text NOT NULL DEFAULT 'None'",
        "DROP COLUMN email",
        "ALTER COLUMN email TYPE jsonb USING to_jsonb(email)",
    ],
)
def test_rows_that_a_migration_reshaped_are_recorded_anew(
    owner: psycopg.Connection, migration: str
) -> None:
    """The verifier compares live rows with their last entries, which had another shape."""
    table = "people_standardsdepartment"
    with owner.transaction(force_rollback=True):
        owner.execute(
            "INSERT INTO people_standardsdepartment (name, email) VALUES ('A', 'a'), ('B', 'b')"
        )
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute(f"ALTER TABLE {table} {migration}".encode())
        guard(owner.cursor())
        entries = owner.execute(
            "SELECT p.name, p.body::jsonb -> 'row' = to_jsonb(d)"
            " FROM audit_payload p JOIN people_standardsdepartment d ON d.id = p.about_id"
            " WHERE p.about = %s AND p.name <> 'insert' ORDER BY p.id",
            (table,),
        ).fetchall()
        assert entries == [("migrate", True), ("migrate", True)]
        guard(owner.cursor())
        assert column(owner, "SELECT count(*) FROM audit_payload") == [4]
