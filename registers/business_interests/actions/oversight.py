"""That a PDR covered somebody's interests, and that a meeting discussed the refusals."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action, record
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from registers.business_interests.models import PdrRecord, RefusalDiscussion
from registers.business_interests.permissions import (
    check_may_record_discussion,
    check_may_record_pdr,
)


@action
def record_pdr(
    person: User, *, held_on: date, covered: Sequence[str], note: str, by: User, now: datetime
) -> PdrRecord:
    """The line manager covered the person's interests in their PDR (HMIC 2012, p. 45)."""
    check_may_record_pdr(by, person)
    if held_on > timezone.localdate(now):
        raise Denied("The day of the PDR must be today or earlier.")
    if person.force is None:
        raise Denied(f"{person.display} belongs to no force.")
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if PdrRecord.objects.filter(person=person, held_on=held_on).exists():
        raise Denied("A PDR of this day is on record already.")
    made = PdrRecord.objects.create(
        force=person.force,
        person=person,
        held_on=held_on,
        covered=list(covered),
        note=note,
        recorded_at=now,
        recorded_by=by,
    )
    record(
        "PDR covered business interests",
        by=by,
        now=now,
        force_id=person.force_id,
        about="person",
        about_id=person.pk,
        facts={"held_on": str(held_on), "covered": list(covered)},
    )
    return made


@action
def record_discussion(
    force: Force,
    *,
    held_on: date,
    references: Sequence[str],
    present: str,
    note: str,
    by: User,
    now: datetime,
) -> RefusalDiscussion:
    """The integrity subgroup discussed the refusals since it last met (HMIC 2012, Thames Valley)."""
    check_may_record_discussion(by, force)
    if held_on > timezone.localdate(now):
        raise Denied("The day of the meeting must be today or earlier.")
    Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force.pk)
    if RefusalDiscussion.objects.filter(force=force, held_on__gte=held_on).exists():
        raise Denied("A meeting of this day or a later one is on record already.")
    made = RefusalDiscussion.objects.create(
        force=force,
        held_on=held_on,
        references=list(references),
        present=present,
        note=note,
        recorded_at=now,
        recorded_by=by,
    )
    record(
        "refusals discussed",
        by=by,
        now=now,
        force_id=force.pk,
        about="force",
        about_id=force.pk,
        facts={"held_on": str(held_on), "references": list(references)},
    )
    return made
