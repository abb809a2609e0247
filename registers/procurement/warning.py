"""What anybody may know of a supplier at the moment of declaring: contracts awarded, tenders open.

Only of one force, and only what it publishes: awards, and tenders whose bidders a published notice
named. Who bid by a name that was typed at the desk is told to nobody but those with a part in the
tender, whom it asks about its bidders anyway; nothing is decided by it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from integrity.casework.clocks import add_months
from integrity.people.models import User
from integrity.ui.wording import listed
from registers.organisations.enums import Standing
from registers.organisations.models import Organisation
from registers.organisations.whole import root_of, within
from registers.procurement.enums import AwardStatus, TenderStatus
from registers.procurement.models import Bidder, ContractSupplier, Involvement
from registers.procurement.reads import standing

MONTHS = 12  # an award counts for as long (RULES, Cross-checks)


def supplies(reader: User, ids: Sequence[int], today: date) -> Iterator[str]:
    """What follows its name: 'has 2 contracts with the force and is bidding in an open tender'."""
    mine = {"organisation__in": ids, "force": reader.force_id}
    won = ContractSupplier.objects.filter(contracts_that_count(today), **mine)
    parts = Involvement.objects.filter(standing(today), person=reader)
    named = Q(published=True) | Q(tender__in=parts.values("tender"))
    bid = Bidder.objects.filter(tenders_open(today), named, **mine)
    words = in_words(
        won.values("contract").distinct().count(), bid.values("tender").distinct().count()
    )
    if words:
        yield words


def standings(
    force_id: int, ids: Collection[int], days: Collection[date]
) -> Mapping[int, Standing]:
    """Who supplied the force, or bid to it, on one of these days, by what the force publishes."""
    mine = {"organisation__in": ids, "force": force_id}
    contracts, tenders = Q(pk__in=()), Q(pk__in=())
    for each in days:
        contracts |= contracts_that_count(each)
        tenders |= tenders_open(each)
    bid = Bidder.objects.filter(tenders, published=True, **mine)
    won = ContractSupplier.objects.filter(contracts, **mine)
    return {
        **dict.fromkeys(bid.values_list("organisation", flat=True), Standing.BIDDER),
        **dict.fromkeys(won.values_list("organisation", flat=True), Standing.SUPPLIER),
    }


def ever_published(force_id: int, records: QuerySet[Organisation]) -> Iterable[int]:
    """Which of these a notice of the force ever named, as winner or bidder."""
    named = within("organisation", records)
    won = ContractSupplier.objects.filter(named, force=force_id, left_on=None)
    bid = Bidder.objects.filter(named, force=force_id, published=True)
    for found in (won, bid):
        yield from found.values_list(root_of("organisation"), flat=True).distinct()


def contracts_that_count(today: date) -> Q:
    """Who won those that run on a day, and those awarded in the twelve months before it."""
    lately = Q(contract__awarded_on__gt=add_months(today, -MONTHS), contract__awarded_on__lte=today)
    runs = Q(contract__ends_on__gte=today) & (
        Q(contract__starts_on__lte=today) | Q(contract__starts_on=None)
    )
    return Q(lately | runs, left_on=None, contract__status=AwardStatus.ACTIVE)


def tenders_open(today: date) -> Q:
    """Who bids for those that are open on a day."""
    return Q(
        Q(tender__opens_on=None) | Q(tender__opens_on__lte=today),
        Q(tender__closes_on=None) | Q(tender__closes_on__gte=today),
        tender__status=TenderStatus.ACTIVE,
    )


def in_words(contracts: int, tenders: int) -> str:
    """Both in a few words; empty where there is neither."""
    said = []
    if contracts:
        said.append(f"has {_many(contracts, 'a contract', 'contracts')} with the force")
    if tenders:
        said.append(f"is bidding in {_many(tenders, 'an open tender', 'open tenders')}")
    return listed(said)


def _many(count: int, one: str, several: str) -> str:
    return one if count == 1 else f"{count} {several}"
