"""What the press office's pages of the desk share: who reads them, and which contacts they count."""

from collections.abc import Sized

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from integrity.casework.views.desk_pages import number
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.media_contacts.compliance import NOT_COUNTED
from registers.media_contacts.models import Contact, ContactQuerySet, OtherOfficer
from registers.media_contacts.permissions import took_part
from registers.media_contacts.queues import contacts_on_desk

PRESS = (Role.PRESS_OFFICE,)
SHARED = (*PRESS, *PSD_ROLES)
READERS = (*SHARED, Role.INSPECTOR)


def is_of(user: User, force_id: int, *roles: Role) -> bool:
    return force_id in user.scope(*roles).forces


def counted(reader: User) -> ContactQuerySet:
    """The contacts that took place and that this reader may read on the desk; their own are not there."""
    return contacts_on_desk(reader).exclude(status__in=NOT_COUNTED)


def taken_part_in(user: User) -> ContactQuerySet:
    """Contacts of somebody's own: what is said of those among others is not theirs to read."""
    was_there = OtherOfficer.objects.filter(contact=OuterRef("pk"), officer=user)
    return Contact.objects.filter(
        Q(case__subject=user) | Q(case__author=user) | Q(Exists(was_there))
    )


def contact_path(contact: Contact, reader: User) -> str:
    """Where this reader reads a contact: on the desk; one they took part in, on the site."""
    if took_part(reader, contact):
        return f"/media/{contact.case.reference}/"
    return reverse("admin:media_contacts_contact_change", args=[contact.pk])


def contact_cell(contact: Contact, reader: User) -> dict[str, str]:
    """A contact in a table, as a link."""
    return {"label": contact.case.reference, "url": contact_path(contact, reader)}


def route_path(officer: User, about: str) -> str:
    """Where the press office asks an officer what was said, when no contact was logged."""
    return reverse("admin:media_route", query={"officer": officer.pk, "about": about})


def refuse_readers(request: SignedInRequest, *, may: bool) -> None:
    """Whoever only reads a page sends nothing to it. Raises Denied."""
    if request.method == "POST" and not may:
        raise Denied("Only the press office can do this.", for_them=False)


FIGURES = ("What", number("How many"))


def several(forces: Sized) -> bool:
    """Whether a list needs to say of which force each row is."""
    return len(forces) > 1
