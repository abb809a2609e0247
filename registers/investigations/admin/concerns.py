"""Concerns without a name, as PSD reads and answers them on the desk."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.casework.desk import desk
from integrity.casework.queue_tabs import signed_in
from integrity.casework.registry import opener
from integrity.casework.views.desk_pages import page, paged
from integrity.casework.workflow import Denied
from integrity.people.enums import CONFIDENTIAL_ROLES
from integrity.people.models import User
from registers.investigations import actions
from registers.investigations.admin.looks import on_record
from registers.investigations.forms.concerns import ReplyForm
from registers.investigations.models import Concern
from registers.investigations.permissions import check_may_reply


@require_safe
@on_record("concerns")
def concerns(request: HttpRequest) -> HttpResponse:
    """Newest first, and which wait for a reply."""
    found = Concern.objects.visible_to(signed_in(request).user).with_all()
    return page(
        request, "investigations/desk/concerns.html", "Concerns without a name",
        concerns=paged(request, found),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written, the way on to an investigation, and PSD's reply; a look is recorded."""
    user = signed_in(request).user
    found = get_object_or_404(Concern.objects.visible_to(user).with_all(), pk=pk)
    form = _reply_form(request, user, found)
    if form is not None and form.is_bound and form.is_valid():
        actions.reply(found, text=form.cleaned_data["text"], by=user, now=timezone.now())
        messages.success(request, "Your reply was sent. The sender reads it with their code.")
        return redirect("admin:investigations-concern", found.pk)
    if request.method != "POST":
        _record_look(found, by=user)
    opening = opener("investigation")
    return page(
        request, "investigations/desk/concern.html", str(found), concern=found, form=form,
        opening=opening(user, found.referral) if opening else None,
    )  # fmt: skip


def _reply_form(request: HttpRequest, user: User, found: Concern) -> ReplyForm | None:
    """PSD's; whoever only inspects has none, and is refused if they send one."""
    if request.method == "POST":
        check_may_reply(user, found)
        Concern.objects.select_for_update(of=("self",)).get(pk=found.pk)  # replies take turns
        return ReplyForm(request.POST, written=found.messages.count())
    try:
        check_may_reply(user, found)
    except Denied:
        return None
    return ReplyForm(written=found.messages.count())


def _record_look(found: Concern, *, by: User) -> None:
    record(
        "concern viewed",
        by=by,
        now=timezone.now(),
        force_id=found.force_id,
        about="referral",
        about_id=found.referral_id,
        audience=Audience.PSD,
        confidential=True,
    )


desk.register_page(
    "concerns/",
    concerns,
    name="investigations-concerns",
    label="Concerns without a name",
    roles=CONFIDENTIAL_ROLES,
    waiting=lambda user: Concern.objects.visible_to(user).awaiting_reply().count(),
)
desk.register_page(
    "concerns/<int:pk>/", concern, name="investigations-concern", label="", roles=CONFIDENTIAL_ROLES
)
