"""Finding an organisation however it is spelt, and making it once."""

import threading

import pytest
from django.db import connection

from integrity.audit.scope import everywhere
from integrity.people.models import StandardsDepartment
from registers.organisations.actions import find_or_create
from registers.organisations.models import Organisation, OrganisationName
from tests.builders import World


@pytest.mark.parametrize(
    "spelling",
    [
        "Halcyon Fleet Ltd",
        "halcyon fleet limited",
        "HALCYON  FLEET LTD.",
        "Halcyon-Fleet, Ltd",
        "The Halcyon Fleet",
        "Halcyon Fleet L.T.D.",
    ],
)
def test_other_spellings_make_no_second_record(spelling: str, world: World) -> None:
    first = find_or_create(name="Halcyon Fleet Ltd", department=world.alliance_psd)
    assert find_or_create(name=spelling, department=world.alliance_psd) == first
    assert Organisation.objects.count() == 1


def test_a_department_of_another_force_has_its_own_record(world: World) -> None:
    first = find_or_create(name="Halcyon Fleet", department=world.alliance_psd)
    assert find_or_create(name="Halcyon Fleet", department=world.harbour_psd) != first


def test_a_trading_name_leads_to_its_organisation(world: World) -> None:
    first = find_or_create(name="Halcyon Fleet", department=world.alliance_psd)
    OrganisationName.objects.create(
        organisation=first, department=world.alliance_psd, name="Hal’s Cars", key="hals cars"
    )
    assert find_or_create(name="Hal's Cars Ltd", department=world.alliance_psd) == first


def test_a_very_long_name_is_kept_as_far_as_it_fits(world: World) -> None:
    made = find_or_create(name="a" * 300, department=world.alliance_psd)
    assert find_or_create(name="a" * 300, department=world.alliance_psd) == made
    assert len(made.name) == 200


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_record() -> None:
    department = StandardsDepartment.objects.create(name="Alliance PSD")
    start = threading.Barrier(2)
    found: list[Organisation] = []

    def make() -> None:
        start.wait()
        with everywhere():
            found.append(find_or_create(name="Halcyon Fleet", department=department))
        connection.close()

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    assert Organisation.objects.count() == 1
