"""The tables of PSD's dashboard as files. That one was taken is in the ledger of each force."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.people.requests import SignedInRequest
from integrity.ui.exports import as_csv, workbook
from integrity.ui.tables import Table
from integrity.ui.wording import listed
from registers.oversight.asking import Asked
from registers.oversight.dashboards import psd_dashboard
from registers.oversight.files import ALL
from registers.oversight.marks import key
from registers.oversight.taking import FIGURES
from registers.oversight.views.dashboards import psd_filter
from registers.oversight.views.downloads import download


@require_safe
def csv(request: SignedInRequest, slug: str) -> HttpResponse:
    """One table."""
    asked, tables = asked_for(request, slug)
    if len(tables) != 1:
        raise Http404
    return _download(request, asked, as_csv(tables[0]), f"psd-{slug}.csv")


@require_safe
def xlsx(request: SignedInRequest, slug: str) -> HttpResponse:
    """One table, or all of them, as a workbook that says of what it is."""
    asked, tables = asked_for(request, slug)
    of = [asked.period.words, str(asked.unit or ""), str(asked.band.label if asked.band else "")]
    title = f"{listed([force.name for force in asked.forces])}: {', '.join(filter(None, of))}"
    content = workbook(tables, title=title, made_at=timezone.now(), key=key(public=False))
    return _download(request, asked, content, f"psd-{slug}.xlsx")


def asked_for(request: SignedInRequest, slug: str) -> tuple[Asked, Sequence[Table]]:
    """The tables of the page that an address asks for. Raises Http404 where there are none."""
    form = psd_filter(request)
    if not form.is_valid():
        raise Http404
    asked = form.asked()
    sections = psd_dashboard(asked, reader=request.user, today=timezone.localdate())
    tables = [table for section in sections for table in section.tables]
    found = tables if slug == ALL else [table for table in tables if table.slug == slug]
    if not found:
        raise Http404
    return asked, found


def _download(request: SignedInRequest, asked: Asked, content: bytes, name: str) -> HttpResponse:
    return download(request, asked, content, name, about=FIGURES, facts={"filter": asked.query})
