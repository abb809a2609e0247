"""Dates and money, as people type them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from integrity.ui.widgets import DateInput, MoneyInput, parse_iso
from integrity.ui.wording import listed, noun_of, with_capital

MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
YEAR_FIRST = ("year", "month", "day")
POUNDS = re.compile(
    r"(?P<sign>-?)£?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<pence>[0-9]+))?"
)


class DateField(forms.DateField):
    """A date in three boxes. `past` and `future` both allow today."""

    widget = DateInput

    def __init__(
        self, *, noun: str | None = None, past: bool = False, future: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.noun = noun
        self.past = past
        self.future = future

    def clean(self, value: Any) -> dt.date | None:
        # An empty triple is not among Django's empty values.
        if isinstance(value, list) and not any(part and part.strip() for part in value):
            value = None
        return super().clean(value)

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str):
            value = DateInput().decompress(value) if parse_iso(value) else [value, value, value]
        if not isinstance(value, list):
            return super().to_python(value)
        texts = dict(zip(DateInput.parts, ((part or "").strip() for part in value), strict=True))
        missing = [part for part, text in texts.items() if not text]
        if len(missing) == len(texts):
            return None
        if missing:
            raise self._error(f"must include {listed([f'a {part}' for part in missing])}", missing)
        numbers = {part: number_of(text, part) for part, text in texts.items()}
        wrong = [
            part
            for part, number in numbers.items()
            if number is None or not plausible(part, number)
        ]
        if wrong == ["year"] and numbers["year"] is not None:
            raise self._error("must have a year of 4 numbers", wrong)
        try:
            year, month, day = (0 if p in wrong else numbers[p] or 0 for p in YEAR_FIRST)
            return dt.date(year, month, day)
        except ValueError:
            raise self._error("must be a real date", wrong or ["day"]) from None

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.past and value > timezone.localdate():
            raise self._error("must be today or in the past", DateInput.parts)
        if self.future and value < timezone.localdate():
            raise self._error("must be today or in the future", DateInput.parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _error(self, end: str, parts: Any) -> ValidationError:
        noun = self.noun or noun_of(str(self.label or "")) or "the date"
        return ValidationError(
            f"{with_capital(noun)} {end}", code="invalid", params={"parts": tuple(parts)}
        )


def number_of(text: str, part: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,4}", text):
        return int(text)
    if part == "month" and len(text) >= 3:
        return next(
            (n for n, month in enumerate(MONTHS, 1) if month.startswith(text.lower())), None
        )
    return None


def plausible(part: str, number: int) -> bool:
    return {"day": 1 <= number <= 31, "month": 1 <= number <= 12, "year": number >= 1000}[part]


class MoneyField(forms.DecimalField):
    """Pounds and pence. A comma separates thousands: '12,50' is refused, not read as 1250."""

    widget = MoneyInput

    def __init__(
        self,
        *,
        noun: str | None = None,
        max_digits: int = 12,
        decimal_places: int = 2,
        **kwargs: Any,
    ) -> None:
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)
        self.noun = noun
        self.places = decimal_places
        self.room = max_digits - decimal_places

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if not isinstance(value, str):
            return super().to_python(value)
        text = re.sub(r"\s", "", value).replace("−", "-").replace("£-", "-£")
        if not text:
            return None
        match = POUNDS.fullmatch(text)
        if not match:
            raise self._error("must be an amount in pounds, like 12.50 or 1,234")
        if match["sign"]:
            raise self._error("must not be less than £0")
        if len(match["pence"] or "") > self.places:
            raise self._error("must be in pounds and whole pence, like 12.50")
        whole = match["whole"].replace(",", "").lstrip("0")
        if len(whole) > self.room:
            raise self._error(f"must be less than £{10**self.room:,}")
        pounds = Decimal(f"{whole or 0}.{match['pence'] or 0}")
        return pounds.quantize(Decimal(1).scaleb(-self.places))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value < 0:
            raise self._error("must not be less than £0")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def _error(self, end: str) -> ValidationError:
        noun = self.noun or noun_of(str(self.label or "")) or "the amount"
        return ValidationError(f"{with_capital(noun)} {end}", code="invalid")
