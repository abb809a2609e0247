"""The dashboards, and the entries behind a figure."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.people.models import Force, OversightBody
from integrity.people.requests import SignedInRequest
from registers.oversight import entries, piles, waiting
from registers.oversight.dashboards import psd_dashboard, without_unknown
from registers.oversight.enums import Measure
from registers.oversight.files import path_of_all, with_files
from registers.oversight.forms.filter import FilterForm
from registers.oversight.live import Here
from registers.oversight.marks import key
from registers.oversight.permissions import boards_of, forces_for_psd
from registers.oversight.seen import ANY, Audience

PAGE = 50
NUL = "\x00"


@require_safe
def psd(request: SignedInRequest) -> HttpResponse:
    """PSD's dashboard, of all its forces or one."""
    form = psd_filter(request)
    asked = form.asked()
    sections = psd_dashboard(asked, reader=request.user, today=timezone.localdate())
    return figures_page(
        request,
        "oversight/psd.html",
        form,
        parts=with_files(sections, asked),
        every=path_of_all(asked),
    )


@require_safe
def now(request: SignedInRequest) -> HttpResponse:
    """The records behind a number of today."""
    form, wanted = psd_filter(request), request.GET.get("key", ANY)
    pile = piles.OPENED.get(request.GET.get("pile", ""))
    if pile is None or NUL in wanted:
        raise Http404
    here = Here(form.asked(), Audience.PSD, timezone.localdate(), request.user)
    page = Paginator(waiting.records(pile, here, wanted), PAGE).get_page(request.GET.get("page"))
    table = waiting.table(pile, list(page), request.user)
    what = waiting.words(pile, wanted)
    return figures_page(request, "oversight/entries.html", form, what=what, table=table, page=page)


@require_safe
def behind(request: SignedInRequest) -> HttpResponse:
    """The entries that a figure sums."""
    form, wanted = filter_of(request), wanted_of(request)
    asked = without_unknown(form.asked(), request.user)
    page = Paginator(entries.facts_behind(asked, wanted), PAGE).get_page(request.GET.get("page"))
    table = entries.table(list(page), request.user)
    return figures_page(
        request, "oversight/entries.html", form, what=wanted.words, table=table, page=page
    )


def figures_page(
    request: HttpRequest, template: str, form: FilterForm, **context: Any
) -> HttpResponse:
    """A page of figures with its filter; 422 where the filter was refused."""
    public = bool(context.get("public"))
    shared = {"form": form, "asked": form.asked(), "key": key(public=public)}
    return render(request, template, {**shared, **context}, status=200 if form.is_valid() else 422)


def psd_filter(request: SignedInRequest) -> FilterForm:
    """The filter over the forces whose PSD dashboard somebody reads. Raises Http404 for anybody else."""
    forces = list(forces_for_psd(request.user))
    if not forces:
        raise Http404
    return _filter(request, forces)


def board_filter(request: SignedInRequest, code: str) -> FilterForm:
    """The filter over a body's forces. Raises Http404 for whoever may not read its dashboard."""
    of_body = OversightBody.forces.through.objects.filter(
        oversightbody__in=boards_of(request.user), oversightbody__code=code
    ).select_related("oversightbody", "force")
    found = list(of_body.order_by("force__name"))
    if not found:
        raise Http404
    return _filter(request, [each.force for each in found], board=found[0].oversightbody)


def _filter(request: SignedInRequest, forces: Sequence[Force], **of: Any) -> FilterForm:
    """Raises Http404 where the address names a force or unit of others: it does not exist for them."""
    form = FilterForm(request.GET.dict(), forces=forces, today=timezone.localdate(), **of)
    if not may_ask(request, forces) or form.names_a_stranger:
        raise Http404
    return form


def filter_of(request: SignedInRequest) -> FilterForm:
    """The filter of whichever dashboard an address comes from."""
    board = request.GET.get("board", "")
    return board_filter(request, board) if board else psd_filter(request)


def may_ask(request: HttpRequest, forces: Sequence[Force]) -> bool:
    """Whether the force that an address names is one of theirs."""
    code = request.GET.get("force", "")
    return not code or any(force.code == code for force in forces)


def wanted_of(request: HttpRequest) -> entries.Behind:
    measure = request.GET.get("measure", "")
    wanted = request.GET.get("key", ANY)
    if measure not in Measure.values or NUL in wanted:
        raise Http404
    return entries.Behind(Measure(measure), wanted)
