"""How much a match weighs: points from what anybody can see, of 100. It sorts the queue, it never decides.

Every function gives the factors with their points; ``total`` adds them up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

type Points = list[tuple[str, int]]

TRIVIAL: Final = Decimal(10)
DEAR: Final = Decimal(50)
MANY_GUESTS: Final = 6
LEAST_USUAL: Final = (
    0.1  # of a card’s purchases: now and then somebody needs something on a Saturday
)
PUBLIC_KINDS = frozenset({"partner", "police", "foreign", "union", "charity"})
PUBLIC_WORDS = re.compile(
    r"\b(council|nhs|police|constabulary|ministry|university|home office|hm revenue|hmrc|"
    r"fire and rescue|probation|borough|department for|royal mail)\b"
)
OWNED = frozenset({"self_employed", "directorship", "family_business", "consultancy", "licence"})
A_JOB = frozenset({"waged", "voluntary", "training", "hobby", "performance"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSeen:
    """What of an offer weighs. ``value`` is in pounds, None where nobody knows it."""

    accepted: bool
    value: Decimal | None = None
    light_refreshments: bool = False
    kind: str = ""
    provider: str = ""
    chief_officer: bool = False
    in_procurement: bool = False
    times: int = 1
    guests: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """How often an organisation is paid, against how long the force has published its spend."""

    payments: int = 0
    months: int = 0
    of_months: int = 0

    @property
    def by_everybody(self) -> bool:
        """Paid in most months and often: a hotel, a utility, a big supplier."""
        return (
            self.of_months >= 6 and self.payments >= 24 and self.months * 10 >= self.of_months * 7
        )


def total(points: Iterable[tuple[str, int]]) -> int:
    return max(0, min(100, sum(each for _, each in points)))


def offer_points(offer: OfferSeen) -> Points:
    """What every check of an offer counts, whatever it is compared with."""
    found: Points = [_answered(offer)]
    if offer.light_refreshments:
        found.append(("Light refreshments", -45))
    elif offer.value is not None and offer.value < TRIVIAL:
        found.append((f"Worth less than £{TRIVIAL}", -45))
    elif offer.value is not None and offer.value >= 100:
        found.append(("Worth £100 or more", 15))
    elif offer.value is not None and offer.value >= 25:
        found.append(("Worth £25 or more", 10))
    if is_public(offer.provider, offer.kind):
        found.append(("A public body or a charity", -25))
    if offer.chief_officer:
        found.append(("Chief officer", 5))
    if offer.in_procurement:
        found.append(("The recipient works in procurement", 10))
    if offer.guests >= MANY_GUESTS:
        found.append((f"{offer.guests} of the force were offered something there", -45))
    if offer.times >= 3:
        found.append((f"{offer.times} offers from this provider", 10))
    return found


def _answered(offer: OfferSeen) -> tuple[str, int]:
    """A dear thing that was declined still says what its provider tried (RULES, Gifts 1)."""
    if offer.accepted:
        return "Accepted", 20
    if offer.value is not None and offer.value >= DEAR:
        return f"Declined, worth £{DEAR} or more", -10
    return "Declined", -40


def is_public(name: str, kind: str = "") -> bool:
    """Whether a provider is a public body or a charity, by its kind or its name."""
    return kind in PUBLIC_KINDS or PUBLIC_WORDS.search(name.casefold()) is not None


def nearness(days: int, *steps: tuple[int, int]) -> Points:
    """The points of the first step (so many days, so many points) that holds."""
    for most, points in steps:
        if abs(days) <= most:
            return [(f"Within {most} days", points)]
    return []


def contract_points(amount: Decimal | None) -> Points:
    if amount is None:
        return []
    if amount >= 1_000_000:
        return [("Contract of £1,000,000 or more", 15)]
    if amount >= 100_000:
        return [("Contract of £100,000 or more", 10)]
    if amount >= 10_000:
        return [("Contract of £10,000 or more", 5)]
    return [("Contract below £1,000", -10)] if amount < 1_000 else []


def spend_points(amount: Decimal) -> Points:
    """One payment, or all of them together."""
    for least, points in ((100_000, 20), (25_000, 15), (5_000, 10), (1_000, 5)):
        if amount >= least:
            return [(f"Paid £{least:,} or more", points)]
    return [("Paid less than £1,000", -20)]


def payee_points(paid: Paid) -> Points:
    """A supplier that is paid all the time meets every offer by chance; a rare one does not."""
    if paid.by_everybody:
        return [("Paid in most months", -40)]
    return [("Rarely paid", 15)] if 0 < paid.months <= 2 else []


def likeness_points(likeness: int) -> Points:
    return [(f"Names alike, {likeness} of 100", -((100 - likeness) // 4))] if likeness < 100 else []


def interest_points(
    *, category: str, of_relative: bool, refused: bool, in_procurement: bool, chief_officer: bool
) -> Points:
    found: Points = []
    if category in OWNED:
        found.append(("Owned or directed", 10))
    if category == "voluntary":
        found.append(("Voluntary work", -20))
    if of_relative:
        found.append(("A relative’s", -5))
    if refused:
        found.append(("The interest was refused", -15))
    if in_procurement:
        found.append(("Works in procurement", 15))
    if chief_officer:
        found.append(("Chief officer", 5))
    return found


def employer_points(paid: Paid, *, category: str, name: str) -> Points:
    """A job with a big supplier or a public body is less than a share of a small one."""
    if category not in A_JOB:
        return []
    if paid.by_everybody:
        return [("A job with a supplier that is paid in most months", -35)]
    return [("A job with a public body", -25)] if is_public(name) else []


def split_points(*, days: int, largest: Decimal, limit: Decimal, purchases: int) -> Points:
    """How near the limit the largest came, and how soon the next followed."""
    share = largest / limit
    found: Points = nearness(days, (0, 15), (1, 10), (2, 5))
    if share >= Decimal("0.8"):
        found.append(("Just under the limit", 30))
    elif share >= Decimal("0.6"):
        found.append(("Well over half the limit", 20))
    elif share >= Decimal("0.5"):
        found.append(("Over half the limit", 10))
    else:
        found.append(("Each below half the limit", -5))
    if purchases >= 3:
        found.append((f"{purchases} purchases", 10))
    return found


def weekend_points(
    *, weekend: int, of: int, usually: float | None, times: int, amount: Decimal
) -> Points:
    """Two days of seven are a weekend. ``usually`` is the card’s share of them at other times."""
    share = weekend / max(of, 1)
    found: Points = []
    for least, points in ((0.8, 25), (0.6, 15), (0.45, 5)):
        if share >= least:
            found.append((f"{round(share * 100)} % of what was bought then", points))
            break
    else:
        found.append(("No more than on other days", -15))
    if usually is not None:
        often = share >= 2 * max(usually, LEAST_USUAL)
        said = f"{round(usually * 100)} % at other times"
        found.append((f"{said}, half as often or less", 20) if often else (f"{said}, too", -30))
    extra = min(20, 5 * max(0, weekend - times))
    found += [("More than the least number", extra)] if extra else []
    if amount >= 200:
        found.append(("£500 or more", 10) if amount >= 500 else ("£200 or more", 5))
    return found


def silence_points(*, expected: float) -> Points:
    """By how many entries the unit would have, did it declare as the force does."""
    for least, points in ((10, 40), (6, 30), (3, 20)):
        if expected >= least:
            return [(f"As often as the force, it would have {least} entries or more", points)]
    return [("Too few entries expected to tell", -10)]
