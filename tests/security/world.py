"""A committed world in which every table has rows of every force, and whose each row is.

``home_of`` is an oracle of its own: it walks keys named here by hand, not those that the guard
derives, so that a mistake in the guard's derivation does not excuse itself.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg import sql

from integrity.audit.guard import Table, tables
from integrity.casework.models import (
    Attachment,
    CaseLink,
    CaseVersion,
    Challenge,
    ChecklistItem,
    Deadline,
    Decision,
    Draft,
    ImportBatch,
    ImportedRow,
    ImportMapping,
    ImportUpload,
    NilReturn,
    NilReturnReminder,
    NilReturnRule,
    Notice,
    Question,
    Referral,
    SignOff,
)
from integrity.people.models import Force, Grade, OversightBody, Unit, User
from registers.gifts.models import (
    PeerReview,
    RefreshmentCount,
    SupplierNotice,
    SupplierNoticeRecipient,
)
from registers.organisations.models import Organisation, OrganisationName
from registers.oversight.counting import fold_changes
from tests import builders, contacts, interests, investigations
from tests.builders import NOW, START, TODAY, World, accepted
from tests.plugins.database import admin, as_superuser
from tests.security import (
    crosscheck_rows,
    governance_rows,
    interest_rows,
    investigation_rows,
    media_rows,
)

type Row = dict[str, Any]
# ("force", 3), ("body", 1) or ("department", 2); a force's confidential rows are at home apart
type Home = tuple[str, int]

COLUMNS = {"force_id": "force", "oversight_body_id": "body", "department_id": "department"}
CASE = ("case_id", "casework_case")
OFFER = ("offer_id", "gifts_offer")
POLICY = ("policy_id", "gifts_giftpolicy")
# How a row without a column of its own comes to belong to somebody.
THROUGH: Mapping[str, tuple[str, str]] = {
    "casework_caseversion": CASE,
    "casework_caselink": CASE,
    "casework_decision": CASE,
    "casework_question": CASE,
    "casework_challenge": CASE,
    "casework_attachment": CASE,
    "casework_deadline": CASE,
    "casework_notice": CASE,
    "casework_draft": ("user_id", "people_user"),
    "gifts_offer": CASE,
    "gifts_item": OFFER,
    "gifts_peerreview": OFFER,
    "gifts_band": POLICY,
    "gifts_reason": POLICY,
    "gifts_riskweight": POLICY,
    "gifts_giftpolicy_joint_forces": ("giftpolicy_id", "gifts_giftpolicy"),
    "gifts_suppliernoticerecipient": ("notice_id", "gifts_suppliernotice"),
    **interest_rows.THROUGH,
    **media_rows.THROUGH,
    **investigation_rows.THROUGH,
    **governance_rows.THROUGH,
}
# Tables of which every row is confidential; of cases, those that say so.
CONFIDENTIAL = {
    "casework_referral",
    "investigations_lead",
    "investigations_concern",
    *crosscheck_rows.CONFIDENTIAL,
}
# What a row says of itself when it is.
SECRET = ("confidential", crosscheck_rows.OF_PSD)
HOME_OF = {
    "people_force": "force",
    "people_oversightbody": "body",
    "people_standardsdepartment": "department",
}
# Read by the forces that share a standards department: who somebody is, what a policy says.
NEAR = {
    "people_unit",
    "people_grade",
    "people_user",
    "people_rolegrant",
    "organisations_organisation",
    "organisations_organisationname",
    "gifts_giftpolicy",
    "gifts_giftpolicy_joint_forces",
    "gifts_band",
    "gifts_reason",
    "gifts_riskweight",
    *interest_rows.NEAR,
    *media_rows.NEAR,
    *investigation_rows.NEAR,
}


POLICIES = (
    interests.interest_policy,
    contacts.media_policy,
    investigations.investigation_policy,
)


@dataclass(frozen=True)
class Reach:
    """What a transaction is told that it may reach."""

    name: str
    settings: Mapping[str, str] = field(default_factory=dict)
    own: frozenset[Home] = frozenset()
    near: frozenset[Home] = frozenset()

    def reads(self, table: str, homes: frozenset[Home]) -> bool:
        return bool(homes & (self.own | self.near if table in NEAR else self.own))

    def writes(self, homes: frozenset[Home]) -> bool:
        return bool(homes) and homes <= self.own


class Filled:
    """The world, all its rows as a superuser sees them, and whose each is."""

    def __init__(self) -> None:
        self.world = world = builders.world()
        for force, subject, actor, line in (
            (world.northmoor, world.constable, world.reviewer, world.sergeant),
            (world.eastvale, world.eastvale_constable, world.other_reviewer, None),
            (
                world.harbour,
                world.harbour_constable,
                world.harbour_reviewer,
                world.harbour_sergeant,
            ),
        ):
            fill(force, subject, actor, line or actor, world)
        of_body = builders.declare(world.governance_member, accepted(15))
        governance_rows.fill_board(
            world.body, builders.read_anew(world.governance_member), of_body.case
        )
        # a commissioner whom Northmoor does not reach
        harbour_body = OversightBody.objects.create(
            code="HEC", name="Harbour Commissioner", department=world.harbour_psd
        )
        harbour_body.forces.set([world.harbour])
        builders.gift_policy(force=world.northmoor, effective_from=TODAY)
        for force in (world.northmoor, world.eastvale, world.harbour):
            for policy_of in POLICIES:
                policy_of(force=force, effective_from=TODAY).joint_forces.add(force)
        eastvale_policy = builders.gift_policy(force=world.eastvale)
        for policy, force in (
            (world.harbour_policy, world.harbour),
            (eastvale_policy, world.eastvale),
            (world.policy, world.northmoor),
        ):
            policy.joint_forces.add(force)
        common: dict[str, Any] = {"register": "gifts", "starts_on": START, "checklist": []}
        SignOff.objects.create(
            force=world.northmoor,
            oversight_body=world.body,
            capacity="oversight_body",
            ends_on=TODAY,
            signed_at=NOW,
            signed_by=world.governance_member,
            **common,
        )
        self.count()
        self.strangers = (world.harbour.pk, harbour_body.pk, world.harbour_psd.pk)
        self.tables = [table for table in tables() if table.is_scoped]
        self.read()

    def count(self) -> None:
        """Rows of what the database derives: what was filled is counted, and folded; then a little more."""
        fold_changes(NOW)
        world = self.world
        for force, subject, actor in (
            (world.northmoor, world.constable, world.reviewer),
            (world.eastvale, world.eastvale_constable, world.other_reviewer),
            (world.harbour, world.harbour_constable, world.harbour_reviewer),
        ):
            builders.declare(subject, accepted(20))
            investigation_rows.open_one(force, subject, actor)
        builders.declare(world.governance_member, accepted(20))

    def read(self) -> None:
        """Every row of every table, as it is now."""
        self.rows: dict[str, dict[Any, Row]] = {}
        with as_superuser(database()) as superuser:
            cursor = superuser.cursor(row_factory=psycopg.rows.dict_row)
            for table in tables():
                found = cursor.execute(
                    sql.SQL("SELECT * FROM {}").format(sql.Identifier(table.name))
                ).fetchall()
                self.rows[table.name] = {row["id"]: row for row in found}

    def homes(self, table: str, row: Row) -> frozenset[Home]:
        """Whose a row is."""
        if table in THROUGH:
            column, parent = THROUGH[table]
            return self.homes(parent, self.rows[parent][row[column]])
        hidden = table in CONFIDENTIAL or any(row.get(name) for name in SECRET)
        secret = "confidential " if hidden else ""
        return frozenset(
            (secret + kind, row[column])
            for column, kind in COLUMNS.items()
            if row.get(column) is not None
        )

    def targets(self, table: str) -> list[Any]:
        return list(self.rows[table])

    def homes_of(self, table: str, pk: Any) -> frozenset[Home]:
        """Whose something is; a force, a body and a department are their own."""
        if table in HOME_OF:
            return frozenset({(HOME_OF[table], pk)})
        return self.homes(table, self.rows[table][pk])

    def of(self, table: str, home: Home) -> list[Any]:
        """The ids of the rows of a table that are somebody's."""
        return [pk for pk, row in self.rows[table].items() if home in self.homes(table, row)]

    def reaches(self) -> list[Reach]:
        """No scope, one's own force, another force, a whole alliance, and scopes that are none."""
        who = self.world
        northmoor, eastvale = ("force", who.northmoor.pk), ("force", who.eastvale.pk)
        harbour, body = ("force", who.harbour.pk), ("body", who.body.pk)
        alliance = ("department", who.alliance_psd.pk)
        malformed = ("x", "1;2", "-")
        return [
            Reach("no scope"),
            reach("Northmoor", {northmoor, alliance}, {eastvale, body}),
            reach("Harbour", {harbour, ("department", who.harbour_psd.pk)}, set()),
            reach("the alliance", {northmoor, eastvale, alliance}, {body}),
            reach("Northmoor but not PSD", {northmoor, alliance}, {eastvale, body}, trusted=False),
            reach("its board", {northmoor, body, alliance}, {eastvale}, trusted=False),
            *(
                Reach(f"malformed {words!r}", dict.fromkeys(("scope", *LISTS), words))
                for words in malformed
            ),
        ]


LISTS = (
    "forces",
    "bodies",
    "near_forces",
    "near_bodies",
    "departments",
    "confidential_forces",
    "confidential_bodies",
)


def reach(name: str, own: set[Home], near: set[Home], *, trusted: bool = True) -> Reach:
    """One's own forces and those near; PSD is trusted with what is confidential there."""
    secrets = own if trusted else set()

    def ids(kind: str, homes: set[Home]) -> str:
        return ",".join(str(pk) for of, pk in sorted(homes) if of == kind)

    given = {
        "forces": ids("force", own),
        "bodies": ids("body", own),
        "near_forces": ids("force", own | near),
        "near_bodies": ids("body", own | near),
        "departments": ids("department", own),
        "confidential_forces": ids("force", secrets),
        "confidential_bodies": ids("body", secrets),
    }
    hidden = {(f"confidential {kind}", pk) for kind, pk in secrets}
    return Reach(name, given, frozenset(own | hidden), frozenset(near))


def fill(force: Force, subject: User, actor: User, line: User, world: World) -> None:
    """A row of this force in every table."""
    unit = Unit.objects.create(force=force, name="Custody", head=subject)
    Grade.objects.create(force=force, name="Special", short="SC")
    common: dict[str, Any] = {"register": "gifts", "force": force}
    offer = builders.declare(subject, accepted(15))
    other = builders.declare(subject, by=subject)
    case = offer.case
    at: dict[str, Any] = {"made_at": NOW, "made_by": actor}
    bare = copy(other.case)  # a case that no register's record has taken
    bare.pk, bare.reference = None, f"{force.code}-BARE"
    bare.save(force_insert=True)
    CaseVersion.objects.create(
        case=case, number=7, facts={}, reason="Typing", replaced_at=NOW, replaced_by=subject
    )
    CaseLink.objects.create(case=case, other=other.case, note="The same day", **at)
    Decision.objects.create(
        case=case,
        round=case.round,
        stage="psd",
        outcome="compliant",
        reason="It is.",
        subject=subject,
        decided_at=NOW,
        decided_by=actor,
    )
    Question.objects.create(case=case, field="value", text="How?", asked_at=NOW, asked_by=actor)
    Challenge.objects.create(case=case, to=subject, text="Why?", **at)
    Attachment.objects.create(
        case=case,
        file="a",
        name="a.pdf",
        size=1,
        sha256="0" * 64,
        attached_at=NOW,
        attached_by=actor,
    )
    Deadline.objects.create(
        case=case, kind="act", what="Act", owner=actor, due_on=TODAY, set_at=NOW
    )
    key = f"filled:{force.code}"
    Notice.objects.create(
        recipient=subject, case=case, key=key, subject="Hello", body="Hello", made_at=NOW
    )
    Draft.objects.create(
        user=subject, register="gifts", purpose="declare", started_at=NOW, saved_at=NOW,
        expires_on=TODAY,
    )  # fmt: skip
    batch = ImportBatch.objects.create(
        **common, name="old.xlsx", sha256="0" * 64, file="b", imported_at=NOW, imported_by=actor
    )
    ImportMapping.objects.create(**common, name="Ours", mapping={}, saved_at=NOW, saved_by=actor)
    ImportUpload.objects.create(
        **common, name="new.xlsx", content=b"x", uploaded_at=NOW, uploaded_by=actor
    )
    nil = NilReturn.objects.create(
        **common, person=subject, stated_for="Me", stated_at=NOW, stated_by=subject
    )
    for what in ({"case": case}, {"nil_return": nil}):
        digest = sha256(f"{force}{what}".encode()).hexdigest()
        ImportedRow.objects.create(
            **common, batch=batch, where="row 2", cells={}, fingerprint=digest, **what
        )
    NilReturn.objects.create(**common, stated_for="Custody", stated_at=NOW, stated_by=subject)
    NilReturnRule.objects.create(force=force, effective_from=START)
    NilReturnReminder.objects.create(
        force=force,
        unit=unit,
        person=subject,
        starts_on=START,
        registers=["gifts"],
        reminded_on=TODAY,
    )
    ChecklistItem.objects.create(**common, text="Looked", effective_from=START)
    SignOff.objects.create(
        **common,
        capacity="register_owner",
        starts_on=START,
        ends_on=TODAY,
        checklist=[],
        signed_at=NOW,
        signed_by=actor,
    )
    if not Organisation.objects.filter(department=force.department, key="acme").exists():
        acme = Organisation.objects.create(department=force.department, name="Acme", key="acme")
        OrganisationName.objects.create(
            organisation=acme, department=force.department, name="Acme Ltd", key="acme ltd"
        )
        crosscheck_rows.fill_organisations(acme, actor)
    acme = Organisation.objects.get(department=force.department, key="acme")
    PeerReview.objects.create(
        offer=offer,
        view="proper",
        propriety="Fine",
        seen_from_inside="Fine",
        seen_from_outside="Fine",
        subject=subject,
        reviewed_at=NOW,
        reviewed_by=line,
    )
    told = SupplierNotice.objects.create(force=force, title="No gifts", text="None", dated=TODAY)
    SupplierNoticeRecipient.objects.create(notice=told, organisation=acme, sent_on=TODAY)
    RefreshmentCount.objects.create(
        user=subject, force=force, month=TODAY.replace(day=1), times=3, stated_at=NOW
    )

    Referral.objects.create(
        force=force, case=case, source="condition_check", about="It", reason="Broken", **at
    )
    interest_rows.fill_interests(force, subject, actor, line)
    media_rows.fill_contacts(force, subject, actor, line)
    investigation_rows.fill_investigations(force, subject, actor)
    governance_rows.fill_governance(force, actor, unit, case)
    crosscheck_rows.fill_crosschecks(force, subject, actor, acme=acme, batch=batch, case=case)


def database() -> str:
    """The name of this worker's database."""
    return str(connection.settings_dict["NAME"])


def connect_as(role: str) -> psycopg.Connection:
    """A connection of a role of the database, as it comes, each statement its own transaction."""
    given = {name: value for name, value in admin().items() if name != "password"}
    return psycopg.connect(**{**given, "dbname": database(), "user": role}, autocommit=True)


@contextmanager
def reaching(connection: psycopg.Connection, reach: Reach) -> Iterator[None]:
    """A transaction with these settings, taken back at the end."""
    with connection.transaction(force_rollback=True):
        told = [(f"integrity.{name}", reach.settings.get(name, "")) for name in ("scope", *LISTS)]
        connection.execute(
            "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(told)),
            [words for pair in told for words in pair],
        )
        yield


def changed_key(table: Table, row: Row) -> Row:
    """The same row under a new key; of numbers the table gives the next."""
    copy = {name: value for name, value in row.items() if name != "id"}
    if not isinstance(row["id"], int):
        copy["id"] = uuid4()
    return copy
