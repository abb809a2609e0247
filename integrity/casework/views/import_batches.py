"""What imports did, at the desk: every one there was, what it refused and changed, the file itself."""

from typing import Any

from django.db.models import F, Func, IntegerField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.casework.desk import DeskSite, cases_on_desk
from integrity.casework.importing.feed import Feed
from integrity.casework.models import ImportBatch, ImportedRow
from integrity.casework.registry import feeds, importable, named
from integrity.casework.views.desk_pages import page, paged
from integrity.casework.views.files import download
from integrity.casework.views.imports import (
    CHANGE_COLUMNS,
    begin_name,
    change_rows,
    figures,
    importers,
)
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User


def add_pages(site: DeskSite) -> None:
    """The pages of this module on a desk: the list of imports, and each of them."""
    roles = (*PSD_ROLES, *(role for feed in feeds() for role in feed.roles))
    batch = "import/batches/<int:pk>/"
    for route, view, name, label in (
        ("import/batches/", batch_list, "import_batches", "Imports and their refusals"),
        (batch, batch_page, "import_batch", ""),
        (f"{batch}original/", original, "import_original", ""),
    ):
        site.register_page(route, view, name=name, label=label, roles=roles)


def batches_of(user: User) -> QuerySet[ImportBatch]:
    """PSD reads every import of its forces; whoever imports a feed, that feed's."""
    reads = Q(force__in=user.scope(*PSD_ROLES).forces)
    for feed in feeds():
        reads |= Q(register=feed.slug, force__in=user.scope(*feed.roles).forces)
    return ImportBatch.objects.filter(reads).select_related("force", "imported_by__grade")


@require_safe
def batch_list(request: HttpRequest) -> HttpResponse:
    """Every import of the reader's forces, the latest first, with how many rows it refused."""
    found = (
        batches_of(request.user)
        .defer("result", "mapping")
        .annotate(
            **{
                name: Cast(KeyTextTransform(name, "result"), IntegerField())
                for name in ("imported", "updated")
            },
            **{name: _length(name) for name in ("refused", "warnings")},
        )
    )
    shown = paged(request, found.order_by("-imported_at", "-pk"))
    batches = [(importable(batch.register).name, batch) for batch in shown]
    return page(
        request, "casework/desk/import_batches.html", "Imports and their refusals",
        batches=batches, page_obj=shown,
    )  # fmt: skip


def _length(name: str) -> Func:
    """How many things a list of a batch's result holds, without reading them."""
    return Func(
        KeyTransform(name, F("result")), function="jsonb_array_length", output_field=IntegerField()
    )


def find_batch(request: HttpRequest, pk: int) -> ImportBatch:
    return get_object_or_404(batches_of(request.user), pk=pk)


@require_safe
def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What one import did: what it changed, and the entries it made but for the reader's own."""
    batch = find_batch(request, pk)
    entry = importable(batch.register)
    shown = _changes(request, batch) if isinstance(entry, Feed) else _entries(request, batch)
    return page(
        request, "casework/desk/import_batch.html", batch.name, batch=batch, told=batch.result,
        figures=figures(batch.register, batch.result), begin=f"admin:{begin_name(batch.register)}",
        may_import=request.user.holds(*importers(entry)), **shown,
    )  # fmt: skip


def _changes(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    shown = paged(request, batch.result.get("changes", []))
    rows = change_rows(list(shown))
    return {"page_obj": shown, "changes": rows, "change_columns": CHANGE_COLUMNS}


def _entries(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    rows = ImportedRow.objects.filter(batch=batch, case__in=cases_on_desk(request.user))
    shown = paged(request, rows.select_related("case"))
    by_case = {row.case_id: row.where for row in shown}
    summaries = named(batch.register).summaries(request.user, [row.case for row in shown])
    return {
        "page_obj": shown,
        "entries": [(by_case[summary.case.pk], summary) for summary in summaries],
    }


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came, always as a download."""
    batch = find_batch(request, pk)
    record(
        "file downloaded",
        by=request.user,
        now=timezone.now(),
        force_id=batch.force_id,
        about="import",
        about_id=batch.pk,
        facts={"file": batch.name},
        audience=Audience.PSD,
    )
    return download(batch.file.open("rb"), batch.name)
