"""The corruption threat assessment, at posts and units (HMIC 2012, p. 19)."""

from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import Force, Unit, User
from registers.governance.actions.step import tell
from registers.governance.actions.tasks import add_plan_item
from registers.governance.models import PlanItem, Threat, ThreatAssessment
from registers.governance.permissions import check_assesses, check_names_nobody
from registers.governance.policies import why_no_plan_item, why_not_change


@action
def start_threat_assessment(force: Force, *, by: User, now: datetime) -> ThreatAssessment:
    """Begin an assessment. Raises Denied while one is open."""
    check_assesses(by, force)
    Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force.pk)
    if ThreatAssessment.objects.filter(force=force, finished_at=None).exists():
        raise Denied(f"{force} has a threat assessment that is not finished.")
    started = ThreatAssessment.objects.create(
        force=force, assessed_on=timezone.localdate(now), started_at=now, started_by=by
    )
    tell("threat assessment started", started, of=started, by=by, now=now)
    return started


@action
def write_threat(
    assessment: ThreatAssessment,
    *,
    threat: Threat | None = None,
    unit: Unit | None,
    post: str,
    kind: str,
    description: str,
    likelihood: int,
    impact: int,
    controls: str = "",
    sample: str = "",
    sample_by: date | None = None,
    by: User,
    now: datetime,
) -> Threat:
    """Add a threat, or write one anew while the assessment is open.

    Raises Denied where it names neither a unit nor a post, or names a person of the force.
    """
    assessment = _open(assessment, by)
    if unit is None and not post.strip():
        raise Denied("Choose a unit, or name a post.")
    if unit is not None and unit.force_id != assessment.force_id:
        raise Denied(f"Choose a unit of {assessment.force}.")
    if bool(sample.strip()) != (sample_by is not None):
        raise Denied("Say both what is to be sampled and by when.")
    check_names_nobody(assessment.force, post, description, controls, sample)
    if threat is not None and threat.assessment_id != assessment.pk:
        raise Denied("This threat is another assessment’s.")
    threat = threat or Threat(force=assessment.force, assessment=assessment)
    threat.unit, threat.post, threat.kind = unit, post.strip(), kind
    threat.description, threat.controls = description.strip(), controls.strip()
    threat.likelihood, threat.impact = likelihood, impact
    threat.sample, threat.sample_by = sample.strip(), sample_by
    threat.written_at, threat.written_by = now, by
    threat.save()
    tell("threat written", threat, of=assessment, by=by, now=now)
    return threat


@action
def finish_threat_assessment(
    assessment: ThreatAssessment, *, next_due: date, by: User, now: datetime
) -> ThreatAssessment:
    """Close it, and say by when it is made again. Raises Denied while a threat steers nothing."""
    assessment = _open(assessment, by)
    found = list(assessment.threats.all())
    if not found:
        raise Denied("Name at least one post or unit that is exposed.")
    if idle := [threat for threat in found if not threat.steers]:
        raise Denied(
            f"Say what controls hold “{idle[0]}”, what is to be sampled, or what is to be done."
        )
    if next_due <= timezone.localdate(now):
        raise Denied("The next assessment must be due after today.")
    assessment.finished_at, assessment.finished_by, assessment.next_due = now, by, next_due
    assessment.save()
    tell("threat assessment finished", assessment, of=assessment, by=by, now=now)
    return assessment


@action
def plan_from_threat(
    threat: Threat, *, what: str, owner: User, due_on: date, by: User, now: datetime
) -> PlanItem:
    """An item of the action plan that a threat steers, while it is assessed or after. Raises Denied."""
    check_assesses(by, threat.force)
    check_names_nobody(threat.force, what)
    threat = Threat.objects.select_for_update(of=("self",)).get(pk=threat.pk)
    if why := why_no_plan_item(falls_short=True, has_one=threat.plan_item_id is not None):
        raise Denied(why)
    threat.plan_item = add_plan_item(
        threat.force, action=what, owner=owner, due_on=due_on, by=by, now=now
    )
    threat.save()
    return threat.plan_item


def _open(assessment: ThreatAssessment, by: User) -> ThreatAssessment:
    check_assesses(by, assessment.force)
    assessment = ThreatAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if why := why_not_change(assessment.finished_at, "assessment"):
        raise Denied(why)
    return assessment
