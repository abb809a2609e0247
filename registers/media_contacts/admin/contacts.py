"""Media contacts on the desk: the press office's queues and case pages, which PSD reads as well."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator

from integrity.casework.desk import CASE_ROLES, desk
from integrity.casework.enums import Actor
from integrity.casework.permissions import Option
from integrity.casework.queue_tabs import signed_in
from integrity.casework.queues import QueueAdmin, who
from integrity.casework.workflow import Conflict, Denied, Transition
from integrity.people.enums import Role
from integrity.people.models import User
from integrity.ui.templatetags.ui import tag
from registers.media_contacts import actions, permissions
from registers.media_contacts.case_page import contact_page, flag_words, when
from registers.media_contacts.enums import Verb
from registers.media_contacts.handlers import HANDLERS
from registers.media_contacts.models import Contact, ContactQuerySet
from registers.media_contacts.queues import QUEUES, contacts_on_desk
from registers.media_contacts.workflow import TRANSITIONS

DESK_VERBS = frozenset(
    Verb(transition.verb)
    for transition in TRANSITIONS
    if {Actor.PRESS, Actor.PSD} & transition.who and transition.verb in HANDLERS
)


@admin.register(Contact, site=desk)
class ContactAdmin(QueueAdmin):
    """Contacts as the press office works them. They have no owner: whoever is on duty does."""

    queues = QUEUES
    roles = (*CASE_ROLES, Role.PRESS_OFFICE)
    handlers = HANDLERS
    desk_verbs = DESK_VERBS
    case_template = "media_contacts/desk/case.html"
    actions = ("acknowledge",)
    list_display = (
        "reference",
        "received",
        "on",
        "officers",
        "with_whom",
        "matter",
        "basis_tag",
        "flags",
        "due_by",
        "risk",
    )
    list_display_links = ("reference",)
    search_fields = (
        "case__reference",
        "case__subject_name",
        "other_officers__officer__last_name",
        "other_officers__officer__number",
        "speakers__journalist__name",
        "speakers__outlet__name",
        "speakers__outlet__names__name",
        "about",
    )
    search_help_text = "Reference, officer, journalist, outlet or what it was about"

    def read(self, records: Any) -> ContactQuerySet:
        return records.with_all()

    def in_reach(self, records: QuerySet, user: User) -> QuerySet:
        return records.filter(pk__in=contacts_on_desk(user).values("pk"))

    def check_verb(self, verb: str, user: User, record: Contact) -> Transition:
        return permissions.check(Verb(verb), user, record)

    def options(self, user: User, record: Contact) -> Sequence[Option]:
        return permissions.options(user, record)

    def record_page(self, user: User, record: Contact) -> dict[str, Any]:
        return contact_page(user, record)

    def has_acknowledge_permission(self, request: HttpRequest) -> bool:
        return signed_in(request).user.holds(Role.PRESS_OFFICE)

    @admin.action(description="Acknowledge", permissions=["acknowledge"])
    def acknowledge(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Each contact by itself, as its row was drawn, so that one refusal leaves the others done."""
        done = 0
        for contact in queryset:
            try:
                actions.acknowledge(
                    contact,
                    by=signed_in(request).user,
                    now=timezone.now(),
                    version=self._version_seen(request, contact),
                )
                done += 1
            except (Denied, Conflict) as refusal:
                messages.warning(request, f"{contact.case.reference}: {refusal}")
        if done:
            are = "contact is" if done == 1 else "contacts are"
            messages.success(request, f"{done} {are} acknowledged.")

    @admin.display(description="When", ordering="contacted_on")
    def on(self, contact: Contact) -> str:
        return when(contact)

    @admin.display(description="Who", ordering="case__subject_name")
    def officers(self, contact: Contact) -> str:
        more = len(contact.other_officers.all())
        others = f", and {more} {'other' if more == 1 else 'others'}" if more else ""
        return f"{who(contact.case)}{others}"

    @admin.display(description="With whom")
    def with_whom(self, contact: Contact) -> str:
        return contact.with_whom

    @admin.display(description="About")
    def matter(self, contact: Contact) -> str:
        return Truncator(contact.about).chars(80)

    @admin.display(description="Basis", ordering="basis")
    def basis_tag(self, contact: Contact) -> str:
        return tag(contact.basis, label=contact.get_basis_display()) if contact.basis else "–"

    @admin.display(description="Flags")
    def flags(self, contact: Contact) -> str:
        return "; ".join(flag_words(contact)) or "–"
