"""A contact with the media, and who took part on either side."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.text import Truncator

from integrity.audit.protection import Protection
from integrity.casework.models import Attachment, Case
from integrity.casework.models.conversation import pair
from integrity.people.enums import Role
from integrity.people.models import Force, User
from registers.media_contacts.enums import Basis, Channel, OffRecord, PressCard, Status
from registers.media_contacts.models.media import Journalist
from registers.media_contacts.models.policy import MediaPolicy
from registers.organisations.models import Organisation

UNSTATED = (Status.ROUTED, Status.NO_CONTACT, Status.WITHDRAWN)


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> "ContactQuerySet":
        """The platform's readers, the press office, and every officer who took part.

        A governance member reads chief officers' entries in the forces that the body oversees.
        """
        cases = Case.objects.visible_to(user).filter(register="media_contacts")
        took_part = OtherOfficer.objects.filter(contact=OuterRef("pk"), officer=user)
        bodies = user.scope(Role.GOVERNANCE_MEMBER).bodies
        overseen = Force.objects.filter(oversight_bodies__in=bodies)
        return self.filter(
            Q(case__in=cases.values("pk"))
            | Q(Exists(took_part))
            | Q(case__in=Case.objects.in_scope(user, Role.PRESS_OFFICE).values("pk"))
            | Q(case__subject_is_chief_officer=True, case__force__in=overseen.values("pk"))
        )

    def with_all(self) -> "ContactQuerySet":
        """All that a list or a page shows, in a fixed number of queries."""
        return self.select_related(
            "case__force",
            "case__oversight_body",
            "case__subject__grade",
            "case__author__grade",
            "case__owner__grade",
            "case__subject_unit",
            "case__subject_manager__grade",
            "acknowledged_by__grade",
            "agreement",
            "policy",
        ).prefetch_related(
            "speakers__journalist", "speakers__outlet__outlet", "other_officers__officer__grade"
        )


class Contact(models.Model):
    """One contact between people of a force and people of the media.

    A request that the press office routed to an officer is one whose officer has not said yet what
    happened. A legacy log says less than this register asks.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="contact")
    policy = models.ForeignKey(MediaPolicy, on_delete=models.PROTECT, related_name="contacts")
    status = models.CharField(max_length=20, choices=Status)
    contacted_on = models.DateField()
    contacted_at = models.TimeField(null=True)
    channel = models.CharField(max_length=12, choices=Channel, blank=True)
    place = models.CharField(max_length=200, blank=True)
    about = models.TextField()
    basis = models.CharField(max_length=16, choices=Basis, blank=True)
    embargo_until = models.DateTimeField(null=True)
    agreement = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    off_record = models.CharField(max_length=10, choices=OffRecord, blank=True)
    responsible = models.BooleanField(null=True)
    policing_purpose = models.BooleanField(null=True)
    explanation = models.TextField(blank=True)
    press_card = models.CharField(max_length=10, choices=PressCard, blank=True)
    press_card_reason = models.CharField(max_length=200, blank=True)
    press_office_told = models.BooleanField(null=True)
    hospitality = models.BooleanField(default=False)
    days_late = models.PositiveIntegerField(default=0)
    late_reason = models.TextField(blank=True)
    legacy = models.BooleanField(default=False)
    stated_at = models.DateTimeField(null=True, help_text="When somebody first said what happened.")
    routed_at = models.DateTimeField(null=True)
    routed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="requests_routed"
    )
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="contacts_acknowledged"
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-contacted_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(about=""), name="contact_says_what_about"),
            models.CheckConstraint(
                condition=Q(legacy=True)
                | Q(status__in=UNSTATED)
                | (
                    ~Q(basis="")
                    & ~Q(channel="")
                    & ~Q(press_card="")
                    & Q(responsible__isnull=False, policing_purpose__isnull=False)
                    & Q(press_office_told__isnull=False)
                ),
                name="contact_is_stated_whole",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.EMBARGOED, embargo_until__isnull=False)
                | (~Q(basis=Basis.EMBARGOED) & Q(embargo_until__isnull=True)),
                name="contact_embargo_has_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.EMBARGOED) | Q(legacy=True) | Q(agreement__isnull=False),
                name="contact_embargo_has_its_agreement",
            ),
            models.CheckConstraint(
                condition=(~Q(responsible=False) & ~Q(policing_purpose=False))
                | Q(responsible__isnull=True)
                | ~Q(explanation=""),
                name="contact_outside_the_two_questions_says_why",
            ),
            models.CheckConstraint(
                condition=Q(press_card=PressCard.OTHER) ^ Q(press_card_reason=""),
                name="contact_without_press_card_says_why",
            ),
            models.CheckConstraint(
                condition=Q(days_late=0) | ~Q(late_reason="") | Q(legacy=True),
                name="contact_late_says_why",
            ),
            models.CheckConstraint(
                condition=pair("routed_at", "routed_by"),
                name="contact_routed_at_with_routed_by",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ROUTED) | Q(routed_at__isnull=False),
                name="contact_routed_by_somebody",
            ),
            models.CheckConstraint(
                condition=pair("acknowledged_at", "acknowledged_by"),
                name="contact_acknowledged_at_with_acknowledged_by",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ACKNOWLEDGED)
                | Q(acknowledged_at__isnull=False)
                | Q(legacy=True),
                name="contact_acknowledged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.case.reference

    @property
    def with_whom(self) -> str:
        """The journalists and outlets, as a reader sees them."""
        return "; ".join(str(speaker) for speaker in self.speakers.all()) or "Not known"

    @property
    def title(self) -> str:
        """What the contact was, in a few words."""
        return f"{Truncator(self.about).chars(60)}, with {Truncator(self.with_whom).chars(80)}"


class StandingSpeakers(models.Manager["ContactSpeaker"]):
    """The journalists and outlets that the entry names now, with their names."""

    def get_queryset(self) -> models.QuerySet["ContactSpeaker"]:
        return super().get_queryset().filter(struck=False).select_related("journalist", "outlet")


class ContactSpeaker(models.Model):
    """A journalist at a contact, and the outlet they spoke for; a legacy log may know only one."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="speakers")
    position = models.PositiveSmallIntegerField()
    journalist = models.ForeignKey(
        Journalist, on_delete=models.PROTECT, null=True, related_name="appearances"
    )
    outlet = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="media_contacts"
    )
    struck = models.BooleanField(
        default=False, help_text="A correction took it off the entry; earlier versions hold it."
    )

    objects = StandingSpeakers()
    with_struck = models.Manager()  # noqa: DJ012 - a second manager, no field

    protection: ClassVar = Protection(within="contact")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "position"], name="speaker_position_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(journalist__isnull=False) | Q(outlet__isnull=False),
                name="speaker_is_a_journalist_or_an_outlet",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(str(part) for part in (self.journalist, self.outlet) if part)


class StandingOfficers(models.Manager["OtherOfficer"]):
    """Those whom the entry names now."""

    def get_queryset(self) -> models.QuerySet["OtherOfficer"]:
        return super().get_queryset().filter(struck=False)


class OtherOfficer(models.Model):
    """Somebody else of the force who took part: logged once, for all of them."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="other_officers")
    officer = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="contacts_taken_part_in"
    )
    struck = models.BooleanField(default=False)

    objects = StandingOfficers()
    with_struck = models.Manager()  # noqa: DJ012 - a second manager, no field

    protection: ClassVar = Protection(within="contact")

    class Meta:
        ordering: ClassVar = ["officer__last_name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "officer"], name="officer_takes_part_in_a_contact_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.officer)
