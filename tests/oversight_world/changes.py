"""What happens to a small world's cases after they were counted first, written as rows are."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db.models import F, QuerySet
from django.utils import timezone

from integrity.casework.enums import ChallengeDisposal, Phase
from integrity.casework.models import Case, Challenge
from registers.business_interests.enums import Status as InterestStatus
from registers.business_interests.models import Appeal, Interest, Review
from registers.gifts.enums import SUPPLIERS, ItemDecision
from registers.gifts.enums import Status as OfferStatus
from registers.gifts.models import Item, Offer
from registers.investigations.enums import Outcome, Status
from registers.investigations.models import Investigation, Restriction
from registers.media_contacts.enums import Status as ContactStatus
from registers.media_contacts.models import Contact
from tests.oversight_world.make import Made

type Change = Callable[[Random, Made], None]


def some(random: Random, rows: QuerySet) -> QuerySet:
    """A few of these rows."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    chosen = random.sample(keys, min(len(keys), random.randint(1, 4)))
    return rows.model._base_manager.filter(pk__in=chosen)


def withdraw_offers(random: Random, made: Made) -> None:
    offers = some(random, Offer.objects.exclude(status=OfferStatus.WITHDRAWN))
    Case.objects.filter(offer__in=offers).update(phase=Phase.WITHDRAWN)
    offers.update(status=OfferStatus.WITHDRAWN)


def decide_offers(random: Random, made: Made) -> None:
    offers = some(random, Offer.objects.filter(status=OfferStatus.WITH_PSD))
    Case.objects.filter(offer__in=offers).update(phase=Phase.CLOSED)
    offers.update(status=OfferStatus.COMPLIANT)


def strike_items(random: Random, made: Made) -> None:
    some(random, Item.objects.filter(position__gt=1)).update(struck=True)


def value_items(random: Random, made: Made) -> None:
    some(random, Item.objects.all()).update(
        value_kind="range", value_from=random.choice((0, 9, 24, 49)), value_to=50
    )


def accept_items(random: Random, made: Made) -> None:
    some(random, Item.objects.all()).update(
        decision=ItemDecision.ACCEPTED, reason_text="They insisted."
    )


def decline_items(random: Random, made: Made) -> None:
    some(random, Item.objects.all()).update(decision=ItemDecision.DECLINED)


def know_providers(random: Random, made: Made) -> None:
    some(random, Offer.objects.exclude(provider_organisation=None)).update(
        known_as=random.choice(SUPPLIERS), known_because="It was paid."
    )


def move_days(random: Random, made: Made) -> None:
    some(random, Case.objects.all()).update(claimed_on=made.writer.moments.day())


def move_instants(random: Random, made: Made) -> None:
    at = made.writer.moments.instant(made.writer.moments.day())
    some(random, Case.objects.all()).update(claimed_on=None, received_at=at)


def change_bands(random: Random, made: Made) -> None:
    some(random, Case.objects.all()).update(subject_band=random.choice(("", "chief", "staff")))


def leave_units(random: Random, made: Made) -> None:
    some(random, Case.objects.exclude(subject_unit=None)).update(subject_unit=None)


def end_challenges(random: Random, made: Made) -> None:
    open_ones = Challenge.objects.filter(silent=False, disposed_at=None)
    chosen = some(random, open_ones)
    chosen.update(answer="It was.", answered_at=F("made_at"), answered_by=F("to"))
    if random.random() < 0.6:
        disposal = random.choice(list(ChallengeDisposal))
        chosen.update(disposal=disposal, disposed_at=F("made_at"), disposed_by=F("made_by"))


def cease_interests(random: Random, made: Made) -> None:
    live = (InterestStatus.APPROVED, InterestStatus.APPROVED_WITH_CONDITIONS)
    some(random, Interest.objects.filter(status__in=live)).update(
        status=InterestStatus.CEASED, ceased_on=made.last, ceased_because="stopped"
    )


def close_reviews(random: Random, made: Made) -> None:
    at = made.writer.moments.instant(made.writer.moments.day())
    some(random, Review.objects.filter(closed_at=None)).update(outcome="renewed", closed_at=at)


def end_appeals(random: Random, made: Made) -> None:
    some(random, Appeal.objects.filter(outcome="")).update(
        outcome="upheld", ended_at=F("made_at"), ended_by=F("made_by")
    )


def acknowledge_contacts(random: Random, made: Made) -> None:
    press = made.country.places[0].reviewers[0]
    waiting = Contact.objects.filter(status=ContactStatus.LOGGED, case__force__isnull=False)
    some(random, waiting).update(
        status=ContactStatus.ACKNOWLEDGED, acknowledged_at=timezone.now(), acknowledged_by=press
    )


def close_investigations(random: Random, made: Made) -> None:
    some(random, Investigation.objects.exclude(status=Status.CLOSED)).update(
        status=Status.CLOSED,
        outcome=random.choice(list(Outcome)),
        outcome_on=made.writer.moments.day(),
    )


def reopen_investigations(random: Random, made: Made) -> None:
    some(random, Investigation.objects.filter(status=Status.CLOSED)).update(
        status=Status.CONTINUING, outcome="", outcome_on=None
    )


def end_restrictions(random: Random, made: Made) -> None:
    some(random, Restriction.objects.filter(ended_at=None)).update(
        to_on=F("from_on") + timedelta(days=1), ended_at=F("set_at"), ended_by=F("set_by")
    )


CHANGES: tuple[Change, ...] = (
    withdraw_offers, decide_offers, strike_items, value_items, accept_items, decline_items,
    know_providers, move_days, move_instants, change_bands, leave_units, end_challenges,
    cease_interests, close_reviews, end_appeals, acknowledge_contacts, close_investigations,
    reopen_investigations, end_restrictions,
)  # fmt: skip
