"""Who bid for the tenders of a file: added where a notice names them, and never taken away."""

from collections.abc import Iterable
from datetime import datetime

from integrity.people.models import Force, User
from registers.organisations.suppliers import Suppliers
from registers.procurement.actions.taking import known_by_identifier
from registers.procurement.actions.tenders import ask_again
from registers.procurement.facts import TenderFacts
from registers.procurement.models import Bidder, Tender


def new_bids(tenders: Iterable[TenderFacts], suppliers: Suppliers, force: Force) -> list[Bidder]:
    """The bids that a file names and the register does not hold yet, not saved."""
    facts = {each.identifier: each for each in tenders if each.bidders}
    known = known_by_identifier(Tender.objects.filter(force=force), facts)
    there = set(
        Bidder.objects.filter(tender__in=known.values()).values_list("tender", "organisation")
    )
    made: dict[tuple[int, int], Bidder] = {}
    for identifier, tender in known.items():
        for supplier in facts[identifier].bidders:
            organisation = suppliers(supplier)
            pair = tender.pk, organisation.pk
            if pair not in there:
                made[pair] = Bidder(
                    tender=tender,
                    force=force,
                    organisation=organisation,
                    as_written=supplier.as_written,
                )
    return list(made.values())


def count_new_bids(tenders: Iterable[TenderFacts], suppliers: Suppliers, force: Force) -> int:
    """How many bids taking a file would add; of a tender or a bidder not yet known, each is new."""
    facts = list(tenders)
    known = known_by_identifier(
        Tender.objects.filter(force=force), (each.identifier for each in facts)
    )
    there = set(
        Bidder.objects.filter(tender__in=known.values()).values_list("tender", "organisation")
    )
    pks = {identifier: tender.pk for identifier, tender in known.items()}
    named = {
        (each.identifier, suppliers(bidder).key)
        for each in facts
        for bidder in each.bidders
        if (pks.get(each.identifier), suppliers(bidder).pk) not in there
    }
    return len(named)


def keep_bids(
    tenders: Iterable[TenderFacts],
    suppliers: Suppliers,
    force: Force,
    *,
    by: User | None,
    now: datetime,
) -> None:
    """Add the bids of a file; whoever has a part in their tenders is asked about the bidders anew."""
    bids = new_bids(tenders, suppliers, force)
    Bidder.objects.bulk_create(bids)
    for tender in {bid.tender_id: bid.tender for bid in bids}.values():
        ask_again(tender, by=by, now=now)
