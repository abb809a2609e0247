"""The written notice of a decision, as a page and as a PDF."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.audit.models import Audience
from integrity.casework.actions import record_on_case
from integrity.casework.permissions import is_declarant
from integrity.casework.views.files import record_download
from integrity.people.requests import SignedInRequest
from integrity.ui.pdf import render as render_pdf
from registers.business_interests.models import WrittenNotice
from registers.business_interests.notices import letter
from registers.business_interests.views.cases import find


def find_notice(request: SignedInRequest, reference: str, pk: int) -> WrittenNotice:
    """A notice of an entry that this person may see; otherwise 404."""
    interest = find(request.user, reference)
    notices = interest.notices.select_related("decision__decided_by__grade")
    found: WrittenNotice = get_object_or_404(notices, pk=pk)
    found.interest = interest
    return found


@require_safe
def notice(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    found = find_notice(request, reference, pk)
    case = found.interest.case
    if not is_declarant(request.user, case):
        record_on_case(
            case,
            "entry viewed",
            by=request.user,
            now=timezone.now(),
            facts={"notice": pk},
            audience=Audience.PSD,
        )
    context = {"letter": letter(found), "notice": found, "case": case}
    return render(request, "interests/notice.html", context)


@require_safe
def notice_pdf(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    """The same words to print and to keep; that somebody else took it is recorded."""
    found = find_notice(request, reference, pk)
    name = f"{reference}-notice-{pk}.pdf"
    if not is_declarant(request.user, found.interest.case):
        record_download(request, found.interest.case, name)
    content = render_pdf("notice.typ", letter(found).plain, made_at=found.given_at)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
