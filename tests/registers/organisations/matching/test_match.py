"""Who may be meant by what was written: alone, and out of a list."""

from dataclasses import replace

import numpy as np
import pytest

from registers.organisations.matching.candidates import Pairs
from registers.organisations.matching.match import Found, Matcher, Query, Target, match
from registers.organisations.matching.model import MAYBE, SURE, shipped
from registers.organisations.matching.normalise import Name

FLEET = Target(1, "Halcyon Zentrix Vehicle Hire Limited", place="Preston")


def score(one: str, other: str) -> float:
    found = match(one, Target(1, other))
    return found.score if found else 0.0


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Zentrix Catering", "ZENTRIX CATERING LTD"),
        ("Zentrix Caterng Ltd", "Zentrix Catering Limited"),
        ("Zentrixx Catering", "Zentrix Catering Limited"),
        ("Zentrix & Vollo Catering", "Zentrix and Vollo Catering plc"),
        ("Zen Trix Catering", "Zentrix Catering"),
        ("Zentrix", "Zentrix International"),
        ("Royal Society of Kiln Makers (RSKM)", "Royal Society of Kiln Makers"),
        ("Morcambe Football Club", "Morecambe FC"),
        ("Kiln Dinner hosted by Zentrix Catering", "ZENTRIX CATERING LTD"),
        ("Zentrix Catering Ltd T/A Blue Kiln", "The Blue Kiln"),
    ],
)
def test_one_organisation(written: str, registered: str) -> None:
    assert score(written, registered) >= MAYBE
    assert score(registered, written) >= MAYBE


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Preston Football Club", "Burnley Football Club"),
        ("Kiln Makers Association", "Lancashire Kiln Makers Association"),
        ("University of Preston", "Preston Metropolitan University"),
        ("NHS", "Preston Hospitals NHS Trust"),
        ("Anchor", "Anchor Glass Ltd"),
        ("Zentrix Catering Ltd", "Vollomar Catering Ltd"),
        ("Studio 24 Ltd", "Studio 31 Ltd"),
        ("THIRD PARTY SUPPLIER", "THIRD PARTY SUPPLIER"),
        ("Conference on Road Safety", "ROAD SAFETY SERVICES"),
    ],
)
def test_two_organisations(written: str, registered: str) -> None:
    assert score(written, registered) < SURE
    assert match(written, Target(1, registered)) is None or score(written, registered) < SURE


def test_thresholds_are_in_order() -> None:
    assert 0 < MAYBE < SURE < 1


def test_equal_numbers_beat_any_difference() -> None:
    query = Query("Somebody Else", company_number="01234567")
    assert match(query, replace(FLEET, company_number="01234567")) == Found(
        1, 1.0, "the same company number, 01234567"
    )


def test_different_numbers_beat_any_likeness() -> None:
    query = Query(FLEET.name, company_number="01234567")
    assert match(query, replace(FLEET, company_number="07654321")) is None
    assert match(query, FLEET) is not None  # one side's number alone says nothing
    charity = Query(FLEET.name, charity_number="1234567")
    assert match(charity, replace(FLEET, charity_number="7654321")) is None


def test_place_is_told_where_both_have_it() -> None:
    found = match(Query("Halcyon Zentrix Vehicle Hire", place="PRESTON"), FLEET)
    assert found
    assert found.reason == "same words but for the legal form; both in Preston"
    elsewhere = match(Query("Halcyon Zentrix Vehicle Hire", place="Leeds"), FLEET)
    assert elsewhere
    assert "both in" not in elsewhere.reason


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(
        [
            FLEET,
            Target(2, "Royal Society of Kiln Makers", other_names=["Kilnfolk Vollomar"]),
            Target(3, "Blue Kiln Pottery Ltd", company_number="01234567"),
            Target(4, "Blue Kiln Pottery Ltd", company_number="07654321"),
            Target(5, "G7S Ltd"),
            Target(6, "Care Free Homes Ltd"),
            Target(7, "THIRD PARTY SUPPLIER"),
            Target(8, "NHS England"),
        ]
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Halcyon Zentrix", 1),
        ("halcyon zentrx vehicle hire", 1),
        ("RSKM", 2),
        ("Kilnfolk Vollomar", 2),
        ("g7s", 5),
        ("Carefree Homes", 6),
        ("Event via Halcyon Zentrix Vehicle Hire", 1),
    ],
)
def test_finds(matcher: Matcher, written: str, meant: int) -> None:
    assert [found.id for found in matcher.find_one(written)][:1] == [meant]


@pytest.mark.parametrize(
    "written", ["THIRD PARTY SUPPLIER", "", "Unheard Of Wobbly Things", "Redacted"]
)
def test_finds_nobody(matcher: Matcher, written: str) -> None:
    assert matcher.find_one(written) == []


def test_numbers_decide_in_a_list(matcher: Matcher) -> None:
    named = matcher.find_one("Blue Kiln Pottery")
    assert {found.id for found in named} == {3, 4}
    numbered = matcher.find_one("Blue Kiln Pottery", company_number="07654321")
    assert [(found.id, found.score) for found in numbered] == [(4, 1.0)]
    strange = matcher.find_one("Blue Kiln Pottery", company_number="09999999")
    assert strange == []
    other_name = matcher.find_one("Quite Another", company_number="01234567")
    assert [found.id for found in other_name] == [3]


def test_many_at_once_as_one_by_one(matcher: Matcher) -> None:
    names = ["Halcyon Zentrix", "RSKM", "", "Carefree Homes", "Blue Kiln Pottery"]
    assert matcher.find(names) == [matcher.find_one(name) for name in names]
    assert matcher.find([]) == []


def test_limit_and_least(matcher: Matcher) -> None:
    assert len(matcher.find_one("Blue Kiln Pottery", limit=1)) == 1
    assert matcher.find_one("Halcyon Zentrix Hire", at_least=1.01) == []
    everything = matcher.find_one("Blue Kiln", at_least=0.0)
    assert [found.score for found in everything] == sorted(
        (found.score for found in everything), reverse=True
    )


def test_what_is_added_is_found() -> None:
    matcher = Matcher([FLEET])
    matcher.add([Target(10, "Quorvan Glass Ltd")])
    matcher.add([Target(11, "Vollomar Glass Ltd")])
    assert [found.id for found in matcher.find_one("Quorvan Glass")] == [10]
    assert [found.id for found in matcher.find_one("Vollomar Glass")] == [11]
    assert [found.id for found in matcher.find_one("Halcyon Zentrix")] == [1]


def test_an_empty_list_finds_nobody() -> None:
    assert Matcher([]).find(["Halcyon", ""]) == [[], []]


def test_another_engine_stands_in() -> None:
    class Everybody:
        def candidates(self, names: list[Name], *, limit: int) -> Pairs:
            positions = np.arange(len(names), dtype=np.int32)
            return Pairs(positions, np.zeros(len(names), np.int32))

    found = Matcher([FLEET], engine=Everybody()).find(["Halcyon Zentrix", "Quorvan"])
    assert [[each.id for each in one] for one in found] == [[1], []]


def test_the_shipped_model_says_how_it_was_trained() -> None:
    assert shipped().trained["examples"] > 100_000
