"""Outlets and journalists: one record each, shared by the forces of one standards department."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.people.models import StandardsDepartment, User
from registers.media_contacts.enums import Reach
from registers.organisations.models import Organisation


class Shared[M: models.Model](models.QuerySet[M]):
    def shared_with(self, user: User) -> "Shared[M]":
        """Those of the department that serves this person's force or body."""
        home = user.force or user.oversight_body
        return self.filter(department_id=home.department_id) if home else self.none()


class Outlet(models.Model):
    """That an organisation is a news outlet, and whom it reaches; the press office says which."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="outlet"
    )
    department = models.ForeignKey(StandardsDepartment, on_delete=models.PROTECT, related_name="+")
    reach = models.CharField(max_length=10, choices=Reach, blank=True)

    objects = Shared["Outlet"].as_manager()

    protection: ClassVar = Protection(near=True)

    class Meta:
        ordering: ClassVar = ["organisation__name"]

    def __str__(self) -> str:
        return str(self.organisation)


class Journalist(models.Model):
    """One journalist, however their name is spelt; for which outlet they spoke is on each contact."""

    department = models.ForeignKey(
        StandardsDepartment, on_delete=models.PROTECT, related_name="journalists"
    )
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, editable=False)

    objects = Shared["Journalist"].as_manager()

    protection: ClassVar = Protection(near=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "key"], name="journalist_is_unique_in_department"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="journalist_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
