"""Checks that contacts are logged, and chief officers' quarterly statements."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from integrity.audit.actions import action, record
from integrity.audit.models import Audience
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import Force, RoleGrant, User
from registers.media_contacts.compliance import contacts_of
from registers.media_contacts.enums import Evidence
from registers.media_contacts.models import (
    ChiefStatement,
    ComplianceSample,
    Contact,
    Coverage,
    Quotation,
    SampledWeek,
)
from registers.media_contacts.permissions import (
    check_press_office,
    check_sample,
    check_state_quarter,
)
from registers.media_contacts.policies import draw, end_of_quarter, mondays, quarter_of

SEEDS = 2**48


@action
def draw_sample(
    *,
    force: Force,
    starts_on: date,
    ends_on: date,
    size: int,
    by: User,
    now: datetime,
    seed: int | None = None,
) -> ComplianceSample:
    """Draw officers and weeks at random from those who work outside the press office."""
    check_press_office(by, force)
    if ends_on > timezone.localdate(now):
        raise Denied("The period must be over: its last day is still to come.")
    weeks = mondays(starts_on, ends_on)
    if not weeks:
        raise Denied("The period has no whole week, from a Monday to a Sunday.")
    press = RoleGrant.objects.filter(role=Role.PRESS_OFFICE).of_force(force)
    outside = (
        User.objects.filter(force=force, starts_on__lte=starts_on)
        .exclude(pk__in=press.values("user"))
        .exclude(leaves_on__lt=ends_on)
    )
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    people = {user.pk: user for user in outside}
    sample = ComplianceSample.objects.create(
        force=force, starts_on=starts_on, ends_on=ends_on, seed=seed, drawn_at=now, drawn_by=by
    )
    drawn = draw(list(people), weeks, size=size, seed=seed)
    if not drawn:
        raise Denied("Nobody works outside the press office in that period.")
    SampledWeek.objects.bulk_create(
        SampledWeek(sample=sample, officer=people[person], starts_on=week) for person, week in drawn
    )
    record(
        "compliance sample drawn",
        by=by,
        now=now,
        force_id=force.pk,
        about="media sample",
        about_id=sample.pk,
        facts={"weeks": len(drawn), "seed": seed},
        audience=Audience.PSD,
    )
    return sample


@action
def check_week(
    week: SampledWeek, *, evidence: Evidence, shown: int, note: str, by: User, now: datetime
) -> SampledWeek:
    """Record what telephone or diary evidence showed; what was logged is counted here and now."""
    week = SampledWeek.objects.select_for_update().select_related("sample__force").get(pk=week.pk)
    check_press_office(by, week.sample.force)
    check_sample(by, week.officer)
    if week.checked_at:
        raise Denied("This week has been checked.")
    last = week.starts_on + timedelta(days=6)
    week.evidence, week.shown, week.note = evidence, shown, note
    week.logged = contacts_of(week.officer, week.starts_on, last).count()
    week.checked_at, week.checked_by = now, by
    week.save()
    record(
        "week checked",
        by=by,
        now=now,
        force_id=week.sample.force_id,
        about="media sample",
        about_id=week.sample_id,
        facts={"officer": week.officer.display, "shown": shown, "logged": week.logged},
        audience=Audience.PSD,
    )
    return week


@action
def keep_quotations(
    coverage: Coverage, *, found: Mapping[User, Contact | None], by: User, now: datetime
) -> list[Quotation]:
    """Keep whom coverage quotes and which contact explains it; asked again, the newest answer stands."""
    check_press_office(by, coverage.force)
    if not found:
        raise Denied("Choose whom the coverage quotes.")
    kept = []
    for officer, contact in found.items():
        if officer.force_id != coverage.force_id:
            raise Denied(f"{officer.display} is not in {coverage.force}.")
        quotation, _ = Quotation.objects.update_or_create(
            coverage=coverage,
            officer=officer,
            defaults={"contact": contact, "checked_at": now, "checked_by": by},
        )
        kept.append(quotation)
    return kept


@action
def state_quarter(*, officer: User, quarter: date, by: User, now: datetime) -> ChiefStatement:
    """State a chief officer's contacts of a quarter that is over; none is a dated nil statement."""
    force = check_state_quarter(by, officer)
    if quarter != quarter_of(quarter):
        raise Denied("A quarter begins on the first day of January, April, July or October.")
    if end_of_quarter(quarter) >= timezone.localdate(now):
        raise Denied("The quarter is not over yet.")
    if ChiefStatement.objects.filter(officer=officer, quarter=quarter).exists():
        raise Denied("This quarter has been stated.")
    contacts = contacts_of(officer, quarter, end_of_quarter(quarter)).count()
    statement = ChiefStatement.objects.create(
        force=force,
        officer=officer,
        quarter=quarter,
        contacts=contacts,
        stated_at=now,
        stated_by=by,
    )
    record(
        "quarter stated",
        by=by,
        now=now,
        force_id=force.pk,
        about="media statement",
        about_id=statement.pk,
        facts={"officer": officer.display, "quarter": str(quarter), "contacts": contacts},
    )
    return statement
