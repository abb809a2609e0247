"""The forms by which PSD looks that conditions and refusals are kept (HMIC 2012, p. 30)."""

from typing import Any

from django import forms

from integrity.casework.forms import UploadField, VerbForm
from integrity.casework.verb_forms import text_area
from integrity.ui.forms import RadioSelect
from integrity.ui.templatetags.ui import day
from registers.business_interests.enums import (
    CheckMethod,
    CheckOutcome,
    ConditionKind,
    FollowUpOutcome,
    IfBroken,
)
from registers.business_interests.forms.conditions import (
    kind_field,
    method_field,
    months_field,
    until_field,
    written,
)
from registers.business_interests.forms.parts import hours_of_week
from registers.business_interests.models import Condition

NO_CONDITION = "none"


class OneConditionForm(VerbForm):
    """A verb on one condition; asked which only where there are several."""

    to_confirm = False
    condition = forms.ModelChoiceField(
        label="Which condition?", queryset=Condition.objects.none(), widget=RadioSelect()
    )

    def prepare(self) -> None:
        found = self.record.conditions.filter(ended_at=None, to_confirm=self.to_confirm)
        self.choose_from("condition", found, self.words_of)
        first = list(found[:2])
        if len(first) == 1:
            self.fields["condition"].widget = forms.HiddenInput()
            self.initial["condition"] = first[0].pk
            self.explanation = self.words_of(first[0])

    def words_of(self, condition: Condition) -> str:
        return condition.text


class CheckConditionForm(OneConditionForm):
    """A check with its evidence, and what a broken condition opens (RULES, Business interests 7)."""

    heading = "Is the condition kept?"
    submit_label = "Record the check"
    found = forms.ChoiceField(
        label="What did you find?",
        choices=[
            (CheckOutcome.KEPT, CheckOutcome.KEPT.label),
            (CheckOutcome.UNCLEAR, CheckOutcome.UNCLEAR.label),
            (IfBroken.CHALLENGE, "Broken: challenge the person"),
            (IfBroken.REFER, "Broken: hand it over for investigation"),
        ],
        widget=RadioSelect(conditional={IfBroken.CHALLENGE: ["challenge"]}),
    )
    challenge = forms.CharField(
        label="What are they asked to justify?", widget=text_area(3), max_length=2000
    )
    method = forms.ChoiceField(label="How did you check it?", choices=CheckMethod)
    evidence = forms.CharField(
        label="What did you see?",
        help_text="The applicant does not read it.",
        widget=text_area(),
        max_length=4000,
    )
    file = UploadField(
        label="File", help_text="A payslip or agreement, if there is one.", required=False
    )

    def prepare(self) -> None:
        super().prepare()
        standing = self.record.conditions.filter(ended_at=None, to_confirm=False)
        self.initial.setdefault("method", standing.first().check_method)

    def words_of(self, condition: Condition) -> str:
        how = condition.get_check_method_display().lower()
        return f"{condition.text} Check due {day(condition.next_check_on)}: {how}."

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        found = said.pop("found")
        broken = found in IfBroken.values
        outcome = CheckOutcome.BROKEN if broken else CheckOutcome(found)
        return {**said, "outcome": outcome, "if_broken": found if broken else ""}


class ConfirmConditionForm(OneConditionForm):
    """What an imported 'approved subject to …' asks for, or that it is no condition."""

    to_confirm = True
    heading = "What does the imported condition ask for?"
    submit_label = "Confirm"
    kind = forms.ChoiceField(
        choices=[*ConditionKind.choices, (NO_CONDITION, "It is no condition")], **kind_field()
    )
    hours = hours_of_week("How many hours a week?")
    until = until_field()
    text = forms.CharField(
        label="The condition in clear words",
        help_text="Leave it empty to keep the words that were imported.",
        widget=text_area(2),
        required=False,
        max_length=1000,
    )
    check_method = method_field()
    check_months = months_field()

    def prepare(self) -> None:
        super().prepare()
        first = self.record.conditions.filter(ended_at=None, to_confirm=True).first()
        self.initial.setdefault("check_method", first.check_method)

    def words_of(self, condition: Condition) -> str:
        return f"“{condition.text}”"

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        condition = said["condition"]
        usual = self.record.policy.check_months
        facts = written(said, usual=usual, text=condition.text)
        return {
            "condition": condition,
            "facts": facts if said["kind"] != NO_CONDITION else None,
            "version": said["version"],
        }


class FollowUpForm(VerbForm):
    """Whether somebody refused is not doing it after all (RULES, Business interests 9)."""

    submit_label = "Record what was found"
    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=FollowUpOutcome,
        widget=RadioSelect(
            hints={FollowUpOutcome.DOING_IT: "It is handed over for investigation."}
        ),
    )
    evidence = forms.CharField(
        label="What did you look at, and what did you see?", widget=text_area(), max_length=4000
    )

    def prepare(self) -> None:
        self.due = self.record.follow_ups.filter(done_at=None, dropped_at=None).first()
        months = "1 month" if self.due.months == 1 else f"{self.due.months} months"
        self.explanation = f"The look {months} after the refusal, due {day(self.due.due_on)}."

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "follow_up": self.due}
