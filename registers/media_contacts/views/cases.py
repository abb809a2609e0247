"""A contact's own page, and the verbs on it."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integrity.casework.receipts import newest_receipt
from integrity.casework.registry import Opening, opener
from integrity.casework.views.entries import entry_page, verb_view
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.media_contacts import actions
from registers.media_contacts.enums import Factor, Status, Verb
from registers.media_contacts.facts_of import facts_of
from registers.media_contacts.handlers import HANDLERS
from registers.media_contacts.models import Contact
from registers.media_contacts.permissions import RULES, is_press, took_part
from registers.media_contacts.policies import embargo_stands, flags
from registers.media_contacts.summaries import PLAIN, summary
from registers.media_contacts.views.log import restate, told_of
from registers.organisations.reading import known_of

# what somebody is waiting for; a page shows these first among equals
WAITING_VERBS = {Verb.COMPLETE, Verb.ANSWER, Verb.ANSWER_CHALLENGE, Verb.CONFIRM}


def find(user: User, reference: str) -> Contact:
    """The contact, if this person may see it at all; otherwise it does not exist for them."""
    visible = Contact.objects.visible_to(user).only("pk")
    pk = get_object_or_404(visible, case__reference=reference).pk
    return Contact.objects.with_all().get(pk=pk)


@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    contact, user = find(request.user, reference), request.user
    context = entry_page(
        request,
        contact,
        RULES,
        summary=summary(contact),
        urgent=WAITING_VERBS,
        words={},
        verb_url_name="media_contacts:verb",
        desk_url_name="psd:media_contacts_contact_change",
    )
    if took_part(user, contact):
        context["desk_url"] = ""  # the desk shows nobody a contact of their own
    elif is_press(user, contact.case):
        context["desk_url"] = reverse("psd:media_contacts_contact_change", args=[contact.pk])
    context |= shown(contact, user)
    outlets = [each.outlet for each in contact.speakers.all()]
    context["known"] = known_of(user, outlets, request.path)
    return render(request, "media_contacts/case.html", context)


def shown(contact: Contact, reader: User) -> dict[str, object]:
    """What the facts of a contact show besides what is stored."""
    basis, until = contact.basis, contact.embargo_until
    return {
        "flags": [Factor(factor).label for factor in flags(facts_of(contact))],
        "embargo_stands": embargo_stands(basis, until, now=timezone.now()),
        "coverage": contact.coverage_links.select_related("coverage__outlet"),
        "offer": offer(contact, reader),
        "to_declare": contact.hospitality and took_part(reader, contact),
    }


def offer(contact: Contact, reader: User) -> Opening | None:
    """Where what was offered is declared, or was; for whoever may go on with it."""
    opens = opener("offer") if contact.hospitality else None
    return opens(reader, contact.case, now=timezone.now()) if opens else None


@require_POST
def begin_offer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Go on to declare what was offered to this person."""
    contact = find(request.user, reference)
    opening = actions.begin_offer(contact, by=request.user, now=timezone.now())
    return redirect(opening.path if opening else "home")


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def verb(request: SignedInRequest, reference: str, verb: str) -> HttpResponse:
    """One page for each verb; those that state the contact draw its whole form."""
    return verb_view(
        request,
        reference,
        verb,
        find=find,
        rules=RULES,
        handlers=HANDLERS,
        entry_url_name="media_contacts:case",
        template="media_contacts/verb.html",
        in_a_draft=restate,
    )


@require_safe
def done(request: SignedInRequest, reference: str) -> HttpResponse:
    """What somebody sees once a contact is in: its reference, the time, and what comes next."""
    contact = find(request.user, reference)
    outlets = [str(each.outlet) for each in contact.speakers.all() if each.outlet]
    context = {
        "contact": contact,
        "case": contact.case,
        "next": PLAIN[Status(contact.status)][0],
        "receipt": newest_receipt(contact.case, by=request.user),
        "offer": offer(contact, request.user),
        "told": told_of(request.user, outlets),
    }
    return render(request, "media_contacts/done.html", context)
