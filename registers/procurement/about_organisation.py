"""What procurement tells of an organisation, and to whom: contracts, tenders, payments, cards."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from integrity.casework.models import ImportBatch
from integrity.people.models import User
from registers.organisations.permissions import OWNERS
from registers.organisations.registry import Item
from registers.procurement.enums import AwardStatus
from registers.procurement.models import Bidder, Contract, ContractSupplier, Payment, Tender
from registers.procurement.permissions import READERS
from registers.procurement.policies import tender_in_a_word
from registers.procurement.reads import purchases_on_desk

READ = (*READERS, *OWNERS)  # an owner of registers reads what the force publishes
COUNTS = (AwardStatus.ACTIVE, AwardStatus.PENDING)


def contracts_won(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """Contracts of the reader's forces that these records won; one cancelled counts for nothing."""
    won = ContractSupplier.objects.filter(
        organisation__in=ids, force__in=reader.scope(*READ).forces, left_on=None
    ).select_related("contract__force", "contract__batch")
    near, seen = reader.scope(*READERS).forces, set[int]()
    for each in won:
        contract = each.contract
        if contract.pk in seen:
            continue
        seen.add(contract.pk)
        pounds = contract.status in COUNTS and contract.currency == "GBP"
        days = ((contract.awarded_on, ""), (contract.starts_on, "begins"))
        on, day = _first(*days, batch=contract.batch)
        yield Item(
            on=on,
            day=day,
            what=f"Contract, {contract.get_status_display().lower()}",
            title=contract.title,
            detail=f"{contract.force}. Named as {each.as_written}.",
            amount=contract.amount if pounds else None,
            path=_path("contract", contract, near),
        )


def bids_for(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """Tenders of the reader's forces for which these records bid; to owners only what is published."""
    near, seen, today = reader.scope(*READERS).forces, set[int](), timezone.localdate()
    published = Q(published=True, force__in=reader.scope(*OWNERS).forces)
    bids = Bidder.objects.filter(Q(force__in=near) | published, organisation__in=ids)
    for each in bids.select_related("tender__force", "tender__batch"):
        tender = each.tender
        if tender.pk in seen:
            continue
        seen.add(tender.pk)
        days = ((tender.closes_on, "closes"), (tender.opens_on, "opens"))
        on, day = _first(*days, batch=tender.batch)
        yield Item(
            on=on,
            day=day,
            what=f"Bid, {tender_in_a_word(tender, today).lower()}",
            title=tender.title,
            detail=f"{tender.force}. Named as {each.as_written}.",
            path=_path("tender", tender, near),
        )


def payments_to(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """What the reader's forces paid these records."""
    near = reader.scope(*READERS).forces
    paid = Payment.objects.filter(organisation__in=ids, force__in=reader.scope(*READ).forces)
    for each in paid.select_related("force"):
        said = (f"{each.force}", each.description or each.category, each.reference)
        yield Item(
            on=each.paid_on,
            what="Payment",
            title=each.as_written,
            detail=", ".join(filter(None, said)),
            amount=each.amount,
            path=_path("payment", each, near),
        )


def purchases_from(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """Purchases by card from these records; never the reader's own, nor those of who reports to them."""
    for each in purchases_on_desk(reader).filter(organisation__in=ids):
        yield Item(
            on=each.bought_on,
            what="Purchase by card",
            title=each.merchant,
            detail=f"{each.card}. {each.description or each.category}".strip(),
            amount=each.amount,
            path=reverse("psd:procurement-purchase", args=[each.pk]),
        )


def _path(page: str, record: Contract | Tender | Payment, near: Collection[int]) -> str:
    """Its page on the desk, which opens in these forces; to others nothing leads there."""
    return reverse(f"psd:procurement-{page}", args=[record.pk]) if record.force_id in near else ""


def _first(*days: tuple[date | None, str], batch: ImportBatch | None) -> tuple[date, str]:
    """The first day that is known, and what happens on it; else that of its import, or today."""
    for on, what in days:
        if on is not None:
            return on, what
    return timezone.localdate(batch.imported_at if batch is not None else None), ""
