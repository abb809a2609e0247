"""Boards and their members."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from integrity.people.models import Force, OversightBody
from integrity.ui.forms import DateField, GovukForm
from registers.governance.enums import Capacity
from registers.governance.forms.parts import PersonField, long_text

type Home = Force | OversightBody


def key_of(home: Home) -> str:
    """A force or body as an address or a form names it."""
    return home.code


class BoardForm(GovukForm):
    """A board that is opened: whose, its name, what it is for."""

    home = forms.ChoiceField(label="Whose board is it?")
    name = forms.CharField(label="Name of the board", max_length=120)
    purpose = long_text("What is it for?")
    submit_label = "Open the board"

    def __init__(self, *args: Any, homes: Sequence[Home], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes = {key_of(home): home for home in homes}
        field = cast(forms.ChoiceField, self.fields["home"])
        field.choices = [(key, str(home)) for key, home in self.homes.items()]
        if len(self.homes) > 1:
            field.choices = [("", "Choose one"), *field.choices]

    def clean_home(self) -> Home:
        return self.homes[self.cleaned_data["home"]]


class ChangeBoardForm(GovukForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name of the board", max_length=120)
    purpose = long_text("What is it for?")
    submit_label = "Save"


class SeatForm(GovukForm):
    """Who sits on the board, in which capacity, from when."""

    person = PersonField(label="Person")
    capacity = forms.ChoiceField(
        label="In which capacity?", choices=[("", "Choose one"), *Capacity.choices]
    )
    starts_on = DateField(label="From", noun="the first day")
    ends_on = DateField(label="To", noun="the last day", required=False)
    submit_label = "Seat them"


class UnseatForm(GovukForm):
    ends_on = DateField(label="Last day on the board", noun="the last day")
    submit_label = "Save"
