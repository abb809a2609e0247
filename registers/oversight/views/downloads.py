"""Files of figures as a browser saves them. That one was taken is on record."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from integrity.people.requests import SignedInRequest
from registers.oversight.asking import Asked
from registers.oversight.taking import taken

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(
    request: SignedInRequest,
    asked: Asked,
    content: bytes,
    name: str,
    *,
    about: str,
    facts: Mapping[str, Any],
) -> HttpResponse:
    """A file of what was asked; ``facts`` are what the ledger says of it beside its name."""
    taken(asked.forces, name, about=about, by=request.user, now=timezone.now(), facts=facts)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    kind = KINDS[name.rpartition(".")[-1]]
    return HttpResponse(content, content_type=kind, headers=headers)
