"""Suggestions while somebody types, what is to know of whom they chose, and the page for owners."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from integrity.casework.views.desk_pages import paged
from integrity.people.requests import SignedInRequest
from registers.organisations.everything import everything, halves
from registers.organisations.naming import suggestable
from registers.organisations.permissions import OWNERS
from registers.organisations.reading import find
from registers.organisations.telling import told
from registers.organisations.whole import ids_of

SUGGESTIONS = 8


@require_safe
def suggest(request: SignedInRequest) -> JsonResponse:
    """Names that may be offered and contain what was typed, those that begin with it first."""
    typed = " ".join(request.GET.get("q", "").split())[:100].replace("\0", "")
    if len(typed) < 2:
        return JsonResponse({"results": []})
    found = sorted(
        suggestable(request.user, typed).values_list("name", flat=True)[: SUGGESTIONS * 5],
        key=lambda name: (not name.lower().startswith(typed.lower()), name.lower()),
    )
    return JsonResponse({"results": [{"name": name} for name in found[:SUGGESTIONS]]})


@require_safe
def facts(request: SignedInRequest) -> JsonResponse:
    """What is public of an organisation in the reader's own force, as sentences; none of a name nobody knows."""
    name, register = request.GET.get("q", ""), request.GET.get("for", "")
    advise = request.GET.get("decision") != "declined"
    today = timezone.localdate()
    said = told(request.user, name, register=register, today=today, advise=advise)
    return JsonResponse({"sentences": said})


@require_safe
def organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything known of one organisation, as far as an owner of registers may see each part."""
    found = find(request.user, pk, *OWNERS)
    came_from = entry_before(request)
    keep = {"from": came_from} if came_from else {}
    if found.merged_into_id:
        return redirect(reverse("organisations:page", args=[found.merged_into_id], query=keep))
    shown = everything(request.user, found, ids_of(found), request.GET.get("kind", ""), keep)
    line = paged(request, shown.pop("line"))
    context = {**shown, "page_obj": line, "back": came_from, **halves(line, timezone.localdate())}
    return render(request, "organisations/organisation.html", context)


def entry_before(request: SignedInRequest) -> str:
    """The entry from which somebody came, as the address says; nothing that leads off the site."""
    path = request.GET.get("from", "")
    on_site = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if on_site else ""
