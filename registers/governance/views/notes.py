"""A board member's note: a chief officer's entry for the agenda of one of their body's meetings."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.casework.models import Case
from integrity.casework.views.pages import summarise
from integrity.casework.workflow import Denied
from integrity.people.requests import SignedInRequest
from registers.governance import actions
from registers.governance.forms.meetings import NoteForm
from registers.governance.models import Meeting
from registers.governance.permissions import bodies_over, check_may_note
from registers.governance.views.asking import carried_out, posted


def find_entry(request: SignedInRequest) -> Case:
    """The entry named in the address, where a board of the reader's may take it up; otherwise 404."""
    reference = request.GET.get("entry", "")[:20].replace("\0", "")
    entry = get_object_or_404(Case.objects.select_related("force"), reference=reference)
    try:
        check_may_note(request.user, entry)
    except Denied:
        raise Http404 from None
    return entry


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """``?entry=REFERENCE``: choose the meeting, and say why."""
    entry, today = find_entry(request), timezone.localdate()
    meetings = Meeting.objects.planned().filter(
        board__oversight_body__in=bodies_over(request.user, entry), held_on__gte=today
    )
    form = NoteForm(*posted(request), meetings=meetings.select_related("board"))
    form.cancel_url = reverse("governance:index")

    def act(said: dict[str, object]) -> object:
        return actions.add_agenda_note(
            said["meeting"], case=entry, note=said["note"], by=request.user, now=timezone.now()
        )

    if form.is_bound and form.is_valid() and carried_out(form, act):
        return redirect("governance:meeting", form.cleaned_data["meeting"].pk)
    shown = next(iter(summarise(request, [entry])), None)
    context = {"form": form, "entry": entry, "shown": shown, "meetings": meetings}
    return render(request, "governance/note.html", context, status=422 if form.is_bound else 200)
