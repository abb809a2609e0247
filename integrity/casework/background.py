"""Background work, all of it: the one module that knows procrastinate.

Jobs are enqueued in the transaction of the change, so that a rollback takes them back; but for the
sealing of the ledger, which waits for the commit.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

logger = logging.getLogger(__name__)

MAILED_AT = 6  # the hour in London at which checkpoints are mailed


@app.task(name="send_notices", queue="mail")
def _send_notices(notice_ids: list[int]) -> None:
    from integrity.casework.actions.work import send_notice

    for notice_id in notice_ids:
        send_notice(notice_id, now=timezone.now())


@app.task(name="send_mail", queue="mail")
def _send_mail(to: str, subject: str, body: str, path: str) -> None:
    from integrity.casework.actions.work import letter

    letter(to, subject=subject, body=body, path=path).send()


@app.periodic(cron="*/5 * * * *")
@app.task(name="seal_ledger", queue="ledger", queueing_lock="seal_ledger", lock="seal_ledger")
def _seal_ledger(timestamp: int = 0) -> None:
    """Without a key there is nothing that trying again could mend, so the job ends and says so."""
    from integrity.audit.sealing import Sealer, seal_all

    try:
        sealer = Sealer.open()
    except (FileNotFoundError, ValueError) as problem:
        logger.error("The ledger was not sealed. %s", problem)
        return
    _, refused = seal_all(sealer, now=timezone.now())
    for sentence in refused:
        logger.critical(sentence)


@app.periodic(cron=f"0 {MAILED_AT - 1},{MAILED_AT} * * *")  # procrastinate counts in UTC
@app.task(name="mail_checkpoints", queue="mail", lock="mail_checkpoints")
def _mail_checkpoints(timestamp: int) -> None:
    from integrity.people.checkpoints import mail_checkpoints

    if timezone.localtime(datetime.fromtimestamp(timestamp, UTC)).hour != MAILED_AT:
        return
    _, failed = mail_checkpoints(now=timezone.now())
    for sentence in failed:
        logger.error(sentence)


@app.periodic(cron="0 4 * * *")
@app.task(name="daily_round", queue="registers", lock="daily_round")
def _daily_round(timestamp: int = 0) -> None:
    from integrity.casework.registry import registers

    for register in registers():
        done = register.daily(timezone.now())
        logger.info("Daily round of %s: %s.", register.name, dict(done))
    _do_chores("day")


@app.periodic(cron="* * * * *")
@app.task(name="each_minute", queue="registers", queueing_lock="each_minute", lock="each_minute")
def _each_minute(timestamp: int = 0) -> None:
    _do_chores("minute")


@app.task(name="import_upload", queue="imports", lock="import_upload")
def _import_upload(upload_id: str) -> None:
    from integrity.casework.actions.import_uploads import import_queued

    import_queued(UUID(upload_id), now=timezone.now())


def _do_chores(every: str) -> None:
    from integrity.casework.registry import chores

    for name, chore in chores(every).items():
        if any((done := chore(timezone.now())).values()):
            logger.info("%s: %s.", name, dict(done))


def seal_soon() -> None:
    """Have the ledger sealed once the transaction commits, so that its receipts stop being provisional.

    Not before: until its transaction ends, a job with a lock on queueing keeps everybody else's
    waiting. Should the process die in between, the next periodic job seals instead.
    """
    if not any(_enqueue_sealing in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(_enqueue_sealing, robust=True)


def _enqueue_sealing() -> None:
    with suppress(AlreadyEnqueued):
        _seal_ledger.configure(task_kwargs={}).defer()


def send_notices(notice_ids: Sequence[int]) -> None:
    """Have these notices e-mailed once the transaction commits."""
    if notice_ids:
        _send_notices.defer(notice_ids=list(notice_ids))


def send_mail(to: str, *, subject: str, body: str, path: str) -> None:
    """Have a letter of no case e-mailed once the transaction commits."""
    _send_mail.defer(to=to, subject=subject, body=body, path=path)


def import_upload(upload_id: str) -> None:
    """Have a long file imported once the transaction commits."""
    _import_upload.defer(upload_id=upload_id)
