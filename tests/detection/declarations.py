"""What people declared, as rows of the registers' tables."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from registers.organisations.names import person_key
from tests.detection.names import Mention
from tests.detection.world import World

type Find = Callable[[Mention], int]
type Row = tuple[Any, ...]

OFFER = (
    "id", "case_id", "policy_id", "status", "offered_on", "provider_kind",
    "provider_organisation_id", "provider_person", "provider_person_key", "circumstances",
)  # fmt: skip
ITEM = (
    "offer_id", "position", "description", "kind", "light_refreshments", "decision", "reason_text",
    "value_kind", "value_from", "value_to",
)  # fmt: skip
INTEREST = (
    "id", "case_id", "policy_id", "status", "legal_basis", "category", "holder", "relative",
    "occupation", "organisation_id", "starts_on", "hours_a_week", "supplies_force", "complete_at",
    "grounds", "approved_on", "review_on", "ceased_on", "ceased_because",
)  # fmt: skip
CONDITION = (
    "interest_id", "kind", "text", "hours", "check_method", "check_months", "next_check_on",
    "set_at",
)  # fmt: skip
REVIEW = (
    "interest_id", "cause", "due_on", "opened_at", "circumstances_changed", "hours_changed",
    "role_changed", "hours_a_week", "answered_at", "answered_by_id", "outcome", "closed_at",
    "closed_by_id",
)  # fmt: skip
CONTACT = (
    "id", "case_id", "policy_id", "status", "contacted_on", "channel", "about", "basis",
    "responsible", "policing_purpose", "press_card", "press_office_told", "stated_at",
    "acknowledged_at", "acknowledged_by_id",
)  # fmt: skip
SPEAKER = ("contact_id", "position", "journalist_id", "outlet_id")


def at(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)


def offers(world: World, policy: int, find: Find) -> Iterator[Row]:
    for key, offer in enumerate(world.offers, 1):
        provider = find(offer.provider) if offer.provider else None
        person = "" if provider else offer.individual
        yield (
            key, offer.case, policy, "recorded", offer.on, offer.provider_kind, provider, person,
            person_key(person) if person else "", "",
        )  # fmt: skip


def items(world: World) -> Iterator[Row]:
    for key, offer in enumerate(world.offers, 1):
        decision = "accepted" if offer.accepted else "declined"
        why = "Refusing would have given offence" if offer.accepted else ""
        yield (
            key, 1, offer.what, offer.kind, offer.light, decision, why, "estimated", offer.value,
            offer.value,
        )  # fmt: skip


def interests(world: World, policy: int, find: Find) -> Iterator[Row]:
    for key, each in enumerate(world.interests, 1):
        refused = each.status == "refused"
        approved = None if refused or each.status == "withdrawn" else each.on
        yield (
            key, each.case, policy, each.status,
            "force_policy" if world.people[each.person - 1].is_staff else "police_regulations",
            each.category, "relative" if each.relative else "self", each.relative, each.occupation,
            find(each.organisation) if each.organisation else None, each.on, each.hours,
            each.supplies_force, at(each.on), "role_conflict" if refused else "", approved,
            approved + timedelta(days=365) if approved else None, each.ceased_on,
            "stopped" if each.ceased_on else "",
        )  # fmt: skip


def conditions(world: World) -> Iterator[Row]:
    for key, interest in enumerate(world.interests, 1):
        for each in interest.conditions:
            yield (
                key, each.kind, each.text, each.hours, "ask_supervisor", 6,
                each.set_on + timedelta(days=180), at(each.set_on),
            )  # fmt: skip


def reviews(world: World) -> Iterator[Row]:
    for key, interest in enumerate(world.interests, 1):
        for each in interest.reviews:
            closed = at(each.on) if each.closed else None
            manager = world.people[interest.person - 1].manager or world.people[0].id
            yield (
                key, "scheduled", each.on, at(each.on - timedelta(days=10)), False,
                each.hours != interest.hours, False, each.hours, at(each.on), interest.person,
                "renewed" if closed else "", closed, manager if closed else None,
            )  # fmt: skip


def contacts(world: World, policy: int, press: int) -> Iterator[Row]:
    for key, each in enumerate(world.contacts, 1):
        yield (
            key, each.case, policy, "acknowledged", each.on, "phone", each.about, "reportable",
            True, True, "remote", True, at(each.on), at(each.on), press,
        )  # fmt: skip
