"""Concerns that somebody sends PSD without a name, and the replies they read with their code.

The sender’s actions take no person, for there is none: they run apart from any request and session,
and reach no further than the concern whose code was given. It is a lead in PSD’s queue, not a
whistleblowing line: the page links to the force’s own.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from integrity.audit.actions import acting, action, record, request_id
from integrity.audit.models import Audience
from integrity.audit.scope import everywhere
from integrity.casework import actions as casework
from integrity.casework.enums import ReferralSource
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from registers.investigations.models import Concern, ConcernMessage
from registers.investigations.permissions import check_may_reply
from registers.investigations.policies import first, hash_of, make_code, message_problems

ABOUT = "A concern without a name"
# A referral is less well hidden than the concern, so that what was sent stands only there.
REASON = "What was sent stands with the concern."
NO_SUCH_CODE = "No concern has this code. Check each letter and digit and try again."


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the sender reads it: nobody in PSD is named."""

    from_psd: bool
    text: str
    on: date


def send_concern(*, force: Force, text: str, now: datetime, code: str = "") -> str:
    """Send PSD of a force a concern; the code that comes back is shown once and kept nowhere.

    A page that brings its own code sends once, however often its button is pressed.
    """
    _refuse(text)
    code = code or make_code()
    with _without_a_name("send concern"):
        # The two takes of a double click take turns.
        Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force.pk)
        if Concern.objects.filter(code_hash=hash_of(code)).exists():
            return code
        referral = casework.refer_without_case(
            force,
            source=ReferralSource.ANONYMOUS,
            about=ABOUT,
            reason=REASON,
            by=None,
            now=_the_day_of(now),
        )
        concern = Concern.objects.create(
            force=force,
            referral=referral,
            code_hash=hash_of(code),
            received_on=timezone.localdate(now),
        )
        _add(concern, text, now=now)
    return code


def read_concern(*, code: str) -> Sequence[Message]:
    """What was sent and answered, oldest first. Raises Denied where no concern has the code."""
    with _without_a_name("read concern"):
        messages = _found(code).messages.all()
        return [Message(each.from_psd, each.text, each.on) for each in messages]


def add_message(*, code: str, text: str, now: datetime) -> None:
    """Whoever has the code says more, or answers PSD. Raises Denied where no concern has it."""
    _refuse(text)
    with _without_a_name("add message"):
        _add(_found(code), text, now=now)


@action
def reply(concern: Concern, *, text: str, by: User, now: datetime) -> ConcernMessage:
    """PSD answers whoever sent a concern, who reads it with the code."""
    check_may_reply(by, concern)
    _refuse(text)
    message = _add(concern, text, now=now, by=by)
    record(
        "reply to a concern",
        by=by,
        now=now,
        force_id=concern.force_id,
        about="referral",
        about_id=concern.referral_id,
        audience=Audience.PSD,
        confidential=True,
    )
    return message


@contextmanager
def _without_a_name(verb: str) -> Iterator[None]:
    """No entry of the ledger made in here can be tied to a person or to a web request."""
    token = request_id.set(None)
    try:
        with everywhere(), acting(verb, by=None):
            yield
    finally:
        request_id.reset(token)


def _the_day_of(now: datetime) -> datetime:
    """Noon of the day: the hour would help to find who wrote."""
    return timezone.make_aware(datetime.combine(timezone.localdate(now), time(12)))


def _found(code: str) -> Concern:
    concern = Concern.objects.filter(code_hash=hash_of(code)).first()
    if concern is None:
        raise Denied(NO_SUCH_CODE, for_them=False)
    return concern


def _refuse(text: str) -> None:
    problem = first(message_problems(text))
    if problem:
        raise Denied(problem)


def _add(concern: Concern, text: str, *, now: datetime, by: User | None = None) -> ConcernMessage:
    return ConcernMessage.objects.create(
        concern=concern,
        from_psd=by is not None,
        text=text.strip(),
        on=timezone.localdate(now),
        by=by,
    )
