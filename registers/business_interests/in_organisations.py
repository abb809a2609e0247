"""What people declared of an organisation, for whoever may read it there (DESIGN §4)."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone

from integrity.people.models import User
from registers.business_interests.enums import Status
from registers.business_interests.models import Interest
from registers.organisations.registry import Item


def interests_held(
    reader: User, people: Collection[int], ids: Sequence[int]
) -> Mapping[int, Iterable[Item]]:
    """The interests of these people in these records that the reader may see, but what was withdrawn."""
    found: dict[int, list[Item]] = {}
    visible = Interest.objects.visible_to(reader).exclude(status=Status.WITHDRAWN)
    theirs = visible.filter(case__subject__in=people, organisation__in=ids)
    for interest in theirs.select_related("case", "organisation", "listed"):
        found.setdefault(interest.case.subject_id or 0, []).append(item_of(interest))
    return found


def item_of(interest: Interest) -> Item:
    return Item(
        on=interest.starts_on or timezone.localdate(interest.case.received_at),
        what="Interest",
        title=f"{interest.title} ({interest.case.reference})",
        detail=interest.get_status_display(),
        path=reverse("business_interests:case", args=[interest.case.reference]),
    )
