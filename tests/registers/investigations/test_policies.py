"""What the rules say by themselves: risk, what fits what, days, and codes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.casework.enums import ReferralSource
from integrity.casework.models import Referral
from integrity.casework.policies import risk_score
from registers.investigations.enums import (
    SUBCATEGORIES,
    Category,
    Factor,
    Outcome,
    Standing,
    Status,
    SubCategory,
)
from registers.investigations.facts import facts_from
from registers.investigations.models import InvestigationPolicy, standing_of
from registers.investigations.policies import (
    CONCERN_LENGTH,
    SYMBOLS,
    Known,
    factors,
    hash_of,
    kinds_of,
    make_code,
    message_problems,
    next_look,
    why_not_classified,
    why_not_on,
)
from tests.builders import TODAY, YESTERDAY
from tests.investigations import WEIGHTS

POLICY = InvestigationPolicy(repeat_months=24, recheck_days=14)
TO_CRIMINALS = Known(category=Category.DISCLOSURE, sub_category=SubCategory.CRIMINALS)
CASES = [
    (Known(), []),
    (TO_CRIMINALS, [Factor.CRIMINALS]),
    (Known(category=Category.DISCLOSURE, sub_category=SubCategory.LOCAL_MEDIA), [Factor.MEDIA]),
    (Known(category=Category.DISCLOSURE, sub_category=SubCategory.NATIONAL_MEDIA), [Factor.MEDIA]),
    # a relationship with the media is no disclosure
    (Known(category=Category.MEDIA_RELATIONSHIP, sub_category=SubCategory.LOCAL_MEDIA), []),
    (Known(category=Category.DISCLOSURE, sub_category=SubCategory.OTHERS), []),
    (Known(chief_officer=True), [Factor.CHIEF_OFFICER]),
    (Known(referrals=1), []),
    (Known(referrals=2), [Factor.SEVERAL_SOURCES]),
    (Known(still_has_access=True, harm=True), [Factor.STILL_HAS_ACCESS, Factor.HARM]),
    (Known(evidence=True, still_visible=True), [Factor.EVIDENCE, Factor.STILL_VISIBLE]),
    (Known(investigated_before_on=[date(2024, 6, 15)]), [Factor.REPEATED]),
    (Known(investigated_before_on=[date(2024, 6, 14)]), []),
    (Known(investigated_before_on=[TODAY + timedelta(days=1)]), []),
]


@pytest.mark.parametrize(("known", "expected"), CASES)
def test_the_factors_that_an_investigation_shows(known: Known, expected: list[Factor]) -> None:
    assert factors(POLICY, known, opened_on=TODAY) == expected


def test_the_score_is_the_sum_of_the_weights_of_the_policy_row() -> None:
    everything = Known(
        category=Category.DISCLOSURE,
        sub_category=SubCategory.CRIMINALS,
        chief_officer=True,
        investigated_before_on=[YESTERDAY],
        referrals=3,
        still_has_access=True,
        harm=True,
        evidence=True,
        still_visible=True,
    )
    found = factors(POLICY, everything, opened_on=TODAY)
    assert risk_score(found, WEIGHTS) == sum(WEIGHTS.values()) - WEIGHTS[Factor.MEDIA]


@pytest.mark.parametrize("category", ["", *Category.values])
@pytest.mark.parametrize("kind", ["", *SubCategory.values])
def test_a_kind_is_one_of_its_category_or_not_known(category: str, kind: str) -> None:
    known: dict[str, set[str]] = {
        Category.DISCLOSURE: {
            "criminals",
            "friends_family",
            "personal_use",
            "local_media",
            "national_media",
            "others",
        },
        Category.MEDIA_RELATIONSHIP: {"local_media", "national_media"},
    }
    fits = known.get(category, set())
    assert {str(each) for each in kinds_of(category)} == fits
    assert bool(why_not_classified(category, kind)) == (kind != "" and kind not in fits)


def test_a_category_is_from_the_list() -> None:
    assert why_not_classified("gossip", "") == "Choose a category from the list."
    assert set(SUBCATEGORIES) <= set(Category)


@pytest.mark.parametrize(
    ("status", "outcome", "standing"),
    [
        (Status.CONTINUING, "", Standing.CONTINUING),
        (Status.REFERRED, "", Standing.REFERRED),
        (Status.CLOSED, Outcome.NO_FURTHER_ACTION, Standing.NO_FURTHER_ACTION),
        (Status.CLOSED, Outcome.ADVICE, Standing.ADVICE),
        (Status.CLOSED, Outcome.RESIGNED, Standing.LEFT),
        (Status.CLOSED, Outcome.RETIRED, Standing.LEFT),
        (Status.CLOSED, Outcome.DISMISSED, Standing.LEFT),
    ],
)
def test_each_investigation_counts_in_one_of_the_five_published_groups(
    status: Status, outcome: str, standing: Standing
) -> None:
    assert standing_of(status, outcome) == standing


def test_a_day_is_neither_in_the_future_nor_before_its_beginning() -> None:
    what = "of the return"
    assert why_not_on(TODAY, today=TODAY, since=TODAY, what=what) == ""
    tomorrow = TODAY + timedelta(days=1)
    assert why_not_on(tomorrow, today=TODAY, what=what) == (
        "The date of the return cannot be in the future."
    )
    assert why_not_on(YESTERDAY, today=TODAY, since=TODAY, what=what) == (
        "The date of the return cannot be before 15 June 2026."
    )


def test_a_post_is_looked_at_again_after_the_policy_s_days() -> None:
    assert next_look(POLICY, TODAY) == TODAY + timedelta(days=14)


def test_a_referral_says_what_is_not_typed_again() -> None:
    referral = Referral(about="A raid", suggests="disclosure", source=ReferralSource.LEAK_FLAG)
    found = facts_from(referral)
    assert (found.title, found.category, found.source, found.subject) == (
        "A raid",
        Category.DISCLOSURE,
        ReferralSource.LEAK_FLAG,
        None,
    )
    for suggests, category, kind in (
        ("something else", "", ""),
        ("disclosure/criminals", Category.DISCLOSURE, SubCategory.CRIMINALS),
        ("gratuities/criminals", Category.GRATUITIES, ""),
    ):
        found = facts_from(Referral(about="It", suggests=suggests))
        assert (found.category, found.sub_category) == (category, kind)


def test_a_code_cannot_be_guessed_and_can_be_copied() -> None:
    codes = {make_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [5, 5, 5, 5]
        assert set("".join(groups)) <= set(SYMBOLS)
    assert not set(SYMBOLS) & set("01ILO"), "read as one another"
    assert len(set(SYMBOLS)) ** 20 > 2**80


@given(st.sampled_from([str.lower, str.upper]), st.sampled_from(["", " ", "-", " - "]))
def test_a_code_is_the_same_however_it_is_typed(case: Callable[[str], str], between: str) -> None:
    code = "ABCDE-FGHJK-MNPQR-23456"
    typed = between.join(code.split("-"))
    assert hash_of(case(typed)) == hash_of(code)
    assert hash_of(code) != hash_of(code[:-1] + "7")
    assert code not in hash_of(code)


def test_a_message_says_something_and_not_too_much() -> None:
    assert list(message_problems("x" * CONCERN_LENGTH)) == []
    assert list(message_problems(" \n")) == ["Write what you want to say."]
    assert list(message_problems("x" * (CONCERN_LENGTH + 1))) == [
        "Write no more than 5,000 characters; you can send a second message."
    ]
