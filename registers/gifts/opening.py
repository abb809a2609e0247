"""An offer that another register's case opens: a media contact at which something was offered."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from integrity.casework.actions import start_draft
from integrity.casework.models import Case, Draft
from integrity.casework.registry import Opening
from integrity.people.models import User
from registers.gifts.enums import ProviderKind, Purpose
from registers.gifts.models import GiftPolicy, Offer


def open_offer(
    reader: User,
    case: Case,
    *,
    offered_on: date | None = None,
    organisation: str = "",
    person: str = "",
    circumstances: str = "",
    now: datetime,
) -> Opening | None:
    """The offer that a case opened: declared, being declared, or begun now with what is known.

    Without a day nothing is begun. None where there is nothing that this reader may go on with.
    """
    offer = Offer.objects.visible_to(reader).filter(case__links__other=case).first()
    if offer is not None:
        path = reverse("gifts:case", args=[offer.case.reference])
        return Opening(f"Offer {offer.case.reference}", path)
    today = timezone.localdate(now)
    drafts = Draft.objects.filter(user=reader, opened_from=case, expires_on__gte=today)
    draft = drafts.first()
    policy = GiftPolicy.objects.for_person(reader).filter(effective_from__lte=today).first()
    if draft is None and offered_on is not None and policy is not None:
        provider = "organisation" if organisation else "person"
        answers = {
            "whose": ["me"],
            "offered_on": [offered_on.isoformat()],
            "provider": [provider],
            provider: [organisation or person],
            "provider_kind": [ProviderKind.MEDIA],
            "circumstances": [circumstances],
        }
        draft = start_draft(
            by=reader,
            register="gifts",
            purpose=Purpose.DECLARE,
            keep_days=policy.draft_days,
            now=now,
            opened_from=case,
            data={"offer": answers},
        )
    if draft is None:
        return None
    return Opening("Declare what was offered", reverse("gifts:draft", args=[draft.pk, "offer"]))
