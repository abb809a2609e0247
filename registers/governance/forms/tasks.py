"""Actions of meetings and items of the plan: given, changed, noted, closed, reopened."""

from typing import Any, cast

from django import forms

from integrity.ui.forms import DateField, GovukForm
from registers.governance.forms.parts import ItemField, PersonField, VersionedForm, long_text
from registers.governance.models import Meeting, Recommendation


class ActionForm(GovukForm):
    """What a meeting asks somebody to do, and by when."""

    item = ItemField()
    what = long_text("What is to be done?", rows=3)
    owner = PersonField(label="Owner")
    due_on = DateField(label="Due", noun="the day by which it is due")
    submit_label = "Give the action"

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ItemField, self.fields["item"]).queryset = meeting.agenda.all()


class ChangeActionForm(VersionedForm):
    what = long_text("What is to be done?", rows=3)
    owner = PersonField(label="Owner")
    due_on = DateField(label="Due", noun="the day by which it is due")
    submit_label = "Save"


class RecommendationField(forms.ModelChoiceField):
    """What a report recommends, with the report and our number before it."""

    def __init__(self) -> None:
        super().__init__(
            label="Recommendation that it answers",
            queryset=Recommendation.objects.all(),
            required=False,
            empty_label="None",
        )

    def label_from_instance(self, obj: Any) -> str:
        words = f"{obj}: {obj.text}"
        return words if len(words) <= 140 else f"{words[:139].rstrip()}…"


class PlanItemForm(GovukForm):
    """A line of the plan: recommendation, action, owner, due."""

    recommendation = RecommendationField()
    action = long_text("What is to be done?", rows=3)
    owner = PersonField(label="Owner")
    due_on = DateField(label="Due", noun="the day by which it is due")
    submit_label = "Add to the plan"


class ChangePlanItemForm(PlanItemForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    submit_label = "Save"


class ProgressForm(VersionedForm):
    text = long_text("How does it stand?")
    evidence = long_text(
        "Evidence",
        rows=3,
        required=False,
        help_text="What shows that it is done, as far as it is. This replaces what is there.",
    )
    submit_label = "Save"


class CloseForm(VersionedForm):
    evidence = long_text("Evidence", help_text="What shows that it was done, and where to find it.")
    submit_label = "Close it"


class ReopenForm(VersionedForm):
    reason = long_text("Why is it opened again?", rows=3)
    due_on = DateField(label="Due", noun="the day by which it is due")
    submit_label = "Reopen it"
