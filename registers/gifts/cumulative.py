"""How often one provider has made offers to one person and to one unit (RULES, Gifts 8)."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from integrity.casework.models import Case
from registers.gifts.enums import Status
from registers.gifts.models import GiftPolicy, Item, Offer, OfferQuerySet
from registers.gifts.policies import Cumulative
from registers.organisations.whole import is_one_of

DAYS_IN_MONTH = Decimal("30.4375")


def from_same_provider(offer: Offer, *, since: date, until: date) -> OfferQuerySet:
    """Offers of the offer's provider between two days, in the same force or body."""
    if offer.provider_organisation is not None:
        provider = is_one_of("provider_organisation", offer.provider_organisation)
    elif offer.provider_person_key:
        provider = Q(provider_person_key=offer.provider_person_key)
    else:
        return Offer.objects.none()
    return Offer.objects.filter(
        provider,
        case__force=offer.case.force_id,
        case__oversight_body=offer.case.oversight_body_id,
        offered_on__range=(since, until),
    ).exclude(status=Status.WITHDRAWN)


def window_start(policy: GiftPolicy, until: date) -> date:
    """The first day of the policy's months that end on a day; a month is 30.4375 days."""
    return until - timedelta(days=round(policy.cumulative_months * DAYS_IN_MONTH))


def cumulative(offer: Offer) -> Cumulative:
    """Counts and pounds to the person and to their unit up to this offer, itself included."""
    until = offer.offered_on
    nearby = from_same_provider(offer, since=window_start(offer.policy, until), until=until)
    case: Case = offer.case
    person = (
        nearby.filter(case__subject=case.subject_id, case__subject_name=case.subject_name)
        if case.subject_id is None
        else nearby.filter(case__subject=case.subject_id)
    )
    unit = (
        nearby.filter(case__subject_unit=case.subject_unit_id) if case.subject_unit_id else person
    )
    return Cumulative(person.count(), _value(person), unit.count(), _value(unit))


def _value(offers: OfferQuerySet) -> Decimal:
    total = Item.objects.filter(offer__in=offers).aggregate(
        value=Sum(Coalesce("value_to", "value_from"))
    )["value"]
    return total or Decimal(0)
