"""Importing files at the desk, registers' and feeds': upload, look, import."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from integrity.casework.actions import import_uploads as uploads
from integrity.casework.desk import DeskSite
from integrity.casework.import_forms import ColumnsForm, UploadForm, columns_of
from integrity.casework.importing.feed import Feed
from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.sheets import UnreadableFile, read_sheets
from integrity.casework.models import ImportBatch, ImportMapping, ImportUpload
from integrity.casework.registry import Register, feeds, importable, registers
from integrity.casework.views.desk_pages import forces_of, page, posted
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import Force, User

ROWS_SHOWN = 20
BATCHES_SHOWN = 20
LOOK_AGAIN = 5  # seconds until the page of an import under way is read again
IMPORTERS = (Role.PSD_HEAD,)
NOTHING = "Nothing"
CHANGE_COLUMNS = ("Row", "Entry", "What", "From", "To")


def add_pages(site: DeskSite) -> None:
    """The pages of this module on a desk: one to begin at for each register and feed that is imported."""
    entries: list[tuple[Register | Feed, str]] = [
        *(
            (each, f"Import a register: {each.name.lower()}")
            for each in registers()
            if each.importer
        ),
        *((each, f"Import {each.name.lower()}") for each in feeds()),
    ]
    for entry, label in entries:
        site.register_page(
            f"import/{entry.slug}/",
            partial(upload, slug=entry.slug),
            name=begin_name(entry.slug),
            label=label,
            roles=importers(entry),
            may=partial(_imports, entry),
        )
    file = "import/files/<uuid:pk>/"
    anybody = tuple(dict.fromkeys(role for entry, _ in entries for role in importers(entry)))
    others: list[tuple[str, Callable[..., Any], str]] = [
        (file, preview, "import_file"),
        (f"{file}import/", take, "import_take"),
    ]
    for route, view, name in others:
        site.register_page(route, view, name=name, label="", roles=anybody)


def begin_name(slug: str) -> str:
    return f"import_{slug}"


def importers(entry: Register | Feed) -> Sequence[Role]:
    """Who imports a register's or a feed's files."""
    return entry.roles if isinstance(entry, Feed) else IMPORTERS


def importing_forces(user: User, entry: Register | Feed) -> QuerySet[Force]:
    """The forces for which somebody imports a register's or a feed's files."""
    return forces_of(user, *importers(entry))


def _imports(entry: Register | Feed, user: User) -> bool:
    return importing_forces(user, entry).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; the imports there were are below."""
    entry = importable(slug)
    forces = importing_forces(request.user, entry)
    saved = ImportMapping.objects.filter(register=slug, force__in=forces)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    accepts = entry.accepts if isinstance(entry, Feed) else ""
    form = UploadForm(*data, forces=forces, saved=saved, accepts=accepts)
    if form.is_bound and form.is_valid() and (kept := _keep(form, entry, request.user)):
        return redirect("admin:import_file", kept.pk)
    batches = ImportBatch.objects.filter(register=slug, force__in=forces).select_related("force")
    return page(
        request, "casework/desk/import.html", f"Import {entry.name.lower()}", form=form,
        batches=batches[:BATCHES_SHOWN],
    )  # fmt: skip


def _keep(form: UploadForm, entry: Register | Feed, user: User) -> ImportUpload | None:
    """The file as an upload, or None and the sentence on the form."""
    file = form.cleaned_data["file"]
    try:
        return uploads.add_upload(
            register=entry,
            force=form.cleaned_data["force"],
            name=file.name,
            content=file.read(),
            mapping=form.mapping(),
            by=user,
            now=timezone.now(),
        )
    except (MappingError, UnreadableFile) as error:
        form.add_error("file", str(error))
        return None


def find_upload(request: HttpRequest, pk: UUID) -> ImportUpload:
    """An upload of this person's own, in a force they still import for; otherwise 404."""
    mine = ImportUpload.objects.filter(uploaded_by=request.user)
    found = get_object_or_404(mine.select_related("force__department"), pk=pk)
    roles = importers(importable(found.register))
    if found.force_id not in request.user.scope(*roles).forces:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would become; saying which column is which reads it again."""
    found = find_upload(request, pk)
    if found.imported_at:
        return after(request, found)
    begin = f"admin:{begin_name(found.register)}"
    if uploads.is_under_way(found, timezone.now()):
        return _under_way(request, found, begin)
    form = _columns_form(found, request)
    if form is not None and form.is_bound and form.is_valid():
        _read_again(found, form, request.user)
        return redirect("admin:import_file", found.pk)
    return page(
        request, "casework/desk/import_preview.html", found.name, form=form, upload=found, begin=begin,
        **_what_it_says(found),
    )  # fmt: skip


def _under_way(request: HttpRequest, found: ImportUpload, begin: str) -> HttpResponse:
    """How far the worker is; the page is read again by itself, with no script."""
    answer = page(
        request, "casework/desk/import_progress.html", found.name, upload=found, begin=begin
    )
    answer["Refresh"] = str(LOOK_AGAIN)
    return answer


def _columns_form(found: ImportUpload, request: HttpRequest) -> ColumnsForm | None:
    """None for a file that itself says what is what."""
    file = uploads.file_of(found)
    if not file.has_columns:
        return None
    sheets = read_sheets(file.content, file.name)
    return ColumnsForm(
        posted(request),
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
            register=importable(found.register),
            mapping=mapping,
            by=user,
            now=timezone.now(),
        )


def _what_it_says(found: ImportUpload) -> dict[str, Any]:
    """What importing the file would do, or the sentence why it cannot be read so."""
    file = uploads.file_of(found)
    try:
        shown = file.preview(file.read(), ROWS_SHOWN)
    except (Denied, MappingError, UnreadableFile) as error:
        return {"problem": str(error)}
    return {
        "told": shown.told,
        "figures": figures(found.register, shown.told),
        "columns": shown.columns,
        "rows": shown.rows,
        "few": shown.more,
        "change_columns": CHANGE_COLUMNS,
        "changes": change_rows(shown.told.get("changes", [])[:ROWS_SHOWN]),
    }


def figures(slug: str, told: dict[str, Any]) -> list[tuple[str, Any, bool]]:
    """What a feed's report adds, each with its label and whether it is money."""
    entry = importable(slug)
    labels = entry.figures if isinstance(entry, Feed) else {}
    return [
        (label, told[name], isinstance(told[name], str))
        for name, label in labels.items()
        if name in told
    ]


def change_rows(changes: Sequence[dict[str, str]]) -> list[list[str]]:
    """What a corrected file says otherwise, as rows under CHANGE_COLUMNS.

    A report of before entries were named names none.
    """
    return [
        [
            each["where"],
            each.get("entry", ""),
            each["field"],
            each["from"] or NOTHING,
            each["to"] or NOTHING,
        ]
        for each in changes
    ]


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import the file, once; a second click finds it done, or under way."""
    found = find_upload(request, pk)
    try:
        found = uploads.take_upload(found, by=request.user, now=timezone.now())
    except (MappingError, UnreadableFile) as error:
        messages.error(request, str(error))
        return redirect("admin:import_file", found.pk)
    if found.imported_at is None:
        return redirect("admin:import_file", found.pk)
    return after(request, found)


def after(request: HttpRequest, found: ImportUpload) -> HttpResponse:
    """Where an import ends: what it did, or that it brought nothing."""
    if found.batch_id is not None:
        return redirect("admin:import_batch", found.batch_id)
    messages.info(request, f"{found.name}: everything in it was in the register already.")
    return redirect(f"admin:{begin_name(found.register)}")
