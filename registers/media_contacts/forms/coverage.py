"""What was published: kept, flagged, put on the list for PSD."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from integrity.casework.verb_forms import text_area
from integrity.people.models import Force
from integrity.ui.forms import DateField, GovukForm, RadioSelect
from registers.media_contacts.facts import CoverageFacts
from registers.media_contacts.forms.verbs import outlet_field


class ForceForm(GovukForm):
    """Something of one force; asked which only where somebody works for several."""

    force = forms.ModelChoiceField(
        label="Force", queryset=Force.objects.none(), widget=RadioSelect()
    )

    def __init__(self, *args: Any, forces: QuerySet[Force], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of_force, self.forces = forces, list(forces)
        if len(self.forces) == 1:
            del self.fields["force"]
        else:
            cast(forms.ModelChoiceField, self.fields["force"]).queryset = forces

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if len(self.forces) == 1:
            data["force"] = self.forces[0]
        return data


class SearchForm(GovukForm):
    """Words to look for in a list."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    form_method = "get"
    submit_label = "Search"
    submit_style = "secondary"
    mark_optional = False

    @property
    def words(self) -> str:
        return " ".join(self.cleaned_data.get("q", "").split()) if self.is_valid() else ""


class CoverageForm(ForceForm):
    headline = forms.CharField(
        label="Headline", help_text="Or say what it was.", max_length=300, strip=True
    )
    outlet = outlet_field(required=False)
    address = forms.URLField(
        label="Web address", required=False, max_length=500, assume_scheme="https"
    )
    published_on = DateField(
        label="When was it published?", noun="the day it was published", past=True
    )
    text = forms.CharField(
        label="What it says", required=False, widget=text_area(10), max_length=100_000
    )
    submit_label = "Add this coverage"

    def facts(self) -> CoverageFacts:
        data = self.cleaned_data
        names = ("headline", "outlet", "address", "published_on", "text")
        return CoverageFacts(**{name: data[name] for name in names})


class FlagForm(GovukForm):
    """Why coverage looks like a leak whose source nobody knows."""

    text = forms.CharField(
        label="Why do you think that something leaked?",
        help_text="Say what should not have been known. Only PSD is told.",
        widget=text_area(),
        max_length=4000,
        error_messages={"required": "Say why you think that something leaked"},
    )
    submit_label = "Flag as a possible leak"


class ListForm(GovukForm):
    text = forms.CharField(
        label="What is to be talked over?",
        widget=text_area(3),
        max_length=2000,
        error_messages={"required": "Say what is to be talked over"},
    )
    submit_label = "Put on the list"
