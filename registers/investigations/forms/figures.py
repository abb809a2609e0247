"""Which investigations the figures count: those opened in a period, of one force or of all."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone

from integrity.casework.clocks import add_months
from integrity.ui.forms import DateField, GovukForm, RadioSelect
from registers.investigations.forms.parts import Home

YEAR, DAYS, EVER = "year", "days", "ever"


class FiguresForm(GovukForm):
    """The last twelve months, other days, or all time."""

    form_method = "get"
    submit_label = "Show the figures"
    submit_style = "secondary"
    period = forms.ChoiceField(
        label="Opened when?",
        choices=[
            (YEAR, "In the last twelve months"),
            (DAYS, "On other days"),
            (EVER, "At any time"),
        ],
        widget=RadioSelect(conditional={DAYS: ["starts_on", "ends_on"]}),
    )
    starts_on = DateField(label="From", noun="the first day")
    ends_on = DateField(label="To", noun="the last day")
    place = forms.ChoiceField(label="Force or body", required=False)

    def __init__(self, *args: Any, homes: Mapping[str, Home], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes = homes
        self.initial["period"] = YEAR
        named = [(name, str(home)) for name, home in homes.items()]
        cast(forms.ChoiceField, self.fields["place"]).choices = [("", "All of them"), *named]

    def is_called_optional(self, name: str) -> bool:
        return False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be on or after the first day")
        return data

    def days(self) -> tuple[date, date] | None:
        """The first and last day; none for all time."""
        period = self.cleaned_data["period"] if self.is_bound else YEAR
        if period == EVER:
            return None
        if period == DAYS:
            return self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
        today = timezone.localdate()
        return add_months(today, -12) + timedelta(days=1), today

    def home(self) -> Home | None:
        return self.homes.get(self.cleaned_data["place"]) if self.is_bound else None
