"""Nil returns of units: returned, withdrawn where they turn out wrong, and asked for by e-mail."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Max
from django.utils import timezone

from integrity.audit.actions import action, record
from integrity.audit.scope import everywhere
from integrity.casework.actions.work import mail
from integrity.casework.enums import Standing
from integrity.casework.models import NilReturn, NilReturnReminder, NilReturnRule
from integrity.casework.nil_returns import Stands, asked_registers, quarters_over, standings
from integrity.casework.permissions import check_may_answer_for
from integrity.casework.policies import is_reminder_due, why_not_return_nil
from integrity.casework.quarters import Quarter
from integrity.casework.registry import named
from integrity.casework.workflow import Denied
from integrity.people.models import Force, Unit, User

PAGE = "/nil-returns/"


@action
def return_nil(
    unit: Unit, *, registers: Sequence[str], quarter: Quarter, by: User, now: datetime
) -> list[NilReturn]:
    """The unit's head confirms that a quarter brought nothing for these registers, by their slugs.

    What was returned before is the answer again. Raises Denied, with nothing returned, where the
    quarter is not over, something was declared, or a register was not asked for.
    """
    check_may_answer_for(by, unit)
    fresh = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    check_may_answer_for(by, fresh)
    of = [each for each in asked_registers() if each.slug in registers]
    for slug in set(registers) - {each.slug for each in of}:
        raise Denied(f"No nil return is taken for “{named(slug).name}”.")
    found = standings([fresh], [quarter], today=timezone.localdate(now), of=of)
    return [each.nil or _return(each, by=by, now=now) for each in found]


def _return(stands: Stands, *, by: User, now: datetime) -> NilReturn:
    unit, quarter, register = stands.unit, stands.quarter, stands.register
    refusal = why_not_return_nil(
        stands.standing,
        entries=stands.entries,
        unit=str(unit),
        register=register.name,
        quarter=quarter.words,
    )
    if refusal:
        raise Denied(refusal)
    nil = NilReturn.objects.create(
        register=register.slug,
        force=unit.force,
        unit=unit,
        stated_for=unit.name,
        starts_on=quarter.first,
        ends_on=quarter.last,
        stated_at=now,
        stated_by=by,
    )
    _record("nil returned", nil, by=by, now=now)
    return nil


@action
def withdraw_nil(nil: NilReturn, *, reason: str, by: User, now: datetime) -> NilReturn:
    """Take back a unit's nil return that turned out wrong; it is kept and counts no more. Raises Denied."""
    fresh = NilReturn.objects.select_for_update(of=("self",), no_key=True).get(pk=nil.pk)
    if fresh.unit is None:
        raise Denied("Only a unit’s nil return can be withdrawn.", for_them=False)
    check_may_answer_for(by, fresh.unit)
    if fresh.withdrawn_at is not None:
        raise Denied("This nil return has been withdrawn already.")
    if not reason.strip():
        raise Denied("Say why the nil return is withdrawn.")
    fresh.withdrawn_at, fresh.withdrawn_by, fresh.withdrawn_reason = now, by, reason.strip()
    fresh.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _record("nil return withdrawn", fresh, by=by, now=now, reason=fresh.withdrawn_reason)
    return fresh


def _record(name: str, nil: NilReturn, *, by: User, now: datetime, reason: str = "") -> None:
    record(
        name,
        by=by,
        now=now,
        force_id=nil.force_id,
        about="nil return",
        about_id=nil.pk,
        reason=reason,
        facts={
            "register": nil.register,
            "unit": nil.stated_for,
            "from": str(nil.starts_on),
            "to": str(nil.ends_on),
        },
    )


# --- reminders ------------------------------------------------------------------------------------


def remind_heads(now: datetime) -> Mapping[str, int]:
    """Write to the heads of units of which nothing is known for the last quarter, as each force's row says."""
    with everywhere():
        sent = sum(
            remind_heads_of(force, by=None, now=now) for force in Force.objects.order_by("pk")
        )
    return {"reminders of nil returns": sent}


@action
def remind_heads_of(force: Force, *, by: None, now: datetime) -> int:
    """Remind the heads of one force; how many units they were reminded of. Again the same day: none."""
    today = timezone.localdate(now)
    (quarter,) = quarters_over(today, 1)
    rule = NilReturnRule.objects.in_force(force, today)
    Force.objects.select_for_update(no_key=True).get(pk=force.pk)
    made = [
        NilReturnReminder(
            force=force,
            unit=unit,
            person=unit.head,
            starts_on=quarter.first,
            registers=slugs,
            reminded_on=today,
        )
        for unit, slugs in _due(force, rule, quarter, today).items()
    ]
    NilReturnReminder.objects.bulk_create(made)
    mail(
        {each.person_id: each.person for each in made}.values(),
        subject="Was there nothing to declare in your unit?",
        body=(
            f"Of your unit nothing is on record for {quarter.words}. If something was offered, done or "
            "said, have it declared. If there was nothing, confirm that: silence does not say so."
        ),
        path=PAGE,
    )
    return len(made)


def _due(
    force: Force, rule: NilReturnRule, quarter: Quarter, today: date
) -> Mapping[Unit, list[str]]:
    """The units whose heads are to be reminded today, with the registers that know nothing of them."""
    reminded = {
        unit: (sent, last)
        for unit, sent, last in NilReturnReminder.objects.filter(
            force=force, starts_on=quarter.first
        )
        .order_by()
        .values_list("unit")
        .annotate(sent=Count("pk"), last=Max("reminded_on"))
    }
    units = []
    for unit in force.units.filter(head__isnull=False).select_related("force", "head__grade"):
        sent, last = reminded.get(unit.pk, (0, None))
        due = is_reminder_due(
            quarter.last,
            today,
            first=rule.first_reminder_days,
            repeat=rule.repeat_days,
            most=rule.reminders,
            sent=sent,
            last=last,
        )
        if due and unit.head and unit.head.is_active and unit.head.email:
            units.append(unit)
    of = [each for each in asked_registers() if not rule.registers or each.slug in rule.registers]
    found: dict[Unit, list[str]] = {}
    for each in standings(units, [quarter], today=today, of=of):
        if each.standing == Standing.SILENT:
            found.setdefault(each.unit, []).append(each.register.slug)
    return found
