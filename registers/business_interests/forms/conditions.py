"""Conditions as a decision sets them: from the force's library, written, or kept (RULES, 7)."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone

from integrity.casework.forms import VerbForm
from integrity.casework.verb_forms import text_area
from integrity.casework.workflow import Denied
from integrity.ui.forms import (
    CheckboxSelectMultiple,
    DateField,
    Fieldset,
    GovukForm,
    Layout,
    RadioSelect,
    Repeat,
    govuk_formset,
)
from integrity.ui.templatetags.ui import day
from registers.business_interests.actions.granting import refuse_conditions
from registers.business_interests.enums import CheckMethod, ConditionKind
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.forms.parts import hours_of_week
from registers.business_interests.models import Condition, ConditionTemplate

NUMBER = r"\d+(?:\.\d+)?"


def kind_field(**more: Any) -> dict[str, Any]:
    """The kinds of condition as radios, each showing what its kind asks for."""
    shows = {ConditionKind.HOURS: ["hours"], ConditionKind.END_DATE: ["until"]}
    return {
        "label": "Kind of condition",
        "widget": RadioSelect(small=True, conditional=shows),
        **more,
    }


def method_field() -> forms.ChoiceField:
    choices = [("", "Choose one"), *CheckMethod.choices]
    return forms.ChoiceField(label="How is it checked?", choices=choices)


def until_field() -> DateField:
    return DateField(label="Until when does it hold?", noun="the day until which it holds")


def months_field() -> forms.IntegerField:
    between = "Enter a number of months from 1 to 60"
    return forms.IntegerField(
        label="Every how many months is it checked?",
        help_text="Leave it empty for your force’s usual interval.",
        required=False,
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), between),
    )


class ConditionForm(GovukForm):
    """One condition that is written for this interest."""

    text = forms.CharField(label="What the condition is", widget=text_area(2), max_length=1000)
    kind = forms.ChoiceField(choices=ConditionKind, **kind_field())
    hours = hours_of_week("How many hours a week?")
    until = until_field()
    check_method = method_field()
    check_months = months_field()


WrittenConditions = govuk_formset(ConditionForm, noun="written condition", min_num=0, max_num=3)


def filled(template: ConditionTemplate, said: str) -> str:
    """The words of the library with what was entered: in the place of … or of a number, else behind."""
    gap = f"…|{NUMBER}" if template.kind == ConditionKind.HOURS else "…"
    text, found = re.subn(gap, lambda _: said, template.text, count=1)
    if found:
        return text
    unit = " hours a week" if template.kind == ConditionKind.HOURS else ""
    return f"{template.text.rstrip('. ')}: {said}{unit}."


class ConditionsForm(VerbForm):
    """A decision that sets conditions: from the library, written, and those of the standing ones kept."""

    keeps = False
    conditions_legend = "Conditions"
    conditions_hint = "Tick those that apply, and write others."
    keep = forms.MultipleChoiceField(
        label="Which conditions stay?",
        help_text="What is not ticked ends.",
        widget=CheckboxSelectMultiple(),
        required=False,
    )
    library = forms.MultipleChoiceField(
        label="New ones from the force’s library", widget=CheckboxSelectMultiple(), required=False
    )

    def prepare(self) -> None:
        standing = {each.text for each in self.record.standing_conditions} if self.keeps else set()
        library = self.record.policy.library.exclude(text__in=standing)
        self.templates = {str(row.pk): row for row in library}
        self._offer_standing()
        self._offer_library()
        self.add_formset("written", WrittenConditions)

    def _offer_standing(self) -> None:
        standing = self.record.standing_conditions if self.keeps else []
        if not standing:
            del self.fields["keep"]
            return
        field = cast(forms.MultipleChoiceField, self.fields["keep"])
        field.choices = [(str(each.pk), each.text) for each in standing]
        field.widget.hints = {str(each.pk): standing_hint(each) for each in standing}
        self.initial.setdefault("keep", [str(each.pk) for each in standing])

    def _offer_library(self) -> None:
        if not self.templates:
            del self.fields["library"]
            return
        field = cast(forms.MultipleChoiceField, self.fields["library"])
        field.choices = [(pk, row.text) for pk, row in self.templates.items()]
        field.widget.hints = {pk: checked(row) for pk, row in self.templates.items()}
        field.widget.conditional = {
            pk: [name] for pk, row in self.templates.items() if (name := self._ask(pk, row))
        }

    def _ask(self, pk: str, row: ConditionTemplate) -> str:
        """Add the field of what a condition of the library leaves open; its name, if there is one."""
        name = f"{row.kind}_{pk}"
        match row.kind:
            case ConditionKind.HOURS:
                number = re.search(NUMBER, row.text)
                self.fields[name] = hours_of_week(
                    "How many hours a week?", initial=number and number[0]
                )
            case ConditionKind.END_DATE:
                self.fields[name] = until_field()
            case ConditionKind.NOT_FOR:
                self.fields[name] = forms.CharField(label="Which organisation?", max_length=200)
            case _:
                return ""
        return name

    def condition_parts(self) -> list[Any]:
        """Where the conditions stand in the layout."""
        return [
            Fieldset(
                self.conditions_legend,
                *(["keep"] if "keep" in self.fields else []),
                *(["library"] if self.templates else []),
                Repeat("written"),
                hint=self.conditions_hint,
            ),
        ]

    def get_layout(self) -> Layout:
        return Layout(*self.condition_parts(), "reason")

    def clean(self) -> dict[str, Any]:
        """Ask the action's own rule early, so that nothing typed is lost to it."""
        data = super().clean() or self.cleaned_data
        if not self.errors and self.formsets["written"].is_valid():
            try:
                refuse_conditions(self.conditions(), today=timezone.localdate())
            except Denied as denied:
                self.add_error(None, str(denied))
        return data

    def conditions(self) -> tuple[ConditionFacts, ...]:
        usual = self.record.policy.check_months
        rows = self.formsets["written"].entries
        return (*self._from_library(), *(written(row, usual=usual) for row in rows))

    def _from_library(self) -> Iterator[ConditionFacts]:
        for pk in self.cleaned_data.get("library", ()):
            row = self.templates[pk]
            said = self.cleaned_data.get(f"{row.kind}_{pk}")
            hours = said if row.kind == ConditionKind.HOURS else None
            until = said if row.kind == ConditionKind.END_DATE else None
            words = f"{hours.normalize():f}" if hours is not None else day(until) or said or ""
            yield ConditionFacts(
                text=filled(row, words) if words else row.text,
                kind=row.kind,
                hours=hours,
                until=until,
                check_method=row.check_method,
                check_months=row.check_months,
            )

    def kept(self) -> Collection[int]:
        return [int(pk) for pk in self.cleaned_data.get("keep", ())]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "version": data["version"],
            "reason": data["reason"],
            "conditions": self.conditions(),
            **({"keep": self.kept()} if self.keeps else {}),
        }


def written(row: dict[str, Any], *, usual: int, text: str = "") -> ConditionFacts:
    """A condition as the boxes of one row say it; ``text`` where they leave its words as they were."""
    hours: Decimal | None = row["hours"]
    return ConditionFacts(
        text=row["text"] or text,
        kind=row["kind"],
        hours=hours,
        until=row["until"],
        check_method=row["check_method"],
        check_months=row["check_months"] or usual,
    )


def checked(row: ConditionTemplate | Condition) -> str:
    every = "month" if row.check_months == 1 else f"{row.check_months} months"
    return f"Checked every {every}: {row.get_check_method_display().lower()}"


def standing_hint(condition: Condition) -> str:
    return "Imported, and not confirmed yet" if condition.to_confirm else checked(condition)
