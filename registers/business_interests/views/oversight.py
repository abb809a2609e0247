"""Lists for those who do not declare: HR and vetting, a supervisor's PDR pack, a board's refusals."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.enums import DeadlineKind
from integrity.casework.models import Deadline
from integrity.people.enums import Role
from integrity.people.models import Force, User
from integrity.people.requests import SignedInRequest
from integrity.ui.pdf import render as render_pdf
from integrity.ui.templatetags.ui import day
from registers.business_interests import actions
from registers.business_interests.enums import Status
from registers.business_interests.forms.oversight import DiscussionForm, PdrForm
from registers.business_interests.models import Interest, RefusalDiscussion
from registers.business_interests.models.interest import ASKED
from registers.business_interests.pdr import pack_of, pdf_data
from registers.business_interests.permissions import may_record_discussion, reads_refusals
from registers.business_interests.refusals import refusals_to_discuss
from registers.business_interests.summaries import summary


@require_safe
def views(request: SignedInRequest) -> HttpResponse:
    """What waits for HR's or vetting's view, and what they returned with a question."""
    if not request.user.holds(Role.HR, Role.VETTING):
        raise Http404
    asked = Q()
    for status, role in ASKED.items():
        home = Q(case__force__in=request.user.scope(role).forces)
        asked |= home & (Q(status=status) | Q(status=Status.QUERIED, stood_at=status))
    found = Interest.objects.filter(asked).with_all()
    due = dict(
        Deadline.objects.open()
        .filter(kind=DeadlineKind.ASSESS, case__interest__in=found.values("pk"))
        .values_list("case", "due_on")
    )
    waiting = sorted(found, key=lambda each: due.get(each.case_id, date.max))
    entries = [replace(summary(each), note=by_when(due.get(each.case_id))) for each in waiting]
    return render(request, "interests/views.html", {"entries": entries})


def by_when(due_on: date | None) -> str:
    if due_on is None:
        return "returned with a question"
    late = due_on < timezone.localdate()
    return f"{'overdue since' if late else 'by'} {day(due_on)}"


def forces_read_by(user: User) -> QuerySet[Force]:
    return Force.objects.filter(pk__in=reads_refusals(user))


@require_safe
def refusals(request: SignedInRequest) -> HttpResponse:
    """The forces whose refusals somebody reads; one alone is opened at once."""
    forces = list(forces_read_by(request.user))
    if not forces:
        raise Http404
    if len(forces) == 1:
        return redirect("business_interests:refusals-of", forces[0].code)
    return render(request, "interests/refusal_forces.html", {"forces": forces})


@require_http_methods(["GET", "HEAD", "POST"])
def refusals_of(request: SignedInRequest, code: str) -> HttpResponse:
    """Refusals since the last meeting, without names, and the record of the next."""
    force = get_object_or_404(forces_read_by(request.user), code=code)
    found = refusals_to_discuss(request.user, force)
    records = may_record_discussion(request.user, force)
    form = DiscussionForm(request.POST if request.method == "POST" else None) if records else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        listed = [each.reference for each in found if each.given_on <= said["held_on"]]
        actions.record_discussion(
            force, references=listed, by=request.user, now=timezone.now(), **said
        )
        messages.success(request, "The discussion is on record.")
        return redirect("business_interests:refusals-of", code)
    meetings = RefusalDiscussion.objects.filter(force=force).select_related("recorded_by__grade")
    context = {"force": force, "refusals": found, "form": form, "meetings": meetings[:10]}
    return render(request, "interests/refusals.html", context)


def find_report(request: SignedInRequest, pk: int) -> User:
    """Somebody who reports to this person; otherwise 404."""
    return get_object_or_404(
        User.objects.select_related("grade", "force", "unit", "line_manager__grade"),
        pk=pk,
        line_manager=request.user,
        force__isnull=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pdr(request: SignedInRequest, pk: int) -> HttpResponse:
    """The PDR pack of somebody of the reader's team, and the record that it was gone through."""
    person = find_report(request, pk)
    pack = pack_of(person, today=timezone.localdate())
    form = PdrForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.record_pdr(
            person,
            covered=pack.references,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, f"Recorded: the PDR of {person.display} covered these.")
        return redirect("business_interests:pdr", pk)
    return render(request, "interests/pdr.html", {"pack": pack, "form": form})


@require_safe
def pdr_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The pack to print."""
    pack = pack_of(find_report(request, pk), today=timezone.localdate())
    name = f"pdr-{pack.person.number or pack.person.pk}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = render_pdf("pdr.typ", pdf_data(pack))
    return HttpResponse(content, content_type="application/pdf", headers=headers)
