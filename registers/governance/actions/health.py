"""The health check: begun, answered question by question, finished (HMIC 2012, p. 34)."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework.actions import digest_of
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from registers.governance.actions.step import tell
from registers.governance.actions.tasks import add_plan_item
from registers.governance.models import HealthAnswer, HealthCheck, HealthQuestion, PlanItem
from registers.governance.permissions import check_assesses
from registers.governance.policies import why_no_plan_item, why_not_change, why_not_finish


@action
def start_health_check(force: Force, *, by: User, now: datetime) -> HealthCheck:
    """Begin a check with the questions in force that day. Raises Denied while one is open."""
    check_assesses(by, force)
    Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force.pk)
    if HealthCheck.objects.filter(force=force, finished_at=None).exists():
        raise Denied(f"{force} has a health check that is not finished.")
    started = HealthCheck.objects.create(
        force=force, started_on=timezone.localdate(now), started_at=now, started_by=by
    )
    tell("health check started", started, of=started, by=by, now=now)
    return started


@action
def answer_health_question(
    check: HealthCheck,
    *,
    question: HealthQuestion,
    score: int,
    evidence: str,
    file: UploadedFile | None = None,
    by: User,
    now: datetime,
) -> HealthAnswer:
    """Score a question, or score it anew while the check is open; a new file replaces the last.

    Raises Denied without evidence for what is at least partly in place.
    """
    check = _open(check, by)
    if not check.questions.filter(pk=question.pk).exists():
        raise Denied("This question is not one of this check.")
    if score and not evidence.strip():
        raise Denied("Say what shows it; only what is not in place needs no evidence.")
    answer = check.answers.filter(question=question).first() or HealthAnswer(
        force=check.force, health_check=check, question=question
    )
    answer.score, answer.evidence = score, evidence.strip()
    answer.answered_at, answer.answered_by = now, by
    if file is not None:
        answer.file, answer.file_name = file, (file.name or "file")[:200]
        answer.sha256 = digest_of(file)
    answer.save()
    tell("health question answered", answer, of=check, by=by, now=now)
    return answer


@action
def finish_health_check(check: HealthCheck, *, by: User, now: datetime) -> HealthCheck:
    """Close a check in which every question is answered. Raises Denied."""
    check = _open(check, by)
    missing = check.questions.exclude(answers__health_check=check).count()
    if why := why_not_finish(missing, "question"):
        raise Denied(why)
    check.finished_at, check.finished_by = now, by
    check.save()
    tell("health check finished", check, of=check, by=by, now=now)
    return check


@action
def plan_from_answer(
    answer: HealthAnswer, *, what: str, owner: User, due_on: date, by: User, now: datetime
) -> PlanItem:
    """An item of the action plan from a low score, while the check is open or after. Raises Denied."""
    check_assesses(by, answer.force)
    answer = HealthAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if why := why_no_plan_item(falls_short=answer.is_low, has_one=answer.plan_item_id is not None):
        raise Denied(why)
    answer.plan_item = add_plan_item(
        answer.force, action=what, owner=owner, due_on=due_on, by=by, now=now
    )
    answer.save()
    return answer.plan_item


def _open(check: HealthCheck, by: User) -> HealthCheck:
    """The check, locked. Raises Denied where it is finished, or not theirs to write."""
    check_assesses(by, check.force)
    check = HealthCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if why := why_not_change(check.finished_at, "check"):
        raise Denied(why)
    return check
