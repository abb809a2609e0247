"""The desk's queues of investigations: which stand in each, for one person on one day.

They are sorted by risk, then by day, as British Transport Police does (HMIC 2012).
"""

from datetime import date

from django.db.models import Q

from integrity.casework.enums import DeadlineKind
from integrity.casework.models import Deadline
from integrity.casework.queue_parts import NOBODY_NAMED, OPEN, WITHIN
from integrity.casework.queue_tabs import Queue
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from registers.investigations.enums import Status
from registers.investigations.models import Restriction


def mine(user: User, today: date) -> Q:
    return OPEN & Q(case__owner=user)


def nobodys(user: User, today: date) -> Q:
    """What nobody has taken and is this reader’s to take; what left the force is the outside’s."""
    outside = Q(case__force__outside_department__in=user.departments(*PSD_ROLES)) | Q(
        case__force__outside_body__in=user.scope(*PSD_ROLES).bodies
    )
    return OPEN & Q(case__owner=None) & (WITHIN | NOBODY_NAMED | outside)


def runs_on(day: date) -> Q:
    """Suspensions and restrictions that run on a day."""
    return Q(from_on__lte=day) & (Q(to_on=None) | Q(to_on__gte=day))


def restricted(user: User, today: date) -> Q:
    """Somebody is suspended or restricted today; that may outlast the investigation."""
    return Q(pk__in=Restriction.objects.filter(runs_on(today)).values("investigation"))


def look_again(user: User, today: date) -> Q:
    tasks = Deadline.objects.open().filter(kind=DeadlineKind.RECHECK, due_on__lte=today)
    return Q(case__in=tasks.values("case"))


QUEUES = (
    Queue("todo", "To do: mine and nobody’s", lambda u, t: mine(u, t) | nobodys(u, t)),
    Queue("mine", "Mine", mine),
    Queue("nobodys", "Nobody’s", nobodys),
    Queue("continuing", "Continuing", lambda u, t: Q(status=Status.CONTINUING)),
    Queue("referred", "With an external body", lambda u, t: Q(status=Status.REFERRED)),
    Queue("restricted", "Somebody suspended or restricted", restricted),
    Queue("look_again", "Look again due", look_again),
    Queue("unknown", "Subject not known", lambda u, t: OPEN & Q(case__subject=None)),
    Queue("uncategorised", "Not categorised", lambda u, t: OPEN & Q(category="")),
    Queue("closed", "Closed", lambda u, t: Q(status=Status.CLOSED)),
    Queue("lessons", "Lessons to publish", lambda u, t: ~Q(lessons="")),
    Queue("all", "All", lambda u, t: Q()),
)
