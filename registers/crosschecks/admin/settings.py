"""The checks on the desk: all rules with what is in force, and a force's own dated rows."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.casework.desk import desk
from integrity.casework.queue_tabs import signed_in
from integrity.casework.views.desk_pages import forces_of, page
from integrity.people.admin import REACH, ReferenceAdmin, within
from integrity.people.enums import Role
from integrity.people.models import Force
from integrity.ui.templatetags.ui import day, money
from registers.crosschecks.enums import Check
from registers.crosschecks.models import CheckSetting
from registers.crosschecks.permissions import READERS
from registers.crosschecks.rules import RULES
from registers.crosschecks.settings import Setting, default_of, settings_of

REACH[CheckSetting] = lambda scope: Q(force__in=scope.forces)
EDITORS = (Role.PSD_HEAD,)
FIELDS = (
    "switched_on",
    "owner",
    "minimum_score",
    "minimum_likeness",
    "window_days",
    "times",
    "amount",
)


@admin.register(CheckSetting, site=desk)
class CheckSettingAdmin(ReferenceAdmin):
    """A force's dated rows. Which matches a row led to nobody should read from it, so its day fixes it."""

    editors = EDITORS
    fields = ("force", "check_name", "effective_from", *FIELDS)
    list_display = (
        "check_name",
        "force",
        "effective_from",
        "switched_on",
        "owner",
        "minimum_score",
    )
    list_select_related = ("force",)
    list_filter = ("check_name",)

    def why_fixed(self, obj: Any) -> str:
        if obj.effective_from > timezone.localdate():
            return ""
        return "This row is in force; add a new one with a later date."

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> QuerySet:
        return within(Force.objects.all(), signed_in(request).user, *EDITORS)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A check begins with what it takes now: ?check_name=card_split."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        chosen = given.get("check_name", "")
        if chosen not in Check.values:
            return given
        forces = forces_of(signed_in(request).user, *EDITORS)
        force = forces.filter(pk=_number(given.get("force", ""))).first()
        now = settings_of(force, timezone.localdate())[Check(chosen)] if force else None
        setting = now or default_of(Check(chosen))
        return {name: getattr(setting, name) for name in FIELDS} | given


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Every check: what it compares, why, and what is in force today in each of the reader's forces."""
    user, today = signed_in(request).user, timezone.localdate()
    forces = list(forces_of(user, *READERS, Role.INSPECTOR))
    in_force = [(force, settings_of(force, today)) for force in forces]
    shown = [
        (rule, [(force, words(rule.check, found[rule.check]), _change(user, force, rule.check))
                for force, found in in_force])
        for rule in RULES.values()
    ]  # fmt: skip
    return page(request, "crosschecks/desk/checks.html", "The cross-checks", rules=shown)


def words(check: Check, setting: Setting) -> str:
    """A setting in a line: only what the check reads."""
    if not setting.switched_on:
        return f"Switched off since {day(setting.since)}."
    uses = RULES[check].uses
    said = [f"from a score of {setting.minimum_score}"]
    if "window_days" in uses:
        said.append(f"{setting.window_days} days")
    if "times" in uses:
        said.append(f"at least {setting.times}")
    if "amount" in uses:
        said.append(f"from {money(setting.amount)}")
    if "minimum_likeness" in uses:
        said.append(f"names alike from {setting.minimum_likeness} of 100")
    since = f"the force’s row of {day(setting.since)}" if setting.since else "as the check comes"
    return f"{setting.owner.label} decides; {', '.join(said)} ({since})."


def _change(user: Any, force: Force, check: Check) -> str:
    if force.pk not in user.scope(*EDITORS).forces:
        return ""
    given = {"check_name": str(check), "force": force.pk}
    return reverse("psd:crosschecks_checksetting_add", query=given)


desk.register_page(
    "checks/",
    checks,
    name="crosschecks-checks",
    label="The cross-checks and their settings",
    roles=(*READERS, Role.INSPECTOR),
)
