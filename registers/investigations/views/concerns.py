"""Anybody sends PSD a concern without a name, and comes back with a code to read the replies.

Whoever asks is nobody here, signed in or not: nothing that these pages write can be tied to a
person, a session, a request or an address.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.audit.actions import request_id
from integrity.audit.scope import nowhere, within
from integrity.casework.workflow import Denied
from integrity.people.models import Force
from registers.investigations import codes, rate
from registers.investigations.actions.concerns import add_message, read_concern, send_concern
from registers.investigations.forms.concerns import CodeForm, ConcernForm, MoreForm
from registers.investigations.models import InvestigationPolicy

View = Callable[..., HttpResponse]
SENT_TOO_MANY = "As many concerns came from your connection, or in all, as are taken in an hour."
TRIED_TOO_MANY = "Too many codes were tried from your connection."


@dataclass(frozen=True, slots=True)
class Taker:
    """A force whose PSD takes concerns, and what its policy says today."""

    force: Force
    policy: InvestigationPolicy


def without_a_name(view: View) -> View:
    """Nobody is signed in on this page, no entry carries its request, and no browser keeps it.

    Other sites are sent no referrer. “no-referrer” would have browsers call the origin of our own
    forms “null”, and the check against forged ones would refuse them.
    """

    @login_not_required
    @wraps(view)
    def visit(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()
        token = request_id.set(None)
        try:
            with nowhere():
                response = view(request, *args, **kwargs)
        finally:
            request_id.reset(token)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return visit


@without_a_name
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is and is not, what is kept, and whose PSD can be written to."""
    return page(request, "investigations/about.html", takers=takers(Force.objects.all()))


@without_a_name
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Write to PSD of one force; the answer shows the code, and nothing else ever does."""
    now, found = timezone.now(), takers(Force.objects.filter(code=code))
    if not found:
        return render(request, "404.html", status=404)
    (taker,) = found
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return page(request, "investigations/send.html", form=form, taker=taker)
    own = codes.code_of(**form.cleaned_data)
    if not may_send(request, taker, now=now) and not was_sent(own):
        return too_many(request, SENT_TOO_MANY, found, now=now)
    send_concern(force=taker.force, text=form.cleaned_data["text"], code=own, now=now)
    return page(request, "investigations/sent.html", code=own)


@without_a_name
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """Whoever has the code reads what was written, and writes more."""
    now, posted = timezone.now(), request.POST if request.method == "POST" else None
    form = CodeForm(posted)
    if not (form.is_bound and form.is_valid()):
        return page(request, "investigations/read.html", form=form)
    if not rate.may_try(rate.sender_of(request), now=now):
        return too_many(request, TRIED_TOO_MANY, takers(Force.objects.all()), now=now)
    try:
        return conversation(request, form.cleaned_data["code"], now=now)
    except Denied as denied:
        form.add_error("code", str(denied))
        return page(request, "investigations/read.html", form=form)


def conversation(request: HttpRequest, code: str, *, now: datetime) -> HttpResponse:
    """The messages, with what was just added. Raises Denied where no concern has the code."""
    more = MoreForm(request.POST if "text" in request.POST else None, initial={"code": code})
    before = read_concern(code=code)
    added = more.is_bound and more.is_valid()
    if added:
        text = more.cleaned_data["text"]
        if (before[-1].from_psd, before[-1].text) != (False, text):  # not a button pressed twice
            add_message(code=code, text=text, now=now)
        more = MoreForm(initial={"code": code})
    messages = read_concern(code=code)
    return page(request, "investigations/conversation.html", form=more, sent=messages, added=added)


def takers(forces: Iterable[Force]) -> list[Taker]:
    """Those of these forces that have a policy on investigations; nothing else is reached."""
    return [
        Taker(force, policy)
        for force in forces
        if (policy := policy_of(force, timezone.localdate()))
    ]


def policy_of(force: Force, today: date) -> InvestigationPolicy | None:
    reach = {"near_forces": [force.pk], "departments": [force.department_id]}
    with within(reach), suppress(InvestigationPolicy.DoesNotExist):
        return InvestigationPolicy.objects.for_force(force.pk).in_force(today)
    return None


def may_send(request: HttpRequest, taker: Taker, *, now: datetime) -> bool:
    per_hour = taker.policy.concerns_per_hour
    return rate.may_send(taker.force, rate.sender_of(request), per_hour=per_hour, now=now)


def was_sent(code: str) -> bool:
    """Whether the same page sent the same words before."""
    try:
        return bool(read_concern(code=code))
    except Denied:
        return False


def too_many(
    request: HttpRequest, sentence: str, takers: Sequence[Taker], *, now: datetime
) -> HttpResponse:
    """A limit is reached: until when, and whom to speak to meanwhile."""
    until = rate.next_hour(now)
    words = {"sentence": sentence, "until": until, "takers": takers}
    response = render(request, "investigations/too_many.html", words, status=429)
    response.headers["Retry-After"] = str(int((until - now).total_seconds()) + 1)
    return response


def page(request: HttpRequest, template: str, **words: Any) -> HttpResponse:
    """A page of these; 422 where its form was refused."""
    form = words.get("form")
    refused = form is not None and form.is_bound and not form.is_valid()
    return render(request, template, words, status=422 if refused else 200)
