"""One record for one organisation of a department."""

from collections.abc import Callable

import pytest

from registers.organisations.actions import find_or_create
from registers.organisations.models import Organisation, OrganisationName
from tests.builders import World
from tests.constraints import again, change, names_of, refuses


def halcyon(w: World) -> Organisation:
    return find_or_create(name="Halcyon Fleet Ltd", department=w.alliance_psd)


def known_as(w: World) -> OrganisationName:
    return OrganisationName.objects.create(
        organisation=halcyon(w), department=w.alliance_psd, name="Hal’s Cars", key="hals cars"
    )


def _with(number: str, w: World) -> Organisation:
    change(halcyon(w), **{number: "01234567"})
    return halcyon(w)


CASES: dict[str, Callable[[World], object]] = {
    "organisation_name_is_unique_in_department": lambda w: again(halcyon(w)),
    "organisation_company_number_is_unique_in_department": lambda w: again(
        _with("company_number", w), key="another"
    ),
    "organisation_charity_number_is_unique_in_department": lambda w: again(
        _with("charity_number", w), key="another"
    ),
    "organisation_has_a_name": lambda w: change(halcyon(w), key=""),
    "other_name_is_unique_in_department": lambda w: again(known_as(w)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", names_of("organisations"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_forces_of_an_alliance_share_their_organisations_and_others_do_not(world: World) -> None:
    ours = halcyon(world)
    for user, sees in (
        (world.constable, True),
        (world.eastvale_constable, True),
        (world.body_member, True),
        (world.harbour_constable, False),
    ):
        assert Organisation.objects.shared_with(user).filter(pk=ours.pk).exists() is sees
