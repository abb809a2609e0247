"""Importing legacy registers at the desk: upload, look, import; and what each import did."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.casework.actions import import_uploads as uploads
from integrity.casework.actions.imports import new_rows, read, report
from integrity.casework.desk import DeskSite, cases_on_desk, desk
from integrity.casework.import_forms import ColumnsForm, UploadForm, columns_of
from integrity.casework.importing.importer import Reading
from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.rows import NilReturnRow
from integrity.casework.importing.sheets import UnreadableFile, read_sheets
from integrity.casework.models import ImportBatch, ImportedRow, ImportMapping, ImportUpload
from integrity.casework.registry import Register, named, registers
from integrity.casework.views.files import download
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import Force, User

ROWS_SHOWN = 20
BATCHES_SHOWN = 20
PAGE = 50
IMPORTERS = (Role.PSD_HEAD,)


def add_pages(site: DeskSite) -> None:
    """The pages of this module on a desk: one to begin at for each register that takes imports."""
    for register in registers():
        if register.importer:
            site.register_page(
                f"import/{register.slug}/",
                partial(upload, slug=register.slug),
                name=begin_name(register.slug),
                label=f"Import a register: {register.name.lower()}",
                roles=IMPORTERS,
            )
    file, batch = "import/files/<uuid:pk>/", "import/batches/<int:pk>/"
    others: list[tuple[str, Callable[..., Any], str, tuple[Role, ...]]] = [
        (file, preview, "import_file", IMPORTERS),
        (f"{file}import/", take, "import_take", IMPORTERS),
        (batch, batch_page, "import_batch", PSD_ROLES),
        (f"{batch}original/", original, "import_original", PSD_ROLES),
    ]
    for route, view, name, roles in others:
        site.register_page(route, view, name=name, label="", roles=roles)


def begin_name(slug: str) -> str:
    return f"import_{slug}"


def forces_of(user: User, *roles: Role) -> QuerySet[Force]:
    return Force.objects.filter(pk__in=user.scope(*roles).forces)


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page of the desk; 422 where its form was refused."""
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and not form.is_valid() else 200
    shared = {**desk.each_context(request), "title": title}
    return TemplateResponse(request, template, {**shared, **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; the imports there were are below."""
    register, forces = named(slug), forces_of(request.user, *IMPORTERS)
    if not forces:
        raise Denied("A register is imported by the head of a force’s PSD; you head none.")
    saved = ImportMapping.objects.filter(register=slug, force__in=forces)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*data, forces=forces, saved=saved)
    if form.is_bound and form.is_valid() and (kept := _keep(form, register, request.user)):
        return redirect("admin:import_file", kept.pk)
    batches = ImportBatch.objects.filter(register=slug, force__in=forces).select_related("force")
    return page(
        request, "casework/desk/import.html", f"Import {register.name.lower()}", form=form,
        batches=batches[:BATCHES_SHOWN],
    )  # fmt: skip


def _keep(form: UploadForm, register: Register, user: User) -> ImportUpload | None:
    """The file as an upload, or None and the sentence on the form."""
    file = form.cleaned_data["file"]
    try:
        return uploads.add_upload(
            register=register,
            force=form.cleaned_data["force"],
            name=file.name,
            content=file.read(),
            mapping=form.mapping(),
            by=user,
            now=timezone.now(),
        )
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None


def find_upload(request: HttpRequest, pk: UUID) -> ImportUpload:
    """An upload of this person's own, in a force they still import for; otherwise 404."""
    mine = ImportUpload.objects.filter(
        uploaded_by=request.user, force__in=forces_of(request.user, *IMPORTERS)
    )
    return get_object_or_404(mine.select_related("force__department"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would become; saying which column is which reads it again."""
    found = find_upload(request, pk)
    if found.imported_at:
        return _after(found)
    form = _columns_form(found, request)
    if form.is_bound and form.is_valid():
        _read_again(found, form, request.user)
        return redirect("admin:import_file", found.pk)
    begin = f"admin:{begin_name(found.register)}"
    return page(
        request, "casework/desk/import_preview.html", found.name, form=form, upload=found, begin=begin,
        **_what_it_says(found),
    )  # fmt: skip


def _columns_form(found: ImportUpload, request: HttpRequest) -> ColumnsForm:
    file = uploads.file_of(found)
    sheets = read_sheets(file.content, file.name)
    return ColumnsForm(
        request.POST if request.method == "POST" else None,
        importer=file.importer,
        columns=columns_of(sheets, file.importer, file.mapping),
        mapping=file.mapping,
    )


def _read_again(found: ImportUpload, form: ColumnsForm, user: User) -> None:
    mapping: Mapping = form.mapping()
    uploads.read_by(found, mapping)
    if name := form.cleaned_data["save_as"]:
        uploads.save_mapping(
            name=name,
            force=found.force,
            register=named(found.register),
            mapping=mapping,
            by=user,
            now=timezone.now(),
        )


def _what_it_says(found: ImportUpload) -> dict[str, Any]:
    """What importing the file would do, or the sentence why it cannot be read so."""
    file = uploads.file_of(found)
    try:
        reading = read(file)
    except (Denied, MappingError, UnreadableFile) as error:
        return {"problem": str(error)}
    new = new_rows(file, reading)
    return {
        "told": report(file, reading),
        "columns": ["Row", *file.importer.columns, "In the register"],
        "rows": _preview_rows(reading, new, file.importer.preview, len(file.importer.columns)),
        "few": len(reading.rows) > ROWS_SHOWN,
    }


def _preview_rows(
    reading: Reading, new: set[str], cells_of: Callable[[Any], Any], width: int
) -> list[list[str]]:
    shown = []
    for row in reading.rows[:ROWS_SHOWN]:
        if isinstance(row, NilReturnRow):
            cells = [row.period, row.person or row.unit, "", "Nil return"]
            cells += [""] * (width - len(cells))
        else:
            cells = list(cells_of(row))
        shown.append([row.where, *cells, "New" if row.fingerprint in new else "Already there"])
    return shown


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import the file, once; a second click finds it done."""
    found = find_upload(request, pk)
    try:
        found = uploads.take_upload(found, by=request.user, now=timezone.now())
    except (MappingError, UnreadableFile) as error:
        messages.error(request, str(error))
        return redirect("admin:import_file", found.pk)
    if found.batch is None:
        messages.info(request, f"{found.name}: everything in it was in the register already.")
    return _after(found)


def _after(found: ImportUpload) -> HttpResponse:
    if found.batch_id is not None:
        return redirect("admin:import_batch", found.batch_id)
    return redirect(f"admin:{begin_name(found.register)}")


def find_batch(request: HttpRequest, pk: int) -> ImportBatch:
    batches = ImportBatch.objects.filter(force__in=forces_of(request.user, *PSD_ROLES))
    return get_object_or_404(batches.select_related("force", "imported_by__grade"), pk=pk)


@require_safe
def batch_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What one import did, and the entries it made, but for the reader's own."""
    batch = find_batch(request, pk)
    rows = ImportedRow.objects.filter(batch=batch, case__in=cases_on_desk(request.user))
    shown = Paginator(rows.select_related("case"), PAGE).get_page(request.GET.get("page"))
    by_case = {row.case_id: row.where for row in shown}
    summaries = named(batch.register).summaries(request.user, [row.case for row in shown])
    entries = [(by_case[summary.case.pk], summary) for summary in summaries]
    return page(
        request, "casework/desk/import_batch.html", batch.name, batch=batch, told=batch.result, page_obj=shown,
        entries=entries, begin=f"admin:{begin_name(batch.register)}",
        may_import=request.user.holds(*IMPORTERS),
    )  # fmt: skip


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
