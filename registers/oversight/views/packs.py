"""The board pack: as a PDF, every table as a workbook, and each as CSV. Each taking is recorded."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.people.requests import SignedInRequest
from integrity.ui.exports import as_csv
from registers.oversight.forms.published import PublishedFilterForm
from registers.oversight.pack import files
from registers.oversight.pack.pack import Pack, board_pack, facts_of
from registers.oversight.seen import Audience
from registers.oversight.taking import PACK
from registers.oversight.views.dashboards import board_filter
from registers.oversight.views.downloads import download


@require_safe
def pdf(request: SignedInRequest, code: str) -> HttpResponse:
    pack = asked_for(request, code)
    return _download(request, pack, files.pdf(pack), ".pdf")


@require_safe
def xlsx(request: SignedInRequest, code: str) -> HttpResponse:
    pack = asked_for(request, code)
    return _download(request, pack, files.workbook(pack), ".xlsx")


@require_safe
def csv(request: SignedInRequest, code: str, slug: str) -> HttpResponse:
    pack = asked_for(request, code)
    table = next((each for each in pack.tables if each.slug == slug), None)
    if table is None:
        raise Http404
    return _download(request, pack, as_csv(table), f"-{slug}.csv")


def asked_for(request: SignedInRequest, code: str) -> Pack:
    """The pack of an address, of all the body's forces. Raises Http404 for whoever may not read it,
    and where it asks for no period of which there is one."""
    form, public = board_filter(request, code), request.GET.get("as", "") == Audience.PUBLIC
    today, body = timezone.localdate(), form.board
    if public:
        said = {"forces": form.forces, "today": today, "board": body}
        form = PublishedFilterForm(request.GET.dict(), **said)
    if body is None or not form.is_valid():
        raise Http404
    audience = Audience.PUBLIC if public else Audience.BOARD
    period, now = form.asked().period, timezone.now()
    return board_pack(body, period, audience=audience, reader=request.user, now=now)


def _download(request: SignedInRequest, pack: Pack, content: bytes, ending: str) -> HttpResponse:
    name = f"{pack.name}{ending}"
    return download(request, pack.asked, content, name, about=PACK, facts=facts_of(pack))
