"""Who bid for the tenders of a file: added where a notice names them, and never taken away.

Whom procurement typed in before is published from then on, and keeps the name that was typed.
"""

from collections.abc import Iterable
from datetime import datetime

from integrity.people.models import Force, User
from registers.organisations.suppliers import Suppliers
from registers.procurement.actions.taking import known_by_identifier
from registers.procurement.actions.tenders import ask_again
from registers.procurement.facts import TenderFacts
from registers.procurement.models import Bidder, Tender


def new_bids(tenders: Iterable[TenderFacts], suppliers: Suppliers, force: Force) -> list[Bidder]:
    """The bids that a file names and the register does not hold as published, not saved."""
    facts = {each.identifier: each for each in tenders if each.bidders}
    known = known_by_identifier(Tender.objects.filter(force=force), facts)
    there = {
        (bid.tender_id, bid.organisation_id): bid
        for bid in Bidder.objects.filter(tender__in=known.values())
    }
    made: dict[tuple[int, int], Bidder] = {}
    for identifier, tender in known.items():
        for supplier in facts[identifier].bidders:
            organisation = suppliers(supplier)
            pair = tender.pk, organisation.pk
            bid = there.get(pair) or Bidder(
                tender=tender,
                force=force,
                organisation=organisation,
                as_written=supplier.as_written,
            )
            if not bid.published:
                made.setdefault(pair, bid)
    return list(made.values())


def count_new_bids(tenders: Iterable[TenderFacts], suppliers: Suppliers, force: Force) -> int:
    """How many bids taking a file would add or publish; of what is not known yet, each is new."""
    facts = list(tenders)
    known = known_by_identifier(
        Tender.objects.filter(force=force), (each.identifier for each in facts)
    )
    published = Bidder.objects.filter(tender__in=known.values(), published=True)
    there = set(published.values_list("tender", "organisation"))
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
    """Keep the bids of a file as published; who has a part is asked anew where it names somebody new."""
    bids = new_bids(tenders, suppliers, force)
    typed = [bid for bid in bids if bid.pk is not None]
    new = [bid for bid in bids if bid.pk is None]
    for bid in bids:
        bid.published = True
    Bidder.objects.bulk_update(typed, ["published"])
    Bidder.objects.bulk_create(new)
    for tender in {bid.tender_id: bid.tender for bid in new}.values():
        ask_again(tender, by=by, now=now)
