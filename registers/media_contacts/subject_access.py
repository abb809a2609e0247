"""What this register holds about a person besides their contacts, for that person (UK GDPR, Article 15).

Which weeks were sampled and what coverage quotes them are the press office's checks, and not here.
"""

from collections.abc import Mapping
from typing import Any

from integrity.people.models import User


def holds(user: User) -> Mapping[str, Any]:
    """A chief officer's quarterly statements."""
    return {
        "quarterly_statements": [
            {"quarter": each.quarter, "contacts": each.contacts, "stated_at": each.stated_at}
            for each in user.media_statements.all()
        ]
    }
