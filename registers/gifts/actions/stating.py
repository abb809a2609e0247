"""Writing what is stated on an offer, and what the policy makes of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from integrity.casework.enums import Phase
from integrity.casework.policies import risk_score
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts.actions.step import PHASES
from registers.gifts.cumulative import cumulative
from registers.gifts.enums import Status
from registers.gifts.facts import ItemFacts, OfferFacts
from registers.gifts.known import known_provider
from registers.gifts.models import GiftPolicy, Item, Offer, Reason
from registers.gifts.policies import (
    days_late,
    factors,
    first_status,
    problems,
    route_offer,
)
from registers.organisations.actions import find_or_create
from registers.organisations.names import person_key


def policy_for(subject: User, facts: OfferFacts) -> GiftPolicy:
    """The row in force when the offer was made. Raises Denied where the force has none."""
    try:
        return GiftPolicy.objects.for_person(subject).in_force(facts.offered_on)
    except GiftPolicy.DoesNotExist:
        raise Denied(
            "Your force had no policy on gifts on that day; check the date or ask PSD."
        ) from None


def refuse_problems(
    policy: GiftPolicy,
    facts: OfferFacts,
    received_at: datetime,
    asking: bool,
    *,
    now: datetime,
    asked_before: bool = False,
) -> None:
    """Lateness is counted to the day the entry was first received, whatever is stated since."""
    found = problems(
        policy,
        facts,
        received_on=timezone.localdate(received_at),
        today=timezone.localdate(now),
        authorisation=asking,
        asked_before=asked_before,
    )
    if found:
        raise Denied(found[0].sentence)


def state(offer: Offer, facts: OfferFacts, *, now: datetime) -> OfferFacts:
    """Write what is stated on the offer; its provider is found or made once, however it is spelt.

    What the force knows of the provider is asked before, and kept: the facts come back with it.
    """
    home = offer.case.force or offer.case.oversight_body
    if home is None:
        raise ValueError(f"{offer.case} belongs to no force and no body.")
    received_on = timezone.localdate(offer.case.received_at)
    known = known_provider(
        facts,
        force=offer.case.force,
        received_on=received_on,
        before=offer if offer.pk else None,
    )
    offer.known_as, offer.known_because = known.kind, known.because
    offer.offered_on = facts.offered_on
    offer.provider_kind = facts.provider_kind
    offer.provider_organisation = (
        find_or_create(name=facts.organisation, department=home.department)
        if facts.organisation
        else None
    )
    offer.provider_person = "" if facts.organisation else facts.person
    offer.provider_person_key = person_key(offer.provider_person)[:200]
    offer.circumstances = facts.circumstances
    test = facts.gift_test
    offer.genuine = test.genuine if test else None
    offer.independent = test.independent if test else None
    offer.free = test.free if test else None
    offer.transparent = test.transparent if test else None
    offer.gift_test_note = test.note if test else ""
    offer.days_late = days_late(offer.policy, offered_on=facts.offered_on, received_on=received_on)
    offer.late_reason = facts.late_reason if offer.days_late else ""
    return replace(facts, known_as=known.kind)


def write_items(offer: Offer, facts: OfferFacts) -> None:
    """Each item in its place; what became of one is kept unless it is stated anew.

    An item that is stated no longer is struck, for nothing in a register is deleted.
    """
    listed = {reason.pk for reason in Reason.objects.filter(policy=offer.policy)}
    before = {item.position: item for item in Item.with_struck.filter(offer=offer)}
    for position, stated_item in enumerate(facts.items, start=1):
        if (
            stated_item.accepted
            and stated_item.reason_id not in listed
            and not stated_item.reason_text
        ):
            raise Denied(
                f"Choose a reason for accepting “{stated_item.description}” from your force’s list."
            )
        item = before.pop(position, None) or Item(offer=offer, position=position)
        _write_item(item, stated_item, listed)
    Item.objects.filter(pk__in=[item.pk for item in before.values()]).update(struck=True)


def _write_item(item: Item, facts: ItemFacts, listed: set[int]) -> None:
    if item.disposal != facts.disposal or facts.disposal_on is not None:
        item.disposal, item.disposal_to = facts.disposal, facts.disposal_to
        item.disposal_on, item.proceeds, item.evidence = facts.disposal_on, facts.proceeds, None
    item.struck = False
    item.description, item.kind = facts.description, facts.kind
    item.light_refreshments, item.alcohol = facts.light_refreshments, facts.alcohol
    item.decision = facts.decision
    item.reason_id = facts.reason_id if facts.reason_id in listed else None
    item.reason_text = facts.reason_text
    item.value_kind, item.value_words = facts.value.kind, facts.value.words
    item.value_from, item.value_to = facts.value.low, facts.value.high
    item.save()


def status_for(
    offer: Offer, facts: OfferFacts, *, asking: bool = False, reviewed: bool = False
) -> Status:
    policy = offer.policy
    route = route_offer(
        policy, list(policy.bands.all()), facts, authorised=bool(offer.was_authorised)
    )
    subject = offer.case.subject
    manager = subject.line_manager if subject else None
    return first_status(
        route,
        peers=offer.needs_peer_review and not reviewed,
        supervisor=bool(manager and manager.is_active and manager.pk != offer.case.author_id),
        authorisation=asking,
    )


def score(offer: Offer, facts: OfferFacts) -> None:
    policy = offer.policy
    found = factors(
        policy,
        list(policy.bands.all()),
        facts,
        authorised=bool(offer.was_authorised),
        late=offer.days_late > 0,
        chief_officer=offer.case.subject_is_chief_officer,
        repeated=cumulative(offer).flagged(policy),
    )
    offer.case.risk = risk_score(found, {w.factor: w.points for w in policy.weights.all()})
    offer.case.phase = PHASES.get(Status(offer.status), Phase.OPEN)


def stated(offer: Offer, items: Iterable[Item] | None = None) -> dict[str, Any]:
    """What an offer states, as a correction keeps it: field by field, in plain values.

    Its items are read anew, unless they are given.
    """
    fields = (
        "offered_on",
        "provider_kind",
        "provider",
        "circumstances",
        "genuine",
        "independent",
        "free",
        "transparent",
        "gift_test_note",
        "late_reason",
    )
    item_fields = (
        "description",
        "kind",
        "light_refreshments",
        "alcohol",
        "decision",
        "reason_text",
        "value_kind",
        "value_from",
        "value_to",
        "value_words",
        "disposal",
        "disposal_to",
    )
    return {
        **{name: _plain(getattr(offer, name)) for name in fields},
        "items": [
            {name: _plain(getattr(item, name)) for name in item_fields}
            | {"reason": str(item.reason or "")}
            for item in (offer.items.select_related("reason") if items is None else items)
        ],
    }


def submitted(offer: Offer) -> dict[str, Any]:
    """What the event of a submission keeps, so that its receipt says what was stated, about whom."""
    return {"subject": offer.case.subject_name, "stated": stated(offer)}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool | int | None) else str(value)
