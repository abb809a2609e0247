"""What the queues of every register's desk are made of."""

from datetime import date

from django.db.models import Q

from integrity.casework.enums import ChallengeDisposal, Phase
from integrity.casework.models import Case, Challenge, outside_of
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User

OPEN = Q(case__phase__in=(Phase.OPEN, Phase.WAITING))
WITHIN = Q(case__with_outside_decider=False)
NOBODY_NAMED = Q(case__force__outside_department=None, case__force__outside_body=None)


def theirs_to_take(user: User) -> Q:
    """What nobody has taken and is this reader's to take; what left the force is the outside's."""
    return Q(case__owner=None) & (WITHIN | NOBODY_NAMED | outside_of(user, "case__"))


def open_challenges(user: User, today: date) -> Q:
    """Those this reader may know of: a challenge held silently counts for PSD alone.

    For others one that was referred stays open, as it does on its page: its end would tell them.
    """
    cases = Case.objects.in_scope(user, *PSD_ROLES) | Case.objects.filter(outside_of(user))
    referred_unseen = Q(silent=False, disposal=ChallengeDisposal.REFERRED) & ~Q(
        case__in=cases.values("pk")
    )
    visible = Challenge.objects.visible_to(user, *PSD_ROLES)
    return Q(case__in=visible.filter(Q(disposed_at=None) | referred_unseen).values("case"))


def referred(user: User, today: date) -> Q:
    """Handed over for investigation, which is PSD's to know alone."""
    cases = Case.objects.in_scope(user, *PSD_ROLES) | Case.objects.filter(outside_of(user))
    return Q(case__in=cases.filter(referrals__isnull=False).values("pk"))
