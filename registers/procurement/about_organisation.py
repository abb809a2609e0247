"""What procurement tells of an organisation, and to whom: contracts, tenders, payments, cards."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone

from integrity.casework.models import ImportBatch
from integrity.people.enums import Role
from integrity.people.models import User
from registers.organisations.registry import Item
from registers.procurement.enums import AwardStatus
from registers.procurement.models import Bidder, ContractSupplier, Payment
from registers.procurement.permissions import READERS
from registers.procurement.reads import purchases_on_desk

READ = (*READERS, Role.REGISTER_OWNER)
COUNTS = (AwardStatus.ACTIVE, AwardStatus.PENDING)


def contracts_won(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """Contracts of the reader's forces that these records won; one cancelled counts for nothing."""
    won = ContractSupplier.objects.filter(
        organisation__in=ids, force__in=reader.scope(*READ).forces, left_on=None
    ).select_related("contract__force", "contract__batch")
    seen: set[int] = set()
    for each in won:
        contract = each.contract
        if contract.pk in seen:
            continue
        seen.add(contract.pk)
        pounds = contract.status in COUNTS and contract.currency == "GBP"
        yield Item(
            on=_first(contract.awarded_on, contract.starts_on, batch=contract.batch),
            what=f"Contract, {contract.get_status_display().lower()}",
            title=contract.title,
            detail=f"{contract.force}. Named as {each.as_written}.",
            amount=contract.amount if pounds else None,
            path=reverse("psd:procurement-contract", args=[contract.pk]),
        )


def bids_for(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """Tenders of the reader's forces for which these records bid."""
    bids = Bidder.objects.filter(organisation__in=ids, force__in=reader.scope(*READ).forces)
    seen: set[int] = set()
    for each in bids.select_related("tender__force", "tender__batch"):
        tender = each.tender
        if tender.pk in seen:
            continue
        seen.add(tender.pk)
        yield Item(
            on=_first(tender.closes_on, tender.opens_on, batch=tender.batch),
            what=f"Bid, {tender.get_status_display().lower()}",
            title=tender.title,
            detail=f"{tender.force}. Named as {each.as_written}.",
            path=reverse("psd:procurement-tender", args=[tender.pk]),
        )


def payments_to(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """What the reader's forces paid these records."""
    paid = Payment.objects.filter(organisation__in=ids, force__in=reader.scope(*READ).forces)
    for each in paid.select_related("force"):
        said = (f"{each.force}", each.description or each.category, each.reference)
        yield Item(
            on=each.paid_on,
            what="Payment",
            title=each.as_written,
            detail=", ".join(filter(None, said)),
            amount=each.amount,
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


def _first(*days: date | None, batch: ImportBatch | None) -> date:
    """The first day that is known; else the day of the import that brought it, or today's."""
    known = next(filter(None, days), None)
    if known is None:
        known = timezone.localdate(batch.imported_at if batch is not None else None)
    return known
