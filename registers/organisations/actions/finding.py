"""Finding or making the one record of an organisation."""

from collections.abc import Callable, Iterable

from django.db import transaction

from integrity.people.models import StandardsDepartment
from registers.organisations.models import Organisation, OrganisationName
from registers.organisations.names import name_key

IN_ONE_STATEMENT = 1000


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


@transaction.atomic
def find_or_create_all(
    *, names: Iterable[str], department: StandardsDepartment
) -> Callable[[str], Organisation]:
    """The one record of each name, as find_or_create finds it, in one go.

    Where spellings differ, the first makes the record. In the order of keys, so that two who make
    the same ones wait for each other once.
    """
    spellings: dict[str, str] = {}
    for name in filter(None, names):
        spellings.setdefault(name_key(name)[:200], " ".join(name.split()))
    mine = {"department": department, "key__in": spellings}
    other_names = OrganisationName.objects.filter(**mine).select_related("organisation")
    found = {other.key: other.organisation for other in other_names}
    Organisation.objects.bulk_create(
        (
            Organisation(department=department, key=key, name=name)
            for key, name in sorted(spellings.items())
            if key not in found
        ),
        batch_size=IN_ONE_STATEMENT,
        ignore_conflicts=True,
    )
    known = {organisation.key: organisation for organisation in Organisation.objects.filter(**mine)}
    known |= found
    return lambda name: known[name_key(name)[:200]]
