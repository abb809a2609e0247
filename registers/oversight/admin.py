"""A force's dated rows of whether chief officers are named, as the head of PSD keeps them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from integrity.casework.desk import desk
from integrity.people.admin import REACH, ReferenceAdmin
from integrity.people.enums import Role
from registers.oversight.rules import NamingRule

REACH[NamingRule] = lambda scope: Q(force__in=scope.forces)


@admin.register(NamingRule, site=desk)
class NamingRuleAdmin(ReferenceAdmin):
    """What was published under a row stays as it was told, so its day fixes it."""

    editors = (Role.PSD_HEAD,)
    fields: ClassVar = ("force", "effective_from", "to_the_board", "in_public")
    list_display = ("force", "effective_from", "to_the_board", "in_public")
    list_select_related = ("force",)

    def why_fixed(self, obj: Any) -> str:
        if obj.effective_from > timezone.localdate():
            return ""
        return "This row is in force; add a new one with a later date."
