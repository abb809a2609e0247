"""What procurement tells the home page: purchases to justify, tenders to declare about."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone

from integrity.casework.registry import Start
from integrity.people.models import User
from registers.procurement.reads import found_wrong, to_declare, to_justify


def starts(user: User) -> Sequence[Start]:
    """What waits for a card's holder and for those involved in a tender, then their cards and tenders."""
    return [*about_tenders(user), *about_purchases(user)]


def about_tenders(user: User) -> Iterator[Start]:
    """A tender each to declare about, and the list of all, where somebody has a part in any."""
    for tender in to_declare(user, timezone.localdate()):
        yield Start(
            "Declare whether you have an interest in a bidder",
            reverse("procurement:declare", args=[tender.pk]),
            f"You have a part in the tender “{tender}”",
            True,
        )
    if user.involvements.exclude(tender=None).exists():
        hint = "Your parts, and what you declared about the bidders"
        yield Start("Your tenders", reverse("procurement:tenders"), hint)


def about_purchases(user: User) -> Iterator[Start]:
    """What was found not right of late and what waits; where it is nothing, the cards."""
    cards = reverse("procurement:cards")
    wrong, waiting = list(found_wrong(user, timezone.now())), to_justify(user).count()
    if wrong:
        path = reverse("procurement:justify", args=[wrong[0].pk]) if len(wrong) == 1 else cards
        were = "1 purchase was" if len(wrong) == 1 else f"{len(wrong)} purchases were"
        hint = f"{were} found not right; read what to do"
        yield Start("Read the review of your card purchases", path, hint, True)
    if waiting:
        wait = "1 purchase waits" if waiting == 1 else f"{waiting} purchases wait"
        hint = f"{wait} for a word from you"
        yield Start("Say what your card purchases were for", cards, hint, True)
    elif user.cards.exists():
        yield Start("Your purchasing cards", cards)
