"""What this register holds about a person besides their offers, for that person (UK GDPR, Article 15)."""

from collections.abc import Mapping
from typing import Any

from integrity.people.models import User


def holds(user: User) -> Mapping[str, Any]:
    """How often they took light refreshments, month by month."""
    return {
        "light_refreshments": [
            {"month": each.month, "times": each.times, "stated_at": each.stated_at}
            for each in user.refreshment_counts.all()
        ]
    }
