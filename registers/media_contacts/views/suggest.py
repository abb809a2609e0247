"""Names while somebody types: of journalists and outlets their department knows, of their colleagues."""

from collections.abc import Callable
from typing import Any

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.media_contacts import suggestions

LEAST = 2


def answer(
    request: SignedInRequest, known: Callable[[User, str], list[dict[str, str]]]
) -> JsonResponse:
    """What is known that contains what was typed; names and no more."""
    typed = " ".join(request.GET.get("q", "").split())[:100].replace("\0", "")
    results: list[dict[str, Any]] = []
    if len(typed) >= LEAST:
        results = list(known(request.user, typed))
    return JsonResponse({"results": results})


@require_safe
def journalists(request: SignedInRequest) -> JsonResponse:
    return answer(request, suggestions.journalists)


@require_safe
def outlets(request: SignedInRequest) -> JsonResponse:
    return answer(request, suggestions.outlets)


@require_safe
def colleagues(request: SignedInRequest) -> JsonResponse:
    return answer(request, suggestions.colleagues)
