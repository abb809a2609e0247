"""Widgets that Django lacks. They carry facts; the template pack in templates/govuk draws them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dateparse import parse_date


class DateInput(forms.MultiWidget):
    """Day, month and year in three boxes: for a date one knows, quicker than a calendar."""

    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        # A month may be typed as a word, so its keyboard is the ordinary one.
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput(box),
            "month": forms.TextInput({"autocomplete": "off"}),
            "year": forms.TextInput(box),
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, str):
            value = parse_iso(value)
        if isinstance(value, dt.date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        boxes = super().value_from_datadict(data, files, name)
        if boxes == [None, None, None] and name in data:
            return data.get(name)
        return boxes

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and name not in data


def parse_iso(value: str) -> dt.date | None:
    try:
        return parse_date(value)
    except ValueError:
        return None


class MoneyInput(forms.TextInput):
    prefix = "£"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # type="number" changes the amount when the mouse wheel turns, and hides what it refuses.
        super().__init__(
            {
                "inputmode": "decimal",
                "autocomplete": "off",
                "class": "govuk-input--width-10",
                **(attrs or {}),
            }
        )

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return f"{value:.2f}"
        return super().format_value(value)


class _Options:
    """Options that can have a hint each, and reveal other fields when they are chosen."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[Any, str] | None = None,
        conditional: Mapping[Any, Sequence[str]] | None = None,
        inline: bool = False,
        small: bool = False,
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.hints = {as_value(value): hint for value, hint in (hints or {}).items()}
        self.conditional = {
            as_value(value): list(names) for value, names in (conditional or {}).items()
        }
        # An option that reveals something must have a line of its own.
        self.inline = inline and not self.conditional
        self.small = small


def as_value(value: Any) -> str:
    return str(getattr(value, "value", value))


class RadioSelect(_Options, forms.RadioSelect):
    pass


class CheckboxSelectMultiple(_Options, forms.CheckboxSelectMultiple):
    pass


class SuggestInput(forms.TextInput):
    """A text box; static/ui/suggest.js offers names from `url` while a person types."""

    def __init__(self, url: Any, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.url = url

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-suggest-url"] = str(self.url)
        return context
