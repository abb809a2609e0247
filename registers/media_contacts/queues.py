"""The desk's queues of media contacts: which stand in each, for one person on one day."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from integrity.casework.desk import cases_on_desk
from integrity.casework.enums import Source
from integrity.casework.models import Case, Challenge, outside_of
from integrity.casework.queue_tabs import Queue
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import User
from registers.media_contacts.enums import Status
from registers.media_contacts.models import Contact, ContactQuerySet, CoverageLink, OtherOfficer
from registers.media_contacts.workflow import STATED

IS_STATED = Q(status__in=STATED)


def contacts_on_desk(user: User, *more_roles: Role) -> ContactQuerySet:
    """What this person may read on the desk; whoever took part reads it on the site instead.

    ``more_roles`` read them besides, elsewhere than on the desk.
    """
    took_part = OtherOfficer.objects.filter(contact=OuterRef("pk"), officer=user)
    cases = cases_on_desk(user, Role.PRESS_OFFICE, *more_roles)
    return Contact.objects.filter(~Exists(took_part), case__in=cases.values("pk"))


def flagged(user: User, today: date) -> Q:
    """What the press office looks at twice. A question that nobody asked was not answered no."""
    answers_of_no = Q(responsible=False) | Q(policing_purpose=False) | Q(press_office_told=False)
    return IS_STATED & (answers_of_no | ~Q(off_record="") | Q(hospitality=True))


def embargo_stands(user: User, today: date) -> Q:
    return IS_STATED & Q(embargo_until__gt=timezone.now())


def without_coverage(user: User, today: date) -> Q:
    return IS_STATED & ~Q(pk__in=CoverageLink.objects.values("contact"))


def chief_officers(user: User, today: date) -> Q:
    """Whoever logged it: a chief officer's own, and those where one took part."""
    there = OtherOfficer.objects.filter(officer__grade__is_chief_officer=True)
    return Q(case__subject_is_chief_officer=True) | Q(pk__in=there.values("contact"))


def open_challenges(user: User, today: date) -> Q:
    """PSD's alone: that one is no longer open may mean that it was referred for investigation."""
    theirs = Case.objects.in_scope(user, *PSD_ROLES) | Case.objects.filter(outside_of(user))
    visible = Challenge.objects.visible_to(user, *PSD_ROLES).filter(disposed_at=None)
    return Q(case__in=visible.filter(case__in=theirs.values("pk")).values("case"))


QUEUES = (
    Queue("new", "To acknowledge", lambda user, today: Q(status=Status.LOGGED)),
    Queue("flagged", "Flagged", flagged),
    Queue("routed", "Routed, no answer yet", lambda user, today: Q(status=Status.ROUTED)),
    Queue("queried", "Questions open", lambda user, today: Q(status=Status.QUERIED)),
    Queue("embargo", "Embargo stands", embargo_stands),
    Queue("overdue", "Overdue", lambda user, today: Q(due__lt=today)),
    Queue("uncovered", "Without coverage", without_coverage),
    Queue("chiefs", "Chief officers", chief_officers),
    Queue("imported", "Imported", lambda user, today: Q(case__source=Source.IMPORTED)),
    Queue("challenges", "Challenges open", open_challenges),
    Queue("all", "All", lambda user, today: Q()),
)
