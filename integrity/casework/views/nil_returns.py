"""Where a unit’s head says that there was nothing in a quarter, or takes that back."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.casework import actions
from integrity.casework.models import NilReturn
from integrity.casework.nil_return_forms import NilReturnForm, WithdrawNilForm
from integrity.casework.nil_returns import last_standings, units_answered_for
from integrity.casework.registry import named
from integrity.casework.views.desk_pages import attempt, posted
from integrity.people.models import User
from integrity.people.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def nil_returns(request: SignedInRequest) -> HttpResponse:
    """The quarters of which nothing is known, a box for each register; then what was returned."""
    units = units_answered_for(request.user)
    if not units:
        raise Http404
    found = last_standings(units, today=timezone.localdate())
    form = NilReturnForm(posted(request), found=found, reader=request.user)
    if attempt(form, lambda: _return(form, request.user)):
        messages.success(request, "Thank you. It is on record that there was nothing.")
        return redirect("casework:nil-returns")
    context = {"form": form, "returned": [each for each in found if each.nil]}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "casework/nil_returns.html", context, status=status)


@transaction.atomic
def _return(form: NilReturnForm, by: User) -> list[NilReturn]:
    """All that was ticked, or none of it."""
    now = timezone.now()
    return [
        nil
        for unit, quarter, registers in form.confirmed()
        for nil in actions.return_nil(unit, registers=registers, quarter=quarter, by=by, now=now)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a nil return of a unit that the reader answers for."""
    nil = _nil_return(request.user, pk)
    form = WithdrawNilForm(posted(request))
    now = timezone.now()
    if attempt(
        form, lambda: actions.withdraw_nil(nil, **form.cleaned_data, by=request.user, now=now)
    ):
        messages.success(request, "The nil return is withdrawn.")
        return redirect("casework:nil-returns")
    context = {"form": form, "nil": nil, "register": named(nil.register)}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "casework/withdraw_nil.html", context, status=status)


def _nil_return(user: User, pk: int) -> NilReturn:
    found = NilReturn.objects.filter(pk=pk, unit__in=units_answered_for(user), person=None)
    nil = found.select_related("unit__head", "stated_by__grade").first()
    if nil is None:
        raise Http404
    return nil
