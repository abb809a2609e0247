"""'Must I log this?', from the force's own policy."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrity.people.requests import SignedInRequest
from registers.media_contacts.enums import Scope
from registers.media_contacts.forms.guide import GuideForm
from registers.media_contacts.policies import must_log, scope_said
from registers.media_contacts.views.log import policy_or_refuse


@require_safe
def guide(request: SignedInRequest) -> HttpResponse:
    """One question at most; where the force wants every contact, its answer changes nothing."""
    policy = policy_or_refuse(request)
    form = GuideForm(request.GET if "coverage" in request.GET else None)
    must = True if policy.scope == Scope.EVERYTHING else None
    if must is None and form.is_valid():
        must = must_log(policy, led_to_coverage=form.cleaned_data["coverage"] == "yes")
    context = {"form": form, "policy": policy, "scope": scope_said(policy), "must": must}
    return render(request, "media_contacts/guide.html", context)
