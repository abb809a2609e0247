"""Checks outside the press office: samples of weeks, and coverage that quotes somebody."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from integrity.casework.verb_forms import text_area
from integrity.people.models import User
from integrity.ui.forms import (
    Button,
    CheckboxSelectMultiple,
    DateField,
    GovukForm,
    RadioSelect,
)
from integrity.ui.templatetags.ui import day
from registers.media_contacts.compliance import Quoted
from registers.media_contacts.enums import Evidence
from registers.media_contacts.forms.coverage import CoverageForm, ForceForm
from registers.media_contacts.models import Contact, Coverage

NONE = "none"


class DrawForm(ForceForm):
    starts_on = DateField(label="From", noun="the first day")
    ends_on = DateField(label="To", noun="the last day", past=True)
    size = forms.IntegerField(
        label="How many people’s weeks?",
        help_text="Each is one person and one week, from a Monday to a Sunday.",
        min_value=1,
        max_value=200,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={"required": "Enter how many weeks to draw"},
    )
    submit_label = "Draw at random"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be on or after the first day.")
        return data


class WeekForm(GovukForm):
    """What the evidence showed; what was logged is not shown before this is entered."""

    evidence = forms.ChoiceField(
        label="What did you look at?", choices=Evidence, widget=RadioSelect()
    )
    shown = forms.IntegerField(
        label="How many contacts with the media does it show?",
        help_text="0 where it shows none.",
        min_value=0,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={"required": "Enter how many contacts it shows; 0 where it shows none"},
    )
    note = forms.CharField(label="Note", required=False, widget=text_area(3), max_length=2000)
    submit_label = "Record this check"


class PastedForm(CoverageForm):
    """Coverage to hold against the register. Looking keeps nothing."""

    coverage = forms.ModelChoiceField(
        queryset=Coverage.objects.none(), required=False, widget=forms.HiddenInput
    )
    submit_label = "Look for contacts"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = Coverage.objects.filter(force__in=self.forces).select_related("force")
        cast(forms.ModelChoiceField, self.fields["coverage"]).queryset = kept
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = "Paste what it says"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("coverage"):
            data["force"] = data["coverage"].force
        return data


class ResultForm(PastedForm):
    """Whom the coverage quotes, and which contact explains it. It carries what was pasted."""

    step = forms.CharField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    others = forms.CharField(
        label="Whom else does it quote?",
        help_text="A name, or a collar or staff number, on each line. Then look again.",
        required=False,
        widget=text_area(3),
        max_length=2000,
    )
    submit_label = "Keep this result"

    def __init__(
        self, *args: Any, quoted: Sequence[Quoted], unknown: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.quoted, self.unknown = quoted, unknown
        for name in (*PastedForm.base_fields, "step"):
            if name in self.fields:
                self.fields[name].widget = forms.HiddenInput()
        again = Button("Look again", name="look", style="secondary")
        if quoted:
            self._ask_who()
            self.extra_buttons = [again]
        else:
            self.submit_label = "Look again"
            del self.fields["step"]

    def _ask_who(self) -> None:
        reveals = {each.officer.pk: [f"contact_{each.officer.pk}"] for each in self.quoted}
        self.fields["officers"] = forms.TypedMultipleChoiceField(
            label="Whom does it quote?",
            help_text="Take the tick away from anybody whom it does not quote.",
            choices=[(each.officer.pk, each.officer.display) for each in self.quoted],
            coerce=int,
            widget=CheckboxSelectMultiple(
                hints={e.officer.pk: "No contact logged" for e in self.quoted if not e.logged},
                conditional={e.officer.pk: reveals[e.officer.pk] for e in self.quoted if e.logged},
            ),
            error_messages={"required": "Tick whom it quotes, or add somebody"},
        )
        for each in self.quoted:
            if each.logged:
                self.fields[f"contact_{each.officer.pk}"] = _which_contact(each)
        self.order_fields([name for name in self.fields if name != "others"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for sentence in self.unknown:
            self.add_error("others", sentence)
        return data

    def found(self) -> dict[User, Contact | None]:
        """Each officer who was left ticked, with the contact that explains the quote or none."""
        chosen = {
            pk: self.cleaned_data.get(f"contact_{pk}") for pk in self.cleaned_data["officers"]
        }
        return {
            each.officer: next(
                (c for c in each.contacts if str(c.pk) == chosen[each.officer.pk]), None
            )
            for each in self.quoted
            if each.officer.pk in chosen
        }


def _which_contact(each: Quoted) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Which contact explains it?",
        choices=[*((contact.pk, contact_words(contact)) for contact in each.contacts),
                 (NONE, "None of these")],
        widget=RadioSelect(small=True),
        error_messages={
            "required": f"Say which contact explains that it quotes {each.officer.name}, or none"
        },
    )  # fmt: skip


def contact_words(contact: Contact) -> str:
    return f"{day(contact.contacted_on)}: {contact.title} ({contact.case.reference})"
