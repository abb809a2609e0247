"""A chief officer's quarters: what was logged in each, stated on a day (RULES, Media contacts 6)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.people.requests import SignedInRequest
from registers.media_contacts import actions
from registers.media_contacts.forms.statement import StatementForm
from registers.media_contacts.quarters import quarter_with_contacts, unstated


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: SignedInRequest) -> HttpResponse:
    """The quarters that are over, each with its contacts and a button; then those stated before."""
    user = request.user
    if user.force_id is None or not user.is_chief_officer:
        raise Http404
    form = StatementForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and seen(request, form):
        quarter = form.cleaned_data["quarter"]
        made = actions.state_quarter(officer=user, quarter=quarter, by=user, now=timezone.now())
        messages.success(request, f"Stated: {'no contacts' if made.nil else made.contacts}.")
        return redirect("media_contacts:statement")
    due = [quarter_with_contacts(user, each) for each in unstated(user, timezone.localdate())]
    context = {"due": due, "statements": user.media_statements.select_related("stated_by__grade")}
    status = 422 if form is not None else 200
    return TemplateResponse(request, "media_contacts/statement.html", context, status=status)


def seen(request: SignedInRequest, form: StatementForm) -> bool:
    """Whether the page listed what is stated; a contact logged meanwhile shows first."""
    said = form.cleaned_data
    if len(quarter_with_contacts(request.user, said["quarter"]).contacts) == said["contacts"]:
        return True
    messages.warning(request, "A contact was logged meanwhile. Read the list as it is now.")
    return False
