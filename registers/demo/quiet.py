"""Mail about the past: the one place where notices are set right by hand.

While the world is loaded nobody has an e-mail address, so no job to send mail is enqueued at all
(casework.actions.notify enqueues for people with an address). Afterwards the old notices are marked
as sent when they were made, and those of the last day are enqueued as the register would have.
"""

from datetime import datetime, timedelta

from django.db.models import F

from integrity.casework import background
from integrity.casework.models import Notice

UNREAD_DAYS = 12


def post_the_past(*, before: datetime) -> None:
    old = Notice.objects.filter(made_at__lt=before)
    old.update(claimed_at=F("made_at"), sent_at=F("made_at"))
    long_ago = before - timedelta(days=UNREAD_DAYS)
    old.filter(made_at__lt=long_ago).update(read_at=F("made_at") + timedelta(hours=20))
    fresh = Notice.objects.filter(made_at__gte=before).values_list("pk", flat=True)
    background.send_notices(list(fresh))
