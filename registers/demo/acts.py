"""What people do in the stories, each through the register's own action at a given moment."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from integrity.casework.models import Challenge
from integrity.people.models import User
from registers.demo.world import World, pounds
from registers.gifts import actions
from registers.gifts.enums import (
    ACCEPTED,
    Disposal,
    ItemDecision,
    ItemKind,
    PeerView,
    ProviderKind,
    ValueKind,
)
from registers.gifts.facts import DisposalFacts, GiftTest, ItemFacts, OfferFacts, Value
from registers.gifts.models import GiftPolicy, Offer

PASSED = GiftTest(genuine=True, independent=True, free=True, transparent=True)
DECLINED, TAKEN = ItemDecision.DECLINED, ItemDecision.ACCEPTED
UNDECIDED = ItemDecision.UNDECIDED


def exactly(value: int | float) -> Value:
    return Value(ValueKind.EXACT, pounds(value), pounds(value))


def about(value: int | float) -> Value:
    return Value(ValueKind.ESTIMATED, pounds(value), pounds(value))


def between(low: int, high: int) -> Value:
    return Value(ValueKind.RANGE, pounds(low), pounds(high))


def unknown(words: str) -> Value:
    return Value(ValueKind.UNKNOWN, words=words)


def thing(
    what: str,
    value: Value,
    decision: str = DECLINED,
    *,
    kind: str = ItemKind.GIFT,
    light: bool = False,
    alcohol: bool = False,
    because: str = "",
    disposal: str = "",
    disposal_to: str = "",
    disposal_on: date | None = None,
) -> ItemFacts:
    return ItemFacts(
        description=what,
        kind=kind,
        decision=decision,
        value=value,
        light_refreshments=light,
        alcohol=alcohol,
        reason_text=because,
        disposal=disposal,
        disposal_to=disposal_to,
        disposal_on=disposal_on,
    )


def meal(
    what: str,
    value: Value,
    decision: str = DECLINED,
    *,
    alcohol: bool = False,
    light: bool = False,
    because: str = "",
) -> ItemFacts:
    eaten = Disposal.CONSUMED if decision in ACCEPTED else ""
    return thing(
        what,
        value,
        decision,
        kind=ItemKind.HOSPITALITY,
        alcohol=alcohol,
        light=light,
        because=because,
        disposal=eaten,
    )


def with_reasons(
    world: World, policy: GiftPolicy, items: Sequence[ItemFacts]
) -> tuple[ItemFacts, ...]:
    """The items, each with a reason of the policy's list where it says none in words."""
    return tuple(
        item
        if item.reason_text
        else ItemFacts(
            **{name: getattr(item, name) for name in ItemFacts.__slots__}
            | {"reason_id": world.reason(policy, item.decision)}
        )
        for item in items
    )


def offer_of(
    world: World,
    subject: User,
    items: Sequence[ItemFacts],
    *,
    day: date,
    by: str,
    kind: str = ProviderKind.LOCAL_BUSINESS,
    occasion: str = "",
    test: GiftTest | None = None,
    late: str = "",
) -> OfferFacts:
    """An offer as somebody states it; a private person where the provider is one of the public."""
    private = kind == ProviderKind.PUBLIC
    beyond_tea = any(item.accepted and not item.light_refreshments for item in items)
    return OfferFacts(
        offered_on=day,
        provider_kind=kind,
        items=with_reasons(world, world.policy(subject, day), items),
        organisation="" if private else by,
        person=by if private else "",
        circumstances=occasion,
        gift_test=test or (PASSED if beyond_tea else None),
        late_reason=late,
    )


def declare(
    world: World,
    subject: User,
    *items: ItemFacts,
    at: datetime,
    by: str,
    kind: str = ProviderKind.LOCAL_BUSINESS,
    occasion: str = "",
    test: GiftTest | None = None,
    late: str = "",
    days_before: int = 0,
    author: User | None = None,
) -> Offer:
    day = timezone.localdate(at) - timedelta(days=days_before)
    facts = offer_of(
        world, subject, items, day=day, by=by, kind=kind, occasion=occasion, test=test, late=late
    )
    return actions.declare(facts=facts, subject=subject, by=author or subject, now=at)


def ask_first(
    world: World,
    subject: User,
    item: ItemFacts,
    *,
    at: datetime,
    by: str,
    on: date,
    kind: str = ProviderKind.PARTNER,
    occasion: str = "",
) -> Offer:
    facts = offer_of(world, subject, [item], day=on, by=by, kind=kind, occasion=occasion)
    return actions.seek_authorisation(facts=facts, subject=subject, by=subject, now=at)


def decide(offer: Offer, by: User, at: datetime, reason: str, action: str = "") -> Offer:
    """PSD finds an entry compliant or, where an action follows, not."""
    if action:
        return actions.reject(
            offer, action_taken=action, reason=reason, by=by, now=at, version=None
        )
    return actions.accept(offer, reason=reason, by=by, now=at, version=None)


def give_view(
    offer: Offer, by: User, at: datetime, view: PeerView, propriety: str, inside: str, outside: str
) -> Offer:
    return actions.give_peer_review(
        offer,
        view=view,
        propriety=propriety,
        seen_from_inside=inside,
        seen_from_outside=outside,
        by=by,
        now=at,
        version=None,
    )


def dispose(
    offer: Offer,
    at: datetime,
    how: str,
    *,
    to: str = "",
    proceeds: int | None = None,
    position: int = 1,
    by: User,
) -> Offer:
    facts = DisposalFacts(
        disposal=how,
        on=timezone.localdate(at),
        to=to,
        proceeds=None if proceeds is None else pounds(proceeds),
    )
    item = offer.items.get(position=position)
    return actions.record_disposal(offer, item=item, facts=facts, by=by, now=at, version=None)


def ask(offer: Offer, by: User, at: datetime, field: str, text: str) -> Offer:
    return actions.ask(offer, field=field, text=text, by=by, now=at, version=None)


def answer(offer: Offer, by: User, at: datetime, text: str) -> Offer:
    waiting = offer.case.questions.filter(answered_at=None)
    return actions.answer(offer, answers={q.pk: text for q in waiting}, by=by, now=at, version=None)


def challenge(offer: Offer, to: User, by: User, at: datetime, text: str, silent: str = "") -> Offer:
    return actions.challenge(
        offer,
        to=to,
        text=text,
        silent=bool(silent),
        silent_reason=silent,
        by=by,
        now=at,
        version=None,
    )


def open_challenge(offer: Offer) -> Challenge:
    return offer.case.challenges.get(disposed_at=None, silent=False)


def foreign(words: str) -> Value:
    return Value(ValueKind.OTHER_CURRENCY, words=words)
