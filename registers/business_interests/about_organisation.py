"""What the register of business interests tells of an organisation, and to whom."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from integrity.casework.desk import cases_on_desk
from integrity.people.models import User
from registers.business_interests.case_page import change_path
from registers.business_interests.enums import Status
from registers.business_interests.models import Interest, InterestPolicy
from registers.business_interests.summaries import PLAIN, path_of
from registers.organisations.enums import Standing
from registers.organisations.models import Organisation
from registers.organisations.permissions import OWNERS
from registers.organisations.reading import on_desk
from registers.organisations.registry import Item
from registers.organisations.whole import named_in


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
            day="begins" if interest.starts_on else "",
        )


def entries_naming(records: QuerySet[Organisation]) -> Iterable[tuple[int, int | None, int | None]]:
    """The interests in one of these."""
    return named_in(Interest.objects.all(), "organisation", "case", records)


def policy_on_suppliers(reader: User, today: date, standing: Standing | None) -> Iterator[str]:
    """What the reader's policy says of an interest in who supplies the force or bids to it.

    Supplying the force is one of the things that are assessed (RULES, Business interests 4).
    """
    try:
        policy = InterestPolicy.objects.for_person(reader).in_force(today)
    except InterestPolicy.DoesNotExist:
        return
    yield (
        f"Under “{policy.title}” PSD weighs an interest in an organisation that supplies the force "
        "or bids to it: answer yes where you are asked whether it does."
    )
