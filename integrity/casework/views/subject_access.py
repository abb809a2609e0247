"""A person's own data, to read and to keep (UK GDPR, Articles 15 and 20)."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.casework.subject_access import held_about
from integrity.people.requests import SignedInRequest


@require_safe
def subject_access(request: SignedInRequest) -> HttpResponse:
    """What the file holds, what it leaves out, and the button that makes it."""
    return render(request, "casework/subject_access.html")


@require_POST
def subject_access_file(request: SignedInRequest) -> HttpResponse:
    """The file, as it is now; that it was taken is recorded."""
    user, now = request.user, timezone.now()
    text = json.dumps(held_about(user, now=now), ensure_ascii=False, indent=1)
    record(
        "own data downloaded",
        by=user,
        now=now,
        force_id=user.force_id,
        oversight_body_id=user.oversight_body_id,
        about="person",
        about_id=user.pk,
        audience=Audience.PSD,
    )
    name = f"integrity-register-{timezone.localdate(now).isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)
