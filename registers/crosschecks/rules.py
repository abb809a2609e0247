"""The cross-checks as declared rules: what each compares, why, and what it takes unless a force says otherwise."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from registers.crosschecks.enums import Check, Owner

MINIMUM_SCORE: Final = 45
MINIMUM_LIKENESS: Final = 20
HMIC_SUPPLIERS = "31 of 44 forces did not compare hospitality with their contractors (HMIC 2012)."
HMIC_INTERESTS = "23 of 44 forces did not compare interests with their suppliers (HMIC 2012)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check. ``pair`` is what stands beside what; ``uses`` are the settings that it reads.

    Days in ``window_days``, pounds in ``amount``, scores and likeness of 100. ``takes`` says in
    words what window, times and amount mean to this check.
    """

    check: Check
    pair: str
    why: str
    takes: str
    window_days: int = 365
    times: int = 3
    amount: Decimal = Decimal(0)
    minimum_score: int = MINIMUM_SCORE
    minimum_likeness: int = MINIMUM_LIKENESS
    owner: Owner = Owner.PSD
    uses: frozenset[str] = frozenset({"window_days", "minimum_likeness"})

    @property
    def title(self) -> str:
        return str(self.check.label)


_ALL = (
    Rule(
        check=Check.OFFER_BEFORE_AWARD,
        pair="Offers and contract awards",
        why=f"Whoever is to decide may have been softened first. {HMIC_SUPPLIERS}",
        takes="The award came within so many days after the offer; smaller contracts are left out.",
        uses=frozenset({"window_days", "minimum_likeness", "amount"}),
    ),
    Rule(
        check=Check.OFFER_IN_TENDER,
        pair="Offers and open tenders",
        why="Nothing is taken from a bidder while bids are open, nor offered without a reason. "
        f"{HMIC_SUPPLIERS}",
        takes="A tender that does not say when it opened was open so many days before it closed.",
        window_days=90,
    ),
    Rule(
        check=Check.OFFER_NEAR_PAYMENT,
        pair="Offers and published spend",
        why=f"Hospitality may be thanks for an order, or ask for one. {HMIC_SUPPLIERS}",
        takes="The payment came within so many days before or after; smaller ones are left out.",
        window_days=45,
        amount=Decimal(1000),
        uses=frozenset({"window_days", "minimum_likeness", "amount"}),
    ),
    Rule(
        check=Check.OFFER_FROM_MERCHANT,
        pair="Offers and purchases by card",
        why="Low-level spend is decided by one cardholder, and few forces looked at it beyond the "
        "line manager (HMIC 2012, Procurement and contracting).",
        takes="The purchase came within so many days before or after; smaller ones are left out.",
        uses=frozenset({"window_days", "minimum_likeness", "amount"}),
    ),
    Rule(
        check=Check.INTEREST_IN_SUPPLIER,
        pair="Business interests and contracts",
        why=f"Somebody may gain from what the force buys. {HMIC_INTERESTS}",
        takes="The contract ran, or was awarded, within so many days of the interest.",
        uses=frozenset({"window_days", "minimum_likeness", "amount"}),
    ),
    Rule(
        check=Check.INTEREST_IN_PAYEE,
        pair="Business interests and spend, by card too",
        why=f"Not all that is bought is under a contract that is published. {HMIC_INTERESTS}",
        takes="It was paid within so many days of the interest; less in all is left out, but for what "
        "was bought with the person’s own card. One that holds a contract is compared by that alone.",
        amount=Decimal(500),
        uses=frozenset({"window_days", "minimum_likeness", "amount"}),
    ),
    Rule(
        check=Check.INTEREST_AND_OFFER,
        pair="Business interests and offers",
        why="A gift from one’s own employer or company may be pay under another name.",
        takes="The offer came within so many days of the interest.",
    ),
    Rule(
        check=Check.REPEAT_PROVIDER,
        pair="Offers and offers",
        why="Regular hospitality from one provider is a warning sign (IPCC).",
        takes="So many offers of one provider to one person within so many days; light refreshments "
        "are not counted.",
        minimum_likeness=60,
        uses=frozenset({"window_days", "minimum_likeness", "times"}),
    ),
    Rule(
        check=Check.MEDIA_HOSPITALITY,
        pair="Media contacts and offers",
        why="Hospitality may pay for what is told; it is to be declared with the contact.",
        takes="The offer came within so many days of a contact with the outlet or the journalist.",
        window_days=90,
    ),
    Rule(
        check=Check.CONDITION_BROKEN,
        pair="Conditions, and whom the holder or the force dealt with since",
        why="Few forces checked that conditions were kept (HMIC 2012, p. 30).",
        takes="The organisation appeared within so many days after the condition was set.",
        window_days=730,
    ),
    Rule(
        check=Check.CONDITION_HOURS,
        pair="Conditions and hours stated",
        why="Few forces checked that conditions were kept (HMIC 2012, p. 30).",
        takes="Only the score from which a match is kept.",
        uses=frozenset(),
    ),
    Rule(
        check=Check.RECIPIENT_IN_PROCUREMENT,
        pair="Offers and parts in procurement",
        why="Whoever specifies, evaluates or manages takes nothing from those they deal "
        f"with. {HMIC_SUPPLIERS}",
        takes="The part, the contract or the tender was within so many days of the offer.",
    ),
    Rule(
        check=Check.INVOLVED_WITH_INTEREST,
        pair="Parts in a tender and business interests",
        why=f"Nobody judges a bid in which they have an interest. {HMIC_INTERESTS}",
        takes="Only how sure it is that two names are one organisation.",
        uses=frozenset({"minimum_likeness"}),
    ),
    Rule(
        check=Check.CARD_SPLIT,
        pair="Purchases and the card’s limit",
        why="Split transactions get past a limit.",
        takes="From one merchant, within so many days, each within the limit and together above it.",
        window_days=2,
        owner=Owner.PROCUREMENT,
        uses=frozenset({"window_days"}),
    ),
    Rule(
        check=Check.CARD_WEEKEND,
        pair="Purchases and the calendar",
        why="Purchases at weekends may be private.",
        takes="So many at weekends or on bank holidays, with one card, within so many days.",
        window_days=90,
        times=4,
        owner=Owner.PROCUREMENT,
        uses=frozenset({"window_days", "times"}),
    ),
    Rule(
        check=Check.CARD_OFF_FRAMEWORK,
        pair="Purchases and frameworks",
        why="What a framework covers is bought from its suppliers.",
        takes="Less in all from one merchant by one card is left out; a merchant whose name is so like "
        "a supplier’s of the framework may be that supplier.",
        minimum_likeness=50,
        amount=Decimal(100),
        owner=Owner.PROCUREMENT,
        uses=frozenset({"minimum_likeness", "amount"}),
    ),
    Rule(
        check=Check.SILENT_UNIT,
        pair="Units and all declarations",
        why="Silence is not a nil return: zero, nil returned and not recorded are three different "
        "things.",
        takes="Units of at least so many people that declared nothing in so many days.",
        times=10,
        uses=frozenset({"window_days", "times"}),
    ),
)
RULES: Final = {rule.check: rule for rule in _ALL}
