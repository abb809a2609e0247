"""Names as people write them, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.organisations.matching.normalise import Kind, is_placeholder, parse


@pytest.mark.parametrize(
    ("written", "words", "form"),
    [
        ("Halcyon Fleet Ltd.", "halcyon fleet", "ltd"),
        ("HALCYON FLEET LIMITED", "halcyon fleet", "ltd"),
        ("Halcyon Fleet Co. Ltd", "halcyon fleet", "ltd"),
        ("Halcyon Fleet & Co", "halcyon fleet", "company"),
        ("Halcyon Fleet p.l.c.", "halcyon fleet", "plc"),
        ("Halcyon Fleet Public Limited Company", "halcyon fleet", "plc"),
        ("Halcyon Fleet Lmited", "halcyon fleet", "ltd"),
        ("Halcyon Fleet C.I.C.", "halcyon fleet", "cic"),
        ("Halcyon Community Interest Company", "halcyon", "cic"),
        ("Halcyon Limited Liability Partnership", "halcyon", "llp"),
        ("The Halcyon Fleet", "halcyon fleet", ""),
        ("Caf&eacute; Halcyon &amp; Sons", "cafe halcyon sons", ""),
        ("Café Halcyon and Sons", "cafe halcyon sons", ""),
        ("B.T. Halcyon", "bt halcyon", ""),
        ("B T Halcyon", "bt halcyon", ""),
        ("R & A Halcyon", "ra halcyon", ""),
        ("O'Halcyon’s", "ohalcyons", ""),
        ("Halcyon (UK) Ltd", "halcyon uk", "ltd"),
        ("Univ of Preston", "university preston", ""),
        ("Preston FC", "preston football club", ""),
        ("Channel Four", "channel 4", ""),
        ("The Company", "the company", ""),
        ("Limited", "limited", ""),
        ("Jenkins Systems (UK) Limited", "jenkins systems", "ltd"),
        ("Jenkins Systems UK Ltd", "jenkins systems", "ltd"),
        ("Age UK Ltd", "age uk", "ltd"),
        ("Cancer Research UK", "cancer research uk", ""),
    ],
)
def test_words_and_form(written: str, words: str, form: str) -> None:
    name = parse(written)
    assert (" ".join(name.words), name.form) == (words, form)


@pytest.mark.parametrize(
    ("written", "main", "kind", "other"),
    [
        ("Halcyon Ltd T/A Blue Kiln", "halcyon", Kind.TRADING, "blue kiln"),
        ("Halcyon Ltd trading as The Blue Kiln Ltd", "halcyon", Kind.TRADING, "blue kiln"),
        ("Halcyon (t/a Blue Kiln)", "halcyon", Kind.TRADING, "blue kiln"),
        ("HALCYON FORMERLY BLUE KILN", "halcyon", Kind.FORMER, "blue kiln"),
        ("Halcyon via Blue Kiln", "halcyon", Kind.THROUGH, "blue kiln"),
        ("Halcyon c/o Blue Kiln", "halcyon", Kind.THROUGH, "blue kiln"),
        ("Dinner hosted by Blue Kiln", "dinner", Kind.THROUGH, "blue kiln"),
        ("Halcyon Bakers (HBZ)", "halcyon bakers", Kind.INNER, "hbz"),
        ("HBZ - Halcyon Bakers", "hbz", Kind.PART, "halcyon bakers"),
        ("Halcyon Bakers/Blue Kiln", "halcyon bakers", Kind.PART, "blue kiln"),
    ],
)
def test_other_names_inside(written: str, main: str, kind: Kind, other: str) -> None:
    name = parse(written)
    assert " ".join(name.words) == main
    assert [(each.kind, " ".join(each.words)) for each in name.others] == [(kind, other)]


def test_numbers_and_vendor_numbers() -> None:
    assert parse("Studio 24 Ltd").numbers == ("24",)
    assert parse("HALCYON LTD 100234").vendor_number == "100234"
    assert parse("HALCYON LTD (V100234)").vendor_number == "100234"
    assert parse("HALCYON LTD 100234").words == ("halcyon",)
    assert parse("HALCYON 360").words == ("halcyon", "360")


@pytest.mark.parametrize(
    "written",
    ["THIRD PARTY SUPPLIER", "Third Party", "REDACTED", "(Redacted)", "Various", "N/A", "Nil Return",
     "Private individual", "name withheld", "", "   ", "&&&"],
)  # fmt: skip
def test_placeholders_name_nobody(written: str) -> None:
    assert is_placeholder(written)


@pytest.mark.parametrize(
    "written", ["Party Third Ltd Kiln", "Supplier Kiln", "One Stop", "Personal Data Shop"]
)
def test_names_with_such_words_are_names(written: str) -> None:
    assert not is_placeholder(written)


@given(st.text(max_size=80))
def test_anything_can_be_taken_apart(written: str) -> None:
    name = parse(written)
    assert name.written == written
    assert all(word and " " not in word for word in name.words)
