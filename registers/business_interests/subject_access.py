"""What this register holds about a person besides their applications, for that person (UK GDPR, Article 15).

Views, checks, follow-ups and PDR records are not theirs to read, so they are not here.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from integrity.casework.models import Case
from integrity.people.models import User
from registers.business_interests.models import Appeal, Condition, Review, WrittenNotice


def holds(user: User) -> Mapping[str, Any]:
    """The conditions of their approvals, what they were told in writing, appeals and reviews."""
    return {
        "conditions": rows(user, Condition, "text", "until", "set_at", "ended_at"),
        "written_notices": rows(
            user, WrittenNotice, "outcome", "conditions", "review_on", "given_at", "appeal_by"
        ),
        "appeals": rows(
            user,
            Appeal,
            "grounds",
            "police_friend",
            "papers",
            "papers_at",
            "made_at",
            "outcome",
            "ended_at",
        ),
        "reviews": rows(
            user,
            Review,
            "due_on",
            "circumstances_changed",
            "hours_changed",
            "role_changed",
            "hours_a_week",
            "answer",
            "answered_at",
        ),
    }


def rows(user: User, model: type[Model], *fields: str) -> list[dict[str, Any]]:
    """Rows of their own interests, each with its entry's reference."""
    own = Case.objects.own(user).filter(register="business_interests")
    found = model._default_manager.filter(interest__case__in=own).order_by("pk")
    return [
        {"reference": values.pop("interest__case__reference"), **values}
        for values in found.values("interest__case__reference", *fields)
    ]
