"""How every action on an investigation begins and ends."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Audience, Event
from integrity.casework import actions as casework
from integrity.casework.actions.steps import Steps
from integrity.casework.enums import DeadlineKind, Phase
from integrity.casework.models import Case
from integrity.casework.policies import risk_score
from integrity.casework.workflow import Denied
from integrity.people.models import Force, OversightBody, User
from registers.investigations.enums import Factor, Status
from registers.investigations.models import Investigation, InvestigationPolicy
from registers.investigations.permissions import RULES, check_may_own
from registers.investigations.policies import Known, factors

REGISTER, PREFIX = "investigations", "IN"
PHASES: Mapping[str, Phase] = {Status.REFERRED: Phase.WAITING, Status.CLOSED: Phase.CLOSED}


class InvestigationSteps(Steps[Investigation]):
    """The platform's steps on an investigation; nobody but PSD is ever asked or told anything."""

    rules = RULES
    phases = PHASES

    def read(self, pk: int) -> Investigation:
        return Investigation.objects.select_related("policy").get(pk=pk)

    def path(self, case: Case) -> str:
        """The desk's first page: an e-mail's link betrays nothing to whoever reads over a shoulder."""
        return reverse("admin:index")

    def assigned(self, record: Investigation, *, owner: User) -> None:
        """Every task is the owner’s, who stands apart from the subject."""
        check_may_own(owner, record)
        record.case.deadlines.open().update(owner=owner)

    def finish(
        self,
        verb: str,
        record: Investigation,
        target: str,
        *,
        by: User | None,
        now: datetime,
        reason: str = "",
        facts: Mapping[str, Any] | None = None,
        audience: Audience = Audience.CASE,
        risk: int | None = None,
    ) -> Event:
        """Scored anew each time. The event is for all who may read the case: PSD, and inspectors by grant."""
        return super().finish(
            verb,
            record,
            target,
            by=by,
            now=now,
            reason=reason,
            facts=facts,
            audience=audience,
            risk=score(record),
        )


STEPS = InvestigationSteps()
take, finish, assign = STEPS.take, STEPS.finish, STEPS.assign


def policy_for(home: Force | OversightBody, on: date) -> InvestigationPolicy:
    """The row in force at a force or body on a day. Raises Denied where there is none."""
    rows = InvestigationPolicy.objects
    found = rows.for_force(home.pk) if isinstance(home, Force) else rows.filter(oversight_body=home)
    try:
        return found.in_force(on)
    except InvestigationPolicy.DoesNotExist:
        raise Denied(
            f"{home} has no policy on investigations yet: its head of PSD adds one on the desk."
        ) from None


def score(investigation: Investigation) -> int:
    """The sum of the weights of what the investigation shows today."""
    weights = {row.factor: row.points for row in investigation.policy.weights.all()}
    return risk_score(factors_of(investigation), weights)


def factors_of(investigation: Investigation) -> list[Factor]:
    """The factors that the investigation shows today."""
    case, policy = investigation.case, investigation.policy
    earlier = Investigation.objects.filter(
        case__subject=case.subject_id, opened_at__lte=investigation.opened_at
    ).exclude(pk=investigation.pk)
    known = Known(
        category=investigation.category,
        sub_category=investigation.sub_category,
        chief_officer=case.subject_is_chief_officer,
        investigated_before_on=[
            timezone.localdate(at) for at in earlier.values_list("opened_at", flat=True)
        ]
        if case.subject_id
        else [],
        referrals=investigation.leads.count(),
        still_has_access=investigation.still_has_access,
        harm=investigation.harm,
        evidence=investigation.evidence,
        still_visible=investigation.posts.filter(gone_on=None).exists(),
    )
    return factors(policy, known, opened_on=timezone.localdate(investigation.opened_at))


def set_recheck_task(investigation: Investigation, *, now: datetime) -> None:
    """One task: the next day on which a post that is still to be seen is looked at."""
    casework.meet_deadlines(investigation.case, DeadlineKind.RECHECK, now=now)
    visible = investigation.posts.filter(gone_on=None).order_by("next_check_on")
    due = visible.values_list("next_check_on", flat=True).first()
    if due is not None and investigation.status != Status.CLOSED:
        casework.set_deadline(
            investigation.case,
            kind=DeadlineKind.RECHECK,
            what="Look at a post again",
            owner=investigation.case.owner,
            due_on=due,
            now=now,
        )
