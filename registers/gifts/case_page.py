"""What the desk shows of an offer: what was offered, why it scores as it does, and what else is known."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse

from integrity.casework.case_page import YES_NO, Points
from integrity.casework.desk import cases_on_desk
from integrity.casework.permissions import is_outside_decider
from integrity.casework.registry import Appearance, Fact
from integrity.people.models import User
from integrity.ui.templatetags.ui import day, money
from registers.gifts.cumulative import cumulative
from registers.gifts.enums import Factor
from registers.gifts.facts_of import facts_of
from registers.gifts.known import known_when_declared
from registers.gifts.models import GiftPolicy, Item, Offer, OfferQuerySet, SupplierNoticeRecipient
from registers.gifts.policies import Cumulative, factors, pounds, value_of, value_words
from registers.gifts.summaries import appearance
from registers.gifts.workflow import DECIDED
from registers.organisations.reading import page_for
from registers.organisations.whole import is_one_of

SHOWN = 10


def offer_page(user: User, offer: Offer) -> dict[str, Any]:
    """The offer's own part of its case page."""
    counts = cumulative(offer)
    score = risk_points(offer, counts)
    desk = Offer.objects.filter(case__in=cases_on_desk(user)).exclude(pk=offer.pk).with_all()
    return {
        "facts": list(offer_facts(user, offer)),
        "items": [(item, list(item_facts(item))) for item in offer.items.all()],
        "gift_test": list(gift_test_facts(offer)),
        "score": score,
        "score_total": sum(each.points for each in score),
        "cumulative": list(cumulative_facts(offer, counts)),
        "cumulative_flag": flag(offer.policy, counts),
        "of_person": links(same_person(desk, offer)),
        "of_provider": links(same_provider(desk, offer)),
        "similar": list(similar(desk, offer)),
        "peer_reviews": offer.peer_reviews.select_related("reviewed_by__grade"),
    }


def offer_facts(user: User, offer: Offer) -> Iterator[Fact]:
    yield Fact("Offered on", day(offer.offered_on))
    yield Fact("Received", day(offer.case.received_at))
    yield Fact("Declared", lateness(offer))
    provider = f"{offer.provider} ({offer.get_provider_kind_display().lower()})"
    yield Fact("Provider", provider, page_for(user, offer.provider_organisation))
    if treated := known_when_declared(offer).instead_of(offer.provider_kind):
        yield Fact("As the force knows it", treated)
    yield from supplier_notice(offer)
    yield Fact("Why and where", offer.circumstances or "Not stated")
    if offer.was_authorised is not None:
        answer = "Given" if offer.was_authorised else "Refused"
        conditions = offer.authorisation_conditions
        yield Fact("Authorisation", f"{answer}. {conditions}".strip())
    policy = f"{offer.policy.title}, in force from {day(offer.policy.effective_from)}"
    path = reverse("psd:gifts_giftpolicy_change", args=[offer.policy_id])
    yield Fact("Policy row", policy, "" if is_outside_decider(user, offer.case) else path)


def lateness(offer: Offer) -> str:
    if not offer.days_late:
        return f"In time: within {offer.policy.report_within_days} days"
    days = "1 day" if offer.days_late == 1 else f"{offer.days_late} days"
    return f"{days} late. {offer.late_reason}"


def supplier_notice(offer: Offer) -> Iterator[Fact]:
    """When the provider was told that the force takes no gifts: last before the offer, else since."""
    if offer.provider_organisation is None:
        return
    sent = SupplierNoticeRecipient.objects.filter(
        is_one_of("organisation", offer.provider_organisation), notice__force=offer.case.force_id
    ).order_by("-sent_on")
    notice = sent.filter(sent_on__lte=offer.offered_on).first() or sent.last()
    if notice:
        after = ", after this offer" if notice.sent_on > offer.offered_on else ""
        words = f"{offer.provider} was told on {day(notice.sent_on)} that the force takes no gifts"
        yield Fact("Notice to suppliers", f"{words}{after}.")


def gift_test_facts(offer: Offer) -> Iterator[Fact]:
    for name, answer in offer.gift_test.items():
        if answer is not None:
            yield Fact(f"{name.capitalize()}?", YES_NO[answer])
    if offer.gift_test_note:
        yield Fact("Why it was accepted although it fails", offer.gift_test_note)


def item_facts(item: Item) -> Iterator[Fact]:
    reason = " ".join(part for part in (str(item.reason or ""), item.reason_text) if part)
    yield Fact("Decision", item.get_decision_display())
    yield Fact("Reason", reason or "Not stated")
    yield Fact("Value", value_words(value_of(item)))
    if item.value_words and item.value_words != value_words(value_of(item)):
        yield Fact("Value as written", item.value_words)
    more = (("Light refreshments", item.light_refreshments), ("Alcohol", item.alcohol))
    yield Fact(
        "Kind", ", ".join([item.get_kind_display(), *(what for what, is_so in more if is_so)])
    )
    if item.accepted:
        yield Fact("What became of it", disposal(item))
    if item.evidence:
        path = reverse("casework:attachment", args=[item.evidence_id])
        yield Fact("Evidence", item.evidence.name, path)


def disposal(item: Item) -> str:
    if not item.disposal:
        return "Not said yet"
    to = f" to {item.disposal_to}" if item.disposal_to else ""
    on = f" on {day(item.disposal_on)}" if item.disposal_on else ""
    raised = f", which raised {money(item.proceeds)}" if item.proceeds is not None else ""
    return f"{item.get_disposal_display()}{to}{on}{raised}"


def offer_value(offer: Offer) -> str:
    """What all items are worth, in words; those nobody can put in pounds are counted, not guessed."""
    items = list(offer.items.all())
    if len(items) == 1:
        return value_words(value_of(items[0]))
    unknown = sum(1 for item in items if value_of(item).ceiling is None)
    total = pounds(items)
    if unknown == len(items) and not total:
        return "not known"
    return f"up to {money(total)}" + (f" and {unknown} not known" if unknown else "")


def risk_points(offer: Offer, counts: Cumulative) -> list[Points]:
    """The factors an offer shows today with their points in its policy row, largest first."""
    policy = offer.policy
    found = factors(
        policy,
        list(policy.bands.all()),
        facts_of(offer),
        authorised=bool(offer.was_authorised),
        late=offer.days_late > 0,
        chief_officer=offer.case.subject_is_chief_officer,
        repeated=counts.flagged(policy),
    )
    weights = {weight.factor: weight.points for weight in policy.weights.all()}
    shown = [Points(Factor(factor).label, weights.get(factor, 0)) for factor in found]
    return sorted(shown, key=lambda each: -each.points)


def cumulative_facts(offer: Offer, counts: Cumulative) -> Iterator[Fact]:
    """How often this provider offered something, in the months that the policy counts."""
    for whom, count, value in (
        ("To this person", counts.person_count, counts.person_value),
        ("To this unit", counts.unit_count, counts.unit_value),
    ):
        yield Fact(whom, f"{offers(count)}, worth {known(value)}")


def offers(count: int) -> str:
    return "1 offer" if count == 1 else f"{count} offers"


def known(value: Decimal) -> str:
    return f"{money(value)} at most" if value else "nothing that is known in pounds"


def flag(policy: GiftPolicy, counts: Cumulative) -> str:
    """Why the counts are flagged; empty where they are not."""
    if not counts.flagged(policy):
        return ""
    return (
        f"Repeated: more than {offers(policy.cumulative_count)} or "
        f"{money(policy.cumulative_value)} to one person in {policy.cumulative_months} months."
    )


def same_person(desk: OfferQuerySet, offer: Offer) -> OfferQuerySet:
    case = offer.case
    if case.subject_id:
        return desk.filter(case__subject=case.subject_id)
    return desk.filter(case__subject_name=case.subject_name, case__force=case.force_id)


def same_provider(desk: OfferQuerySet, offer: Offer) -> OfferQuerySet:
    if offer.provider_organisation is not None:
        return desk.filter(is_one_of("provider_organisation", offer.provider_organisation))
    if offer.provider_person_key:
        return desk.filter(provider_person_key=offer.provider_person_key)
    return desk.none()


def similar(desk: OfferQuerySet, offer: Offer) -> Iterator[tuple[Offer, str, Any]]:
    """Decided offers of the same sort from the same sort of provider, the latest first."""
    kinds = {item.kind for item in offer.items.all()}
    decided = (
        desk.filter(Q(provider_kind=offer.provider_kind), status__in=DECIDED, items__kind__in=kinds)
        .distinct()
        .prefetch_related("case__decisions")[:SHOWN]
    )
    for other in decided:
        yield other, change_path(other), list(other.case.decisions.all())[-1:]


def links(found: OfferQuerySet) -> Sequence[Appearance]:
    """Offers with their pages on the desk, the latest ten."""
    return [replace(appearance(other), path=change_path(other)) for other in found[:SHOWN]]


def change_path(offer: Offer) -> str:
    return reverse("psd:gifts_offer_change", args=[offer.pk])
