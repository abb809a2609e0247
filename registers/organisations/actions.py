"""Finding or making the one record of an organisation."""

from django.db import transaction

from integrity.people.models import StandardsDepartment
from registers.organisations.models import Organisation, OrganisationName
from registers.organisations.names import name_key


@transaction.atomic
def find_or_create(*, name: str, department: StandardsDepartment) -> Organisation:
    """The department's organisation of this name, however it is spelt; made where there is none."""
    key = name_key(name)[:200]
    known = OrganisationName.objects.filter(department=department, key=key)
    other = known.select_related("organisation").first()
    if other:
        return other.organisation
    organisation, _ = Organisation.objects.get_or_create(
        department=department, key=key, defaults={"name": " ".join(name.split())[:200]}
    )
    return organisation
