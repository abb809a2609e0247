"""What a force's policy says of an offer: pure functions of its row, the facts and the day.

Sources are in RULES, 'Gifts'. Nothing here is a number of the code's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registers.gifts.enums import (
    ACCEPTED,
    ANONYMOUS,
    Factor,
    ItemDecision,
    ItemKind,
    ProviderKind,
    Refreshments,
    Route,
    Status,
    ValueKind,
)
from registers.gifts.facts import ItemFacts, OfferFacts, Value
from registers.gifts.models import Band, GiftPolicy, Item

CAREFULNESS = (Route.RECORD, Route.SUPERVISOR, Route.PSD, Route.REFUSE)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an offer lacks: the step and field where it is put right, and a sentence."""

    step: str
    field: str
    sentence: str


def days_late(policy: GiftPolicy, *, offered_on: date, received_on: date) -> int:
    """How many days after the policy's last day an offer was reported; 0 in time (RULES, Gifts 7)."""
    return max(0, (received_on - offered_on).days - policy.report_within_days)


def most_careful(routes: Iterable[Route]) -> Route:
    return max(routes, key=CAREFULNESS.index, default=Route.RECORD)


def route_for_value(
    policy: GiftPolicy, bands: Sequence[Band], *, decision: str, value: Value
) -> Route:
    """The route of the band a value falls in; values nobody can put in pounds take their own."""
    side = ItemDecision.ACCEPTED if decision in ACCEPTED else ItemDecision.DECLINED
    if value.ceiling is None:
        known = value.low
        if side == ItemDecision.DECLINED and known is None:
            return _band_route(bands, side, Decimal(0))
        unknown = Route(policy.unknown_value_route)
        return (
            unknown if known is None else most_careful([unknown, _band_route(bands, side, known)])
        )
    return _band_route(bands, side, value.ceiling)


def _band_route(bands: Sequence[Band], side: str, value: Decimal) -> Route:
    below = [b for b in bands if b.decision == side and b.from_value <= value]
    # a policy row that says nothing of a value lets nothing through unseen
    return Route(max(below, key=lambda b: b.from_value).route) if below else Route.PSD


def may_be_refreshments(policy: GiftPolicy, item: ItemFacts) -> bool:
    """Whether an item is light refreshments within the policy, which shortens the form."""
    ceiling = item.value.ceiling
    return item.light_refreshments and (
        ceiling is None or ceiling <= policy.light_refreshments_up_to
    )


def psd_decides_on(policy: GiftPolicy, offer: OfferFacts) -> bool:
    """Whether PSD decides what is accepted from this provider, as declared or as the force knows it."""
    return not offer.provider_kinds.isdisjoint(policy.psd_provider_kinds)


def route_item(
    policy: GiftPolicy,
    bands: Sequence[Band],
    offer: OfferFacts,
    item: ItemFacts,
    *,
    authorised: bool = False,
) -> Route:
    """Where one item's decision goes (RULES, Gifts 2, 4, 5, 6)."""
    if item.decision == ItemDecision.UNDECIDED:
        return Route.PSD
    if not item.accepted:
        return route_for_value(policy, bands, decision=item.decision, value=item.value)
    if item.kind in policy.never_accepted:
        return Route.REFUSE
    refreshments = may_be_refreshments(policy, item)
    routes = [
        Route.RECORD
        if refreshments and item.value.ceiling is None
        else route_for_value(policy, bands, decision=item.decision, value=item.value)
    ]
    if offer.gift_test is not None and offer.gift_test.failed:
        routes.append(Route.PSD)
    if not refreshments and psd_decides_on(policy, offer):
        routes.append(Route.PSD)
    if not refreshments and policy.requires_authorisation and not authorised:
        routes.append(Route.PSD)
    return most_careful(routes)


def route_offer(
    policy: GiftPolicy, bands: Sequence[Band], offer: OfferFacts, *, authorised: bool = False
) -> Route:
    """An offer takes the most careful route of its items."""
    return most_careful(
        route_item(policy, bands, offer, item, authorised=authorised) for item in offer.items
    )


def first_status(
    route: Route, *, peers: bool, supervisor: bool, authorisation: bool = False
) -> Status:
    """Where an offer of this route begins; a chief officer's goes to peers first (RULES, Gifts 9)."""
    if peers:
        return Status.PEER_REVIEW
    if authorisation:
        return Status.AUTHORISATION_SOUGHT
    if route == Route.RECORD:
        return Status.RECORDED
    if route == Route.SUPERVISOR and supervisor:
        return Status.WITH_SUPERVISOR
    return Status.WITH_PSD


def against_policy(
    policy: GiftPolicy, bands: Sequence[Band], offer: OfferFacts, *, authorised: bool
) -> bool:
    """Whether something was accepted that the policy says to refuse."""
    unasked = (
        policy.requires_authorisation
        and not authorised
        and any(not may_be_refreshments(policy, item) for item in offer.accepted_items)
    )
    return unasked or any(
        route_item(policy, bands, offer, item, authorised=authorised) == Route.REFUSE
        for item in offer.accepted_items
    )


def needs_gift_test(policy: GiftPolicy, offer: OfferFacts) -> bool:
    """Accepting anything beyond light refreshments asks the four questions (RULES, Gifts 2)."""
    return any(not may_be_refreshments(policy, item) for item in offer.accepted_items)


def problems(
    policy: GiftPolicy,
    offer: OfferFacts,
    *,
    received_on: date,
    today: date | None = None,
    authorisation: bool = False,
    asked_before: bool = False,
) -> list[Problem]:
    """What an offer lacks before it can be submitted, in the order of the form.

    ``received_on`` is the day the entry was first made; today is that day unless given. What was
    asked for beforehand may be declined before its day.
    """
    if authorisation and offer.items and not offer.undecided:
        sentence = "Ask before anything is decided; declare the offer instead."
        return [Problem("items/1", "decision", sentence)]
    found = list(
        _problems_of_offer(
            policy,
            offer,
            received_on,
            today or received_on,
            may_lie_ahead=authorisation or (asked_before and not offer.accepted_items),
        )
    )
    for number, item in enumerate(offer.items, start=1):
        found += _problems_of_item(policy, item, number, authorisation)
    if not offer.items:
        found.append(Problem("items", "description", "Add what was offered."))
    if offer.gift_test is None and needs_gift_test(policy, offer):
        found.append(
            Problem("gift-test", "genuine", "Answer the GIFT test: something was accepted.")
        )
    if offer.gift_test is not None and offer.gift_test.failed and not offer.gift_test.note:
        found.append(
            Problem("gift-test", "note", "Say why it was accepted although the GIFT test fails.")
        )
    return found


def _problems_of_offer(
    policy: GiftPolicy, offer: OfferFacts, received_on: date, today: date, *, may_lie_ahead: bool
) -> Iterable[Problem]:
    if offer.offered_on > today and not may_lie_ahead:
        yield Problem("offer", "offered_on", "The date of the offer must be today or earlier.")
    late = days_late(policy, offered_on=offer.offered_on, received_on=received_on)
    if late and not offer.late_reason:
        yield Problem(
            "offer",
            "late_reason",
            f"Offers are reported within {policy.report_within_days} days. "
            f"Say why this one is {late} {'day' if late == 1 else 'days'} late.",
        )
    if not offer.organisation and not offer.person and offer.provider_kind not in ANONYMOUS:
        kind = ProviderKind(offer.provider_kind).label.lower()
        yield Problem("offer", "provider", f"Enter the name of the {kind} that made the offer.")


def _problems_of_item(
    policy: GiftPolicy, item: ItemFacts, number: int, authorisation: bool
) -> Iterable[Problem]:
    step = f"items/{number}"
    if item.decision == ItemDecision.UNDECIDED and not authorisation:
        yield Problem(step, "decision", f"Say whether “{item.description}” was accepted.")
    if item.accepted and not item.reason_id and not item.reason_text:
        yield Problem(step, "reason", f"Give a reason for accepting “{item.description}”.")
    if item.light_refreshments and not may_be_refreshments(policy, item):
        yield Problem(
            step,
            "light_refreshments",
            f"Light refreshments are worth £{policy.light_refreshments_up_to:.2f} a person at most; "
            f"“{item.description}” is more.",
        )
    if item.light_refreshments and item.kind == ItemKind.CASH:
        yield Problem(step, "kind", "Cash is not light refreshments.")


@dataclass(frozen=True, slots=True)
class Cumulative:
    """What one provider offered to one person, and to one unit, in the policy's months (RULES, Gifts 8)."""

    person_count: int
    person_value: Decimal
    unit_count: int
    unit_value: Decimal

    def flagged(self, policy: GiftPolicy) -> bool:
        """Whether offers repeat past the policy's settings; a single one never does."""
        return self.person_count > 1 and (
            self.person_count > policy.cumulative_count
            or self.person_value > policy.cumulative_value
        )


def factors(
    policy: GiftPolicy,
    bands: Sequence[Band],
    offer: OfferFacts,
    *,
    authorised: bool,
    late: bool,
    chief_officer: bool,
    repeated: bool,
) -> tuple[Factor, ...]:
    """Which visible factors an offer shows; reviewers see this list, never the score alone."""
    accepted = offer.accepted_items
    route = route_offer(policy, bands, offer, authorised=authorised)
    shown = {
        Factor.ACCEPTED: bool(accepted),
        Factor.GIFT_TEST: bool(offer.gift_test and offer.gift_test.failed and accepted),
        Factor.AGAINST_POLICY: against_policy(policy, bands, offer, authorised=authorised),
        Factor.HIGH_VALUE: bool(accepted) and route in (Route.PSD, Route.REFUSE),
        Factor.UNKNOWN_VALUE: any(i.value.ceiling is None for i in accepted),
        Factor.PROVIDER: psd_decides_on(policy, offer),
        Factor.REPEATED: repeated,
        Factor.ALCOHOL: any(item.alcohol for item in accepted),
        Factor.LATE: late,
        Factor.CHIEF_OFFICER: chief_officer,
    }
    return tuple(factor for factor, present in shown.items() if present)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the guide 'Can I accept this?' answers."""

    headline: str
    tone: str
    points: tuple[str, ...]


def advise(
    policy: GiftPolicy, bands: Sequence[Band], *, kind: str, value: Value, provider_kind: str
) -> Advice:
    """The policy's answer before anything is accepted, in the force's own numbers."""
    points: list[str] = []
    if kind in policy.never_accepted:
        return Advice(
            "No. Decline it.",
            "red",
            (
                f"{ItemKind(kind).label} is never accepted.",
                "Record the offer, and that you declined.",
            ),
        )
    if kind == "refreshments":
        if value.ceiling is None or value.ceiling <= policy.light_refreshments_up_to:
            return _advise_refreshments(policy)
        points.append(
            f"Light refreshments are worth £{policy.light_refreshments_up_to:.2f} a person at most; "
            "this is hospitality."
        )
    route = route_for_value(policy, bands, decision=ItemDecision.ACCEPTED, value=value)
    if provider_kind in policy.psd_provider_kinds:
        route = most_careful([route, Route.PSD])
        points.append(
            "It comes from a supplier, a bidder or the media: PSD decides, whatever it is worth."
        )
    if route == Route.REFUSE:
        return Advice(
            "No. Decline it.",
            "red",
            ("The policy does not allow it.", "Record the offer, and that you declined."),
        )
    if policy.requires_authorisation:
        points.append("Your force asks you to seek authorisation before you accept anything.")
        return Advice("Not unless PSD authorises it first.", "orange", tuple(points))
    points += {
        Route.RECORD: ["If you accept, record it with your reason."],
        Route.SUPERVISOR: ["If you accept, your supervisor decides whether it complies."],
        Route.PSD: ["If you accept, PSD decides whether it complies; it may have to go back."],
    }[route]
    points.append("Apply the GIFT test: Genuine, Independent, Free, Transparent?")
    return Advice("The presumption is to decline.", "yellow", tuple(points))


def _advise_refreshments(policy: GiftPolicy) -> Advice:
    upto = f"up to £{policy.light_refreshments_up_to:.2f} a person"
    how = {
        Refreshments.EACH: "Record each time; the quick log takes under a minute.",
        Refreshments.COUNT: "Keep a monthly count; it takes ten seconds.",
        Refreshments.NOT_REQUIRED: "They need not be recorded.",
    }[Refreshments(policy.light_refreshments)]
    return Advice(f"Yes: light refreshments, {upto}.", "green", (how,))


def value_of(item: Item) -> Value:
    return Value(item.value_kind, item.value_from, item.value_to, item.value_words)


def pounds(items: Iterable[Item]) -> Decimal:
    """What items are worth at most, as far as it is known in pounds."""
    known = (i.value_to if i.value_to is not None else i.value_from for i in items)
    return sum((value for value in known if value is not None), Decimal(0))


def value_words(value: Value) -> str:
    """A value in words: '£12.00', 'about £12.00', '£10.00 to £15.00', or as it was written."""
    match value.kind:
        case ValueKind.EXACT:
            return f"£{value.low:,.2f}"
        case ValueKind.ESTIMATED:
            return f"about £{value.low:,.2f}"
        case ValueKind.RANGE:
            return f"£{value.low:,.2f} to £{value.high:,.2f}"
        case ValueKind.UNKNOWN:
            return "not known"
        case _:
            return value.words
