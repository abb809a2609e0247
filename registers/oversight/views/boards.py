"""A board's page: its forces' figures in private, as others would see them, and each table as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.people.models import OversightBody
from integrity.people.requests import SignedInRequest
from integrity.ui.exports import as_csv, workbook
from integrity.ui.tables import Table
from registers.oversight.asking import Asked
from registers.oversight.boards import board_dashboard
from registers.oversight.forms.filter import FilterForm
from registers.oversight.forms.published import PublishedFilterForm
from registers.oversight.marks import key
from registers.oversight.permissions import is_member
from registers.oversight.sections.section import Section
from registers.oversight.seen import Audience
from registers.oversight.taking import FIGURES
from registers.oversight.views.dashboards import board_filter, figures_page
from registers.oversight.views.downloads import download

Files = Sequence[tuple[str, str]]


@require_safe
def board(request: SignedInRequest, code: str) -> HttpResponse:
    """What a body's members see of its forces; ``?as=public``: what others would see."""
    shown = show(request, code)
    return figures_page(
        request,
        "oversight/board.html",
        shown.form,
        page=shown,
        parts=shown.parts,
        member=is_member(request.user, shown.body),
        public=shown.public,
    )


@require_safe
def csv(request: SignedInRequest, code: str, slug: str) -> HttpResponse:
    shown = show(request, code)
    return shown.download(request, as_csv(shown.table(slug)), f"{shown.name(slug)}.csv")


@require_safe
def xlsx(request: SignedInRequest, code: str, slug: str) -> HttpResponse:
    """One table as a workbook, which says of what it is."""
    shown = show(request, code)
    content = workbook(
        [shown.table(slug)],
        title=f"{shown.body}: {shown.asked.period.words}",
        made_at=timezone.now(),
        key=key(public=shown.public),
    )
    return shown.download(request, content, f"{shown.name(slug)}.xlsx")


@dataclass(frozen=True, slots=True)
class Shown:
    """A body's page: its filter and sections, and the addresses of its files."""

    body: OversightBody
    form: FilterForm
    asked: Asked
    sections: Sequence[Section]
    public: bool

    @property
    def query(self) -> str:
        said = {name: said for name, said in self.asked.parameters.items() if name != "board"}
        return urlencode({**said, **({"as": "public"} if self.public else {})})

    @property
    def parts(self) -> list[tuple[Section, list[tuple[Table, Files]]]]:
        """Each section with its tables and their files."""
        return [
            (section, [(table, self._files(table)) for table in section.tables])
            for section in self.sections
        ]

    def table(self, slug: str) -> Table:
        """Raises Http404 where this page has no table of that name."""
        tables = (table for section in self.sections for table in section.tables)
        found = next((table for table in tables if table.slug == slug), None)
        if found is None or not self.form.is_valid():
            raise Http404
        return found

    def name(self, slug: str) -> str:
        audience = "public" if self.public else "board"
        period = self.asked.period
        return f"{self.body.code}-{audience}-{slug}-{period.starts_on}-{period.ends_on}"

    def download(self, request: SignedInRequest, content: bytes, name: str) -> HttpResponse:
        said = {"body": self.body.code, "public": self.public, "filter": self.asked.query}
        return download(request, self.asked, content, name, about=FIGURES, facts=said)

    def _files(self, table: Table) -> Files:
        if not table.rows:
            return ()
        kinds = (("CSV", "board-csv"), ("XLSX", "board-xlsx"))
        return [
            (
                kind,
                f"{reverse(f'oversight:{name}', args=[self.body.code, table.slug])}?{self.query}",
            )
            for kind, name in kinds
        ]


def show(request: SignedInRequest, code: str) -> Shown:
    """Read a body's page. Raises Http404 for whoever may not, and for forces and units of others."""
    form, public = board_filter(request, code), request.GET.get("as", "") == Audience.PUBLIC
    today = timezone.localdate()
    if public:
        said = {"forces": form.forces, "today": today, "board": form.board}
        form = PublishedFilterForm(request.GET.dict(), **said)
    audience = Audience.PUBLIC if public else Audience.BOARD
    asked, body = form.asked(), form.board
    if body is None:
        raise Http404
    found = board_dashboard(asked, audience=audience, reader=request.user, today=today)
    return Shown(body, form, asked, found, public)
