from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from integrity.ui.fields import MONTHS, DateField, MoneyField
from integrity.ui.templatetags.ui import money
from integrity.ui.widgets import DateInput


def date_error(*parts, **options):
    with pytest.raises(ValidationError) as caught:
        DateField(label="Date of the offer", **options).clean(list(parts))
    [error] = caught.value.error_list
    return error.message, (error.params or {}).get("parts")


def money_error(text):
    with pytest.raises(ValidationError) as caught:
        MoneyField(label="Value").clean(text)
    return caught.value.messages[0]


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_date_comes_back_as_it_went(date):
    assert DateField().clean(DateInput().decompress(date)) == date
    assert DateField().clean(date.isoformat()) == date
    assert DateInput().decompress(date.isoformat()) == DateInput().decompress(date)
    assert (
        DateField().clean([f" {date.day:02}", MONTHS[date.month - 1].title()[:3], f"{date.year} "])
        == date
    )


@given(st.lists(st.text(max_size=6), min_size=3, max_size=3))
def test_nothing_typed_in_the_boxes_breaks_a_date(parts):
    with suppress(ValidationError):
        assert isinstance(DateField(required=False).clean(parts), dt.date | None)


@given(st.text(max_size=12))
def test_nothing_sent_instead_of_the_boxes_breaks_a_date(text):
    DateInput().decompress(text)
    DateField().has_changed(text, [text, text, text])


def test_dates_say_what_is_missing():
    assert date_error("3", "", "2026") == ("The date of the offer must include a month", ("month",))
    assert date_error("", "", "2026") == (
        "The date of the offer must include a day and a month",
        ("day", "month"),
    )


def test_dates_must_be_real():
    assert date_error("30", "2", "2026") == ("The date of the offer must be a real date", ("day",))
    assert date_error("3", "13", "2026") == (
        "The date of the offer must be a real date",
        ("month",),
    )
    assert date_error("3", "Smarch", "2026") == (
        "The date of the offer must be a real date",
        ("month",),
    )
    assert date_error("3", "3", "26") == (
        "The date of the offer must have a year of 4 numbers",
        ("year",),
    )


def test_an_empty_date():
    with pytest.raises(ValidationError):
        DateField().clean(["", " ", None])
    assert DateField(required=False).clean(["", "", ""]) is None


def test_past_and_future():
    today = timezone.localdate()
    tomorrow = DateInput().decompress(today + dt.timedelta(1))
    yesterday = DateInput().decompress(today - dt.timedelta(1))
    for field in (DateField(past=True), DateField(future=True)):
        assert field.clean(DateInput().decompress(today)) == today
    assert date_error(*tomorrow, past=True)[0].endswith("must be today or in the past")
    assert date_error(*yesterday, future=True)[0].endswith("must be today or in the future")


def test_a_draft_s_date_has_not_changed():
    assert not DateField().has_changed("2026-03-03", ["3", "3", "2026"])
    assert DateField().has_changed("2026-03-03", ["4", "3", "2026"])


@given(st.decimals(min_value=0, max_value=Decimal("9999999999.99"), places=2))
def test_money_comes_back_as_it_went(pounds):
    assert MoneyField().clean(money(pounds)) == pounds
    assert MoneyField().clean(f"{pounds:.2f}") == pounds


@given(st.text(max_size=15))
def test_nothing_typed_breaks_money(text):
    with suppress(ValidationError):
        value = MoneyField(required=False).clean(text)
        assert value is None or value == value.quantize(Decimal("0.01")) >= 0


@pytest.mark.parametrize(
    ("text", "pounds"),
    [("£12", "12.00"), (" 1,234.5 ", "1234.50"), ("0", "0.00"), ("£ 007", "7.00")],
)
def test_money_as_people_type_it(text, pounds):
    value = MoneyField().clean(text)
    assert str(value) == pounds


def test_money_says_what_is_wrong():
    assert money_error("12,50") == "The value must be an amount in pounds, like 12.50 or 1,234"
    assert money_error("about ten") == "The value must be an amount in pounds, like 12.50 or 1,234"
    assert money_error("-£5") == "The value must not be less than £0"
    assert money_error("£-5") == "The value must not be less than £0"
    assert money_error("1.999") == "The value must be in pounds and whole pence, like 12.50"
    assert money_error("99999999999") == "The value must be less than £10,000,000,000"
    assert money_error("١٢") == "The value must be an amount in pounds, like 12.50 or 1,234"
