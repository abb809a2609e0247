"""Which pages of figures somebody reads: for the menu, the index, and the desk's first page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from integrity.casework.desk import Front
from integrity.people.models import User
from registers.oversight.dashboards import desk_front
from registers.oversight.forms.filter import FilterForm
from registers.oversight.marks import key
from registers.oversight.permissions import boards_of, forces_for_psd, is_of_psd, reads_figures


@dataclass(frozen=True, slots=True)
class Page:
    label: str
    path: str
    hint: str


def pages_of(user: User) -> list[Page]:
    """The dashboards of PSD and of bodies, and the inspection return."""
    found = []
    if is_of_psd(user):
        hint = "What waits, every register, and what stands out"
        found.append(Page("Professional standards", reverse("oversight:psd"), hint))
    for body in boards_of(user):
        path = reverse("oversight:board", args=[body.code])
        found.append(Page(str(body), path, "What the board sees of its forces"))
    if is_of_psd(user):
        hint = "Every figure that HMIC published in 2012, by its definition there"
        found.append(Page("Inspection return", reverse("oversight:return"), hint))
    return found


def in_menu(user: User) -> str:
    return reverse("oversight:index") if reads_figures(user) else ""


def on_desk(user: User) -> Front | None:
    """What waits and the headlines, above today's queues; nothing for who reads no dashboard."""
    if not is_of_psd(user):
        return None
    today = timezone.localdate()
    form = FilterForm({}, forces=list(forces_for_psd(user)), today=today, narrow=False)
    asked = form.asked()
    given: dict[str, Any] = {
        "asked": asked,
        "sections": desk_front(asked, reader=user, today=today),
        "key": key(public=False),
    }
    return Front("oversight/desk_front.html", given)
