"""The desk's queues of matches: which stand in each, for one person on one day."""

from django.db.models import F, Q

from integrity.casework.queue_tabs import Queue
from integrity.people.enums import PSD_ROLES, Role
from registers.crosschecks.enums import Disposition

GONE = Q(gone_at__isnull=False)
WAITING = ~GONE & ~Q(signature=F("disposed_signature"))
NEW = WAITING & Q(disposition="")
CHANGED = WAITING & ~Q(disposition="")
DISPOSED = Q(signature=F("disposed_signature")) & ~GONE
FOLLOWED = Q(disposition__in=(Disposition.REFERRED, Disposition.CHALLENGED))

# Each match stands in one of them, so that they add up to all.
QUEUES = (
    Queue("psd", "To decide: PSD", lambda user, today: NEW & Q(for_psd=True), PSD_ROLES),
    Queue(
        "procurement", "To decide: procurement",
        lambda user, today: NEW & Q(for_psd=False), (*PSD_ROLES, Role.PROCUREMENT),
    ),
    Queue("changed", "Changed since decided", lambda user, today: CHANGED),
    Queue("followed", "Referred or challenged", lambda user, today: DISPOSED & FOLLOWED),
    Queue("disposed", "Coincidence, or known", lambda user, today: DISPOSED & ~FOLLOWED),
    Queue("gone", "No longer found", lambda user, today: GONE),
    Queue("all", "All", lambda user, today: Q()),
)  # fmt: skip
