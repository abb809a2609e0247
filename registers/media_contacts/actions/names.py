"""What the press office says of the outlets and journalists that its department's forces share."""

from datetime import datetime

from integrity.audit.actions import action, record
from integrity.audit.models import Audience
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import Force, User
from registers.media_contacts.enums import Reach
from registers.media_contacts.models import Journalist, Outlet
from registers.media_contacts.permissions import check_press_office
from registers.organisations.names import person_key


@action
def set_reach(outlet: Outlet, *, reach: Reach, by: User, now: datetime) -> Outlet:
    """Say whom an outlet reaches (HMIC 2012, p. 21)."""
    force = _press_force(outlet, by)
    outlet = Outlet.objects.select_for_update(of=("self",)).get(pk=outlet.pk)
    before, outlet.reach = outlet.reach, reach
    outlet.save(update_fields=["reach"])
    record(
        "reach of an outlet set",
        by=by,
        now=now,
        force_id=force.pk,
        about="outlet",
        about_id=outlet.pk,
        facts={"before": before, "after": str(reach)},
        audience=Audience.PSD,
    )
    return outlet


@action
def rename_journalist(journalist: Journalist, *, name: str, by: User, now: datetime) -> Journalist:
    """Correct how a journalist's name is spelt; two of one name are one journalist."""
    force = _press_force(journalist, by)
    journalist = Journalist.objects.select_for_update(of=("self",)).get(pk=journalist.pk)
    name = " ".join(name.split())[:200]
    if not name:
        raise Denied("Enter the name.")
    key = person_key(name)[:200]
    same = Journalist.objects.filter(department=journalist.department_id, key=key)
    if other := same.exclude(pk=journalist.pk).first():
        raise Denied(f"“{other}” is the same name, so it is the same journalist.")
    before, journalist.name, journalist.key = journalist.name, name, key
    journalist.save(update_fields=["name", "key"])
    record(
        "name of a journalist corrected",
        by=by,
        now=now,
        force_id=force.pk,
        about="journalist",
        about_id=journalist.pk,
        facts={"before": before, "after": name},
        audience=Audience.PSD,
    )
    return journalist


def _press_force(shared: Outlet | Journalist, by: User) -> Force:
    """The force for whose press office somebody acts. Raises Denied for who is in none of its department."""
    mine = by.scope(Role.PRESS_OFFICE).forces
    force = Force.objects.filter(department=shared.department_id, pk__in=mine).first()
    if force is None:
        raise Denied("Only the press office can do this.", for_them=False)
    check_press_office(by, force)
    return force
