"""Background work, all of it: the one module that knows procrastinate.

Jobs are enqueued in the transaction of the change, so that a rollback takes them back.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

logger = logging.getLogger(__name__)


@app.task(name="send_notices", queue="mail")
def _send_notices(notice_ids: list[int]) -> None:
    from integrity.casework.actions.work import send_notice

    for notice_id in notice_ids:
        send_notice(notice_id, now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="seal_ledger", queue="ledger", queueing_lock="seal_ledger")
def _seal_ledger(timestamp: int = 0) -> None:
    from integrity.audit.sealing import Sealer, seal_all

    _, refused = seal_all(Sealer.open(), now=timezone.now())
    for sentence in refused:
        logger.critical(sentence)


def seal_soon() -> None:
    """Have the ledger sealed once the transaction commits, so that its receipts stop being provisional."""
    with suppress(AlreadyEnqueued):
        _seal_ledger.configure(task_kwargs={}).defer()


def send_notices(notice_ids: Sequence[int]) -> None:
    """Have these notices e-mailed once the transaction commits."""
    if notice_ids:
        _send_notices.defer(notice_ids=list(notice_ids))
