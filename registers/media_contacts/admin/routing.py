"""A request that came to the press office, passed to the officer who is to answer it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import attempt, page, posted
from integrity.people.requests import SignedInRequest
from registers.media_contacts import actions
from registers.media_contacts.admin.pages import PRESS
from registers.media_contacts.forms.route import RouteForm

LABEL = "Route a request to an officer"


@require_http_methods(["GET", "HEAD", "POST"])
def route(request: SignedInRequest) -> HttpResponse:
    """Who asked about what, and who is to answer; the officer finds most of the entry filled in."""
    begun = {name: request.GET.get(name, "") for name in ("officer", "about")}
    form = RouteForm(posted(request), by=request.user, **begun)
    contact = attempt(
        form, lambda: actions.route(by=request.user, now=timezone.now(), **form.arguments())
    )
    if contact is not None:
        messages.success(
            request, f"{contact.case.reference}: routed to {contact.case.subject_name}."
        )
        return redirect("admin:media_contacts_contact_change", contact.pk)
    return page(request, "media_contacts/desk/route.html", LABEL, form=form)


desk.register_page("media/route/", route, name="media_route", label=LABEL, roles=PRESS)
