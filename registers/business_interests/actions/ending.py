"""How an approved interest ends: the person stops, leaves the force, or its day comes."""

from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests.actions.granting import set_standing_tasks
from registers.business_interests.actions.review import close_review
from registers.business_interests.actions.step import finish, take, tell_psd, tell_supervisor
from registers.business_interests.enums import CeasedBecause, ReviewOutcome, Status, Verb
from registers.business_interests.models import Interest


@action
def cease(
    interest: Interest,
    *,
    ceased_on: date,
    note: str = "",
    by: User,
    now: datetime,
    version: int | None,
) -> Interest:
    """The person says that it has ended, and when."""
    interest = take(Verb.CEASE, interest, by=by, version=version)
    if ceased_on > timezone.localdate(now):
        raise Denied("The day it ended must be today or earlier.")
    return end(interest, CeasedBecause.STOPPED, ceased_on, note=note, by=by, now=now)


def end(
    interest: Interest,
    because: CeasedBecause,
    on: date,
    *,
    note: str = "",
    by: User | None,
    now: datetime,
) -> Interest:
    """End an interest that is approved; nothing of it is looked at any more."""
    close_review(interest, ReviewOutcome.CEASED, by=by, now=now)
    interest.conditions.filter(ended_at=None).update(ended_at=now)
    interest.ceased_on, interest.ceased_because = on, because
    interest.review_on = None
    interest.stood_at = ""
    event = finish(
        Verb.CEASE,
        interest,
        Status.CEASED,
        by=by,
        now=now,
        reason=note or because.label,
        facts={"on": str(on), "because": because},
    )
    casework.meet_deadlines(interest.case, now=now)
    set_standing_tasks(interest, now=now)
    tell_psd(interest, event, "an approved interest has ended", because.label + ".")
    tell_supervisor(interest, event, "an interest in your team has ended", because.label + ".")
    return interest
