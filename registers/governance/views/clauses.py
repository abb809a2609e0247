"""Policies against national guidance: the assessments of a force, and one, clause by clause."""

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
from registers.governance.findings import assessment_of
from registers.governance.forms.health import FindingForm, FinishForm, PlanForm, StartForm
from registers.governance.models import ClauseFinding, PolicyAssessment
from registers.governance.permissions import (
    check_assesses,
    forces_assessed,
    forces_kept,
    keeps_plan,
)
from registers.governance.policy_rows import policies_assessed
from registers.governance.views.pages import page

ANY = ["GET", "HEAD", "POST"]


def assessments_of(user: User) -> QuerySet[PolicyAssessment]:
    forces = forces_assessed(user, timezone.localdate())
    return PolicyAssessment.objects.filter(force__in=forces).select_related(
        "force", "started_by__grade", "finished_by__grade"
    )


@require_http_methods(ANY)
def assessments(request: SignedInRequest) -> HttpResponse:
    """Every assessment that the reader may read, and how to begin one."""
    user, now = request.user, timezone.now()
    if not forces_assessed(user, timezone.localdate()).exists():
        raise Http404
    kept = forces_kept(user)
    form = StartForm(posted(request), forces=kept, submit="Start an assessment")
    start = actions.start_policy_assessment
    if made := attempt(form, lambda: start(form.cleaned_data["force"], by=user, now=now)):
        return redirect("governance:policy-assessment", made.pk)
    found = assessments_of(user)
    return page(
        request, "governance/assessments.html", form=form, kept=kept, found=found,
        title="Policies against national guidance", route="governance:policy-assessment",
        about="What each national document asks, clause by clause: whether the force’s policy does "
        "it, where, and what shows it.",
    )  # fmt: skip


@require_http_methods(ANY)
def assessment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Each document’s clauses beside the last assessment; the keeper finishes it here."""
    user, found = request.user, get_object_or_404(assessments_of(request.user), pk=pk)
    form = FinishForm(posted(request))
    now = timezone.now()
    if attempt(form, lambda: actions.finish_policy_assessment(found, by=user, now=now)):
        messages.success(request, "The assessment is finished.")
        return redirect("governance:policy-assessment", pk)
    result, rows = assessment_of(found), policies_assessed(found)
    documents = [(each, rows[each.document]) for each in result.documents]
    writes = keeps_plan(user, found.force)
    return page(
        request,
        "governance/clauses_of.html",
        form=form,
        result=result,
        documents=documents,
        writes=writes,
    )


@require_http_methods(ANY)
def finding(request: SignedInRequest, pk: int, clause: int) -> HttpResponse:
    """One clause: whether the force’s policy does it, and where."""
    found = get_object_or_404(assessments_of(request.user), pk=pk)
    check_assesses(request.user, found.force)
    asked = get_object_or_404(found.clauses, pk=clause)
    before = found.findings.filter(clause=asked).values("result", "where", "evidence").first()
    row = policies_assessed(found)[asked.document]
    form = FindingForm(posted(request), initial=before or ({"where": row.title} if row else {}))
    form.cancel_url = f"/governance/clauses/{pk}/"
    by, now = request.user, timezone.now()
    say = partial(actions.find_clause, found, clause=asked, by=by, now=now)
    if attempt(form, lambda: say(**form.cleaned_data)):
        return redirect("governance:policy-assessment", pk)
    return page(
        request, "governance/assessing.html", form=form, title=asked.text, caption=asked.get_document_display(),
        said=[("Where we read it", asked.source), ("The register’s policy that day", row or "None")],
    )  # fmt: skip


@require_http_methods(ANY)
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """An item of the action plan from a clause that is not, or only partly, met."""
    mine = ClauseFinding.objects.filter(assessment__in=assessments_of(request.user))
    found = get_object_or_404(mine.select_related("force", "clause"), pk=pk)
    check_assesses(request.user, found.force)
    form = PlanForm(posted(request), force=found.force)
    form.cancel_url = f"/governance/clauses/{found.assessment_id}/"
    act, now = actions.plan_from_finding, timezone.now()
    if attempt(form, lambda: act(found, **form.cleaned_data, by=request.user, now=now)):
        messages.success(request, "It is in the action plan.")
        return redirect("governance:policy-assessment", found.assessment_id)
    return page(
        request, "governance/assessing.html", form=form, title="Put it in the action plan",
        caption=found.force, said=[("Clause", found.clause), ("Found", found.get_result_display())],
    )  # fmt: skip
