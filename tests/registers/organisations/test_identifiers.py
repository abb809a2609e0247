"""Company and charity numbers, as their registrars write them."""

import pytest

from registers.organisations.identifiers import check_charity_number, check_company_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("00445790", "00445790"),
        ("445790", "00445790"),
        (" 0044 5790 ", "00445790"),
        ("sc002003", "SC002003"),
        ("SC 2003", "SC002003"),
        ("NI12345", "NI012345"),
        ("oc301540", "OC301540"),
        ("R0000123", "R0000123"),
        ("IP12345R", "IP12345R"),
        ("RC000123", "RC000123"),
    ],
)
def test_company_numbers(written: str, number: str) -> None:
    assert check_company_number(written) == number
    assert check_company_number(number) == number


@pytest.mark.parametrize(
    "written", ["", "ABC", "123456789", "SC1234567", "XX123456", "00000000", "12345678R", "１２", "GB123456789"]
)  # fmt: skip
def test_what_is_no_company_number(written: str) -> None:
    with pytest.raises(ValueError, match=r"ompany number.*\.$|ompany number begins"):
        check_company_number(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234567", "1234567"),
        ("219279", "219279"),
        ("0219279", "219279"),
        ("1234567-1", "1234567-1"),
        ("1234567-0", "1234567"),
        ("sc012345", "SC012345"),
        ("SC12345", "SC012345"),
        ("NIC100123", "NIC100123"),
        ("NI 100123", "NIC100123"),
    ],
)
def test_charity_numbers(written: str, number: str) -> None:
    assert check_charity_number(written) == number
    assert check_charity_number(number) == number


@pytest.mark.parametrize("written", ["", "1234", "12345678", "XC012345", "SC1"])
def test_what_is_no_charity_number(written: str) -> None:
    with pytest.raises(ValueError, match="is not a charity number"):
        check_charity_number(written)
