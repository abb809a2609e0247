"""What the press office says of outlets and journalists, and the quarter of a statement."""

from datetime import date
from typing import Any, cast

from django import forms

from integrity.casework.clocks import add_months
from integrity.ui.forms import GovukForm, RadioSelect
from integrity.ui.templatetags.ui import day
from registers.media_contacts.enums import Reach
from registers.media_contacts.policies import end_of_quarter, quarter_of

QUARTERS = 12


class ReachForm(GovukForm):
    reach = forms.ChoiceField(
        label="Whom does it reach?", choices=Reach, widget=RadioSelect(small=True)
    )
    submit_label = "Save"
    submit_style = "secondary"


class JournalistForm(GovukForm):
    name = forms.CharField(
        label="Name",
        help_text="Every contact shows the name as you correct it.",
        max_length=200,
    )
    submit_label = "Correct the name"
    submit_style = "secondary"


def quarters_over(today: date) -> list[date]:
    """The first days of the last quarters that are over, the newest first."""
    return [add_months(quarter_of(today), -3 * ago) for ago in range(1, QUARTERS + 1)]


class QuarterForm(GovukForm):
    quarter = forms.TypedChoiceField(label="Quarter", coerce=date.fromisoformat)
    form_method = "get"
    submit_label = "Show this quarter"
    submit_style = "secondary"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["quarter"]).choices = [
            (str(first), f"{day(first)} to {day(end_of_quarter(first))}")
            for first in quarters_over(today)
        ]
