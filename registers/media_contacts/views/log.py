"""Logging a contact on one page, and stating a stored one again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.casework.views.verbs import done_words
from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.media_contacts import actions
from registers.media_contacts.actions.stating import policy_for
from registers.media_contacts.actions.step import REGISTER
from registers.media_contacts.enums import Verb
from registers.media_contacts.facts import ContactFacts
from registers.media_contacts.facts_of import facts_of, stated_on
from registers.media_contacts.forms.log import ContactForm, LogForm
from registers.media_contacts.forms.restate import CompleteForm, CorrectForm
from registers.media_contacts.models import Contact, MediaPolicy
from registers.media_contacts.policies import problems
from registers.media_contacts.summaries import current_policy
from registers.media_contacts.workflow import TRANSITIONS
from registers.organisations.telling import told

PAGES: Mapping[Verb, tuple[type[CompleteForm], Callable[..., Contact]]] = {
    Verb.COMPLETE: (CompleteForm, actions.complete),
    Verb.CORRECT: (CorrectForm, actions.correct),
}


def policy_or_refuse(request: SignedInRequest) -> MediaPolicy:
    policy = current_policy(request.user)
    if policy is None:
        raise Denied(
            "Your force has no policy on media contacts in force yet; ask PSD to enter it."
        )
    return policy


def sent(request: SignedInRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: SignedInRequest) -> HttpResponse:
    """Everything on one screen; once it is in, its reference and receipt."""
    policy, user = policy_or_refuse(request), request.user
    form = LogForm(*sent(request), by=user, today=timezone.localdate())
    if form.is_bound:
        form.full_clean()
        subject, facts = form.subject_of(user), form.facts()
        check(form, facts, policy_then(form, subject, facts), timezone.localdate())
        if form.is_valid():
            key = form.cleaned_data["key"]
            contact = actions.log(
                facts=facts, subject=subject, by=user, now=timezone.now(), idempotency_key=key
            )
            return redirect("media_contacts:done", contact.case.reference)
    return page(request, form, "media_contacts/log.html", policy=policy)


def policy_then(form: ContactForm, subject: Any, facts: ContactFacts) -> MediaPolicy | None:
    """The row in force on the day; where there was none, the form says so at its date."""
    try:
        return policy_for(subject, facts.contacted_on)
    except Denied as denied:
        form.add_error("contacted_on", str(denied))
        return None


def check(
    form: ContactForm, facts: ContactFacts, policy: MediaPolicy | None, received_on: date
) -> None:
    """Say what the policy misses, each at its field."""
    if policy is not None:
        now, today = timezone.now(), timezone.localdate()
        form.show(problems(policy, facts, received_on=received_on, now=now, today=today))


def restate(request: SignedInRequest, contact: Contact, verb: str) -> HttpResponse:
    """The same page, filled in with what is stated; within the view's transaction."""
    form_class, action = PAGES[Verb(verb)]
    user, today = request.user, timezone.localdate()
    form = form_class(
        *sent(request), contact=contact, stated=facts_of(contact), by=user, today=today
    )
    form.cancel_url = back = reverse("media_contacts:case", args=[contact.case.reference])
    if form.is_bound:
        form.full_clean()
        facts = form.facts()
        first = stated_on(contact, facts.contacted_on)
        received_on = today if verb == Verb.COMPLETE else first
        check(form, facts, contact.policy, received_on)
        if form.is_valid():
            action(contact, by=user, now=timezone.now(), **form.arguments())
            messages.success(request, done_words(request, contact.case, TRANSITIONS[verb]))
            return redirect(back)
    context = {"contact": contact, "transition": TRANSITIONS[verb], "back": back}
    return page(request, form, "media_contacts/restate.html", **context)


def page(request: SignedInRequest, form: ContactForm, template: str, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    said = told_of(request.user, [str(form.data.get("outlet", ""))])
    return TemplateResponse(request, template, {"form": form, "told": said, **more}, status=status)


def told_of(user: User, outlets: Iterable[str]) -> list[str]:
    """What is public of the outlets that a contact names."""
    today, named = timezone.localdate(), filter(str.strip, outlets)
    found = [told(user, name, register=REGISTER, today=today) for name in named]
    return list(dict.fromkeys(sentence for each in found for sentence in each))
