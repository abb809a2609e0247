"""What the pages share: finding what somebody reads, and asking a form before an action."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from integrity.casework.workflow import Conflict, Denied
from integrity.people.models import Force, User
from integrity.people.requests import SignedInRequest
from registers.governance.models import Board, Meeting
from registers.governance.models.plan import plans_read_by
from registers.governance.permissions import keeps_plan

CHANGED = "{} Read it as it is now; what you typed is still here. Send it again if it still holds."


def find_board(request: SignedInRequest, pk: int) -> Board:
    """A board that this person reads; otherwise 404."""
    found = Board.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(found.select_related("force", "oversight_body"), pk=pk)


def find_meeting(request: SignedInRequest, pk: int) -> Meeting:
    """A meeting of such a board; otherwise 404."""
    found = Meeting.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(found.select_related("board__force", "board__oversight_body"), pk=pk)


def find_plan(request: SignedInRequest, code: str) -> Force:
    """A force whose plan this person reads or keeps; otherwise 404."""
    force = get_object_or_404(Force, code=code)
    if keeps_plan(request.user, force) or reads_plan(request.user, force):
        return force
    raise Http404


def reads_plan(user: User, force: Force) -> bool:
    """Whether all of a force's plan is theirs to read, and not only what they own of it."""
    reads = plans_read_by(user, timezone.localdate(), force="pk")
    return Force.objects.filter(reads, pk=force.pk).exists()


def posted(request: SignedInRequest) -> tuple[Any, ...]:
    """What a form is bound to: nothing, until it is sent."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def ask(
    request: SignedInRequest,
    form: Any,
    act: Callable[[Mapping[str, Any]], object],
    *,
    title: str,
    caption: str,
    back: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Draw a form, or carry out what it asks for and go back; a refusal stands above what was typed."""
    form.cancel_url = back
    if form.is_bound and form.is_valid() and carried_out(form, act):
        messages.success(request, done)
        return redirect(back)
    page = {"form": form, "title": title, "caption": caption, "back": back, **context}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "governance/form.html", page, status=status)


def carried_out(form: Any, act: Callable[[Mapping[str, Any]], object]) -> bool:
    """Whether it was done; otherwise the form says why not, and can be sent again."""
    arguments = getattr(form, "arguments", lambda: form.cleaned_data)()
    try:
        act(arguments)
    except Denied as denied:
        form.add_error(None, str(denied))
    except Conflict as conflict:
        form.data = {**form.data.dict(), "version": conflict.current}
        form.add_error(None, CHANGED.format(conflict))
    else:
        return True
    return False
