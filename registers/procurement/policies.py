"""What the state of a purchase and of a contract says; pure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from integrity.casework.clocks import SATURDAY
from registers.procurement.enums import State, Stated, Verb, Verdict
from registers.procurement.models import Contract, Purchase

# From this share of the limit of one purchase, the desk's filter calls it near the limit.
NEAR: Final = Decimal("0.9")
VERDICTS: Final = {
    Verb.FIND_RIGHT: Verdict.RIGHT,
    Verb.FIND_WRONG: Verdict.WRONG,
    Verb.REFER: Verdict.REFERRED,
}
VERB_OF: Final = {verdict: verb for verb, verdict in VERDICTS.items()}


def state_of(purchase: Purchase) -> State:
    """Where a purchase stands, for whoever may know of a referral."""
    return State(purchase.verdict) if purchase.verdict else unreviewed(purchase)


def state_besides(purchase: Purchase) -> State:
    """The same for everybody else, its holder first: a referral changes nothing that they see."""
    return unreviewed(purchase) if purchase.verdict == Verdict.REFERRED else state_of(purchase)


def unreviewed(purchase: Purchase) -> State:
    return State.TO_REVIEW if purchase.justification else State.TO_JUSTIFY


def is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def is_near_limit(amount: Decimal, limit: Decimal | None) -> bool:
    """Whether one purchase is at the limit or just below; above it the card did not hold it."""
    return limit is not None and NEAR * limit <= amount <= limit


def gaps(contract: Contract) -> Iterator[str]:
    """What is missing of a contract for outsourced services, the worst first.

    HMIC 2012, Procurement and contracting: who works for the force is vetted and held to its standards.
    """
    if not contract.outsourced:
        return
    if contract.staff_vetted != Stated.YES:
        no = contract.staff_vetted == Stated.NO
        yield "Its people are not vetted" if no else "Not stated whether its people are vetted"
    if contract.standards_clause != Stated.YES:
        no = contract.standards_clause == Stated.NO
        yield (
            "The force’s standards of behaviour are no clause of it"
            if no
            else "Not stated whether the force’s standards of behaviour are a clause"
        )
    if not contract.who_investigates:
        yield "Not stated who investigates its people"
