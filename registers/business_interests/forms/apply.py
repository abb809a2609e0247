"""The steps of an application, one question or a close few after another."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.template.defaultfilters import floatformat
from django.urls import reverse_lazy

from integrity.ui.forms import (
    DateField,
    GovukForm,
    Include,
    Layout,
    RadioSelect,
    SuggestInput,
)
from integrity.ui.templatetags.ui import day
from registers.business_interests.enums import Category, Holder, LicenceKind
from registers.business_interests.facts import InterestFacts
from registers.business_interests.forms.apply_words import HINTS, WHAT, WHERE
from registers.business_interests.forms.parts import hours_of_week, yes_or_no
from registers.business_interests.models import InterestPolicy
from registers.organisations.telling import asks_facts

STATED = [field.name for field in fields(InterestFacts)]


def several_lines(label: str, hint: str = "") -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, widget=box, required=False, max_length=2000)


class StepForm(GovukForm):
    """One step, worded for the kind of interest and the force's policy."""

    def __init__(self, *args: Any, policy: InterestPolicy, kind: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy, self.kind = policy, kind
        for field in self.fields.values():  # most labels are questions, which name nothing
            field.error_messages["max_length"] = "Use %(limit_value)d characters or fewer"
        self.prepare()

    def prepare(self) -> None:
        """Word the questions; the default leaves them as they are."""

    def said(self) -> dict[str, Any]:
        """The facts that a valid step states."""
        return {name: self.cleaned_data[name] for name in STATED if name in self.cleaned_data}

    def answers(self) -> Iterator[tuple[str, str]]:
        """Each question of a valid step that was answered, and the answer in words."""
        hidden = self.hidden_conditionals()
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if name not in hidden and value not in (None, ""):
                yield str(field.label), words_of(field, value)


def words_of(field: forms.Field, value: Any) -> str:
    match value:
        case bool():
            return "Yes" if value else "No"
        case date():
            return day(value)
        case Decimal():
            return f"{value.normalize():f}"
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, value))


class HolderForm(StepForm):
    """Whose it is, and what kind (RULES, Business interests 1, 3)."""

    holder = forms.ChoiceField(
        label="Whose interest is it?",
        choices=Holder.choices,
        widget=RadioSelect(conditional={Holder.RELATIVE: ["relative"]}),
    )
    relative = forms.CharField(
        label="Who is it?",
        help_text="Their name, and what they are to you. For example, Ann Example, my sister",
        error_messages={"required": "Enter your relative’s name, and what they are to you"},
        max_length=200,
    )
    category = forms.ChoiceField(
        label="What kind of interest is it?",
        help_text="Choose the one that fits best.",
        choices=Category.choices,
        widget=RadioSelect(hints=HINTS, small=True),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        theirs = data.get("category") == Category.RELATIVES_LICENCE
        if theirs and data.get("holder") == Holder.SELF:
            self.add_error("holder", "A relative’s licence is a relative’s: say whose it is.")
        return data


class WorkForm(StepForm):
    """What it is. The force's list of occupations answers under the box."""

    occupation = forms.CharField(max_length=200)
    description = several_lines(
        "Tell us more about it", "What is done, for whom, and anything PSD should know."
    )
    layout = Layout("occupation", Include("interests/_listed.html", live=True), "description")

    def prepare(self) -> None:
        box = self.fields["occupation"]
        box.label, box.help_text = WHAT[self.kind]
        box.error_messages["required"] = "Say what the work or business is"


class OrganisationForm(StepForm):
    """For whom or with whom, and from when."""

    organisation = forms.CharField(
        label="Name of the organisation",
        max_length=200,
        required=False,
        widget=SuggestInput(
            reverse_lazy("organisations:suggest"), asks_facts("business_interests")
        ),
    )
    starts_on = DateField(
        label="From when?",
        noun="the date it begins",
        help_text="Do not begin before it is approved. If it has begun already, say when.",
        required=False,
    )

    def prepare(self) -> None:
        box = self.fields["organisation"]
        box.label = WHERE.get(self.kind, box.label)
        box.required = self.kind == Category.WAGED


class PropertyForm(StepForm):
    """The property, and whether an agent stands between (HMIC 2012, West Mercia)."""

    property_address = forms.CharField(label="Address of the property", max_length=300)
    managed = yes_or_no("Is it let through a managing agent?", shows=["managing_agent"])
    managing_agent = forms.CharField(label="Name of the managing agent", max_length=200)

    def prepare(self) -> None:
        if self.policy.letting_needs_agent:
            question = self.fields["managed"].widget
            question.hints = {
                "no": "Your force lets property only through a managing agent. "
                "You can still apply, and PSD decides."
            }


class LicenceForm(StepForm):
    """Police Regulations 2003, regulation 7: a licence in the force area."""

    licence_kind = forms.ChoiceField(
        label="What is the licence for?", choices=LicenceKind.choices, widget=RadioSelect()
    )
    licensed_premises = forms.CharField(
        label="Name and address of the premises",
        error_messages={"required": "Enter the name and address of the premises"},
        max_length=300,
    )
    in_force_area = yes_or_no("Are the premises in the force area?")


class HoursForm(StepForm):
    """How much time it takes: what the average week is made from."""

    hours_a_week = hours_of_week(
        "Hours a week",
        help_text="In a week in which you do it. Count travel only if you are paid for it.",
    )
    weeks = forms.ChoiceField(
        label="In which weeks?",
        choices=[("every", "Every week"), ("some", "Some weeks only")],
        widget=RadioSelect(conditional={"some": ["weeks_worked"]}),
        error_messages={"required": "Say whether you do it every week"},
    )
    weeks_worked = forms.IntegerField(
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )
    when_worked = forms.CharField(
        label="When?",
        help_text="For example, Saturdays and rest days",
        required=False,
        max_length=200,
    )

    def prepare(self) -> None:
        many = self.policy.hours_over_weeks
        self.fields["weeks_worked"] = forms.IntegerField(
            label=f"In how many of {many} weeks?",
            min_value=1,
            max_value=many,
            widget=self.fields["weeks_worked"].widget,
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"),
                f"The weeks must be a whole number from 1 to {many}",
            ),
        )


class WorkingTimeForm(StepForm):
    """Asked where the average week is past the limit: a prompt, never a verdict."""

    opted_out = yes_or_no("")

    def prepare(self) -> None:
        limit = floatformat(self.policy.hours_limit)
        question = self.fields["opted_out"]
        question.label = f"Have you opted out of the {limit}-hour week in writing?"
        question.error_messages["required"] = (
            f"Say whether you have opted out of the {limit}-hour week"
        )


class ConflictForm(StepForm):
    """What could stand against the role (RULES, Business interests 4)."""

    uses_police_knowledge = yes_or_no(
        "Would police knowledge or contacts be used?",
        help_text="What you know, whom you know, what you were trained in, or that you work for the police.",
    )
    supplies_force = yes_or_no(
        "Does the organisation supply the force, or want to?",
        help_text="Goods, services, training, premises; also through another company.",
    )
    could_reflect = yes_or_no(
        "Could it reflect on the force?",
        help_text="Think of who the customers are, what is published, and how it would look in the news.",
    )
    conflict_note = several_lines("If any answer is yes, tell us more")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        asked = ("uses_police_knowledge", "supplies_force", "could_reflect")
        if any(data.get(name) for name in asked) and not data.get("conflict_note"):
            self.add_error("conflict_note", "Say more about what you answered with yes.")
        return data


FORMS: dict[str, type[StepForm]] = {
    "holder": HolderForm,
    "work": WorkForm,
    "organisation": OrganisationForm,
    "property": PropertyForm,
    "licence": LicenceForm,
    "hours": HoursForm,
    "working-time": WorkingTimeForm,
    "conflict": ConflictForm,
}
