"""Working time: duty and everything approved, added up (RULES, Business interests 4)."""

from decimal import Decimal

from integrity.people.models import User
from registers.business_interests.enums import Holder
from registers.business_interests.models import Interest, InterestPolicy
from registers.business_interests.policies import average_hours
from registers.business_interests.workflow import PENDING


def duty_hours(policy: InterestPolicy, person: User) -> Decimal:
    return person.weekly_hours if person.weekly_hours is not None else policy.duty_hours


def other_hours(person: User, *, without: Interest | None = None) -> list[Interest]:
    """The person's approved interests that take hours of their own."""
    found = Interest.objects.live().filter(
        case__subject=person, holder=Holder.SELF, hours_a_week__isnull=False
    )
    return list(found.exclude(pk=without.pk) if without and without.pk else found)


def undecided(person: User, *, without: Interest | None = None) -> list[Interest]:
    """The person's applications that nobody has decided yet, whose hours are not counted."""
    found = Interest.objects.filter(
        case__subject=person,
        holder=Holder.SELF,
        hours_a_week__isnull=False,
        status__in=PENDING,
    ).select_related("case", "organisation", "policy")
    return list(found.exclude(pk=without.pk) if without and without.pk else found)


def average_week(
    policy: InterestPolicy,
    person: User,
    *,
    hours: Decimal | None,
    weeks: int | None,
    without: Interest | None = None,
) -> Decimal:
    """The average week with these hours added to duty and to what is approved already."""
    worked = [
        (other.hours_a_week, other.weeks_worked)
        for other in other_hours(person, without=without)
        if other.hours_a_week is not None
    ]
    if hours is not None:
        worked.append((hours, weeks))
    duty = duty_hours(policy, person)
    return average_hours(duty, worked, over_weeks=policy.hours_over_weeks)
