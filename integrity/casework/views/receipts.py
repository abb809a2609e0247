"""Receipts, to print and to keep as a file."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.audit.ledger import receipt_of
from integrity.audit.models import Audience, Event
from integrity.casework.actions import record_on_case
from integrity.casework.models import Case
from integrity.casework.permissions import is_declarant
from integrity.casework.receipts import events_with_receipts, receipt_page
from integrity.casework.registry import named
from integrity.casework.views.files import readable
from integrity.people.requests import SignedInRequest


@require_safe
def receipt(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    """What was recorded, whether it is sealed, and how to check it."""
    case, event = find(request, reference, pk)
    (summary,) = named(case.register).summaries(request.user, [case])
    context = {**receipt_page(case, event), "back_url": summary.path}
    return render(request, "casework/receipt.html", context)


@require_safe
def receipt_file(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    """The receipt as verify_receipt.py reads it."""
    _, event = find(request, reference, pk)
    text = json.dumps(receipt_of(event), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": f'attachment; filename="{reference}-{pk}.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


def find(request: SignedInRequest, reference: str, pk: int) -> tuple[Case, Event]:
    """The event of a case that this person may read; looking at another person's is recorded."""
    case = get_object_or_404(Case, reference=reference)
    if not readable(request, case):
        raise Http404
    event = get_object_or_404(events_with_receipts(case), pk=pk)
    if not is_declarant(request.user, case):
        record_on_case(
            case,
            "receipt viewed",
            by=request.user,
            now=timezone.now(),
            facts={"event": event.name, "receipt": event.pk},
            audience=Audience.PSD,
        )
    return case, event
