"""A step of a draft: drawn, saved as it is typed and as it is posted, whatever the register."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from integrity.casework.actions import save_draft
from integrity.casework.drafting import StepDraft
from integrity.people.requests import SignedInRequest
from integrity.ui.forms import Button


def draw_step[D: StepDraft](
    request: SignedInRequest,
    draft: D,
    step: str,
    *,
    template: str,
    autosave_url: str,
    next_address: Callable[[D, str], str],
    back: Callable[[D, str], str],
    context: Callable[[D, str], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """One step: drawn with what is saved, saved as it is posted, and left once it is right.

    The callables are asked after what was posted is saved, so they see the draft as it is then.
    """
    form = draft.form(step, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        save_draft(draft.draft, step=step, values=answers(request), now=timezone.now())
        if "save" in request.POST:
            return redirect("home")
        if form.is_valid():
            return redirect(next_address(draft, step))
    form.autosave_url = autosave_url
    form.extra_buttons = [
        Button("Save and finish later", name="save", value="1", style="secondary")
    ]
    page = {"form": form, "draft": draft, "step": step, "back": back(draft, step)}
    return render(request, template, {**page, **(context(draft, step) if context else {})})


def autosave(request: SignedInRequest, draft: StepDraft, step: str) -> JsonResponse:
    """Keep what is typed so far; the page calls this as somebody types."""
    save_draft(draft.draft, step=step, values=answers(request), now=timezone.now())
    return JsonResponse({"saved_at": timezone.localtime(draft.draft.saved_at).strftime("%H:%M")})


def answers(request: SignedInRequest) -> dict[str, list[str]]:
    """What was posted, without what is not an answer."""
    return {
        name: values
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "save")
    }
