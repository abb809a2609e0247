"""Which pages of checks, assessments, meetings and statements somebody may open, for governance’s first page."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from integrity.casework.registry import Start
from integrity.people.models import User
from registers.governance.models import QuarterlyAction
from registers.governance.permissions import forces_assessed, forces_met_for, forces_overseen


def pages_for(user: User, today: date) -> Iterator[Start]:
    if forces_assessed(user, today).exists():
        yield Start("Health checks", reverse("governance:health-checks"))
        yield Start("Policies against national guidance", reverse("governance:policy-assessments"))
    if forces_overseen(user).exists():
        yield Start("Corruption threat assessments", reverse("governance:threat-assessments"))
        yield Start("What forces state", reverse("governance:statements"))
    if forces_met_for(user).exists():
        mine = QuarterlyAction.objects.filter(owner=user, closed_at=None).count()
        hint = f"{mine} open action{'' if mine == 1 else 's'} of yours" if mine else ""
        yield Start("Quarterly meetings", reverse("governance:quarterly-meetings"), hint)
