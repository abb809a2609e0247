"""Whose contracts a file holds."""

import pytest

from registers.procurement.reading.buyers import is_force, other_buyers

NORTHMOOR = "Northmoor Police"


@pytest.mark.parametrize(
    "name",
    [
        "Northmoor Police",
        "NORTHMOOR  POLICE",
        "Police and Crime Commissioner for Northmoor",
        "The Chief Constable of Northmoor Police",
    ],
)
def test_the_force_under_its_names(name: str) -> None:
    assert is_force(name, NORTHMOOR)
    assert other_buyers({name: 3}, NORTHMOOR, 3, "rows") == ""


@pytest.mark.parametrize("name", ["Northmoor City Council", "Eastvale Police", "Merton"])
def test_others(name: str) -> None:
    assert not is_force(name, NORTHMOOR)


def test_what_is_said_of_others() -> None:
    assert other_buyers({"Merton": 1, NORTHMOOR: 1}, NORTHMOOR, 4, "rows") == (
        "1 of 4 rows names another buyer: Merton."
    )
    six = dict.fromkeys("ABCDE", 1) | {"Merton": 2}
    assert other_buyers(six, NORTHMOOR, 9, "releases") == (
        "7 of 9 releases name another buyer: Merton, A, B, C, D and 1 other."
    )
