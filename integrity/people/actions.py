"""Every write of people and their roles, each with its event in the same transaction.

``by=None`` is an operator's command. What may not be done raises PermissionDenied with its sentence.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from integrity.audit.actions import action, record
from integrity.audit.models import Audience, Event
from integrity.people.models import (
    Force,
    OversightBody,
    RoleGrant,
    Scope,
    StandardsDepartment,
    User,
)
from integrity.people.permissions import (
    check_may_grant,
    check_may_keep,
    check_may_name_outside_decider,
    check_may_set_checkpoint_addresses,
    check_may_set_password,
    check_stays,
)
from integrity.people.policies import why_not_outside
from integrity.people.watchers import tell_watchers


@action
def add_person(person: User, *, password: str, by: User | None, now: datetime) -> User:
    """Store somebody new, who signs in with a one-time password they are told in person."""
    check_may_keep(by, person)
    person.set_password(password) if password else person.set_unusable_password()
    person.save(force_insert=True)
    _record("person added", person, by=by, now=now, facts={"name": person.display})
    return person


@action
def change_person(
    person: User, *, changes: Mapping[str, Any], by: User | None, now: datetime
) -> User:
    """Set these fields; the event keeps each with what it was and what it became."""
    fresh = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_stays(fresh, changes)
    check_may_keep(by, fresh)
    facts = {}
    for name, value in changes.items():
        facts[name] = [_plain(getattr(fresh, name)), _plain(value)]
        setattr(fresh, name, value)
    check_may_keep(by, fresh)
    if changes:
        fresh.save(update_fields=list(changes))
        _record("person changed", fresh, by=by, now=now, facts=facts)
        tell_watchers(fresh, facts, by=by, now=now)
    return fresh


@action
def set_password(person: User, *, password: str, by: User | None, now: datetime) -> None:
    """Give somebody a one-time password; every session of theirs ends."""
    check_may_set_password(by, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    _record("one-time password set", person, by=by, now=now)


@action
def grant_role(
    *,
    user: User,
    role: str,
    starts_on: date,
    by: User | None,
    now: datetime,
    ends_on: date | None = None,
    force: Force | None = None,
    department: StandardsDepartment | None = None,
    oversight_body: OversightBody | None = None,
) -> RoleGrant:
    """Give somebody a role in one force, department or oversight body, between dates."""
    grant = RoleGrant(
        user=user,
        role=role,
        force=force,
        department=department,
        oversight_body=oversight_body,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    check_may_grant(by, user=user, role=role, scope=reach_of(grant))
    grant.save()
    facts = {"role": role, "where": _where(grant), "from": str(starts_on), "to": _plain(ends_on)}
    _record("role granted", user, by=by, now=now, facts=facts)
    return grant


@action
def end_role(
    grant: RoleGrant, *, ends_on: date | None, by: User | None, now: datetime
) -> RoleGrant:
    """Set or move the last day of a grant; a grant is never deleted."""
    fresh = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    check_may_grant(by, user=fresh.user, role=fresh.role, scope=reach_of(fresh))
    was, fresh.ends_on = fresh.ends_on, ends_on
    fresh.save(update_fields=["ends_on"])
    facts = {"role": fresh.role, "where": _where(fresh), "to": [_plain(was), _plain(ends_on)]}
    _record("role ended" if ends_on else "role extended", fresh.user, by=by, now=now, facts=facts)
    return fresh


@transaction.atomic
def name_outside_decider(
    force: Force,
    *,
    department: StandardsDepartment | None = None,
    body: OversightBody | None = None,
    by: User | None,
    now: datetime,
) -> Force:
    """Say who decides what nobody in the force may: a department, a body or, for now, nobody."""
    fresh = Force.objects.select_for_update(of=("self",)).get(pk=force.pk)
    check_may_name_outside_decider(by, fresh)
    refusal = why_not_outside(fresh, department, body)
    if refusal:
        raise PermissionDenied(refusal)
    was = fresh.outside_decider
    fresh.outside_department, fresh.outside_body = department, body
    fresh.save(update_fields=["outside_department", "outside_body"])
    record(
        "outside decider named",
        by=by,
        now=now,
        force_id=fresh.pk,
        about="force",
        about_id=fresh.pk,
        facts={"outside decider": [str(was or ""), str(fresh.outside_decider or "")]},
        audience=Audience.PSD,
    )
    return fresh


@action
def set_checkpoint_addresses(
    force: Force, *, addresses: Sequence[str], by: User | None, now: datetime
) -> Force:
    """Say to whom the newest checkpoint of a force's ledger is mailed each day."""
    fresh = Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force.pk)
    check_may_set_checkpoint_addresses(by, fresh)
    was, fresh.checkpoint_addresses = fresh.checkpoint_addresses, list(addresses)
    fresh.save(update_fields=["checkpoint_addresses"])
    record(
        "checkpoint addresses set",
        by=by,
        now=now,
        force_id=fresh.pk,
        about="force",
        about_id=fresh.pk,
        facts={"addresses": [was, fresh.checkpoint_addresses]},
        audience=Audience.PSD,
    )
    return fresh


def reach_of(grant: RoleGrant) -> Scope:
    """The forces and bodies that a grant reaches."""
    forces = [grant.force_id] if grant.force_id else []
    if grant.department is not None:
        forces = [force.pk for force in grant.department.forces.all()]
    bodies = [grant.oversight_body_id] if grant.oversight_body_id else []
    return Scope(frozenset(forces), frozenset(bodies))


def _where(grant: RoleGrant) -> str:
    return str(grant.force or grant.department or grant.oversight_body)


def _record(
    name: str,
    person: User,
    *,
    by: User | None,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    return record(
        name,
        by=by,
        now=now,
        force_id=person.force_id,
        oversight_body_id=person.oversight_body_id,
        about="person",
        about_id=person.pk,
        facts=facts,
        audience=Audience.PSD,
    )


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool | int | None) else str(value)
