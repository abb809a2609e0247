"""The assessment of a force's policies against national guidance (HMIC 2012, p. 28)."""

from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from registers.governance.actions.step import tell
from registers.governance.actions.tasks import add_plan_item
from registers.governance.enums import Finding
from registers.governance.models import ClauseFinding, GuidanceClause, PlanItem, PolicyAssessment
from registers.governance.permissions import check_assesses
from registers.governance.policies import why_no_plan_item, why_not_change, why_not_finish


@action
def start_policy_assessment(force: Force, *, by: User, now: datetime) -> PolicyAssessment:
    """Begin an assessment of the policies as they stand today. Raises Denied while one is open."""
    check_assesses(by, force)
    Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force.pk)
    if PolicyAssessment.objects.filter(force=force, finished_at=None).exists():
        raise Denied(f"{force} has an assessment of its policies that is not finished.")
    started = PolicyAssessment.objects.create(
        force=force, assessed_on=timezone.localdate(now), started_at=now, started_by=by
    )
    tell("policy assessment started", started, of=started, by=by, now=now)
    return started


@action
def find_clause(
    assessment: PolicyAssessment,
    *,
    clause: GuidanceClause,
    result: str,
    where: str,
    evidence: str,
    by: User,
    now: datetime,
) -> ClauseFinding:
    """Say whether the policy does what a clause asks; anew, while the assessment is open.

    Raises Denied where it is met, wholly or partly, and not said where.
    """
    assessment = _open(assessment, by)
    if not assessment.clauses.filter(pk=clause.pk).exists():
        raise Denied("This clause is not one of this assessment.")
    if result in (Finding.MET, Finding.PARTLY) and not where.strip():
        raise Denied("Say where in the force’s policy this is met.")
    if result != Finding.NOT_MET and not evidence.strip():
        raise Denied("Say what shows it; only what is not met needs no evidence.")
    finding = assessment.findings.filter(clause=clause).first() or ClauseFinding(
        force=assessment.force, assessment=assessment, clause=clause
    )
    finding.result, finding.where, finding.evidence = result, where.strip(), evidence.strip()
    finding.found_at, finding.found_by = now, by
    finding.save()
    tell("clause assessed", finding, of=assessment, by=by, now=now)
    return finding


@action
def finish_policy_assessment(
    assessment: PolicyAssessment, *, by: User, now: datetime
) -> PolicyAssessment:
    """Close an assessment in which every clause has its finding. Raises Denied."""
    assessment = _open(assessment, by)
    missing = assessment.clauses.exclude(findings__assessment=assessment).count()
    if why := why_not_finish(missing, "clause"):
        raise Denied(why)
    assessment.finished_at, assessment.finished_by = now, by
    assessment.save()
    tell("policy assessment finished", assessment, of=assessment, by=by, now=now)
    return assessment


@action
def plan_from_finding(
    finding: ClauseFinding, *, what: str, owner: User, due_on: date, by: User, now: datetime
) -> PlanItem:
    """An item of the action plan from a clause that is not, or only partly, met. Raises Denied."""
    check_assesses(by, finding.force)
    finding = ClauseFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    has_one = finding.plan_item_id is not None
    if why := why_no_plan_item(falls_short=finding.falls_short, has_one=has_one):
        raise Denied(why)
    finding.plan_item = add_plan_item(
        finding.force, action=what, owner=owner, due_on=due_on, by=by, now=now
    )
    finding.save()
    return finding.plan_item


def _open(assessment: PolicyAssessment, by: User) -> PolicyAssessment:
    check_assesses(by, assessment.force)
    assessment = PolicyAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if why := why_not_change(assessment.finished_at, "assessment"):
        raise Denied(why)
    return assessment
