"""Why two names are taken for one, for a person to read."""

import pytest

from registers.organisations.matching.normalise import parse
from registers.organisations.matching.persons import match_person
from registers.organisations.matching.reasons import explain


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Zentrix Glass Ltd", "ZENTRIX GLASS LTD", "the same words"),
        ("Zentrix Glass", "Zentrix Glass plc", "same words but for the legal form"),
        ("Glass Zentrix", "Zentrix Glass", "the same words in another order"),
        ("Carefree Homes", "Care Free Homes", "the same letters, the words joined otherwise"),
        ("Zentrx Glass", "Zentrix Glass", "one letter differs in the rarest word"),
        ("RSKM", "Royal Society of Kiln Makers", "one is the other’s initials"),
        ("Zentrix", "Zentrix Glass", "one begins with all of the other and adds “glass”"),
        ("Vollomar Ltd t/a Zentrix Glass", "Zentrix Glass", "one is the other’s trading name: the same words"),
        ("Vollo formerly Zentrix", "Zentrix plc", "one is the other’s former name: same words but for the legal form"),
        ("Zentrix Glass", "Zentrix Signs", "both have “zentrix”, but “glass” against “signs”"),
        ("Ball (Zentrix)", "Zentrix", "by the name in brackets: the same words"),
    ],
)  # fmt: skip
def test_reasons(one: str, other: str, reason: str) -> None:
    assert explain(parse(one), parse(other)) == reason


@pytest.mark.parametrize(
    ("one", "other", "is_possible"),
    [
        ("Dr A. Smith", "Alan Smith", True),
        ("Smith, Alan", "Mr Alan Smith", True),
        ("Bob Jones", "Robert Jones", True),
        ("Steve Jones", "Stephen Jones", True),
        ("Alan Smith", "Brian Smith", False),
        ("A. Smith", "A. Smyth", False),
        ("Smith", "Smith", False),
        ("A B Smith", "A C Smith", False),
        ("", "", False),
        ("Dr", "Dr", False),
    ],
)
def test_persons(one: str, other: str, is_possible: bool) -> None:
    found = match_person(one, other)
    assert (found is not None) == is_possible
    assert match_person(other, one) == found
    if found:
        assert found.score < 0.8
        assert "weak" in found.reason
