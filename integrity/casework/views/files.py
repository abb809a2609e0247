"""Attachments and the files that registers were imported from, always as downloads."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.audit.models import Audience
from integrity.casework.actions import record_on_case
from integrity.casework.case_page import attachments_of
from integrity.casework.models import Attachment, Case
from integrity.casework.permissions import is_declarant
from integrity.casework.registry import named
from integrity.people.requests import SignedInRequest


@require_safe
def attachment(request: SignedInRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Attachment.objects.select_related("case"), pk=pk)
    if not readable(request, found.case):
        raise Http404
    if not attachments_of(request.user, found.case).filter(pk=found.pk).exists():
        raise Http404
    if not is_declarant(request.user, found.case):
        record_download(request, found.case, found.name)
    return download(found.file, found.name)


def record_download(request: SignedInRequest, case: Case, name: str) -> None:
    """Whoever took a file of another person's case is on record."""
    record_on_case(
        case,
        "file downloaded",
        by=request.user,
        now=timezone.now(),
        facts={"file": name},
        audience=Audience.PSD,
    )


def readable(request: SignedInRequest, case: Case) -> bool:
    """Whether the case's register lets this person see it."""
    return bool(named(case.register).summaries(request.user, [case]))


def download(file: object, name: str) -> FileResponse:
    """Bytes that no browser will run: a plain type, a download, an empty sandbox."""
    response = FileResponse(
        file, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
