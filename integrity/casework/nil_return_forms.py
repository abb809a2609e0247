"""What the head of a unit confirms, why a nil return is withdrawn, and which quarter the desk shows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from integrity.casework.enums import Standing
from integrity.casework.models import NilReturnRule
from integrity.casework.nil_returns import Stands, asked_registers, quarters_over
from integrity.casework.quarters import Quarter
from integrity.casework.registry import Register
from integrity.people.models import Force, Unit, User
from integrity.ui.forms import (
    CheckboxSelectMultiple,
    Details,
    Field,
    GovukForm,
    Layout,
    Paragraph,
)

QUARTERS = 12  # that the desk offers to look at


class NilReturnForm(GovukForm):
    """For each unit and quarter the registers that know nothing of it; nothing is ticked before.

    It takes what another page has confirmed or declared meanwhile: the action answers that.
    """

    submit_label = "Confirm"
    mark_optional = False

    def __init__(self, *args: Any, found: Sequence[Stands], reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, tuple[Unit, Quarter]] = {}
        for each in found:
            name = f"unit-{each.unit.pk}-{each.quarter.key}"
            if name not in self.fields:
                self.asked[name] = (each.unit, each.quarter)
                self.fields[name] = _question(each)
            field: Any = self.fields[name]
            field.choices = [*field.choices, (each.register.slug, each.nothing)]
        waiting = _waiting(found)
        for name in self.fields:
            shown = [(each.register.slug, each.nothing) for each in waiting.get(name, ())]
            cast(forms.CheckboxSelectMultiple, self.fields[name].widget).choices = shown
        self.waiting = list(waiting)
        own = [name for name in waiting if self.asked[name][0].head_id == reader.pk]
        self.layout = _layout(own, [name for name in waiting if name not in own])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(said.values()):
            raise forms.ValidationError("Tick what you confirm, or declare what there was.")
        return said

    def confirmed(self) -> Iterator[tuple[Unit, Quarter, list[str]]]:
        """What was ticked: a unit, a quarter, and the slugs of its registers."""
        for name, (unit, quarter) in self.asked.items():
            if slugs := self.cleaned_data[name]:
                yield unit, quarter, slugs


def _question(stands: Stands) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=f"{stands.unit}, {stands.quarter.words}",
        required=False,
        widget=CheckboxSelectMultiple(),
    )


def _waiting(found: Sequence[Stands]) -> Mapping[str, list[Stands]]:
    waiting: dict[str, list[Stands]] = {}
    for each in found:
        if each.standing == Standing.SILENT:
            waiting.setdefault(f"unit-{each.unit.pk}-{each.quarter.key}", []).append(each)
    return waiting


def _layout(own: Sequence[str], of_reports: Sequence[str]) -> Layout:
    """One's own units; then, closed, those headed by people who report to one."""
    fields: list[Any] = [Field(name, label_size="m") for name in own]
    if of_reports:
        fields.append(
            Details(
                "Units headed by people who report to you",
                Paragraph("Confirm for one of them only where its head cannot."),
                *(Field(name, label_size="s") for name in of_reports),
            )
        )
    return Layout(*fields)


class WithdrawNilForm(GovukForm):
    reason = forms.CharField(
        label="Why was it wrong?",
        help_text="The nil return stays on record with your reason, and counts no more.",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Say why it was wrong"},
    )
    submit_label = "Withdraw the nil return"
    submit_style = "warning"


class StandingsForm(GovukForm):
    """Which register and quarter of which force; the force is asked only where somebody has several."""

    force = forms.ChoiceField(label="Force", required=False)
    register = forms.ChoiceField(label="Register", required=False)
    quarter = forms.ChoiceField(label="Quarter", required=False)
    form_method = "get"
    submit_label = "Show"
    submit_style = "secondary"
    mark_optional = False

    def __init__(
        self, data: Mapping[str, Any], *, forces: Sequence[Force], today: date, **kwargs: Any
    ) -> None:
        self.forces = {each.code: each for each in forces}
        self.registers = {each.slug: each for each in asked_registers()}
        self.quarters = {each.key: each for each in quarters_over(today, QUARTERS)}
        firsts = {
            "force": next(iter(self.forces)),
            "register": next(iter(self.registers)),
            "quarter": next(iter(self.quarters)),
        }
        super().__init__(
            {name: data.get(name) or first for name, first in firsts.items()}, **kwargs
        )
        self._offer("force", {code: str(each) for code, each in self.forces.items()})
        self._offer("register", {slug: each.name for slug, each in self.registers.items()})
        self._offer("quarter", {key: each.words for key, each in self.quarters.items()})
        if len(self.forces) == 1:
            del self.fields["force"]

    def _offer(self, name: str, choices: Mapping[str, str]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = list(choices.items())

    def chosen(self) -> tuple[Force, Register, Quarter]:
        """What was asked for; the first of each where nothing was, or what is not offered."""
        said = self.cleaned_data if self.is_valid() else {}
        return (
            self.forces[said.get("force") or next(iter(self.forces))],
            self.registers[said.get("register") or next(iter(self.registers))],
            self.quarters[said.get("quarter") or next(iter(self.quarters))],
        )


class NilReturnRuleForm(forms.ModelForm):
    """A force's dated row, with its registers by their names."""

    registers = forms.MultipleChoiceField(
        label="Registers of which heads are reminded",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: of every register that has a policy.",
    )

    class Meta:
        model = NilReturnRule
        fields = (
            "force",
            "effective_from",
            "quarters",
            "registers",
            "first_reminder_days",
            "repeat_days",
            "reminders",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "registers" in self.fields:  # a reader's page has no fields
            choices = [(each.slug, each.name) for each in asked_registers()]
            cast(forms.MultipleChoiceField, self.fields["registers"]).choices = choices
