"""What was handed over to PSD: what waits, and how each referral is dealt with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.models import Referral
from integrity.casework.queue_tabs import signed_in
from integrity.casework.views.desk_pages import page, paged, posted
from integrity.people.enums import CONFIDENTIAL_ROLES, PSD_ROLES
from integrity.people.models import User
from registers.investigations import actions
from registers.investigations.admin.looks import on_record
from registers.investigations.case_page import desk_paths
from registers.investigations.forms.opening import (
    AddToForm,
    OpenForm,
    SetAsideForm,
    home_of,
    homes_of,
)
from registers.investigations.forms.parts import people_named
from registers.investigations.models import (
    Investigation,
    Lead,
    referrals_for,
    waiting_referrals,
)
from registers.investigations.summaries import path_of

WAITING_SHOWN = 50
PAGE = 25
SUGGESTIONS = 8
LIST = "admin:investigations-referrals"
ONE, ADD = "investigations/desk/one.html", "investigations/desk/add.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A referral as the page draws it: how long it has waited or what became of it, and its entry."""

    referral: Referral
    days: int = 0
    lead: Lead | None = None
    case_path: str = ""
    became_path: str = ""


# --- what was handed over -------------------------------------------------------------------------


@require_safe
@on_record("referrals")
def referrals(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; below it what was dealt with, and what became of it."""
    user = signed_in(request).user
    waiting = waiting_referrals(user).select_related("made_by__grade", "concern")
    dealt = paged(request, dealt_with(user), size=PAGE)
    return page(
        request,
        "investigations/desk/referrals.html",
        "Referrals for investigation",
        waiting=waiting_lines(user, waiting[:WAITING_SHOWN], timezone.localdate()),
        how_many=waiting.count(),
        dealt=dealt_lines(user, dealt),
        page_obj=dealt,
        works=user.holds(*PSD_ROLES),
    )


def waiting_lines(user: User, found: Iterable[Referral], today: date) -> list[Line]:
    shown = list(found)
    paths = desk_paths(user, [each.case for each in shown if each.case is not None])
    return [
        Line(
            each,
            days=(today - timezone.localdate(each.made_at)).days,
            case_path=paths.get(each.case_id, ""),
        )
        for each in shown
    ]


def dealt_with(user: User) -> QuerySet[Lead]:
    """How each referral was dealt with, the latest first; not what led to what is kept from the reader."""
    known = Investigation.objects.visible_to(user).values("pk")
    return (
        Lead.objects.filter(referral__in=referrals_for(user))
        .filter(Q(investigation=None) | Q(investigation__in=known))
        .select_related(
            "referral__case",
            "referral__person__grade",
            "referral__made_by__grade",
            "referral__concern",
            "investigation__case",
            "dealt_by__grade",
        )
        .order_by("-dealt_at", "-pk")
    )


def dealt_lines(user: User, found: Iterable[Lead]) -> list[Line]:
    shown = list(found)
    paths = desk_paths(user, [each.referral.case for each in shown if each.referral.case])
    return [
        Line(
            each.referral,
            lead=each,
            case_path=paths.get(each.referral.case_id, ""),
            became_path=path_of(each.investigation) if each.investigation else "",
        )
        for each in shown
    ]


# --- what is done with one ------------------------------------------------------------------------


def find(request: HttpRequest, pk: Any) -> Referral:
    """A referral that this person deals with; otherwise 404."""
    scope = signed_in(request).user.scope(*PSD_ROLES)
    mine = referrals_for(signed_in(request).user).filter(
        Q(force__in=scope.forces) | Q(oversight_body__in=scope.bodies)
    )
    return get_object_or_404(
        mine.select_related(
            "force", "oversight_body", "case", "person__grade", "made_by__grade", "concern"
        ),
        pk=pk if str(pk).isdecimal() and len(str(pk)) < 10 else 0,
    )


def dealt_already(request: HttpRequest, referral: Referral) -> HttpResponse | None:
    """To what became of a referral; nothing while it waits."""
    lead = dealt_with(signed_in(request).user).filter(referral=referral).first()
    if lead is not None and lead.investigation is not None:
        return redirect(path_of(lead.investigation))
    if lead is not None or Lead.objects.filter(referral=referral).exists():
        messages.info(request, "This referral has been dealt with already.")
        return redirect(LIST)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@on_record("open an investigation")
def open_one(request: HttpRequest) -> HttpResponse:
    """Open an investigation, from a referral (``?referral=12``) or from nothing."""
    user = signed_in(request).user
    referral = find(request, request.GET["referral"]) if "referral" in request.GET else None
    if referral and request.method != "POST" and (done := dealt_already(request, referral)):
        return done
    form = OpenForm(posted(request), by=user, referral=referral)
    if form.is_bound and form.is_valid() and (home := form.home()):
        made = actions.open_investigation(
            facts=form.facts(), home=home, referrals=form.referrals(), by=user, now=timezone.now(),
            idempotency_key=form.cleaned_data["key"],
        )  # fmt: skip
        messages.success(request, f"{made.case.reference}: investigation opened.")
        return redirect(path_of(made))
    return one_page(request, ONE, "Open an investigation", form, referral)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a referral to an investigation that is open."""
    user, referral = signed_in(request).user, find(request, pk)
    if done := dealt_already(request, referral):
        return done
    form = AddToForm(posted(request), by=user, referral=referral)
    if form.is_bound and form.is_valid():
        investigation = actions.add_referral(
            form.cleaned_data["investigation"],
            referral=referral, by=user, now=timezone.now(), version=None,
        )  # fmt: skip
        messages.success(request, f"{investigation.case.reference}: referral added.")
        return redirect(path_of(investigation))
    return one_page(request, ADD, "Add to an investigation that is open", form, referral)


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a referral and open nothing, and say why."""
    user, referral = signed_in(request).user, find(request, pk)
    if done := dealt_already(request, referral):
        return done
    form = SetAsideForm(posted(request))
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.set_aside(referral, reason=reason, by=user, now=timezone.now())
        messages.success(request, "The referral was set aside.")
        return redirect(LIST)
    return one_page(request, ONE, "Set a referral aside", form, referral)


def one_page(
    request: HttpRequest, template: str, title: str, form: Any, referral: Referral | None
) -> HttpResponse:
    """The form about one referral, under what the referral says."""
    lines = [referral] if referral is not None else []
    form.cancel_url = reverse(LIST)
    return page(
        request,
        template,
        title,
        form=form,
        lines=waiting_lines(signed_in(request).user, lines, timezone.localdate()),
        home=home_of(referral) if referral is not None else None,
    )


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People of the reader’s forces and bodies while PSD types a name."""
    typed = request.GET.get("q", "")[:100]
    homes = homes_of(signed_in(request).user).values()
    within = Q(force__in=[each.pk for each in homes if each._meta.model_name == "force"])
    within |= Q(oversight_body__in=[e.pk for e in homes if e._meta.model_name != "force"])
    if len(typed.strip()) < 2:
        return JsonResponse({"results": []})
    found = people_named(typed, User.objects.filter(within))[:SUGGESTIONS]
    return JsonResponse({"results": [{"name": person.display} for person in found]})


desk.register_page(
    "referrals/",
    referrals,
    name="investigations-referrals",
    label="Referrals for investigation",
    roles=CONFIDENTIAL_ROLES,
    waiting=lambda user: waiting_referrals(user).count(),
)
desk.register_page(
    "investigations/open/",
    open_one,
    name="investigations-open",
    label="Open an investigation",
    roles=PSD_ROLES,
)
for route, view, name in (
    ("referrals/<int:pk>/add/", add, "investigations-add"),
    ("referrals/<int:pk>/set-aside/", set_aside, "investigations-set-aside"),
    ("investigations/people/", people, "investigations-people"),
):
    desk.register_page(route, view, name=name, label="", roles=PSD_ROLES)
