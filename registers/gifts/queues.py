"""The desk's queues of offers: which offers stand in each, for one person on one day."""

from datetime import date

from django.db.models import Q

from integrity.casework.enums import Source
from integrity.casework.queue_parts import OPEN, WITHIN, open_challenges, theirs_to_take
from integrity.casework.queue_tabs import Queue
from integrity.people.models import User
from registers.gifts.enums import Status
from registers.gifts.workflow import DECIDED

WAITING_FOR_PSD = (Status.WITH_PSD, Status.AUTHORISATION_SOUGHT)


def new(user: User, today: date) -> Q:
    return Q(status__in=WAITING_FOR_PSD) & theirs_to_take(user)


def mine(user: User, today: date) -> Q:
    return OPEN & Q(case__owner=user)


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
