"""The quarterly meeting of PSD, procurement and the press office, with its pack for the reader."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.clocks import add_months
from integrity.casework.quarters import Quarter, quarter_named, quarter_of
from integrity.casework.views.desk_pages import attempt, posted
from integrity.people.models import Force, User
from integrity.people.requests import SignedInRequest
from registers.crosschecks.pack import pack_of
from registers.governance import actions
from registers.governance.forms.quarterly import ActionForm, CloseForm, HeldForm
from registers.governance.models import QuarterlyAction, QuarterlyMeeting
from registers.governance.permissions import (
    check_meets,
    forces_met_for,
    meets,
    those_who_meet,
)
from registers.governance.views.pages import page

ANY = ["GET", "HEAD", "POST"]
QUARTERS = 8


@require_safe
def meetings(request: SignedInRequest) -> HttpResponse:
    """The last quarters of each force, held or not."""
    forces = forces_met_for(request.user)
    if not forces.exists():
        raise Http404
    found = QuarterlyMeeting.objects.filter(force__in=forces).select_related("recorded_by__grade")
    held = {(each.force_id, each.quarter): each for each in found}
    this = quarter_of(timezone.localdate())
    past = [Quarter(add_months(this.first, -3 * back)) for back in range(QUARTERS)]
    rows = [(each, [(q, held.get((each.pk, q.first))) for q in past]) for each in forces]
    return page(request, "governance/quarterly_meetings.html", forces=rows)


@require_http_methods(ANY)
def meeting(request: SignedInRequest, code: str, key: str) -> HttpResponse:
    """A quarter’s pack as its reader sees it, open actions carried forward, and the record."""
    user = request.user
    force = get_object_or_404(forces_met_for(user), code=code)
    quarter = quarter_named(key)
    if quarter is None or quarter.first > timezone.localdate():
        raise Http404
    held = QuarterlyMeeting.objects.filter(force=force, quarter=quarter.first).first()
    form = form_of(request, force, held)
    made = attempt(form, lambda: kept(form, force, quarter, held, user)) if form else None
    if made is not None:
        return redirect("governance:quarterly-meeting", code, key)
    return page(
        request, "governance/quarterly_meeting.html", form=form, force=force, quarter=quarter, held=held,
        carried=carried(force, quarter.first), pack=pack_of(force, quarter, reader=user),
        pack_url=pack_address(user, force, quarter), writes=meets(user, force),
        actions=held.actions.select_related("owner__grade", "closed_by__grade") if held else (),
    )  # fmt: skip


def form_of(
    request: SignedInRequest, force: Force, held: QuarterlyMeeting | None
) -> HeldForm | ActionForm | None:
    """What is asked next: that it was held, then what follows; of an inspector nothing."""
    if request.method == "POST":
        check_meets(request.user, force)
    if not meets(request.user, force):
        return None
    if held is None:
        return HeldForm(posted(request))
    return ActionForm(posted(request), people=those_who_meet(force))


def kept(
    form: HeldForm | ActionForm,
    force: Force,
    quarter: Quarter,
    held: QuarterlyMeeting | None,
    by: User,
) -> QuarterlyAction | QuarterlyMeeting:
    said, now = form.cleaned_data, timezone.now()
    if held is not None:
        return actions.add_quarterly_action(held, **said, by=by, now=now)
    return actions.record_quarterly_meeting(force, quarter=quarter.first, **said, by=by, now=now)


def carried(force: Force, quarter: date) -> QuerySet[QuarterlyAction]:
    """What earlier meetings asked for and is still open."""
    earlier = QuarterlyAction.objects.filter(
        force=force, meeting__quarter__lt=quarter, closed_at__isnull=True
    )
    return earlier.select_related("owner__grade", "meeting")


def pack_address(user: User, force: Force, quarter: Quarter) -> str:
    """Where the pack is as files, for whoever has the desk’s page of it."""
    if not meets(user, force):
        return ""
    return reverse("psd:meeting-pack", query={"force": force.code, "quarter": quarter.key})


@require_http_methods(ANY)
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """An action was done, and what shows it."""
    mine = QuarterlyAction.objects.filter(force__in=forces_met_for(request.user))
    task = get_object_or_404(mine.select_related("force", "meeting", "owner__grade"), pk=pk)
    check_meets(request.user, task.force)
    form = CloseForm(posted(request))
    back = (task.force.code, Quarter(task.meeting.quarter).key)
    form.cancel_url = reverse("governance:quarterly-meeting", args=back)
    act, now = actions.close_quarterly_action, timezone.now()
    if attempt(form, lambda: act(task, **form.cleaned_data, by=request.user, now=now)):
        messages.success(request, "The action is closed.")
        return redirect("governance:quarterly-meeting", *back)
    said = [("Action", task.what), ("Owner", task.owner.display)]
    return page(
        request,
        "governance/assessing.html",
        form=form,
        title="Close the action",
        caption=task.meeting,
        said=said,
    )
