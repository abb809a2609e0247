"""Mailing each force's newest checkpoint to those who keep it outside (ASSURANCE, decision 1 of the facts).

What was mailed is known from the ledger itself: an event in the installation's own log, so that
mailing a log does not make it grow.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from integrity.audit.actions import record
from integrity.audit.ledger import newest_checkpoint
from integrity.audit.models import Audience, Checkpoint, Event
from integrity.audit.scope import everywhere
from integrity.people.models import Force

MAILED = "checkpoint mailed"
TEXT = """\
This is the newest signed checkpoint of the ledger of {force}, of {at}.

Keep it where nobody who runs the register can reach it. It says in one number what the first {size}
entries of that ledger are. Should anybody ever change or remove one of them, this mail shows it:

    manage.py verify_ledger --checkpoint {name}

Anybody can read what it means, and check a receipt, at {site}/ledger/

{note}"""


def mail_checkpoints(*, now: datetime) -> tuple[list[str], list[str]]:
    """Mail what has not been mailed yet; a sentence for each mail, and for each that failed."""
    with everywhere():
        forces = list(Force.objects.exclude(checkpoint_addresses=[]))
    sent, failed = [], []
    for force in forces:
        try:
            sent += [_mail_newest(force.pk, now=now)]
        except OSError as failure:
            failed.append(
                f"The checkpoint of {force.code} could not be mailed: "
                f"{str(failure) or type(failure).__name__}. It is tried again with the next mail."
            )
    return [sentence for sentence in sent if sentence], failed


def _mail_newest(force_id: int, *, now: datetime) -> str:
    """Mail one force's newest checkpoint, once; nothing where there is none that is new.

    The lock keeps two from mailing at once. The event stands only if the mail server took the mail.
    """
    with everywhere():
        force = Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force_id)
        checkpoint = newest_checkpoint(force.pk)
        if checkpoint is None or checkpoint.size <= _mailed_size(force):
            return ""
        _message(force, checkpoint).send()
        facts = {"size": checkpoint.size, "to": force.checkpoint_addresses}
        record(
            MAILED,
            by=None,
            now=now,
            about="force",
            about_id=force.pk,
            facts=facts,
            audience=Audience.PSD,
        )
    people = len(force.checkpoint_addresses)
    to = "1 address" if people == 1 else f"{people} addresses"
    return f"{force.code}: the checkpoint of {checkpoint.size} entries was mailed to {to}."


def _mailed_size(force: Force) -> int:
    mailed = Event.objects.filter(name=MAILED, about="force", about_id=force.pk)
    last = mailed.order_by("-pk").first()
    return int(last.facts["size"]) if last else 0


def _message(force: Force, checkpoint: Checkpoint) -> EmailMessage:
    name = f"{force.code}-{checkpoint.size}.checkpoint"
    message = EmailMessage(
        subject=f"{force.code}: keep this checkpoint of {checkpoint.size} entries",
        body=TEXT.format(
            force=force.name,
            at=f"{timezone.localtime(checkpoint.made_at):%-d %B %Y, %H:%M}",
            size=checkpoint.size,
            name=name,
            site=settings.SITE_URL,
            note=checkpoint.note,
        ),
        to=force.checkpoint_addresses,
    )
    message.attach(name, checkpoint.note, "text/plain")
    return message
