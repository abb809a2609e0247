"""What the gifts register tells of an organisation, and to whom: offers, and what the policy says."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from integrity.casework.desk import cases_on_desk
from integrity.people.models import User
from registers.gifts.known import KNOWN_AS
from registers.gifts.models import GiftPolicy, Offer
from registers.gifts.policies import pounds
from registers.gifts.summaries import outcome, summary
from registers.organisations.enums import Standing
from registers.organisations.models import Organisation
from registers.organisations.permissions import OWNERS
from registers.organisations.reading import on_desk
from registers.organisations.registry import Item
from registers.organisations.whole import named_in


def offers_by(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """The offers of these records that the reader finds on the desk, or owns the register of."""
    found = Offer.objects.filter(
        provider_organisation__in=ids, case__in=cases_on_desk(reader, *OWNERS).values("pk")
    ).annotate(on_desk=on_desk(reader))
    rows = found.select_related("case", "provider_organisation")
    for offer in rows.prefetch_related("items"):
        status, path = (
            offer.get_status_display(),
            reverse("psd:gifts_offer_change", args=[offer.pk]),
        )
        if not offer.on_desk:
            status, path = summary(offer).status, summary(offer).path
        yield Item(
            on=offer.offered_on,
            what="Offer",
            title=f"{offer.case.reference}: {offer.title}",
            detail=f"To {offer.case.subject_name}. {outcome(offer)}. {status}.",
            amount=pounds(offer.items.all()) or None,
            path=path,
        )


def entries_naming(records: QuerySet[Organisation]) -> Iterable[tuple[int, int | None, int | None]]:
    """The entries in which one of these offered something."""
    return named_in(Offer.objects.all(), "provider_organisation", "case", records)


def policy_on_suppliers(reader: User, today: date, standing: Standing | None) -> Iterator[str]:
    """What the reader's policy says of offers from who supplies the force or bids to it.

    PSD decides by what the force publishes, so that is said only of who is published.
    """
    try:
        policy = GiftPolicy.objects.for_person(reader).in_force(today)
    except GiftPolicy.DoesNotExist:
        return
    besides = " but light refreshments" if policy.light_refreshments_up_to else ""
    yield (
        f"Accept nothing{besides} from an organisation that supplies the force or bids to it: "
        "ask PSD first."
    )
    if policy.requires_authorisation:
        yield f"“{policy.title}” asks you to seek authorisation before you accept anything."
    if standing and KNOWN_AS[standing] in policy.psd_provider_kinds:
        yield f"Under “{policy.title}” PSD decides about anything else, whatever it is worth."
