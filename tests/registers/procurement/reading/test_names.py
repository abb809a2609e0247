"""Suppliers' names taken apart: entities, vendor numbers, trading and former names, no names."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.procurement.reading.merchants import merchant_name
from registers.procurement.reading.names import clean, supplier, take_apart
from registers.procurement.reading.redacted import is_redacted

TAKEN_APART = [
    ("ACME LTD", "ACME LTD", "", ()),
    ("  Acme\u00a0 Ltd\t", "Acme Ltd", "", ()),
    ("123456 - ACME LTD", "ACME LTD", "123456", ()),
    ("V00123: ACME LTD", "ACME LTD", "V00123", ()),
    ("00123 ACME LTD", "ACME LTD", "00123", ()),
    ("ACME LTD (V00123)", "ACME LTD", "V00123", ()),
    ("ACME LTD [17340]", "ACME LTD", "17340", ()),
    ("ACME LTD - 998877", "ACME LTD", "998877", ()),
    ("ACME (2005) LTD", "ACME (2005) LTD", "", ()),
    ("ACME EVENTS 2012", "ACME EVENTS 2012", "", ()),
    ("909909 MOTORING", "909909 MOTORING", "", ()),
    ("ACME (M25)", "ACME (M25)", "", ()),
    ("ACME LTD T/A BOLT", "ACME LTD", "", (("BOLT", "trading"),)),
    ("Acme Ltd t/as Bolt", "Acme Ltd", "", (("Bolt", "trading"),)),
    ("Acme Ltd T \\ A Bolt", "Acme Ltd", "", (("Bolt", "trading"),)),
    ("ACME LTD TRADING AS BOLT (UK)", "ACME LTD", "", (("BOLT (UK)", "trading"),)),
    ("ACME (T/A BOLT) LTD", "ACME LTD", "", (("BOLT", "trading"),)),
    ("ACME TRADING CO", "ACME TRADING CO", "", ()),
    ("ACME LTD FORMERLY BOLT LTD", "ACME LTD", "", (("BOLT LTD", "former"),)),
    ("ACME (Formally known as Bolt (UK) Ltd)", "ACME", "", (("Bolt (UK) Ltd", "former"),)),
    ("ACME LTD (WAS BOLT & NUT)", "ACME LTD", "", (("BOLT & NUT", "former"),)),
    (
        "ACME LTD (FORMERLY BOLT LTD) T/A ACE [00123]",
        "ACME LTD",
        "00123",
        (("BOLT LTD", "former"), ("ACE", "trading")),
    ),
    ("T/A ACME", "ACME", "", ()),
    ("ACME T/A ACME", "ACME", "", ()),
    ("ACME &amp;amp; SONS", "ACME & SONS", "", ()),
    ("SMITH&para", "SMITH&para", "", ()),
    ("O&#39;Acme &AMP; Co", "O'Acme & Co", "", ()),
    ("12345 -", "12345", "", ()),
    ("FORMERLY", "FORMERLY", "", ()),
]


@pytest.mark.parametrize(("written", "name", "number", "others"), TAKEN_APART)
def test_a_name_taken_apart(
    written: str, name: str, number: str, others: tuple[tuple[str, str], ...]
) -> None:
    parts = take_apart(written)
    assert (parts.name, parts.number, parts.others) == (name, number, others)


def test_the_name_as_written_is_kept() -> None:
    facts = supplier("00123 - ACME LTD T/A BOLT &amp; NUT", place="Northmoor")
    assert facts.as_written == "00123 - ACME LTD T/A BOLT & NUT"
    assert (facts.name, facts.supplier_number, facts.place) == ("ACME LTD", "00123", "Northmoor")
    assert supplier("00123 - ACME LTD", supplier_number="S9").supplier_number == "S9"


PIECES = st.sampled_from(
    [" T/A ", "FORMERLY ", "(", ")", "[", " - ", "12345", "&amp;", "ACME", " "]
)
CHARACTERS = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=5)
NAMES = st.lists(PIECES | CHARACTERS, max_size=16).map("".join)


@given(NAMES)
def test_taking_apart_never_fails_nor_loses_the_name(written: str) -> None:
    parts = take_apart(written)
    assert bool(parts.name) == bool(clean(written))
    assert all(other for other, _ in parts.others)
    assert parts.name == " ".join(parts.name.split())
    assert parts.name.isprintable()


@given(st.text("ABCDE &'", min_size=1), st.integers(0, 3))
def test_escaping_a_name_again_and_again_changes_nothing(name: str, times: int) -> None:
    escaped = name
    for _ in range(times):
        escaped = html.escape(escaped)
    assert take_apart(escaped) == take_apart(name)


@given(
    st.from_regex(r"[B-S]{3,8}( [B-S]{3,8})?( LTD| PLC)?", fullmatch=True),
    st.from_regex(r"[0-9]{5,8}|V[0-9]{5}", fullmatch=True),
    st.from_regex(r"[B-S]{3,8}", fullmatch=True),
)
def test_whatever_is_put_around_a_name_comes_off(name: str, number: str, other: str) -> None:
    for written in (f"{number} - {name}", f"{name} ({number})", f"{name} [{number}]"):
        assert take_apart(written).name == name
        assert take_apart(written).number == number
    if other != name:
        parts = take_apart(f"{name} T/A {other}")
        assert (parts.name, parts.others) == (name, ((other, "trading"),))
        parts = take_apart(f"{name} (FORMERLY {other})")
        assert (parts.name, parts.others) == (name, ((other, "former"),))


@pytest.mark.parametrize(
    "words",
    [
        "THIRD PARTY", "third party ", "THIRD PARTY FORENSICS", "Third-party supplier",
        "3rd Party Ltd", "REDACTED", "[Redacted]", "REDACTED PERSONAL DATA", "Redacted - s40(2)",
        "Name redacted", "PERSONAL DATA", "Personal information withheld", "NAME WITHHELD",
        "Supplier name withheld", "Withheld under FOI s.40", "Exempt under section 40",
        "Payee details removed", "Not disclosed", "Anonymised", "INDIVIDUAL", "Individuals",
        "Private Individual", "Named individual 3", "Supplier A", "Member of the public",
        "Various", "Confidential", "XXXXX", "XXXX XXX", "*****", "█████", "TRAINER",
    ],
)  # fmt: skip
def test_names_that_are_none(words: str) -> None:
    assert is_redacted(words)


@pytest.mark.parametrize(
    "words",
    [
        "REDACTIVE MEDIA", "PERSONAL BEST COACHING", "PRIVATE HIRE CARS LTD", "XXL LTD", "2am",
        "INDIVIDUAL SOLUTIONS LTD", "VARIOUS FOODS PLC", "CONFIDENTIAL WASTE LTD", "NAME IT LTD",
        "HIDDEN HEARTH LTD", "PROTECTED SPACES LTD", "STAFFHAM COUNCIL", "COMPANY SHOP LTD",
        "SUPPLIERS DIRECT LTD", "TRAINERS WAREHOUSE", "PARTY SUPPLIES LTD", "REMOVED RUBBISH LTD",
    ],
)  # fmt: skip
def test_names_that_only_sound_withheld(words: str) -> None:
    assert not is_redacted(words)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("SUMUP *CORNER CAFE", "CORNER CAFE"),
        ("SQ *The Bakery", "The Bakery"),
        ("PAYPAL * ACME", "ACME"),
        ("PAYPAL *EBAY UK", "EBAY UK"),
        ("SUMUP  *  CORNER CAFE", "CORNER CAFE"),
        ("SumUp*Corner Cafe", "Corner Cafe"),
        ("Zettle_*CORNER CAFE", "CORNER CAFE"),
        ("IZETTLE_ *CORNER CAFE", "CORNER CAFE"),
        ("IZ *CORNER CAFE", "CORNER CAFE"),
        ("SQ *THE SQ * SHOP", "THE SQ * SHOP"),
        ("SPAR *12", "SPAR *12"),
        ("SUMUP  *", "SUMUP *"),
        ("ACME*ORDER", "ACME*ORDER"),
        ("SP *", "SP *"),
    ],
)
def test_a_merchant_without_the_firm_that_took_the_payment(written: str, name: str) -> None:
    assert merchant_name(written) == name
