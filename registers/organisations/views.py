"""Suggestions of organisations while somebody types."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from integrity.people.requests import SignedInRequest
from registers.organisations.models import Organisation

SUGGESTIONS = 8


@require_safe
def suggest(request: SignedInRequest) -> JsonResponse:
    """Names the department knows that contain what was typed, those that begin with it first."""
    typed = " ".join(request.GET.get("q", "").split())[:100]
    if len(typed) < 2:
        return JsonResponse({"results": []})
    names = Organisation.objects.shared_with(request.user).filter(name__icontains=typed)
    found = sorted(
        names.values_list("name", flat=True)[: SUGGESTIONS * 5],
        key=lambda name: (not name.lower().startswith(typed.lower()), name.lower()),
    )
    return JsonResponse({"results": [{"name": name} for name in found[:SUGGESTIONS]]})
