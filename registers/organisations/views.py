"""Suggestions of organisations while somebody types, and what there is to know of the one they chose."""

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.people.requests import SignedInRequest
from registers.organisations.models import Organisation
from registers.organisations.telling import told

SUGGESTIONS = 8


@require_safe
def suggest(request: SignedInRequest) -> JsonResponse:
    """Names the department knows that contain what was typed, those that begin with it first."""
    typed = " ".join(request.GET.get("q", "").split())[:100].replace("\0", "")
    if len(typed) < 2:
        return JsonResponse({"results": []})
    names = Organisation.objects.shared_with(request.user).filter(name__icontains=typed)
    found = sorted(
        names.values_list("name", flat=True)[: SUGGESTIONS * 5],
        key=lambda name: (not name.lower().startswith(typed.lower()), name.lower()),
    )
    return JsonResponse({"results": [{"name": name} for name in found[:SUGGESTIONS]]})


@require_safe
def facts(request: SignedInRequest) -> JsonResponse:
    """What is public of an organisation in the reader's own force, as sentences; none of a name nobody knows."""
    name, register = request.GET.get("q", ""), request.GET.get("for", "")
    said = told(request.user, name, register=register, today=timezone.localdate())
    return JsonResponse({"sentences": said})
