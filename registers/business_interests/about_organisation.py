"""What the register of business interests tells of an organisation, and to whom."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from integrity.casework.desk import cases_on_desk
from integrity.people.models import User
from registers.business_interests.case_page import change_path
from registers.business_interests.enums import Status
from registers.business_interests.models import Interest
from registers.business_interests.summaries import PLAIN, path_of
from registers.organisations.permissions import OWNERS
from registers.organisations.reading import on_desk
from registers.organisations.registry import Item


def interests_in(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """The interests in these records that the reader finds on the desk, or owns the register of."""
    found = Interest.objects.filter(
        organisation__in=ids, case__in=cases_on_desk(reader, *OWNERS).values("pk")
    ).annotate(on_desk=on_desk(reader))
    for interest in found.select_related("case", "organisation", "listed"):
        status, path = interest.get_status_display(), change_path(interest)
        if not interest.on_desk:
            status, path = PLAIN[Status(interest.status)][0], path_of(interest.case)
        yield Item(
            on=interest.starts_on or timezone.localdate(interest.case.received_at),
            what="Interest",
            title=f"{interest.case.reference}: {interest.title}",
            detail=f"{interest.case.subject_name}. {status}.",
            path=path,
        )
