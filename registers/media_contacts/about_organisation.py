"""What the register of media contacts tells of an organisation, and to whom."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import User
from registers.media_contacts.models import ContactSpeaker, Coverage, MediaPolicy
from registers.media_contacts.queues import contacts_on_desk
from registers.media_contacts.summaries import path_of, summary
from registers.organisations.enums import Standing
from registers.organisations.models import Organisation
from registers.organisations.permissions import OWNERS
from registers.organisations.reading import on_desk
from registers.organisations.registry import Item
from registers.organisations.whole import named_in


def contacts_with(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """Contacts with people who spoke for these records, for the desk and for the register's owner."""
    spoke = ContactSpeaker.objects.filter(Q(outlet__in=ids), struck=False)
    found = contacts_on_desk(reader, *OWNERS).filter(pk__in=spoke.values("contact"))
    for contact in found.with_all().annotate(on_desk=on_desk(reader, Role.PRESS_OFFICE)):
        status = contact.get_status_display()
        path = reverse("psd:media_contacts_contact_change", args=[contact.pk])
        if not contact.on_desk:
            status, path = summary(contact).status, path_of(contact)
        yield Item(
            on=contact.contacted_on,
            what="Contact",
            title=f"{contact.case.reference}: {contact.about[:120]}",
            detail=f"{contact.case.subject_name}. {status}.",
            path=path,
        )


def coverage_by(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """What these records published of the reader's forces."""
    forces = reader.scope(Role.PRESS_OFFICE, *PSD_ROLES, Role.INSPECTOR).forces
    for each in Coverage.objects.filter(outlet__in=ids, force__in=forces):
        yield Item(
            on=each.published_on,
            what="Coverage",
            title=each.headline,
            path=reverse("psd:media-coverage-one", args=[each.pk]),
        )


def entries_naming(records: QuerySet[Organisation]) -> Iterable[tuple[int, int | None, int | None]]:
    """The contacts with people who spoke for one of these."""
    return named_in(ContactSpeaker.objects.all(), "outlet", "contact__case", records)


def policy_on_suppliers(reader: User, today: date, standing: Standing | None) -> Iterator[str]:
    """What the reader's policy says where an outlet supplies the force or bids to it.

    Whatever is offered at a contact is declared as an offer (RULES, Media contacts 8).
    """
    try:
        policy = MediaPolicy.objects.for_person(reader).in_force(today)
    except MediaPolicy.DoesNotExist:
        return
    yield (
        f"Under “{policy.title}” whatever is offered at a contact is declared as an offer. Accept "
        "nothing from an organisation that supplies the force or bids to it."
    )
