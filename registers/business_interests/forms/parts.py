"""What several forms of interests are made of: yes or no, hours of a week, several files."""

from collections.abc import Sequence
from typing import Any

from django import forms

from integrity.casework.forms import UploadField
from integrity.ui.forms import RadioSelect

YES_NO = [("yes", "Yes"), ("no", "No")]
HOURS_OF_A_WEEK = 168


def yes_or_no(label: str, *, shows: Sequence[str] = (), **kwargs: Any) -> forms.TypedChoiceField:
    """A question that yes or no answers; ``shows`` are the fields under yes."""
    widget = RadioSelect(inline=True, conditional={"yes": shows} if shows else None)
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        widget=widget,
        error_messages={"required": f"Answer ‘{label}’"},
        **kwargs,
    )


def hours_of_week(label: str, **kwargs: Any) -> forms.DecimalField:
    """Hours of a week, in a short box."""
    number = "Enter the hours as a number, like 7.5"
    most = f"A week has {HOURS_OF_A_WEEK} hours: enter fewer"
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=HOURS_OF_A_WEEK,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-3"}),
        error_messages={
            "required": "Enter how many hours a week",
            "invalid": number,
            "max_digits": number,
            "max_decimal_places": number,
            "max_whole_digits": most,
            "min_value": "Hours cannot be less than 0",
            "max_value": most,
        },
        **kwargs,
    )


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []


class FilesField(UploadField):
    """Several files, each no larger than the site takes."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            super().clean(None)
        return [super(FilesField, self).clean(file) for file in data or []]
