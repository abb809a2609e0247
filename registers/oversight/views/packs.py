"""The board pack: as a PDF, every table as a workbook, and each as CSV. Each taking is recorded."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.people.requests import SignedInRequest
from integrity.ui.exports import as_csv
from registers.oversight.forms.published import PublishedFilterForm
from registers.oversight.pack import files
from registers.oversight.pack.pack import Pack, board_pack
from registers.oversight.pack.taking import taken
from registers.oversight.seen import Audience
from registers.oversight.views.dashboards import board_filter

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def pdf(request: SignedInRequest, code: str) -> HttpResponse:
    pack = asked_for(request, code)
    return download(request, pack, f"{pack.name}.pdf", "application/pdf", files.pdf(pack))


@require_safe
def xlsx(request: SignedInRequest, code: str) -> HttpResponse:
    pack = asked_for(request, code)
    return download(request, pack, f"{pack.name}.xlsx", XLSX, files.workbook(pack))


@require_safe
def csv(request: SignedInRequest, code: str, slug: str) -> HttpResponse:
    pack = asked_for(request, code)
    table = next((each for each in pack.tables if each.slug == slug), None)
    if table is None:
        raise Http404
    return download(request, pack, f"{pack.name}-{slug}.csv", CSV, as_csv(table))


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


def download(
    request: SignedInRequest, pack: Pack, name: str, kind: str, content: bytes
) -> HttpResponse:
    taken(pack, name, by=request.user, now=pack.made_at)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
