"""The corruption threat assessment: the assessments of a force, and one, threat by threat."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.casework.views.desk_pages import attempt, posted
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.governance import actions
from registers.governance.findings import threats_of
from registers.governance.forms.health import PlanForm, StartForm
from registers.governance.forms.threats import STATED, FinishThreatsForm, ThreatForm
from registers.governance.models import Threat, ThreatAssessment
from registers.governance.permissions import (
    check_assesses,
    forces_kept,
    forces_overseen,
    keeps_plan,
)
from registers.governance.views.pages import page

ANY = ["GET", "HEAD", "POST"]


def assessments_of(user: User) -> QuerySet[ThreatAssessment]:
    return ThreatAssessment.objects.filter(force__in=forces_overseen(user)).select_related(
        "force", "started_by__grade", "finished_by__grade"
    )


@require_http_methods(ANY)
def assessments(request: SignedInRequest) -> HttpResponse:
    """Every assessment that the reader may read, and how to begin one."""
    user, now = request.user, timezone.now()
    if not forces_overseen(user).exists():
        raise Http404
    kept = forces_kept(user)
    form = StartForm(posted(request), forces=kept, submit="Start a threat assessment")
    start = actions.start_threat_assessment
    if made := attempt(form, lambda: start(form.cleaned_data["force"], by=user, now=now)):
        return redirect("governance:threat-assessment", made.pk)
    found = assessments_of(user)
    return page(
        request, "governance/assessments.html", form=form, kept=kept, found=found,
        title="Corruption threat assessments", route="governance:threat-assessment",
        about="Which posts and units are exposed to what, and what is sampled or done because of "
        "it. Nothing here is about a person.",
    )  # fmt: skip


@require_http_methods(ANY)
def assessment(request: SignedInRequest, pk: int) -> HttpResponse:
    """The threats, the worst first; the keeper finishes the assessment here."""
    user, found = request.user, get_object_or_404(assessments_of(request.user), pk=pk)
    form = FinishThreatsForm(posted(request))
    finish, now = actions.finish_threat_assessment, timezone.now()
    if attempt(form, lambda: finish(found, **form.cleaned_data, by=user, now=now)):
        messages.success(request, "The threat assessment is finished.")
        return redirect("governance:threat-assessment", pk)
    overdue = found.is_overdue(timezone.localdate())
    context = {"assessment": found, "threats": threats_of(found), "overdue": overdue}
    writes = keeps_plan(user, found.force)
    return page(request, "governance/threat_assessment.html", form=form, writes=writes, **context)


def threats_read_by(user: User) -> QuerySet[Threat]:
    return Threat.objects.filter(assessment__in=assessments_of(user)).select_related(
        "assessment__force", "force", "unit"
    )


@require_http_methods(ANY)
def new_threat(request: SignedInRequest, pk: int) -> HttpResponse:
    return written(request, get_object_or_404(assessments_of(request.user), pk=pk), None)


@require_http_methods(ANY)
def threat(request: SignedInRequest, pk: int) -> HttpResponse:
    """A threat written anew, while its assessment is open."""
    found = get_object_or_404(threats_read_by(request.user), pk=pk)
    return written(request, found.assessment, found)


def written(request: SignedInRequest, of: ThreatAssessment, before: Threat | None) -> HttpResponse:
    check_assesses(request.user, of.force)
    initial = {name: getattr(before, name) for name in STATED} if before else {}
    form = ThreatForm(posted(request), force=of.force, initial=initial)
    form.cancel_url = f"/governance/threats/{of.pk}/"
    by, now = request.user, timezone.now()
    write = partial(actions.write_threat, of, threat=before, by=by, now=now)
    if attempt(form, lambda: write(**form.cleaned_data)):
        return redirect("governance:threat-assessment", of.pk)
    title = "Write the threat anew" if before else "Add a threat"
    return page(request, "governance/assessing.html", form=form, title=title, caption=of)


@require_http_methods(ANY)
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """An item of the action plan that a threat steers."""
    found = get_object_or_404(threats_read_by(request.user), pk=pk)
    check_assesses(request.user, found.force)
    form = PlanForm(posted(request), force=found.force)
    form.cancel_url = f"/governance/threats/{found.assessment_id}/"
    act, now = actions.plan_from_threat, timezone.now()
    if attempt(form, lambda: act(found, **form.cleaned_data, by=request.user, now=now)):
        messages.success(request, "It is in the action plan.")
        return redirect("governance:threat-assessment", found.assessment_id)
    return page(
        request, "governance/assessing.html", form=form, title="Put it in the action plan",
        caption=found.force, said=[("Threat", found), ("How", found.description)],
    )  # fmt: skip
