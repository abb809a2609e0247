"""Row-level security as the real roles meet it: every table × verb × reach × role (ASSURANCE, 5).

Whose a row is, is said by an oracle that shares nothing with the guard (tests/security/world.py).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from psycopg.types.json import Jsonb

from integrity.audit.guard import Table
from integrity.people.scope import _reach
from tests.builders import TODAY, grant
from tests.integrity.audit.test_verify_receipt import RecordProperty
from tests.plugins.database import as_superuser
from tests.security.world import (
    HOME_OF,
    LISTS,
    THROUGH,
    Filled,
    Home,
    Reach,
    Row,
    changed_key,
    connect_as,
    database,
    reaching,
)

ROLES = ("app", "owner", "public_ro", "auditor_ro")
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE")
# The database says no: a right, a policy, a key, or a setting that is no list of numbers.
REFUSED = (InsufficientPrivilege, psycopg.errors.ForeignKeyViolation, psycopg.errors.DataError)
TYPED = psycopg.errors.CheckViolation  # separation of duty, which speaks before the policies


@dataclass
class Found:
    """How many cells were tried, how many rows stood in them, and what got through."""

    cells: int = 0
    rows: int = 0
    wrong: list[str] = field(default_factory=list)


def try_all(filled: Filled, only: Sequence[Table] = (), roles: Sequence[str] = ROLES) -> Found:
    """Each role, told to reach each place, does each verb to every row of every table."""
    found = Found()
    for role in roles:
        with connect_as(role) as connection:
            for reach in filled.reaches():
                with reaching(connection, reach):
                    for table, verb in product(only or filled.tables, VERBS):
                        found.cells += 1
                        found.rows += len(filled.rows[table.name])
                        for words in try_one(filled, connection, role, reach, table, verb):
                            found.wrong.append(
                                f"{role}, {reach.name}: {verb} {table.name}: {words}"
                            )
    return found


def try_one(
    filled: Filled,
    connection: psycopg.Connection,
    role: str,
    reach: Reach,
    table: Table,
    verb: str,
) -> Iterator[str]:
    """What got through, in words."""
    rows, name = filled.rows[table.name], sql.Identifier(table.name)
    homes = {pk: filled.homes(table.name, row) for pk, row in rows.items()}
    foreign = [pk for pk in rows if not reach.writes(homes[pk])]
    if verb == "SELECT":
        readable = {pk for pk in rows if reach.reads(table.name, homes[pk])}
        allowed = readable if role != "public_ro" else set()
        seen = ids(connection, sql.SQL("SELECT id FROM {}").format(name))
        if seen != allowed:
            yield f"{len(seen - allowed)} rows too many, {len(allowed - seen)} too few"
    elif verb == "INSERT":
        # one of each home: policies know no other difference, and each refusal takes its time
        for pk in {homes[pk]: pk for pk in foreign}.values():
            if insert(connection, table, changed_key(table, rows[pk])):
                yield f"a row like {pk} was accepted"
    else:
        begins = "DELETE FROM {}" if verb == "DELETE" else "UPDATE {} SET id = id"
        statement = sql.SQL(begins + " WHERE id = ANY (%s) RETURNING id").format(name)
        if touched := ids(connection, statement, (foreign,)):
            yield f"{len(touched)} rows were touched"


def ids(
    connection: psycopg.Connection, statement: sql.Composed, given: Sequence[Any] = ()
) -> set[Any]:
    """What a statement returns; nothing where it is refused."""
    try:
        with connection.transaction():
            return {pk for (pk,) in connection.execute(statement, given).fetchall()}
    except REFUSED:
        return set()


def insert(connection: psycopg.Connection, table: Table, row: Row) -> bool:
    """Whether no rule of reach refuses the row; other constraints may, for it is a copy."""
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table.name),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(sql.Placeholder() * len(row)),
    )
    values = [
        Jsonb(value) if value is not None and is_json(table, name) else value
        for name, value in row.items()
    ]
    try:
        with connection.transaction():
            connection.execute(statement, values)
    except (*REFUSED, TYPED):
        return False
    except psycopg.errors.UniqueViolation:  # the policies let it through, and a key did not
        return True
    return True


def is_json(table: Table, column: str) -> bool:
    fields = {f.column: f for f in table.model._meta.local_concrete_fields}
    return fields[column].get_internal_type() == "JSONField"


# Whether what a row of these homes is to point to, which has those, is another force's.
type Foreign = Callable[[frozenset[Home], frozenset[Home]], bool]


# --- the matrix -----------------------------------------------------------------------------------


def test_every_table_has_rows_of_every_force(filled: Filled) -> None:
    who = filled.world
    assert {t.name for t in filled.tables if t.parent is not None} == set(THROUGH)
    for table in filled.tables:
        for force in (who.northmoor, who.eastvale, who.harbour):
            homes: list[Home] = [
                ("force", force.pk),
                ("confidential force", force.pk),
                ("department", force.department_id),
            ]
            assert any(filled.of(table.name, home) for home in homes), (table.name, force.code)


def test_no_row_of_another_force_is_reached(
    filled: Filled, record_property: RecordProperty
) -> None:
    found = try_all(filled)
    wanted = len(filled.tables) * len(VERBS) * len(filled.reaches()) * len(ROLES)
    assert found.wrong == []
    assert found.cells == wanted
    record_property(
        "measured",
        f"row-level security: {found.cells} of {wanted} cells of table × verb × reach × role, "
        f"{found.rows} rows tried, 0 of another force reached",
    )


def test_what_is_one_s_own_may_be_added(filled: Filled) -> None:
    """The harness can tell a refusal: of its own rows a force may add copies to every table."""
    (northmoor,) = (reach for reach in filled.reaches() if reach.name == "Northmoor")
    refused = []
    with connect_as("app") as connection:
        for table in filled.tables:
            rows = filled.rows[table.name].values()
            own = [row for row in rows if northmoor.writes(filled.homes(table.name, row))]
            with reaching(connection, northmoor):
                if not any(insert(connection, table, changed_key(table, row)) for row in own):
                    refused.append(table.name)
    # a case's people and a decision's decider are judged by who they are as well
    assert set(refused) - {"casework_decision"} == {table.name for table in derived(filled)}


def derived(filled: Filled) -> list[Table]:
    return [table for table in filled.tables if table.protection.derived]


def test_what_the_database_derives_is_read_where_it_is_reached_and_changed_by_nobody(
    filled: Filled, record_property: RecordProperty
) -> None:
    """Its rows were written by triggers; the site's role is refused each change, of its own force too."""
    tried = 0
    reaches = [each for each in filled.reaches() if each.own]
    everywhere = Reach("everywhere", {"scope": "all"})
    with connect_as("app") as connection:
        for table, reach in product(derived(filled), (*reaches, everywhere)):
            rows = filled.rows[table.name]
            homes = {pk: filled.homes(table.name, row) for pk, row in rows.items()}
            own = {pk for pk in rows if not reach.own or homes[pk] & reach.own}
            hidden = {pk for pk in own if any("confidential" in kind for kind, _ in homes[pk])}
            assert own - hidden, f"{table.name} has no rows of {reach.name}"
            assert bool(hidden) == (reach.name not in WITHOUT_PSD), (table.name, reach.name)
            with reaching(connection, reach):
                name = sql.Identifier(table.name)
                assert ids(connection, sql.SQL("SELECT id FROM {}").format(name)) == own
                for words in ("UPDATE {} SET n = n + 1", "DELETE FROM {}", "TRUNCATE {}"):
                    refuses(connection, sql.SQL(words).format(name))
                    tried += 1
                copy = changed_key(table, rows[min(own)])
                assert not insert(connection, table, copy), (table.name, reach.name)
    record_property("measured", f"derived tables: {tried} of {tried} changes by the site refused")


# Whose connections never reach what is confidential.
WITHOUT_PSD = {"Northmoor but not PSD", "its board"}


def refuses(connection: psycopg.Connection, statement: sql.Composed) -> None:
    with pytest.raises(InsufficientPrivilege), connection.transaction():
        connection.execute(statement)


def test_totals_of_matches_are_those_of_the_forces_reached(filled: Filled) -> None:
    """The one thing that a board's connection learns of PSD's matches: how many, of its own forces."""
    who = filled.world
    forces = [who.northmoor.pk, who.eastvale.pk, who.harbour.pk]
    statement = sql.SQL(
        "SELECT force_id FROM oversight_match_totals({}, '2000-01-01', '2099-01-01')"
    )
    with connect_as("app") as connection:
        for reach in filled.reaches():
            wanted = {pk for kind, pk in reach.own if kind == "force"}
            with reaching(connection, reach):
                assert ids(connection, statement.format(forces)) == wanted, reach.name


SHOWN_TO_ITS_FORCE = (
    "CREATE POLICY fault ON investigations_lead FOR SELECT"
    " USING (force_id = ANY ((SELECT integrity_reach('forces'))::bigint[]))"
)
FAULTS = {
    SHOWN_TO_ITS_FORCE: ("investigations_lead", "DROP POLICY fault ON investigations_lead"),
    "ALTER TABLE casework_case NO FORCE ROW LEVEL SECURITY": (
        "casework_case",
        "ALTER TABLE casework_case FORCE ROW LEVEL SECURITY",
    ),
    "CREATE POLICY fault ON gifts_offer USING (true)": (
        "gifts_offer",
        "DROP POLICY fault ON gifts_offer",
    ),
    "CREATE POLICY fault ON casework_signoff FOR INSERT WITH CHECK (true)": (
        "casework_signoff",
        "DROP POLICY fault ON casework_signoff",
    ),
    "ALTER TABLE casework_draft DISABLE ROW LEVEL SECURITY": (
        "casework_draft",
        "ALTER TABLE casework_draft ENABLE ROW LEVEL SECURITY",
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
    name, mend = FAULTS[fault]
    only = [table for table in filled.tables if table.name == name]
    with planted(fault, mend):
        assert try_all(filled, only, ("app", "owner")).wrong != []
    assert try_all(filled, only, ("app", "owner")).wrong == []


# --- keys -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Key:
    """A column that points to what is somebody's, or to the force, body or department itself."""

    table: Table
    column: str
    target: str
    same_force: bool
    once: bool  # whether a target is taken by one row alone

    def __str__(self) -> str:
        return f"{self.table.name}.{self.column}"


def keys(filled: Filled) -> list[Key]:
    """Every foreign key of a scoped table to another, and every one to a home."""
    found = []
    scoped = {table.name for table in filled.tables}
    for table in filled.tables:
        tied = {f.column for f, _ in table.same_force()}
        for each in table.model._meta.local_concrete_fields:
            target = each.related_model._meta.db_table if each.related_model else ""
            if target in scoped or target in HOME_OF:
                found.append(Key(table, each.column, target, each.column in tied, each.unique))
    return found


def places(homes: frozenset[Home]) -> set[Home]:
    """Whose something is, whether or not it is confidential there."""
    return {(kind.removeprefix("confidential "), pk) for kind, pk in homes}


def try_keys(filled: Filled, only: Sequence[Key] = ()) -> tuple[Counter[str], list[str]]:
    """Each key of each kind of row is set to rows that are another force's; how often, and what took."""
    tried: Counter[str] = Counter()
    accepted: list[str] = []
    northmoor, alliance = filled.reaches()[1], filled.reaches()[3]
    who = filled.world
    theirs = set(zip(("force", "body", "department"), filled.strangers, strict=True))
    theirs |= {(f"confidential {kind}", pk) for kind, pk in theirs}
    forces = (who.northmoor.pk, who.eastvale.pk)
    ours = {(kind, pk) for kind in ("force", "confidential force") for pk in forces}
    with connect_as("app") as connection:
        for key in only or keys(filled):
            ways: dict[str, tuple[Reach, Foreign]] = {
                f"{key}": (northmoor, lambda row, other: other <= theirs),
                f"{key}, by an alliance": (alliance, lambda row, other: other <= theirs),
            }
            if key.same_force:  # Eastvale's id in a Northmoor row, by whoever reaches both
                ways[f"{key}, within an alliance"] = (
                    alliance,
                    lambda row, other: row | other <= ours and not places(row) & places(other),
                )
            for way, (reach, is_foreign) in ways.items():
                for words in point(filled, connection, key, reach, is_foreign):
                    tried[way] += 1
                    accepted += [f"{way}: {words}"] if words else []
    return tried, accepted


def point(
    filled: Filled, connection: psycopg.Connection, key: Key, reach: Reach, is_foreign: Foreign
) -> Iterator[str]:
    """What was accepted, or nothing, for each attempt."""
    rows = filled.rows[key.table.name]
    own = [pk for pk, row in rows.items() if reach.writes(filled.homes(key.table.name, row))]
    own.sort(key=lambda pk: rows[pk][key.column] is None)
    statement = sql.SQL("UPDATE {} SET {} = %s WHERE id = %s RETURNING id").format(
        sql.Identifier(key.table.name), sql.Identifier(key.column)
    )
    taken = {row[key.column] for row in rows.values()} if key.once else set()
    for pk in own[:2]:
        mine = filled.homes(key.table.name, rows[pk])
        foreign = [
            other
            for other in filled.targets(key.target)
            if is_foreign(mine, filled.homes_of(key.target, other))
        ]
        # one that is free tells most; where none is, a policy still speaks before the index does
        foreign = [other for other in foreign if other not in taken] or foreign
        for other in foreign[:5]:
            with reaching(connection, reach):
                try:
                    with connection.transaction():
                        connection.execute(statement, (other, pk))
                        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
                except (*REFUSED, TYPED):
                    yield ""
                except psycopg.errors.UniqueViolation:
                    continue  # the place is taken, which tells nothing; another target will tell
                else:
                    yield f"{pk} took {other}"


def test_no_key_takes_a_row_of_another_force(
    filled: Filled, record_property: RecordProperty
) -> None:
    every = keys(filled)
    tried, accepted = try_keys(filled)
    assert accepted == []
    assert [str(key) for key in every if not tried[str(key)]] == []
    tied = [key for key in every if key.same_force]
    assert [str(key) for key in tied if not tried[f"{key}, within an alliance"]] == []
    record_property(
        "measured",
        f"foreign keys: {len(every)} of {len(every)} tried with another force's rows, of them "
        f"{len(tied)} within an alliance, {tried.total()} times, 0 accepted",
    )


def test_a_missing_composite_key_is_found(filled: Filled) -> None:
    (key,) = (key for key in keys(filled) if str(key) == "casework_nilreturn.unit_id")
    tie = "casework_nilreturn_unit_id_same_force"
    with as_superuser(database()) as superuser:
        (definition,) = superuser.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", (tie,)
        ).fetchone() or ("",)
    drop = f"ALTER TABLE casework_nilreturn DROP CONSTRAINT {tie}"
    with planted(drop, f"ALTER TABLE casework_nilreturn ADD CONSTRAINT {tie} {definition}"):
        assert try_keys(filled, [key])[1] != []
    assert try_keys(filled, [key])[1] == []


# --- the ledger, and how far people reach ---------------------------------------------------------


def test_content_of_the_ledger_shows_where_its_force_is_reached(
    filled: Filled, record_property: RecordProperty
) -> None:
    with as_superuser(database()) as superuser:
        contents = superuser.execute(
            "SELECT id, CASE WHEN confidential THEN 'confidential ' ELSE '' END, force_id,"
            " oversight_body_id FROM audit_payload"
        ).fetchall()
    seen = 0
    for role in ("app", "owner", "auditor_ro", "public_ro"):
        with connect_as(role) as connection:
            for reach in filled.reaches():
                allowed = {
                    pk
                    for pk, secret, force, body in contents
                    if role != "public_ro"
                    and {(f"{secret}force", force), (f"{secret}body", body)} & reach.own
                }
                for table, column in (("audit_payload", "id"), ("audit_entry", "payload_id")):
                    with reaching(connection, reach):
                        statement = sql.SQL("SELECT {} FROM {}").format(
                            sql.Identifier(column), sql.Identifier(table)
                        )
                        assert ids(connection, statement) == allowed, (role, reach.name, table)
                        seen += 1
    record_property(
        "measured", f"the ledger's content: {seen} of {seen} cells show their own alone"
    )


def test_people_reach_their_forces_and_no_more(filled: Filled) -> None:
    who = filled.world
    northmoor, eastvale, harbour = who.northmoor.pk, who.eastvale.pk, who.harbour.pk
    expected = {
        "constable": {northmoor},
        "sergeant": {northmoor},
        "chief": {northmoor},
        "administrator": {northmoor},
        "eastvale_constable": {eastvale},
        "harbour_constable": {harbour},
        "harbour_reviewer": {harbour},
        "reviewer": {northmoor, eastvale},
        "other_reviewer": {northmoor, eastvale},
        "psd_head": {northmoor, eastvale},
        "governance_member": {northmoor},
        "body_member": set(),
    }
    for name, forces in expected.items():
        assert numbers(who.people()[name].pk, "forces") == forces, name
    assert numbers(who.constable.pk, "near_forces") == {northmoor, eastvale}
    assert numbers(who.harbour_constable.pk, "near_forces") == {harbour}
    assert numbers(999_999, "forces") == set()
    head = grant(who.colleague, "psd_head", department=who.harbour_psd, ends_on=TODAY)
    try:
        assert numbers(who.colleague.pk, "forces") == {northmoor, harbour}
        head.starts_on = head.ends_on = TODAY.replace(day=1)
        head.save()
        assert numbers(who.colleague.pk, "forces") == {northmoor}  # the grant is over
    finally:
        with as_superuser(database()) as superuser:
            superuser.execute("DELETE FROM people_rolegrant WHERE id = %s", (head.pk,))


def numbers(person: int, what: str) -> set[int]:
    assert what in LISTS
    return {int(pk) for pk in _reach(person, TODAY)[what].split(",") if pk}
