"""Forms of the threat assessment."""

from typing import Any, cast

from django import forms

from integrity.casework.verb_forms import text_area
from integrity.people.models import Force, Unit
from integrity.ui.forms import DateField, Fieldset, GovukForm, Layout, RadioSelect
from registers.governance.enums import ThreatKind

STATED = (
    "post", "unit", "kind", "description", "likelihood", "impact", "controls", "sample", "sample_by",
)  # fmt: skip
FIVE = [(str(each), str(each)) for each in range(1, 6)]


def of_five(label: str, low: str, high: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=f"1 is {low}, 5 is {high}.",
        choices=FIVE,
        coerce=int,
        widget=RadioSelect(inline=True, small=True),
        error_messages={"required": f"Choose 1 to 5 for the {label.lower()}"},
    )


class ThreatForm(GovukForm):
    """A post or a unit, and to what it is exposed; never a person."""

    post = forms.CharField(
        label="Post",
        help_text="As the force words it, such as “Contracts manager”. Never somebody’s name.",
        max_length=120,
        required=False,
    )
    unit = forms.ModelChoiceField(label="Unit", queryset=Unit.objects.none(), required=False)
    kind = forms.ChoiceField(
        label="To what is it exposed?", choices=ThreatKind, widget=RadioSelect()
    )
    description = forms.CharField(
        label="How?",
        help_text="What about the post or unit lets it happen.",
        widget=text_area(),
        max_length=4000,
    )
    likelihood = of_five("Likelihood", "remote", "almost certain")
    impact = of_five("Impact", "slight", "grave")
    controls = forms.CharField(
        label="What holds it?", widget=text_area(3), max_length=4000, required=False
    )
    sample = forms.CharField(
        label="What is to be sampled because of it?",
        widget=text_area(2),
        max_length=2000,
        required=False,
    )
    sample_by = DateField(
        label="By when is the sample drawn?", noun="the day of the sample", required=False
    )
    submit_label = "Save the threat"
    layout = Layout(
        Fieldset("Which post or unit?", "post", "unit"),
        "kind", "description", "likelihood", "impact", "controls",
        Fieldset("What it steers", "sample", "sample_by"),
    )  # fmt: skip

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = force.units.all()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("post") and not data.get("unit"):
            self.add_error("post", "Choose a unit, or name a post.")
        if data.get("sample") and not data.get("sample_by") and "sample_by" not in self.errors:
            self.add_error("sample_by", "Say by when the sample is drawn.")
        if data.get("sample_by") and not data.get("sample"):
            self.add_error("sample", "Say what is to be sampled.")
        return data


class FinishThreatsForm(GovukForm):
    next_due = DateField(
        label="By when is it made again?", noun="the day the next one is due", future=True
    )
    submit_label = "Finish the assessment"
