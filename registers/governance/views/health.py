"""The health check: the checks of a force, one check beside the last, and each answer."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.audit.actions import record
from integrity.casework.views.desk_pages import attempt, posted
from integrity.casework.views.files import download
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.governance import actions
from registers.governance.findings import health_of
from registers.governance.forms.health import AnswerForm, FinishForm, PlanForm, StartForm
from registers.governance.models import HealthAnswer, HealthCheck, HealthQuestion
from registers.governance.permissions import (
    check_assesses,
    forces_assessed,
    forces_kept,
    keeps_plan,
)
from registers.governance.views.pages import page

ANY = ["GET", "HEAD", "POST"]


def checks_of(user: User) -> QuerySet[HealthCheck]:
    forces = forces_assessed(user, timezone.localdate())
    return HealthCheck.objects.filter(force__in=forces).select_related(
        "force", "started_by__grade", "finished_by__grade"
    )


@require_http_methods(ANY)
def checks(request: SignedInRequest) -> HttpResponse:
    """Every check that the reader may read, and how to begin one."""
    user, now = request.user, timezone.now()
    if not forces_assessed(user, timezone.localdate()).exists():
        raise Http404
    kept = forces_kept(user)
    form = StartForm(posted(request), forces=kept, submit="Start a health check")
    start = actions.start_health_check
    if made := attempt(form, lambda: start(form.cleaned_data["force"], by=user, now=now)):
        return redirect("governance:health-check", made.pk)
    found = checks_of(user)
    return page(
        request, "governance/assessments.html", form=form, kept=kept, found=found, title="Health checks",
        about="Questions under the eight headings of HMIC’s report of 2012, each scored 0 "
        "to 3 with what shows it, beside the last check.",
        route="governance:health-check",
    )  # fmt: skip


@require_http_methods(ANY)
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each heading and question beside the last finished check; the keeper finishes it here."""
    user, found = request.user, get_object_or_404(checks_of(request.user), pk=pk)
    form = FinishForm(posted(request))
    now = timezone.now()
    if attempt(form, lambda: actions.finish_health_check(found, by=user, now=now)):
        messages.success(request, "The health check is finished.")
        return redirect("governance:health-check", pk)
    writes = keeps_plan(user, found.force)
    return page(
        request, "governance/health_check.html", form=form, result=health_of(found), writes=writes
    )


@require_http_methods(ANY)
def answer(request: SignedInRequest, pk: int, question: int) -> HttpResponse:
    """One question: its score, what shows it, and what the last check said."""
    found = get_object_or_404(checks_of(request.user), pk=pk)
    check_assesses(request.user, found.force)
    asked = get_object_or_404(found.questions, pk=question)
    before = found.answers.filter(question=asked).first()
    initial = {"score": before.score, "evidence": before.evidence} if before else {}
    form = AnswerForm(posted(request), request.FILES or None, initial=initial)
    form.cancel_url = f"/governance/health/{pk}/"
    by, now = request.user, timezone.now()
    say = partial(actions.answer_health_question, found, question=asked, by=by, now=now)
    if attempt(form, lambda: say(**form.cleaned_data)):
        return redirect("governance:health-check", pk)
    return page(
        request, "governance/assessing.html", form=form, title=asked.text, caption=asked.get_heading_display(),
        said=[("Where the question is from", asked.source), *said_before(found, asked)],
    )  # fmt: skip


def said_before(check: HealthCheck, question: HealthQuestion) -> list[tuple[str, str]]:
    """The last finished check’s score and evidence of the same question."""
    for heading in health_of(check).headings:
        for each in heading.questions:
            if each.question == question and (before := each.before):
                return [("Last check", f"{before.get_score_display()}. {before.evidence}")]
    return []


def answers_of(user: User) -> QuerySet[HealthAnswer]:
    return HealthAnswer.objects.filter(health_check__in=checks_of(user)).select_related(
        "health_check__force", "question", "force"
    )


@require_http_methods(ANY)
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """An item of the action plan from a low score."""
    found = get_object_or_404(answers_of(request.user), pk=pk)
    check_assesses(request.user, found.force)
    form = PlanForm(posted(request), force=found.force)
    form.cancel_url = f"/governance/health/{found.health_check_id}/"
    act, now = actions.plan_from_answer, timezone.now()
    if attempt(form, lambda: act(found, **form.cleaned_data, by=request.user, now=now)):
        messages.success(request, "It is in the action plan.")
        return redirect("governance:health-check", found.health_check_id)
    return page(
        request, "governance/assessing.html", form=form, title="Put it in the action plan",
        caption=found.force, said=[("Question", found.question.text), ("Score", found.get_score_display())],
    )  # fmt: skip


@require_safe
def evidence_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The file behind an answer, as a download; that it was taken is on record."""
    found = get_object_or_404(answers_of(request.user).exclude(file=""), pk=pk)
    record(
        "file downloaded", by=request.user, now=timezone.now(), force_id=found.force_id,
        about="health answer", about_id=found.pk, facts={"file": found.file_name},
    )  # fmt: skip
    return download(found.file, found.file_name)
