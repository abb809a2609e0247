"""Signing in and out, recorded; and ending every session of a person at once."""

import uuid
from datetime import datetime

from integrity.audit.actions import action, record
from integrity.people.models import User


def record_sign_in(*, by: User, now: datetime) -> None:
    record(
        "signed in",
        by=by,
        now=now,
        force_id=by.force_id,
        oversight_body_id=by.oversight_body_id,
        about="person",
        about_id=by.pk,
    )


@action
def sign_out_everywhere(*, by: User, now: datetime) -> None:
    """Change the stamp that every session of this person carries, so that none is valid any more."""
    by.session_stamp = uuid.uuid4()
    by.save(update_fields=["session_stamp"])
    record(
        "signed out everywhere",
        by=by,
        now=now,
        force_id=by.force_id,
        oversight_body_id=by.oversight_body_id,
        about="person",
        about_id=by.pk,
    )
