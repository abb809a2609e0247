"""Refusals and conflicts as pages a person can act on, and in the record."""

from collections.abc import Callable
from functools import partial
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.casework.conflicts import conflict_page
from integrity.casework.workflow import Conflict, Denied
from integrity.people.requests import ScopedRequest, SignedInRequest


class RefusalMiddleware:
    """Turns Denied into a 403 with its sentence and Conflict into a 409 that shows what changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: ScopedRequest, error: Exception) -> HttpResponse | None:
        request.failed = True  # nothing that the view wrote stands (people.middleware)
        if isinstance(error, Denied):
            return _refused(cast(SignedInRequest, request), error)
        if isinstance(error, Conflict):
            return _conflict(cast(SignedInRequest, request), error)
        return None


def _refused(request: SignedInRequest, denied: Denied) -> HttpResponse:
    request.after_rollback = partial(
        record,
        "refused",
        by=request.user,
        now=timezone.now(),
        force_id=request.user.force_id,
        oversight_body_id=request.user.oversight_body_id,
        reason=str(denied),
        facts={"method": request.method, "path": request.path},
        audience=Audience.PSD,
    )
    page = {"sentence": str(denied), **_way_back(request)}
    return render(request, "403.html", page, status=403)


def _way_back(request: SignedInRequest) -> dict[str, str]:
    """To the entry, where the page was that of one of its verbs."""
    match = request.resolver_match
    if match is None or "verb" not in match.kwargs:
        return {}
    return {
        "url": request.path.removesuffix(f"{match.kwargs['verb']}/"),
        "label": "Go back to the entry",
    }


def _conflict(request: SignedInRequest, conflict: Conflict) -> HttpResponse:
    """What happened since the person's page was drawn, and what they typed, to send again."""
    page = conflict_page(request, conflict)
    return render(request, "casework/conflict.html", page, status=409)
