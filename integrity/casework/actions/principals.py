"""Entries typed for somebody: whoever typed keeps a receipt, and their principal confirms."""

from datetime import date, datetime

from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.actions import cases, work
from integrity.casework.enums import DeadlineKind
from integrity.casework.models import Case
from integrity.people.models import User


def confirm_receipt(case: Case, event: Event, *, by: User, path: str) -> None:
    """Whoever made an entry keeps the reference and the time."""
    received = timezone.localtime(case.received_at)
    work.notify(
        [by],
        case=case,
        event=event,
        subject="we have your entry",
        body=f"It was received on {received:%-d %B %Y at %H:%M}.",
        path=path,
        tell_actor=True,
    )


def ask_principal(
    case: Case, event: Event, *, by: User, now: datetime, due_on: date, path: str
) -> None:
    """A principal is told of what was typed for them, and confirms it (RULES, Gifts 10)."""
    if not case.awaits_confirmation:
        return
    work.set_deadline(
        case,
        kind=DeadlineKind.CONFIRM,
        what="Confirm an entry made for you",
        owner=case.subject,
        due_on=due_on,
        now=now,
    )
    work.notify(
        [case.subject],
        case=case,
        event=event,
        subject="an entry was made for you",
        body=f"{by.display} made it on your behalf. Check it and confirm it.",
        path=path,
    )


def confirm_by_principal(case: Case, *, by: User, now: datetime) -> None:
    """The principal says that it is so. Raises Denied where that is not due."""
    cases.confirm(case, by=by, now=now)
    work.meet_deadlines(case, DeadlineKind.CONFIRM, now=now)


def tell_of_confirmation(case: Case, event: Event, *, by: User, path: str) -> None:
    work.notify(
        [case.author],
        case=case,
        event=event,
        subject="the entry you made was confirmed",
        body=f"{by.display} confirmed it.",
        path=path,
    )
