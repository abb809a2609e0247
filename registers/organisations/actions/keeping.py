"""What PSD keeps of an organisation: its names, whose part it is, and notes."""

from datetime import date, datetime

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.organisations.actions.merging import take_turns
from registers.organisations.actions.pairs import SharedName, suggest_named
from registers.organisations.actions.saying import say
from registers.organisations.enums import NameKind
from registers.organisations.models import (
    MergeSuggestion,
    Organisation,
    OrganisationName,
    OrganisationNote,
)
from registers.organisations.names import name_key
from registers.organisations.permissions import check_analyst


@action
def add_name(
    organisation: Organisation,
    *,
    name: str,
    kind: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: User,
    now: datetime,
) -> OrganisationName | MergeSuggestion:
    """Say what else an organisation is, or was, called.

    Where another record has the name, the two are suggested for merging instead. Raises Denied where
    they cannot be one.
    """
    check_analyst(by, organisation)
    name = " ".join(name.split())[:200]
    if not name:
        raise Denied("Enter the name.")
    if starts_on and ends_on and ends_on < starts_on:
        raise Denied("The name ends before it begins.")
    key = name_key(name)[:200]
    (organisation,) = take_turns(organisation)
    if taken := whose_name(organisation.department_id, key):
        return _shared(SharedName(organisation, taken, name, kind), by=by, now=now)
    said = {"organisation": organisation, "name": name, "kind": NameKind(kind)}
    made, new = OrganisationName.objects.get_or_create(
        department_id=organisation.department_id,
        key=key,
        defaults={**said, "starts_on": starts_on, "ends_on": ends_on},
    )
    if not new:  # an import taught it at this moment
        return _shared(SharedName(organisation, made.organisation, name, kind), by=by, now=now)
    facts = {"name": name, "kind": str(made.kind)}
    say("name of an organisation added", organisation, by=by, now=now, facts=facts)
    return made


@action
def add_note(organisation: Organisation, *, text: str, by: User, now: datetime) -> OrganisationNote:
    """Leave a note for the next analyst; PSD's alone. What it says stands with it, not in the event."""
    check_analyst(by, organisation)
    if not text.strip():
        raise Denied("Write the note.")
    made = OrganisationNote.objects.create(
        organisation=organisation,
        department_id=organisation.department_id,
        text=text.strip(),
        written_at=now,
        written_by=by,
    )
    say("note on an organisation", organisation, by=by, now=now)
    return made


@action
def set_parent(
    organisation: Organisation, *, parent: Organisation | None, by: User, now: datetime
) -> Organisation:
    """Say to which company or body an organisation belongs; to none. Raises Denied."""
    check_analyst(by, organisation)
    if parent is None:
        (organisation,) = take_turns(organisation)
    else:
        organisation, parent = take_turns(organisation, parent)
        if parent.department_id != organisation.department_id:
            raise Denied(f"“{parent}” belongs to another department’s list of organisations.")
        if organisation.root_id in _above(parent):
            raise Denied(f"“{parent}” is this organisation, or a part of it.")
    before, organisation.parent = organisation.parent, parent
    organisation.save(update_fields=["parent"])
    facts = {"before": str(before or ""), "after": str(parent or "")}
    say("parent of an organisation set", organisation, by=by, now=now, facts=facts)
    return organisation


def whose_name(department_id: int, key: str) -> Organisation | None:
    """The organisation of a department that has a name of this key."""
    own = Organisation.objects.filter(department=department_id, key=key).first()
    if own is not None:
        return own
    spelt = OrganisationName.objects.filter(department=department_id, key=key)
    other = spelt.select_related("organisation").first()
    return other.organisation if other else None


def _shared(shared: SharedName, *, by: User, now: datetime) -> MergeSuggestion:
    """The suggestion to merge two records that go by one name. Raises Denied where there is none."""
    organisation, other = shared.organisation, shared.other
    if organisation.root_id == other.root_id:
        raise Denied(f"“{other}” is the same name, and is known already.")
    waits = suggest_named([shared], organisation.department_id, now=now)
    if not waits:
        raise Denied(
            f"“{other}” goes by that name, and the two are different organisations: an analyst ruled "
            "so, or their numbers differ."
        )
    facts = {"name": shared.name, "kind": str(shared.kind), "other": other.name}
    say("merge suggested by a name", organisation, by=by, now=now, facts=facts)
    return waits[shared.pair]


def _above(organisation: Organisation) -> set[int]:
    """What an organisation counts as, and everything that it is a part of."""
    found: set[int] = set()
    at: Organisation | None = organisation
    while at is not None and at.root_id not in found:
        found.add(at.root_id)
        root = Organisation.objects.select_related("parent").get(pk=at.root_id)
        at = root.parent or at.parent
    return found
