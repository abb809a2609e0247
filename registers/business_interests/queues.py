"""The desk's queues of interests: which stand in each, for one person on one day.

HMIC 2012, p. 30: conditions were seldom checked and refusals seldom followed up, so each has a queue.
"""

from datetime import date, timedelta

from django.db.models import F, Q

from integrity.casework.enums import Source
from integrity.casework.models import Decision
from integrity.casework.queue_parts import OPEN, WITHIN, open_challenges, referred, theirs_to_take
from integrity.casework.queue_tabs import Queue
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from registers.business_interests.enums import Status
from registers.business_interests.models import (
    Appeal,
    Assessment,
    Condition,
    FollowUp,
    Interest,
    Review,
)
from registers.business_interests.workflow import ASSESSING

# How far ahead a queue looks. A week is what a reviewer can still decide in; a check or a follow-up
# asks somebody outside PSD for a payslip or a visit, so it needs a fortnight.
DECIDING_AHEAD = timedelta(days=7)
CHECKING_AHEAD = timedelta(days=14)


def new(user: User, today: date) -> Q:
    return Q(status=Status.WITH_PSD) & theirs_to_take(user)


def clock_running_out(user: User, today: date) -> Q:
    """A task of PSD's, or of the case's owner, is due within days or overdue."""
    return Q(due__lte=today + DECIDING_AHEAD)


def mine(user: User, today: date) -> Q:
    """What this reader owns and is undecided or, once it is decided, asks for something soon."""
    return Q(case__owner=user) & (OPEN | clock_running_out(user, today))


def waiting_on_someone(user: User, today: date) -> Q:
    """For a view, an answer, or the papers of an appeal, which may come until their last day."""
    papers = Appeal.objects.filter(outcome="", papers_at=None, papers_by__gte=today)
    return Q(status__in=(*ASSESSING, Status.QUERIED)) | Q(pk__in=papers.values("interest"))


def second_approver_wanted(user: User, today: date) -> Q:
    """Approvals against the guidance that this reader neither proposed nor gave a view on."""
    decided = Decision.objects.filter(decided_by=user, round=F("case__round"))
    viewed = Assessment.objects.filter(assessed_by=user, round=F("interest__case__round"))
    theirs = Q(case__in=decided.values("case")) | Q(pk__in=viewed.values("interest"))
    return Q(status=Status.SECOND_APPROVAL) & ~theirs


def conditions_to_check(user: User, today: date) -> Q:
    due = Condition.objects.filter(
        ended_at=None, to_confirm=False, next_check_on__lte=today + CHECKING_AHEAD
    )
    return Q(pk__in=due.values("interest"))


def conditions_to_confirm(user: User, today: date) -> Q:
    """What a legacy register called a condition, which PSD has not confirmed yet."""
    unconfirmed = Condition.objects.filter(ended_at=None, to_confirm=True)
    return Q(pk__in=unconfirmed.values("interest"))


def refusals_to_follow_up(user: User, today: date) -> Q:
    due = FollowUp.objects.filter(done_at=None, dropped_at=None, due_on__lte=today + CHECKING_AHEAD)
    return Q(pk__in=due.values("interest"))


def reviews_due(user: User, today: date) -> Q:
    return Q(pk__in=Review.objects.filter(closed_at=None).values("interest"))


def reviews_overdue(user: User, today: date) -> Q:
    late = Review.objects.filter(closed_at=None, due_on__lt=today)
    return Q(pk__in=late.values("interest"))


def approved(user: User, today: date) -> Q:
    return Q(pk__in=Interest.objects.live().values("pk"))


def refused(user: User, today: date) -> Q:
    return Q(pk__in=Interest.objects.refused().values("pk"))


def against_guidance(user: User, today: date) -> Q:
    """Approved although the force's list or policy says otherwise, and still standing."""
    return Q(against_guidance=True) & approved(user, today)


QUEUES = (
    Queue("todo", "To do: mine and new", lambda user, today: new(user, today) | mine(user, today)),
    Queue("new", "New", new),
    Queue("mine", "Mine", mine),
    Queue("waiting", "Waiting on someone", waiting_on_someone),
    Queue("clock", "Clock running out", clock_running_out),
    Queue("second", "Second approver wanted", second_approver_wanted),
    Queue("appealed", "With the chief officer", lambda user, today: Q(status=Status.APPEALED)),
    Queue("to_check", "Conditions to check", conditions_to_check),
    Queue("to_confirm", "Conditions to confirm", conditions_to_confirm),
    Queue("to_follow_up", "Refusals to follow up", refusals_to_follow_up),
    Queue("reviews_due", "Reviews due", reviews_due),
    Queue("reviews_overdue", "Reviews overdue", reviews_overdue),
    Queue("against", "Against guidance", against_guidance),
    Queue("referred", "Referred for investigation", referred, PSD_ROLES),
    Queue("challenges", "Challenges open", open_challenges),
    Queue("approved", "Approved", approved),
    Queue("refused", "Refused or revoked", refused),
    Queue("outside", "With the outside decider", lambda user, today: OPEN & ~WITHIN),
    Queue("imported", "Imported", lambda user, today: Q(case__source=Source.IMPORTED)),
    Queue("all", "All", lambda user, today: Q()),
)
