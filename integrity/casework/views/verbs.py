"""One page for any verb of any register: ask, act, go back to the case."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html

from integrity.audit.models import Event
from integrity.casework import actions
from integrity.casework.forms import VerbForm
from integrity.casework.models import Case
from integrity.casework.receipts import newest_receipt
from integrity.casework.workflow import Conflict, Transition
from integrity.people.requests import SignedInRequest


def refuse_stale(request: SignedInRequest, case: Case) -> None:
    """Say what changed before saying no: a stale form raises Conflict, whatever is allowed by now.

    A form that is sent locks the case from here to the end of the view's transaction, so that all
    it is judged by belongs to one version.
    """
    if request.method == "POST":
        actions.lock_case(case.pk, version=seen_version(request))


def refuse_lost(request: SignedInRequest, reference: str) -> None:
    """Whoever worked on a case that has gone on to others gets their words back, by a Conflict.

    Anybody else is told nothing, not even that there is such a case.
    """
    case = Case.objects.filter(reference=reference).first()
    seen = seen_version(request)
    if case is None or seen is None:
        return
    if Event.objects.filter(about="case", about_id=case.pk, actor_id=request.user.pk).exists():
        raise Conflict(reference=reference, seen=seen, current=case.version)


def seen_version(request: HttpRequest, name: str = "version") -> int | None:
    """The version of a case that somebody saw, as their form brings it back."""
    seen = request.POST.get(name, "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None


def done_words(request: SignedInRequest, case: Case, transition: Transition) -> str:
    """What the banner says after a verb, with the receipt where there is one."""
    words = f"{case.reference}: {transition.event}."
    path = newest_receipt(case, by=request.user) if transition.receipt else ""
    if not path:
        return words
    link = '{} <a class="govuk-notification-banner__link" href="{}">See the receipt</a>'
    return format_html(link, words, path)


def verb_page(
    request: SignedInRequest,
    *,
    record: Any,
    case: Case,
    transition: Transition,
    form_class: type[VerbForm],
    action: Callable[..., Any],
    back: str,
    template: str = "casework/verb.html",
    **context: Any,
) -> HttpResponse:
    """Draw the verb's form, or carry the verb out; Denied and Conflict become their pages elsewhere."""
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = form_class(*data, record=record, case=case, by=request.user)
    form.cancel_url = back
    form.submit_label = form.submit_label or transition.label
    if form.is_bound and form.is_valid():
        action(record, by=request.user, now=timezone.now(), **form.arguments())
        messages.success(request, done_words(request, case, transition))
        return redirect(back)
    page = {"form": form, "record": record, "case": case, "transition": transition, "back": back}
    return TemplateResponse(
        request, template, {**page, **context}, status=422 if form.is_bound else 200
    )
