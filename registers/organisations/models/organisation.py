"""One organisation, its names and identifiers, shared by the forces of one standards department."""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.people.models import Force, StandardsDepartment, User
from registers.organisations.enums import NameKind

CHARITY_NUMBER = r"^((SC|NIC)[0-9]{6}|[1-9][0-9]{3,6}(-[0-9]{1,3})?)$"
COMPANY_NUMBER = r"^([0-9]{8}|[A-Z]{2}[0-9A-Z]{6}|R[0-9]{7})$"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def shared_with(self, user: User) -> Self:
        """The organisations of the department that serves this person's force or body."""
        home = user.force or user.oversight_body
        return self.filter(department_id=home.department_id) if home else self.none()

    def whole_of(self, organisation: "Organisation") -> Self:
        """Every record that is this organisation: itself, what it was merged into, what into that."""
        root = organisation.merged_into_id or organisation.pk
        return self.filter(Q(pk=root) | Q(merged_into=root))


class Organisation(models.Model):
    """One record, whether it gave lunch, employs an officer, won a contract or was paid by card.

    A record that was merged stays, with all that points to it, and says into which; that one is
    never merged itself (`merged_into` is always the last of a chain).
    """

    department = models.ForeignKey(
        StandardsDepartment, on_delete=models.PROTECT, related_name="organisations"
    )
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, editable=False)
    company_number = models.CharField("Companies House number", max_length=8, blank=True)
    charity_number = models.CharField(max_length=12, blank=True)
    place = models.CharField(
        max_length=100, blank=True, help_text="The town, where two of one name differ by it."
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The company or body that it belongs to.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
    )

    objects = OrganisationQuerySet.as_manager()

    protection: ClassVar = Protection(near=True)

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="organisation_name_trgm"),
            GinIndex(fields=["key"], opclasses=["gin_trgm_ops"], name="organisation_key_trgm"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "key"], name="organisation_name_is_unique_in_department"
            ),
            models.UniqueConstraint(
                fields=["department", "company_number"],
                condition=~Q(company_number=""),
                name="organisation_company_number_is_unique_in_department",
            ),
            models.UniqueConstraint(
                fields=["department", "charity_number"],
                condition=~Q(charity_number=""),
                name="organisation_charity_number_is_unique_in_department",
            ),
            models.CheckConstraint(condition=~Q(key=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=Q(company_number="") | Q(company_number__regex=COMPANY_NUMBER),
                name="organisation_company_number_is_well_formed",
            ),
            models.CheckConstraint(
                condition=Q(charity_number="") | Q(charity_number__regex=CHARITY_NUMBER),
                name="organisation_charity_number_is_well_formed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="organisation_is_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="organisation_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def root_id(self) -> int:
        """The record that this one counts as."""
        return self.merged_into_id or self.pk


class OrganisationName(models.Model):
    """Another name of an organisation: a trading or former one, or a spelling that people use."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    department = models.ForeignKey(StandardsDepartment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, editable=False)
    kind = models.CharField(max_length=12, choices=NameKind, default=NameKind.AS_WRITTEN)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)

    protection: ClassVar = Protection(near=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "key"], name="other_name_is_unique_in_department"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="other_name_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SupplierNumber(models.Model):
    """What a force's finance system calls an organisation; one may have several."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="supplier_numbers"
    )
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["force", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "number"], name="supplier_number_is_unique_in_force"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="supplier_number_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.number


class OrganisationNote(models.Model):
    """What an analyst of PSD wants the next one to know of an organisation; PSD's alone."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="notes")
    department = models.ForeignKey(StandardsDepartment, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="organisation_note_says_something")
        ]

    def __str__(self) -> str:
        return self.text
