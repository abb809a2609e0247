"""Suggestions while somebody types, what is to know of whom they chose, and the page for owners."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.casework.views.desk_pages import number, paged
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day, money
from registers.organisations.everything import everything
from registers.organisations.models import Organisation
from registers.organisations.permissions import OWNERS
from registers.organisations.reading import find
from registers.organisations.registry import Item
from registers.organisations.telling import told
from registers.organisations.whole import ids_of

SUGGESTIONS = 8
TIMELINE = ("Date", "What", "Entry", number("Amount"))


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


@require_safe
def organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything known of one organisation, as far as an owner of registers may see each part."""
    found = find(request.user, pk, *OWNERS)
    if found.merged_into_id:
        return redirect("organisations:page", found.merged_into_id)
    shown = everything(request.user, found, ids_of(found), request.GET.get("kind", ""))
    line = paged(request, shown.pop("line"))
    context = {**shown, "page_obj": line, "rows": [row(item) for _, item in line]}
    context["timeline"] = TIMELINE
    return render(request, "organisations/organisation.html", context)


def row(item: Item) -> list[object]:
    title = f"{item.title}. {item.detail}" if item.detail else item.title
    entry = {"label": title, "url": item.path} if item.path else title
    return [day(item.on), item.what, entry, "" if item.amount is None else money(item.amount)]
