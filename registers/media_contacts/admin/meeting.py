"""The list that the press office and PSD share for their regular meeting (HMIC 2012, p. 21)."""

from collections.abc import Iterable

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import attempt, forces_of, page, paged, posted
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.media_contacts import actions
from registers.media_contacts.admin.pages import SHARED, contact_path, several, taken_part_in
from registers.media_contacts.forms.meeting import DealtWithForm, ItemForm
from registers.media_contacts.models import Contact, MeetingItem

DONE_SHOWN = 20


def items_of(user: User) -> QuerySet[MeetingItem]:
    """The list of somebody's forces, without what is said of contacts that they took part in."""
    others = MeetingItem.objects.exclude(contact__in=taken_part_in(user).values("pk"))
    return (
        others.filter(force__in=user.scope(*SHARED).forces)
        .select_related("force", "coverage__outlet", "added_by__grade", "discussed_by__grade")
        .prefetch_related(Prefetch("contact", queryset=Contact.objects.all().with_all()))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def meeting(request: SignedInRequest) -> HttpResponse:
    """What is to be talked over, oldest first; what was dealt with, newest first."""
    forces = forces_of(request.user, *SHARED)
    form = ItemForm(posted(request), forces=forces)
    if attempt(form, lambda: add(form, request.user)):
        return redirect("admin:media-meeting")
    items = items_of(request.user)
    done = items.exclude(discussed_at=None).order_by("-discussed_at", "-pk")
    done_page = paged(request, done, size=DONE_SHOWN)
    return page(
        request, "media_contacts/desk/meeting.html", "List for the press office and PSD",
        form=form, several=several(forces), page_obj=done_page,
        open=with_paths(items.filter(discussed_at=None).order_by("added_at", "pk"), request.user),
        done=with_paths(done_page, request.user),
    )  # fmt: skip


def add(form: ItemForm, by: User) -> MeetingItem:
    return actions.add_meeting_item(**form.cleaned_data, by=by, now=timezone.now())


def with_paths(items: Iterable[MeetingItem], reader: User) -> list[tuple[MeetingItem, str]]:
    """Each line with where this reader reads its contact."""
    return [(item, contact_path(item.contact, reader) if item.contact else "") for item in items]


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def dealt_with(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the meeting made of a line."""
    item = get_object_or_404(items_of(request.user), pk=pk)
    form = DealtWithForm(posted(request))
    form.cancel_url = reverse("admin:media-meeting")
    now = timezone.now()
    if attempt(
        form,
        lambda: actions.close_meeting_item(
            item, result=form.cleaned_data["result"], by=request.user, now=now
        ),
    ):
        messages.success(request, "It is off the list.")
        return redirect("admin:media-meeting")
    return page(
        request, "media_contacts/desk/meeting_item.html", "The meeting dealt with it",
        form=form, item=item,
    )  # fmt: skip


desk.register_page(
    "media/meeting/", meeting, name="media-meeting", label="Media: list for the press office and PSD",
    roles=SHARED,
)  # fmt: skip
desk.register_page(
    "media/meeting/<int:pk>/", dealt_with, name="media-meeting-item", label="", roles=SHARED
)
