"""The dated rows of the policy on investigations. That there are rules is no secret; what they led to is."""

from typing import Any

from django.contrib import admin
from django.utils import timezone

from integrity.casework.desk import desk
from integrity.casework.reference import PolicyPart, PolicyRowAdmin, policies_in
from integrity.people.admin import REACH
from registers.investigations.models import InvestigationPolicy, InvestigationWeight

REACH[InvestigationPolicy] = policies_in(InvestigationPolicy)


class WeightInline(PolicyPart):
    model = InvestigationWeight


@admin.register(InvestigationPolicy, site=desk)
class InvestigationPolicyAdmin(PolicyRowAdmin):
    """The rows with their weights. A row is fixed once it is in force, whatever was opened under it:

    to say how many entries froze it would betray that there are some.
    """

    inlines = (WeightInline,)
    list_display = ("title", "owner", "effective_from", "recheck_days")

    def why_fixed(self, obj: Any) -> str:
        if obj.effective_from > timezone.localdate():
            return ""
        return "This row is in force; add a new one with a later date."
