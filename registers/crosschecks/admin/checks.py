"""Every check on one page: what it compares, why, and how each force runs it, now and from a day on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.casework.desk import desk
from integrity.casework.queue_tabs import signed_in
from integrity.casework.views.desk_pages import forces_of, page
from integrity.people.models import Force
from integrity.ui.templatetags.ui import day, money
from registers.crosschecks.admin.settings import CHECK_READERS, EDITORS
from registers.crosschecks.enums import Check
from registers.crosschecks.models import CheckSetting
from registers.crosschecks.rules import RULES
from registers.crosschecks.settings import Setting, of_row, settings_of


@dataclass(frozen=True, slots=True)
class InForce:
    """How one force runs one check, and what it has set for later days, each with the way to change it."""

    force: Force
    words: str
    change: str
    later: Sequence[tuple[str, str]]


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Every check, and what is in force today in each of the reader's forces."""
    user, today = signed_in(request).user, timezone.localdate()
    keeps = user.scope(*EDITORS).forces
    found = [runs(each, today, keeps=each.pk in keeps) for each in forces_of(user, *CHECK_READERS)]
    return page(
        request, "crosschecks/desk/checks.html", "The cross-checks",
        rules=[(rule, [each[rule.check] for each in found]) for rule in RULES.values()],
        keeps=bool(keeps),
    )  # fmt: skip


def runs(force: Force, today: date, *, keeps: bool) -> Mapping[Check, InForce]:
    """Every check in one force; with the ways to change it, for who keeps its settings."""
    held, later = settings_of(force, today), rows_for_later(force, today)
    return {
        check: InForce(
            force,
            words(check, held[check]),
            change(force, check) if keeps else "",
            changes(check, held[check], later[check], keeps=keeps),
        )
        for check in Check
    }


def rows_for_later(force: Force, today: date) -> Mapping[Check, list[CheckSetting]]:
    found: dict[Check, list[CheckSetting]] = defaultdict(list)
    rows = CheckSetting.objects.filter(force=force, effective_from__gt=today)
    for row in rows.order_by("effective_from"):
        found[Check(row.check_name)].append(row)
    return found


def changes(
    check: Check, now: Setting, rows: Sequence[CheckSetting], *, keeps: bool
) -> list[tuple[str, str]]:
    """'From 24 November 2026: 30 days': of each row what it changes, and the way to the row."""
    told = []
    for row in rows:
        new = of_row(row)
        before = said(check, now)
        differs = [each for each in said(check, new) if each not in before] or ["as before"]
        way = reverse("psd:crosschecks_checksetting_change", args=[row.pk]) if keeps else ""
        told.append((f"From {day(row.effective_from)}: {', '.join(differs)}.", way))
        now = new
    return told


def words(check: Check, setting: Setting) -> str:
    """A setting in a line: only what the check reads."""
    since = f"set by the force from {day(setting.since)}" if setting.since else "not changed here"
    if not setting.switched_on:
        return f"Switched off since {day(setting.since)}."
    return f"{'; '.join(said(check, setting))} ({since})."


def said(check: Check, setting: Setting) -> list[str]:
    """Each part of a setting in words."""
    if not setting.switched_on:
        return ["switched off"]
    used = {
        "window_days": f"{setting.window_days} days",
        "times": f"at least {setting.times}",
        "amount": f"from {money(setting.amount)}",
        "minimum_likeness": f"names alike from {setting.minimum_likeness} of 100",
    }
    own = [text for name, text in used.items() if name in RULES[check].uses]
    return [f"{setting.owner.label} decides", f"from a score of {setting.minimum_score}", *own]


def change(force: Force, check: Check) -> str:
    given: dict[str, Any] = {"check_name": str(check), "force": force.pk}
    return reverse("psd:crosschecks_checksetting_add", query=given)


desk.register_page(
    "checks/",
    checks,
    name="crosschecks-checks",
    label="The cross-checks and their settings",
    roles=CHECK_READERS,
)
