"""The figures of contracts, as the import prints them."""

from collections.abc import Sequence
from decimal import Decimal

from registers.procurement.facts import AwardFacts, TenderFacts
from registers.procurement.reading.tables import distinct


def total(awards: Sequence[AwardFacts]) -> Decimal:
    """The pounds of the awards that count."""
    counted = (award.amount for award in awards if award.counts and award.amount is not None)
    return sum(counted, Decimal("0.00"))


def contract_figures(
    awards: Sequence[AwardFacts], tenders: Sequence[TenderFacts]
) -> dict[str, int | Decimal]:
    """How many awards, suppliers and tenders there are, and the pounds of the awards."""
    return {
        "awards": len(awards),
        "total": total(awards),
        "suppliers": distinct(each for award in awards for each in award.suppliers),
        "tenders": len(tenders),
    }
