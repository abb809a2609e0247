"""One organisation, its names and identifiers, shared by the forces of one standards department."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.people.models import StandardsDepartment, User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def shared_with(self, user: User) -> "OrganisationQuerySet":
        """The organisations of the department that serves this person's force or body."""
        home = user.force or user.oversight_body
        return self.filter(department_id=home.department_id) if home else self.none()


class Organisation(models.Model):
    """One record, whether it gave lunch, employs an officer, won a contract or was paid by card."""

    department = models.ForeignKey(
        StandardsDepartment, on_delete=models.PROTECT, related_name="organisations"
    )
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, editable=False)
    company_number = models.CharField("Companies House number", max_length=8, blank=True)
    charity_number = models.CharField(max_length=10, blank=True)

    objects = OrganisationQuerySet.as_manager()

    protection: ClassVar = Protection(near=True)

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="organisation_name_trgm")
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
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """Another spelling or trading name of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    department = models.ForeignKey(StandardsDepartment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, editable=False)

    protection: ClassVar = Protection(near=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "key"], name="other_name_is_unique_in_department"
            )
        ]

    def __str__(self) -> str:
        return self.name
