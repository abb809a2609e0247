"""What anybody may know of a supplier at the moment of declaring: contracts awarded, tenders open.

Only of the reader's own force, and only what it publishes: awards, and tenders whose bidders a
published notice named. Who bid by a name that was typed at the desk is told to nobody but those with
a part in the tender, whom it asks about its bidders anyway.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from integrity.casework.clocks import add_months
from integrity.people.models import User
from integrity.ui.wording import listed
from registers.procurement.enums import AwardStatus, TenderStatus
from registers.procurement.models import Bidder, ContractSupplier, Involvement
from registers.procurement.reads import standing

MONTHS = 12  # an award counts for as long (RULES, Cross-checks)


def supplies(reader: User, ids: Sequence[int], today: date) -> Iterator[str]:
    """What follows the name of an organisation: 'has 2 contracts with the force and a tender open'."""
    mine = {"organisation__in": ids, "force": reader.force_id}
    won = ContractSupplier.objects.filter(
        contracts_that_count(today), left_on=None, contract__status=AwardStatus.ACTIVE, **mine
    )
    parts = Involvement.objects.filter(standing(today), person=reader)
    bid = Bidder.objects.filter(
        Q(published=True) | Q(tender__in=parts.values("tender")),
        Q(tender__opens_on=None) | Q(tender__opens_on__lte=today),
        Q(tender__closes_on=None) | Q(tender__closes_on__gte=today),
        tender__status=TenderStatus.ACTIVE,
        **mine,
    )
    words = in_words(
        won.values("contract").distinct().count(), bid.values("tender").distinct().count()
    )
    if words:
        yield words


def contracts_that_count(today: date) -> Q:
    """Those that run today, and those awarded in the last twelve months."""
    lately = Q(contract__awarded_on__gt=add_months(today, -MONTHS), contract__awarded_on__lte=today)
    runs = Q(contract__ends_on__gte=today) & (
        Q(contract__starts_on__lte=today) | Q(contract__starts_on=None)
    )
    return lately | runs


def in_words(contracts: int, tenders: int) -> str:
    """Both in a few words; empty where there is neither."""
    said = []
    if contracts:
        said.append(f"{_many(contracts, 'contract')} with the force")
    if tenders:
        said.append(f"{_many(tenders, 'tender')} open")
    return f"has {listed(said)}" if said else ""


def _many(count: int, noun: str) -> str:
    return f"a {noun}" if count == 1 else f"{count} {noun}s"
