"""When two spellings are one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.organisations.names import LEGAL_FORMS, name_key, person_key

# a legal form or an article alone is a name too, but those are not these tests'
WORDS = st.text("abcdefghijklmnopqrstuvwxyzéøßł0123456789", min_size=2, max_size=9).filter(
    lambda word: name_key(word) not in {*LEGAL_FORMS, "the"}
)
NAMES = st.lists(WORDS, min_size=1, max_size=4)
ANY_NAME = st.text(min_size=1, max_size=60).filter(lambda name: bool(name.strip()))


@given(NAMES)
def test_case_makes_no_difference(words: list[str]) -> None:
    name = " ".join(words)
    assert name_key(name.upper()) == name_key(name) == name_key(name.title())


@given(NAMES, st.lists(st.sampled_from([" ", "  ", "-", ", ", ". ", " / ", "\t", "–"]), min_size=3))
def test_punctuation_and_spaces_make_no_difference(words: list[str], gaps: list[str]) -> None:
    name, *rest = words
    for number, word in enumerate(rest):
        name += gaps[number % len(gaps)] + word
    assert name_key(f" {name}.") == name_key(" ".join(words))


@given(NAMES, st.sampled_from(["Ltd", "Ltd.", "LIMITED", "plc", "P.L.C.", "(Ltd)", "& Co Ltd"]))
def test_the_legal_form_makes_no_difference(words: list[str], form: str) -> None:
    name = " ".join(words)
    ending = " and" if form.startswith("&") else ""
    assert name_key(f"{name} {form}") == name_key(f"{name}{ending}")


@given(NAMES, NAMES)
def test_names_of_different_words_stay_apart(one: list[str], other: list[str]) -> None:
    folded = [[name_key(word) for word in words] for words in (one, other)]
    if folded[0] != folded[1]:
        assert name_key(" ".join(one)) != name_key(" ".join(other))


@given(ANY_NAME)
def test_no_key_is_ever_empty(name: str) -> None:
    assert name_key(name)
    assert person_key(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("B.B.C.", "BBC"),
        ("Sainsbury's", "Sainsbury’s"),
        ("Marks & Spencer", "Marks and Spencer plc"),
        ("The Co-operative Company Ltd", "Co operative"),
        ("Café Nero", "Cafe Nero"),
        ("東京 Ltd", "東京"),
    ],
)
def test_one_organisation(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Halcyon Fleet", "Halcyon Motors"),
        ("東京 Ltd", "大阪 Ltd"),
        ("Ørsted", "Rsted"),
        ("Limited", "Company"),
        ("The", "Ltd"),
    ],
)
def test_two_organisations(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mr. John  SMITH", "john smith"), ("Dr Ann Roe", "ann roe"), ("Zoë", "ZOË")],
)
def test_one_person(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)


@pytest.mark.parametrize(("one", "other"), [("John Smith", "Jon Smith"), ("Dr", "Mr"), ("—", "…")])
def test_two_people(one: str, other: str) -> None:
    assert person_key(one) != person_key(other)
