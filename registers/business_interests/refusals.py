"""What was refused since the last meeting, as the integrity subgroup and boards read it: redacted.

HMIC 2012, Thames Valley: refused applications are discussed, so that the policy is applied alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from integrity.people.models import Force, User
from registers.business_interests.enums import FollowUpOutcome
from registers.business_interests.models import Interest, RefusalDiscussion, WrittenNotice
from registers.business_interests.summaries import path_of, person_words
from registers.business_interests.workflow import ENDED


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal or revocation without names: the grade and unit, what it was, and on what ground."""

    reference: str
    path: str  # for whoever may read the entry
    given_on: date
    person: str
    kind: str
    occupation: str
    outcome: str
    ground: str
    appeal: str
    follow_up: str


def refusals_to_discuss(reader: User, force: Force) -> list[Refusal]:
    """The refusals of a force that no meeting on or after their day has discussed."""
    meetings = list(RefusalDiscussion.objects.filter(force=force))
    found = [
        notice
        for notice in notices_of(force)
        if not discussed(notice.interest.case.reference, _day(notice), meetings)
    ]
    readable = set(
        Interest.objects.visible_to(reader)
        .filter(pk__in=[notice.interest_id for notice in found])
        .values_list("pk", flat=True)
    )
    return [refusal_of(notice, reads=notice.interest_id in readable) for notice in found]


def discussed(reference: str, given_on: date, meetings: Sequence[RefusalDiscussion]) -> bool:
    return any(
        reference in meeting.references and meeting.held_on >= given_on for meeting in meetings
    )


def notices_of(force: Force) -> QuerySet[WrittenNotice]:
    """PSD's own refusals and revocations; an appeal that is dismissed adds none."""
    return (
        WrittenNotice.objects.filter(
            interest__case__force=force, outcome__in=ENDED, decision__stage="psd"
        )
        .select_related(
            "interest__case__subject_unit", "interest__case__subject", "decision", "appeal"
        )
        .prefetch_related("interest__follow_ups")
        .order_by("given_at")
    )


def refusal_of(notice: WrittenNotice, *, reads: bool) -> Refusal:
    interest = notice.interest
    appeal = getattr(notice, "appeal", None)
    return Refusal(
        reference=interest.case.reference,
        path=path_of(interest.case) if reads else "",
        given_on=_day(notice),
        person=person_words(interest.case),
        kind=interest.get_category_display(),
        occupation=interest.occupation,
        outcome=notice.get_outcome_display(),
        ground=interest.get_grounds_display() or "No longer refused",
        appeal=(appeal.get_outcome_display() or "Open") if appeal else "None",
        follow_up=follow_up_words(interest),
    )


def follow_up_words(interest: Interest) -> str:
    """What was found the last time that somebody looked."""
    done = [each for each in interest.follow_ups.all() if each.done_at]
    return FollowUpOutcome(done[-1].outcome).label if done else "Not yet"


def _day(notice: WrittenNotice) -> date:
    return timezone.localdate(notice.given_at)
