"""Forms of the quarterly meeting."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from integrity.casework.verb_forms import text_area
from integrity.people.models import User
from integrity.ui.forms import DateField, GovukForm


class HeldForm(GovukForm):
    held_on = DateField(label="When was the meeting?", noun="the day of the meeting", past=True)
    present = forms.CharField(
        label="Who was there?", help_text="By post.", widget=text_area(2), max_length=2000
    )
    note = forms.CharField(
        label="What was said?", help_text="And what follows.", widget=text_area(), max_length=8000
    )
    submit_label = "Record the meeting"


class ActionForm(GovukForm):
    what = forms.CharField(label="What is to be done?", widget=text_area(3), max_length=4000)
    owner = forms.ModelChoiceField(
        label="Who is to do it?",
        help_text="Somebody of PSD, procurement or the press office.",
        queryset=User.objects.none(),
    )
    due_on = DateField(label="By when?", noun="the day it is due")
    submit_label = "Add the action"
    submit_style = "secondary"

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["owner"])
        field.queryset = User.objects.filter(pk__in=[each.pk for each in people]).select_related(
            "grade"
        )


class CloseForm(GovukForm):
    evidence = forms.CharField(
        label="What shows that it was done?", widget=text_area(3), max_length=4000
    )
    submit_label = "Close the action"
