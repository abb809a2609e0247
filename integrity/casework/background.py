"""Background work, all of it: the one module that knows procrastinate.

Jobs are enqueued in the transaction of the change, so that a rollback takes them back.
"""

from collections.abc import Sequence

from django.utils import timezone
from procrastinate.contrib.django import app


@app.task(name="send_notices", queue="mail")
def _send_notices(notice_ids: list[int]) -> None:
    from integrity.casework.actions.work import send_notice

    for notice_id in notice_ids:
        send_notice(notice_id, now=timezone.now())


def send_notices(notice_ids: Sequence[int]) -> None:
    """Have these notices e-mailed once the transaction commits."""
    if notice_ids:
        _send_notices.defer(notice_ids=list(notice_ids))
