"""Forms of the health check and of the assessment, and the action that follows from either."""

from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils import timezone

from integrity.casework.forms import UploadField
from integrity.casework.verb_forms import text_area
from integrity.people.models import Force
from integrity.ui.forms import DateField, GovukForm, RadioSelect
from registers.governance.enums import Finding, HealthScore
from registers.governance.forms.parts import PersonField
from registers.governance.people import people_at


class StartForm(GovukForm):
    """Which force begins; asked only where somebody keeps several."""

    force = forms.ModelChoiceField(
        label="Of which force?",
        queryset=Force.objects.none(),
        widget=RadioSelect(),
        to_field_name="code",
    )

    def __init__(self, *args: Any, forces: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = submit
        field = cast(forms.ModelChoiceField, self.fields["force"])
        field.queryset = forces
        if len(forces) == 1:
            field.widget = forms.HiddenInput()
            field.initial = forces[0].code


class FinishForm(GovukForm):
    submit_label = "Finish"


class AnswerForm(GovukForm):
    score = forms.TypedChoiceField(
        label="How far is this in place?",
        choices=HealthScore,
        coerce=int,
        widget=RadioSelect(),
        error_messages={"required": "Say how far this is in place"},
    )
    evidence = forms.CharField(
        label="What shows it?",
        help_text="Where somebody else would find it. Only what is not in place needs none.",
        widget=text_area(),
        max_length=8000,
        required=False,
    )
    file = UploadField(
        label="File", help_text="It takes the place of one sent before.", required=False
    )
    submit_label = "Save the answer"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("score") and not data.get("evidence", "").strip():
            self.add_error(
                "evidence", "Say what shows it; only what is not in place needs no evidence."
            )
        return data


class FindingForm(GovukForm):
    result = forms.ChoiceField(
        label="Does the force’s policy do this?",
        choices=Finding,
        widget=RadioSelect(),
        error_messages={"required": "Say whether the force’s policy does this"},
    )
    where = forms.CharField(
        label="Where in the policy?",
        help_text="Its title and the section.",
        max_length=200,
        required=False,
    )
    evidence = forms.CharField(
        label="What shows it?",
        help_text="Or why it does not apply.",
        widget=text_area(),
        max_length=8000,
        required=False,
    )
    submit_label = "Save the finding"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        result = data.get("result")
        if result in (Finding.MET, Finding.PARTLY) and not data.get("where", "").strip():
            self.add_error("where", "Say where in the force’s policy this is met.")
        if result and result != Finding.NOT_MET and not data.get("evidence", "").strip():
            self.add_error("evidence", "Say what shows it; only what is not met needs no evidence.")
        return data


class PlanForm(GovukForm):
    """An item of the action plan: what is to be done, by whom and by when."""

    what = forms.CharField(label="What is to be done?", widget=text_area(3), max_length=4000)
    owner = PersonField(label="Who is to do it?")
    due_on = DateField(label="By when?", noun="the day it is due", future=True)
    submit_label = "Put it in the action plan"

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, names = self.fields["owner"], reverse("governance:plan-people", args=[force.code])
        cast(PersonField, owner).choose_from(people_at(force, timezone.localdate()), names)
