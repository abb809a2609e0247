"""The one record of each outlet and journalist, however they are spelt."""

from django.db import transaction

from integrity.people.models import StandardsDepartment
from registers.media_contacts.models import Journalist, Outlet
from registers.organisations.actions import find_or_create
from registers.organisations.models import Organisation
from registers.organisations.names import person_key


@transaction.atomic
def outlet_of(name: str, department: StandardsDepartment) -> Organisation:
    """The department's organisation of this name, known from now on as an outlet."""
    organisation = find_or_create(name=name, department=department)
    Outlet.objects.get_or_create(organisation=organisation, defaults={"department": department})
    return organisation


@transaction.atomic
def journalist_of(name: str, department: StandardsDepartment) -> Journalist:
    """The department's journalist of this name; made where there is none."""
    journalist, _ = Journalist.objects.get_or_create(
        department=department,
        key=person_key(name)[:200],
        defaults={"name": " ".join(name.split())[:200]},
    )
    return journalist
