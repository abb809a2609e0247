"""The made-up world in a database: reference data by the models, everything else by COPY.

As the superuser, with `session_replication_role = replica`: no trigger writes the ledger and no
foreign key is looked up, but every named constraint and unique index holds.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

import psycopg
from django.db import models

from integrity.casework.models import Case, ImportBatch, NilReturn
from integrity.people.models import Force, Grade, RoleGrant, StandardsDepartment, Unit, User
from registers.business_interests.models import Condition, Interest, InterestPolicy, Review
from registers.gifts.models import GiftPolicy, Item, Offer
from registers.media_contacts.models import Contact, ContactSpeaker, Journalist, MediaPolicy, Outlet
from registers.organisations.models import Organisation, OrganisationName, SupplierNumber
from registers.organisations.names import person_key
from registers.procurement import models as procurement
from tests.detection.copying import copy, move_sequences
from tests.detection.organisations import Organisations, without_terminal
from tests.detection.world import World

Rows = tuple[type[models.Model], tuple[str, ...], Iterator[tuple[Any, ...]]]
GRADES = {
    "PC": "Constable",
    "PS": "Sergeant",
    "Insp": "Inspector",
    "CI": "Chief Inspector",
    "Supt": "Superintendent",
    "Staff": "Police staff",
}


def at(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)


class Loader:
    """Writes a world; keeps which organisation record stands for which true firms."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.organisations = Organisations()
        self.written: list[type[models.Model]] = []

    def load(self, connection: psycopg.Connection) -> None:
        """Everything in one transaction of the superuser's, which is in autocommit; then statistics."""
        self._reference()
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            for tables in (self._people, self._procurement, self._declarations, self._firms):
                for model, fields, rows in tables():
                    copy(connection, model, fields, rows)
                    self.written.append(model)
            move_sequences(connection, self.written)
        connection.execute("ANALYZE")  # as autovacuum does within a minute

    def _reference(self) -> None:
        from integrity.audit.scope import everywhere

        with everywhere():
            department = StandardsDepartment.objects.create(name="Northmoor PSD")
            force = Force.objects.create(code="NMR", name="Northmoor Police", department=department)
            common = {"force": force, "effective_from": self.world.start, "summary": "Declare."}
            gifts = GiftPolicy.objects.create(title="Gifts", **common)
            interests = InterestPolicy.objects.create(title="Interests", **common)
            media = MediaPolicy.objects.create(
                title="Media", press_office="01632 960 100", **common
            )
            grades = {
                short: Grade.objects.create(force=force, name=name, short=short).pk
                for short, name in GRADES.items()
            }
            batch = ImportBatch.objects.create(
                register="procurement", force=force, name="feeds", sha256="0" * 64,
                imported_at=at(self.world.until),
            )  # fmt: skip
        self.force, self.department, self.grades, self.batch = force, department, grades, batch.pk
        self.policies = {"gifts": gifts.pk, "interests": interests.pk, "media": media.pk}

    # -- who --------------------------------------------------------------------------------------

    def _people(self) -> Iterator[Rows]:
        world, force = self.world, self.force.pk
        fields: tuple[str, ...]
        yield Unit, ("id", "force_id", "name"), ((u.id, force, u.name) for u in world.units)
        fields = (
            "id", "username", "number", "first_name", "last_name", "member_type", "force_id",
            "grade_id", "unit_id", "line_manager_id", "starts_on", "leaves_on", "session_stamp",
            "password",
        )  # fmt: skip
        since = date(world.start.year - 6, 1, 1)
        people = (
            (
                p.id, f"nmr{p.id}", f"N{p.id:05d}", p.first_name, p.last_name,
                "staff" if p.is_staff else "officer", force, self.grades[p.grade], p.unit, p.manager,
                since, p.leaves_on, uuid4(), "!",
            )
            for p in world.people
        )  # fmt: skip
        yield User, fields, people
        head, buyer = world.people[0].id, world.people[2].id
        roles = ((head, "psd_head"), (buyer, "procurement"), (world.people[1].id, "psd_reviewer"))
        granted = ((who, role, force, since) for who, role in roles)
        yield RoleGrant, ("user_id", "role", "force_id", "starts_on"), granted
        said = (
            (n.id, "gifts", force, n.unit, world.units[n.unit - 1].name, n.starts_on, n.ends_on,
             at(n.ends_on))
            for n in world.nil_returns
        )  # fmt: skip
        fields = ("id", "register", "force_id", "unit_id", "stated_for", "starts_on", "ends_on",
                  "stated_at")  # fmt: skip
        yield NilReturn, fields, said

    # -- what the force buys ----------------------------------------------------------------------

    def _procurement(self) -> Iterator[Rows]:
        world, force, batch = self.world, self.force.pk, self.batch
        fields: tuple[str, ...]
        find = lambda mention: self.organisations.of(mention, file=True)  # noqa: E731
        tender_fields = (
            "id", "force_id", "identifier", "title", "opens_on", "closes_on", "amount", "status",
        )  # fmt: skip
        yield procurement.Tender, tender_fields, (
            (t.id, force, f"T-{t.id}", t.title, t.opens_on, t.closes_on, t.amount,
             "complete" if t.closes_on < world.until else "active")
            for t in world.tenders
        )  # fmt: skip
        yield procurement.Contract, (
            "id", "force_id", "identifier", "tender_id", "title", "category", "awarded_on",
            "starts_on", "ends_on", "amount", "framework", "batch_id",
        ), (
            (c.id, force, f"C-{c.id}", c.tender, c.title, c.category, c.awarded_on, c.awarded_on,
             c.ends_on, c.amount, c.framework, batch)
            for c in world.contracts
        )  # fmt: skip
        named = ("force_id", "organisation_id", "as_written")
        yield (
            procurement.ContractSupplier,
            ("contract_id", *named),
            (
                (c.id, force, who, said)
                for c in world.contracts
                for who, said in once(find, c.suppliers)
            ),
        )
        yield (
            procurement.Bidder,
            ("tender_id", *named),
            (
                (t.id, force, who, said)
                for t in world.tenders
                for who, said in once(find, t.bidders)
            ),
        )
        fields = ("force_id", "person_id", "tender_id", "contract_id", "part", "starts_on",
                  "ends_on", "declared", "declaration", "declared_at")  # fmt: skip
        yield procurement.Involvement, fields, (
            (force, i.person, i.tender, i.contract, i.part, i.starts_on, i.ends_on, i.declared,
             i.declaration, at(i.starts_on) if i.declared else None)
            for i in world.involvements
        )  # fmt: skip
        fields = ("id", "force_id", "identifier", "organisation_id", "as_written", "redacted",
                  "paid_on", "amount", "description", "category", "where", "batch_id")  # fmt: skip
        yield procurement.Payment, fields, (
            (p.id, force, f"P-{p.id}", find(p.payee) if p.payee else None,
             p.payee.written if p.payee else "THIRD PARTY - REDACTED", p.payee is None, p.on,
             p.amount, p.description, p.category, f"row {p.id}", batch)
            for p in world.payments
        )  # fmt: skip
        fields = ("id", "force_id", "identifier", "ending", "holder_id", "single_limit",
                  "monthly_limit")  # fmt: skip
        yield (
            procurement.Card,
            fields,
            (
                (
                    c.id,
                    force,
                    f"CARD-{c.id:05d}",
                    f"{c.id % 10000:04d}",
                    c.holder,
                    c.limit,
                    c.limit * 10,
                )
                for c in world.cards
            ),
        )
        fields = ("id", "force_id", "card_id", "identifier", "organisation_id", "merchant",
                  "category", "bought_on", "amount", "where", "batch_id")  # fmt: skip
        yield procurement.Purchase, fields, (
            (p.id, force, p.card, f"B-{p.id}", find(without_terminal(p.merchant)), p.merchant.written, p.category,
             p.on, p.amount, f"row {p.id}", batch)
            for p in world.purchases
        )  # fmt: skip

    # -- what people declare ----------------------------------------------------------------------

    def _declarations(self) -> Iterator[Rows]:
        from tests.detection import declarations

        world = self.world
        fields = (
            "id", "reference", "register", "force_id", "subject_id", "author_id", "subject_name",
            "subject_grade", "subject_unit_id", "subject_manager_id", "subject_member_type",
            "phase", "claimed_on", "received_at",
        )  # fmt: skip
        yield Case, fields, self._cases()
        policies, find = self.policies, self.organisations.of
        yield Offer, declarations.OFFER, declarations.offers(world, policies["gifts"], find)
        yield Item, declarations.ITEM, declarations.items(world)
        rows = declarations.interests(world, policies["interests"], find)
        yield Interest, declarations.INTEREST, rows
        yield Condition, declarations.CONDITION, declarations.conditions(world)
        yield Review, declarations.REVIEW, declarations.reviews(world)
        press = world.members[world.press][0].id
        rows = declarations.contacts(world, policies["media"], press)
        yield Contact, declarations.CONTACT, rows
        people = dict.fromkeys(person_key(each.journalist) for each in world.contacts)
        journalists = {key: number for number, key in enumerate(people, 1)}
        department = self.department.pk
        yield (
            Journalist,
            ("id", "department_id", "name", "key"),
            ((number, department, key.title(), key) for key, number in journalists.items()),
        )
        yield (
            ContactSpeaker,
            declarations.SPEAKER,
            (
                (number, 0, journalists[person_key(each.journalist)], find(each.outlet))
                for number, each in enumerate(world.contacts, 1)
            ),
        )
        outlets = sorted({find(each.outlet) for each in world.contacts})
        yield (
            Outlet,
            ("organisation_id", "department_id", "reach"),
            ((organisation, department, "local") for organisation in outlets),
        )

    def _cases(self) -> Iterator[tuple[Any, ...]]:
        world, force = self.world, self.force.pk
        for register, declared in (
            ("gifts", world.offers),
            ("business_interests", world.interests),
            ("media_contacts", world.contacts),
        ):
            for each in declared:
                who = world.people[each.person - 1]
                yield (
                    each.case, f"X-{each.case:07d}", register, force, who.id, who.id, who.name,
                    GRADES[who.grade], who.unit, who.manager,
                    "staff" if who.is_staff else "officer", "closed", each.on, at(each.on),
                )  # fmt: skip

    def _firms(self) -> Iterator[Rows]:
        """Last, when every name has been asked for."""
        found, department = self.organisations, self.department.pk
        records = zip(found.names, found.keys, found.numbers, strict=True)
        yield (
            Organisation,
            ("id", "department_id", "name", "key", "company_number"),
            ((key, department, *record) for key, record in enumerate(records, 1)),
        )
        yield (
            OrganisationName,
            ("organisation_id", "department_id", "name", "key", "kind"),
            (
                (who, department, name[:200], key, kind)
                for key, (who, name, kind) in found.others.items()
            ),
        )
        yield (
            SupplierNumber,
            ("organisation_id", "force_id", "number"),
            ((who, self.force.pk, number[:20]) for number, who in found.vendors.items()),
        )


def once(find: Callable[[Any], int], mentions: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """Each organisation that is named, once, as it was first written."""
    named: dict[int, str] = {}
    for mention in mentions:
        named.setdefault(find(mention), mention.written)
    yield from named.items()
