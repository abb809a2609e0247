"""What procurement tells the home page: purchases to justify, tenders to declare about."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from integrity.casework.registry import Start
from integrity.people.models import User
from registers.procurement.reads import to_declare, to_justify


def starts(user: User) -> Sequence[Start]:
    """What waits for a card's holder and for those involved in a tender; their cards, where it is nothing."""
    found = [
        Start(
            "Declare whether you have an interest in a bidder",
            reverse("procurement:declare", args=[tender.pk]),
            f"You have a part in the tender “{tender}”",
            True,
        )
        for tender in to_declare(user, timezone.localdate())
    ]
    waiting = to_justify(user).count()
    if waiting:
        hint = "1 purchase waits" if waiting == 1 else f"{waiting} purchases wait"
        label = "Say what your card purchases were for"
        return [
            *found,
            Start(label, reverse("procurement:cards"), f"{hint} for a word from you", True),
        ]
    if user.cards.exists():
        found.append(Start("Your purchasing cards", reverse("procurement:cards")))
    return found
