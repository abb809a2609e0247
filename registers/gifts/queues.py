"""The desk's queues of offers: which offers stand in each, for one person on one day."""

from datetime import date

from django.db.models import Q

from integrity.casework.enums import Phase, Source
from integrity.casework.models import Challenge, outside_of
from integrity.casework.queue_tabs import Queue
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from registers.gifts.enums import Status
from registers.gifts.workflow import DECIDED

WAITING_FOR_PSD = (Status.WITH_PSD, Status.AUTHORISATION_SOUGHT)
OPEN = Q(case__phase__in=(Phase.OPEN, Phase.WAITING))
WITHIN = Q(case__with_outside_decider=False)
NOBODY_NAMED = Q(case__force__outside_department=None, case__force__outside_body=None)


def new(user: User, today: date) -> Q:
    """What nobody has taken yet and is this reader's to take; what left the force is the outside's."""
    theirs = WITHIN | NOBODY_NAMED | outside_of(user, "case__")
    return Q(status__in=WAITING_FOR_PSD, case__owner=None) & theirs


def mine(user: User, today: date) -> Q:
    return OPEN & Q(case__owner=user)


def open_challenges(user: User, today: date) -> Q:
    """Those this reader may know of: a challenge held silently counts for PSD alone."""
    visible = Challenge.objects.visible_to(user, *PSD_ROLES).filter(disposed_at=None)
    return Q(case__in=visible.values("case"))


QUEUES = (
    Queue("todo", "To do: mine and new", lambda user, today: new(user, today) | mine(user, today)),
    Queue("new", "New", new),
    Queue("mine", "Mine", mine),
    Queue("queried", "Queried", lambda user, today: Q(status=Status.QUERIED)),
    Queue("overdue", "Overdue", lambda user, today: Q(due__lt=today)),
    Queue("open", "All open", lambda user, today: OPEN),
    Queue("outside", "With the outside decider", lambda user, today: OPEN & ~WITHIN),
    Queue("decided", "Decided", lambda user, today: Q(status__in=DECIDED)),
    Queue("recorded", "Recorded", lambda user, today: Q(status=Status.RECORDED)),
    Queue("challenges", "Challenges open", open_challenges),
    Queue("imported", "Imported", lambda user, today: Q(case__source=Source.IMPORTED)),
    Queue("all", "All", lambda user, today: Q()),
)
