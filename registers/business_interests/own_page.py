"""What an interest's own page on the site says, as each reader may see it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from integrity.casework.permissions import is_declarant, is_psd
from integrity.casework.registry import Fact, Summary
from integrity.people.models import User
from registers.business_interests.case_page import (
    hours_words,
    interest_facts,
    week_words,
    working_time,
)
from registers.business_interests.enums import Holder, IfBroken
from registers.business_interests.models import Interest
from registers.business_interests.permissions import may_read_views
from registers.business_interests.recorded import LABELS
from registers.business_interests.summaries import summary

THEIR_OWN = Fact(LABELS["holder"], Holder.SELF.label)  # goes without saying


def page_facts(interest: Interest) -> Iterator[Fact]:
    """Everything stated that applies, the legal basis, the working time and what the list says."""
    yield from (fact for fact in interest_facts(interest) if fact != THEIR_OWN)
    yield Fact("Legal basis", interest.get_legal_basis_display())
    if interest.hours_a_week is not None or interest.hours_as_written:
        yield Fact("Working time", week_words(interest))
    if interest.hours_a_week is not None and interest.average_hours is not None:
        yield Fact("Average week", average_words(interest, interest.average_hours))
    if interest.listed is not None:
        listed = interest.listed
        yield Fact(
            f"The force’s list: {listed.name}", f"{listed.get_stance_display()}. {listed.says}"
        )


def average_words(interest: Interest, average: Decimal) -> str:
    """Duty and everything approved, as it was stated: a prompt, never a verdict."""
    limit, weeks = interest.policy.hours_limit, interest.policy.hours_over_weeks
    words = (
        f"{hours_words(average)} with duty and everything approved when it was "
        f"stated; the force asks to think of rest past {limit.normalize():f} over {weeks} weeks"
    )
    if interest.opted_out is None:
        return f"{words}."
    return f"{words}. {'Opted out' if interest.opted_out else 'Not opted out'} of that average."


def own_page(reader: User, interest: Interest) -> dict[str, Any]:
    """What keeps an interest in order; views, follow-ups and papers only for whom they are meant."""
    mine = is_declarant(reader, interest.case)
    reads_views = may_read_views(reader, interest)
    views = interest.assessments.select_related("assessed_by__grade")
    return {
        "today": timezone.localdate(),
        "week": [] if mine else list(working_time(interest)),
        "others": [] if mine else others_of(reader, interest),
        "conditions": conditions_of(interest, reader),
        "review": interest.reviews.filter(closed_at=None).first(),
        "views": views if reads_views else views.none(),
        "reads_views": reads_views,
        "follow_ups": interest.follow_ups.filter(dropped_at=None),
        "appeals": interest.appeals.select_related("ended_by__grade"),
        "reads_papers": mine or reads_views,
        "notices": interest.notices.order_by("-pk"),
    }


def conditions_of(interest: Interest, reader: User) -> list[tuple[Any, list[Any]]]:
    """The conditions that hold with their checks; one that was handed over shows to PSD alone."""
    held = interest.conditions.filter(ended_at=None).prefetch_related("checks__checked_by__grade")
    whole = is_psd(reader, interest.case) and not is_declarant(reader, interest.case)
    return [
        (each, [c for c in each.checks.all() if whole or c.if_broken != IfBroken.REFER])
        for each in held
    ]


def others_of(reader: User, interest: Interest) -> list[Summary]:
    """The person's other interests that this reader may see, for whoever is asked about one."""
    subject = interest.case.subject_id
    if subject is None:
        return []
    theirs = Interest.objects.visible_to(reader).filter(case__subject=subject)
    return [summary(each) for each in theirs.exclude(pk=interest.pk).with_all()]
