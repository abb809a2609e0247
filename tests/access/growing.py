"""A world in which everything grows that a page of suppliers, matches, imports or boards shows.

One of each thing is looked at (a supplier, a contract, a tender …); ``grow`` gives it and its lists more.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile

from integrity.casework.actions import import_uploads
from integrity.casework.importing.mapping import Mapping
from integrity.casework.models import ImportBatch
from integrity.casework.registry import feeds, importable
from integrity.people.enums import MemberType
from registers.crosschecks.enums import Check
from registers.crosschecks.models import CheckSetting, Match
from registers.organisations import actions as organisations
from registers.organisations.enums import NameKind
from registers.organisations.models import Merge, Organisation, SupplierNumber
from registers.procurement.actions import declare_interests, review
from registers.procurement.enums import Declared, Verdict
from registers.procurement.models import Contract, ContractorPerson, Payment, Purchase, Tender
from tests import boards, builders, contacts, interests, matches, procurement
from tests.access.board_things import Ids
from tests.access.growing_boards import first_kept, keep_more
from tests.builders import NOW, TODAY, World
from tests.oversight import settle

HALCYON = procurement.HALCYON
QUIET = "Gilded Heron"  # named so seldom that a match’s page shows all of its others
SPEND = "Date,Supplier,Amount,Description,Transaction No\n"


@dataclass
class Growing:
    """What the pages that name something name, and how many rows its lists have."""

    world: World
    rows: int = 0
    halcyon: Organisation = field(init=False)
    contract: Contract = field(init=False)
    tender: Tender = field(init=False)
    purchase: Purchase = field(init=False)
    payment: Payment = field(init=False)
    batch: ImportBatch = field(init=False)
    upload: UUID = field(init=False)
    match: Any = None
    kept: dict[str, Ids] = field(init=False)  # by boards
    chiefs_entry: Any = None

    def __post_init__(self) -> None:
        force = self.world.northmoor
        self.halcyon = matches.organisation(HALCYON, self.world.alliance_psd)
        self.contract = procurement.contract(
            force, HALCYON, title="Vehicles", outsourced=True, amount=9_000_000
        )
        self.tender = procurement.tender(force, HALCYON)
        self.card = procurement.card(self.world.colleague)
        self.purchase = procurement.purchase(self.card, merchant=HALCYON)
        self.payment = procurement.payment(force, HALCYON)
        self.batch = self._import("spend")
        self.involved = procurement.involvement(self.world.constable, self.tender)
        self.person = self._contractor(0)
        self.guest = builders.person("guest", force=force)
        self.kept = first_kept(self.world)
        self.chiefs_entry = boards.chiefs_entry(self.world)

    def grow(self, rows: int) -> None:
        """As many of everything, and what the checks find then."""
        for number in range(self.rows, rows):
            for more in (self._buy, self._declare, self._spell, self._keep):
                more(number)
            keep_more(self.world, number)
        self.rows = rows
        self.batch.result = self._result(rows)
        self.batch.save()
        matches.run(self.world.northmoor)
        self.match = self.match or self._match()
        settle()
        content = SPEND + "".join(
            f"03/03/2026,{HALCYON if n % 2 else f'Birch {n}'},{n + 1}.10,Pens,PY-{n}\n"
            for n in range(rows)
        )
        self.upload = import_uploads.add_upload(
            register=importable("spend"),
            force=self.world.northmoor,
            name="spend.csv",
            content=content.encode(),
            mapping=Mapping(),
            by=self.world.procurement_officer,
            now=NOW,
        ).pk

    def _match(self) -> Match:
        """A match with an entry, a person and an organisation that have others, and ever more."""
        of_lunches = Match.objects.filter(check_name=Check.OFFER_BEFORE_AWARD)
        return of_lunches.filter(person=self.guest).earliest("pk")

    @property
    def setting(self) -> CheckSetting:
        return CheckSetting.objects.earliest("pk")

    @property
    def merge(self) -> Merge:
        return Merge.objects.earliest("pk")

    def _buy(self, number: int) -> None:
        """Contracts, tenders, payments and purchases, with those who have a part in them."""
        world, on = self.world, TODAY - timedelta(number)
        supplier = matches.organisation(f"Alder {number} Ltd", world.alliance_psd)
        procurement.supplier(self.contract, supplier)
        procurement.bidder(self.tender, supplier)
        procurement.contract(
            world.northmoor, HALCYON, supplier, title=f"Fleet {number}", awarded_on=on,
            outsourced=True, tender=self.tender,
        )  # fmt: skip
        other = procurement.tender(world.northmoor, HALCYON, supplier, title=f"Boots {number}")
        buyer = builders.person(
            f"buyer_{number}", force=world.northmoor, grade=world.sergeant.grade
        )
        for part in (self.tender, self.contract):
            procurement.involvement(buyer, part)
        procurement.involvement(world.constable, other)
        declare_interests(
            self.tender, declared=Declared.NONE, declaration="", by=world.constable, now=NOW
        )
        self._contractor(number + 1)
        procurement.payment(world.northmoor, HALCYON, 5000 + number, paid_on=on)
        for card in (self.card, procurement.card(world.colleague)):
            bought = procurement.purchase(card, 40 + number, merchant=HALCYON, bought_on=on)
        review(
            bought, verdict=Verdict.WRONG, remarks="Private.", by=world.procurement_officer, now=NOW
        )

    def _contractor(self, number: int) -> ContractorPerson:
        world = self.world
        person = builders.person(
            f"contractor_{number}", force=world.northmoor, member_type=MemberType.CONTRACTOR
        )
        given: dict[str, Any] = {"contract": self.contract, "starts_on": builders.START}
        return ContractorPerson.objects.create(force=world.northmoor, person=person, **given)

    def _declare(self, number: int) -> None:
        """Entries of three registers, of the one supplier."""
        world = self.world
        on = TODAY - timedelta(number + 1)
        matches.lunch(world.constable, on=on)
        matches.lunch(self.guest, by=QUIET, on=on)
        procurement.contract(world.northmoor, QUIET, awarded_on=TODAY)
        interests.apply(world.colleague, organisation=HALCYON)
        speaker = contacts.Speaker(f"Jo {number}", HALCYON)
        contacts.log(world.constable, contacts.CALL, speakers=(speaker,))

    def _spell(self, number: int) -> None:
        """Other names, merges and suggestions of merges."""
        by, now = self.world.reviewer, NOW
        given: dict[str, Any] = {"by": by, "now": now}
        one, other, third = (
            matches.organisation(f"{name} {number}", self.world.alliance_psd)
            for name in ("Halcyon Flete", "Alders", "Halcyon Part")
        )
        organisations.merge(one, into=self.halcyon, reason="One firm.", **given)
        organisations.add_name(self.halcyon, name=f"Depot {number}", kind=NameKind.TRADING, **given)
        organisations.add_note(self.halcyon, text=f"Ask about depot {number}.", **given)
        organisations.set_parent(third, parent=self.halcyon, **given)
        matches.suggestion(other, self.halcyon)
        SupplierNumber.objects.create(
            organisation=self.halcyon, force=self.world.northmoor, number=f"N{number}"
        )

    def _keep(self, number: int) -> None:
        """Imports of each feed, settings of a check, and what was decided of matches."""
        for feed in feeds():
            self._import(feed.slug)
        day = builders.START + timedelta(number)
        matches.setting(self.world.northmoor, Check.CARD_SPLIT, since=day)

    def _import(self, slug: str) -> ImportBatch:
        return ImportBatch.objects.create(
            register=slug,
            force=self.world.northmoor,
            name=f"{slug}.csv",
            sha256="0" * 64,
            file=ContentFile(b"x", f"{slug}.csv"),
            result=self._result(1),
            imported_at=NOW,
            imported_by=self.world.procurement_officer,
        )

    def _result(self, rows: int) -> dict[str, Any]:
        """A report of an import that changed and refused as many rows."""
        change = {"field": "amount", "from": "1.00", "to": "2.00"}
        refusal = {"column": "Date", "reason": "“31/02/2026” is no date."}
        return {
            "rows": rows, "imported": rows, "updated": rows, "unchanged": 0, "warnings": [],
            "changes": [{"where": str(row), **change} for row in range(rows)],
            "refused": [{"where": str(row), **refusal} for row in range(rows)],
        }  # fmt: skip
