"""The filter of a page as others would see it: whole quarters that are over, of forces alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from registers.oversight.forms.filter import FilterForm
from registers.oversight.published import NOT_WHOLE_QUARTERS, last_quarters, quarters
from registers.oversight.spans import Period, year_of

QUARTERS_ONLY = (
    f"{NOT_WHOLE_QUARTERS} Begin on the first of January, April, July or October, and end on the day "
    "before one of these."
)
NOT_OVER = "What is published is of quarters that are over. Choose an earlier last day."
NOT_NARROWED = (
    "What is published is of whole forces: a unit or a group of ranks could tell who is meant. Take them "
    "off the address, or look at the page as the board sees it."
)


class PublishedFilterForm(FilterForm):
    """It offers no unit and no group of ranks, and refuses an address that names one."""

    def __init__(self, said: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(said, **{**kwargs, "narrow": False})
        self.data = {**self.data, "as": "public"}
        self.fields["as"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.narrowed = bool(said.get("unit") or said.get("band"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.narrowed:
            self.add_error(None, NOT_NARROWED)
        if self.errors:
            return cleaned
        period = self.period(cleaned.get("starts_on"), cleaned.get("ends_on"))
        try:
            quarters(period)
        except ValueError:
            self.add_error("starts_on", QUARTERS_ONLY)
        else:
            if period.ends_on >= self.today:
                self.add_error("ends_on", NOT_OVER)
        return cleaned

    def period(self, first: date | None, last: date | None) -> Period:
        """The last four quarters that are over, unless told."""
        usual = last_quarters(self.today)
        if first is None and last is None:
            return usual
        last = last or usual.ends_on
        return Period(first or last_quarters(last + date.resolution).starts_on, last)

    def presets(self) -> list[tuple[str, Period]]:
        last, year = last_quarters(self.today, 1), last_quarters(self.today)
        began = year_of(last.ends_on)
        return [
            ("Last quarter", last),
            ("Last four quarters", year),
            ("This financial year", Period(began, last.ends_on)),
            ("Last five years", last_quarters(self.today, 20)),
        ]
