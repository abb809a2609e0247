"""Makes the contracts, payments, tenders and purchases by card that tests speak of.

The world, its people and the clock are those of tests.builders. What files bring is made as rows,
as an import would leave it; what people do goes through the real actions.
"""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from integrity.casework.models import ImportBatch
from integrity.people.models import Force, StandardsDepartment, User
from registers.organisations import actions as organisations
from registers.organisations.models import Organisation
from registers.procurement.enums import Part
from registers.procurement.models import (
    Bidder,
    Card,
    Contract,
    ContractSupplier,
    Involvement,
    Payment,
    Purchase,
    Tender,
)
from tests.builders import NOW, TODAY, YESTERDAY, World

HALCYON = "Halcyon Fleet Ltd"
_numbers = count(1)


def organisation(name: str = HALCYON, *, department: StandardsDepartment) -> Organisation:
    """The department's one record of a name."""
    return organisations.find_or_create(name=name, department=department)


def batch(force: Force, register: str = "spend") -> ImportBatch:
    """The file from which payments and purchases come: one for each force and register."""
    made, _ = ImportBatch.objects.get_or_create(
        force=force,
        register=register,
        name=f"{register}.xlsx",
        defaults={"sha256": "0" * 64, "file": "imports/test.xlsx", "imported_at": NOW},
    )
    return made


def contract(
    force: Force, *suppliers: Organisation | str, title: str = "Vehicle maintenance", **details: Any
) -> Contract:
    """A contract of £120,000 awarded yesterday, to Halcyon Fleet unless told."""
    made = Contract.objects.create(
        **{
            "force": force,
            "identifier": f"ocds-test-{next(_numbers)}",
            "title": title,
            "awarded_on": YESTERDAY,
            "amount": Decimal("120000.00"),
            **details,
        }
    )
    for each in suppliers or (HALCYON,):
        supplier(made, each)
    return made


def supplier(contract: Contract, named: Organisation | str, **details: Any) -> ContractSupplier:
    """One more who won a contract."""
    record = _record(named, contract.force)
    given = {"as_written": str(named), "force": contract.force, **details}
    return ContractSupplier.objects.create(contract=contract, organisation=record, **given)


def payment(
    force: Force,
    named: Organisation | str = HALCYON,
    amount: int | str = 5000,
    *,
    paid_on: date = YESTERDAY,
    **details: Any,
) -> Payment:
    """A line of published spend; ``redacted=True`` leaves nobody paid."""
    record = None if details.get("redacted") else _record(named, force)
    number = next(_numbers)
    return Payment.objects.create(
        **{
            "force": force,
            "organisation": record,
            "identifier": f"payment-{number}",
            "as_written": str(named),
            "paid_on": paid_on,
            "amount": Decimal(amount),
            "where": f"April, row {number}",
            "batch": batch(force),
            **details,
        }
    )


def card(holder: User, **details: Any) -> Card:
    """A purchasing card, up to £500 at once and £2,000 a month."""
    return Card.objects.create(
        **{
            "force": holder.force,
            "identifier": f"card-{next(_numbers)}",
            "ending": "4417",
            "holder": holder,
            "single_limit": Decimal(500),
            "monthly_limit": Decimal(2000),
            **details,
        }
    )


def purchase(
    on: Card,
    amount: int | str = 40,
    *,
    merchant: Organisation | str = "Brook Stationers",
    bought_on: date = YESTERDAY,
    **details: Any,
) -> Purchase:
    """A purchase that nobody has justified yet; YESTERDAY is a Sunday."""
    record = None if details.get("redacted") else _record(merchant, on.force)
    number = next(_numbers)
    return Purchase.objects.create(
        **{
            "force": on.force,
            "card": on,
            "organisation": record,
            "identifier": f"purchase-{number}",
            "merchant": str(merchant),
            "category": "Stationery",
            "bought_on": bought_on,
            "amount": Decimal(amount),
            "where": f"row {number}",
            "batch": batch(on.force, "cards"),
            **details,
        }
    )


def tender(force: Force, *bidders: Organisation | str, **details: Any) -> Tender:
    """A tender that is open today, with these bidders."""
    made = Tender.objects.create(
        **{
            "force": force,
            "identifier": f"ocds-tender-{next(_numbers)}",
            "title": "New patrol cars",
            "opens_on": TODAY.replace(day=1),
            "closes_on": TODAY.replace(day=28),
            **details,
        }
    )
    for each in bidders:
        bidder(made, each)
    return made


def bidder(tender: Tender, named: Organisation | str, *, published: bool = True) -> Bidder:
    """Somebody who bid, as an import names them: nobody is asked anything by it."""
    return Bidder.objects.create(
        tender=tender,
        force=tender.force,
        organisation=_record(named, tender.force),
        as_written=str(named),
        published=published,
    )


def involvement(
    person: User, of: Tender | Contract, part: Part = Part.EVALUATES, **details: Any
) -> Involvement:
    """Somebody's part in a tender or a contract, not declared about yet."""
    what = {"tender": of} if isinstance(of, Tender) else {"contract": of}
    return Involvement.objects.create(
        **{
            "force": of.force,
            "person": person,
            "part": part,
            "starts_on": TODAY.replace(day=1),
            **what,
            **details,
        }
    )


def suppliers_of(world: World, *names: str) -> list[Organisation]:
    """Organisations of the alliance by name, each found or made."""
    return [organisation(name, department=world.alliance_psd) for name in names]


def _record(named: Organisation | str, force: Force) -> Organisation:
    if isinstance(named, Organisation):
        return named
    return organisation(named, department=force.department)
