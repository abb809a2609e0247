"""What the state of a purchase and of a contract says; pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from integrity.casework.clocks import SATURDAY
from integrity.ui.templatetags.ui import day
from registers.procurement.enums import Declared, State, Stated, TenderStatus, Verb, Verdict
from registers.procurement.models import Contract, Involvement, Purchase, Tender

# From this share of the limit of one purchase, the desk's filter calls it near the limit.
NEAR: Final = Decimal("0.9")
# So long a holder’s home page says that a purchase was found not right; their own list says it always.
TOLD_FOR: Final = timedelta(days=28)
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


def is_open(tender: Tender, today: date) -> bool:
    """Whether a tender still takes bids: a notice that nobody corrected says so after its last day too."""
    past = tender.closes_on is not None and tender.closes_on < today
    return tender.status == TenderStatus.ACTIVE and not past


def tender_stands_at(tender: Tender, today: date, *, awarded: bool) -> str:
    """Where a tender stands by its status, its dates, and whether a contract came of it."""
    if tender.status != TenderStatus.ACTIVE:
        return tender.get_status_display()
    if tender.closes_on is not None and tender.closes_on < today:
        return f"Closed on {day(tender.closes_on)}; {'awarded' if awarded else 'not awarded'}"
    if tender.opens_on is not None and tender.opens_on > today:
        return f"Opens on {day(tender.opens_on)}"
    return "Awarded" if awarded and tender.closes_on is None else tender.get_status_display()


def tender_in_a_word(tender: Tender, today: date) -> str:
    """The same in a word: one whose last day is past is closed, whatever its notice says."""
    past = tender.status == TenderStatus.ACTIVE and not is_open(tender, today)
    return "Closed" if past else tender.get_status_display()


def has_ended(part: Involvement, today: date) -> bool:
    """Whether somebody's part is over: its last day is past."""
    return part.ends_on is not None and part.ends_on < today


def withdraws(declared: Declared, last: Declared) -> bool:
    """Whether somebody takes back an interest in a bidder, for which they give a reason."""
    return declared == Declared.NONE and last == Declared.INTEREST


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
