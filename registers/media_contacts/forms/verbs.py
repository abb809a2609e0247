"""The forms of the verbs that only a media contact has; those of every register are in casework."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils import timezone

from integrity.casework import verb_forms
from integrity.casework.forms import NoInputForm, ReasonForm, VerbForm
from integrity.casework.verb_forms import text_area
from integrity.ui.forms import (
    DateField,
    GovukForm,
    Layout,
    RadioSelect,
    Repeat,
    SuggestInput,
    govuk_formset,
)
from registers.media_contacts.facts import CoverageFacts, Speaker
from registers.media_contacts.facts_of import speakers_of
from registers.media_contacts.models import Coverage

NEW, NONE = "new", "none"
MOST_SPEAKERS = 20


def journalist_field(label: str = "Journalist", **more: Any) -> forms.CharField:
    suggestions = SuggestInput(reverse_lazy("media_contacts:suggest-journalists"))
    return forms.CharField(label=label, max_length=200, widget=suggestions, **more)


def outlet_field(label: str = "Outlet", **more: Any) -> forms.CharField:
    suggestions = SuggestInput(reverse_lazy("media_contacts:suggest-outlets"))
    return forms.CharField(label=label, max_length=200, widget=suggestions, **more)


class ConfirmForm(NoInputForm):
    heading = "Is this entry right?"
    explanation = (
        "It was made on your behalf. If something is wrong, go back and correct it instead."
    )
    submit_label = "Yes, confirm it"


class NoContactForm(VerbForm):
    submit_label = "No contact took place"
    reason = forms.CharField(
        label="What came of the request?",
        help_text="A sentence is enough. The press office reads it.",
        widget=text_area(),
        max_length=4000,
        error_messages={"required": "Say what came of the request"},
    )


class AcknowledgeForm(NoInputForm):
    explanation = "It says that the press office has read this contact."


class SpeakerForm(GovukForm):
    """A journalist and the outlet they spoke for; of either, what is known."""

    mark_optional = False
    journalist = journalist_field(required=False)
    outlet = outlet_field(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("journalist") and not data.get("outlet"):
            self.add_error("journalist", "Say which journalist or outlet")
        return data


Speakers = govuk_formset(SpeakerForm, noun="journalist", min_num=1, max_num=MOST_SPEAKERS)


class CorrectNamesForm(VerbForm):
    explanation = "What the officer wrote is kept, and everybody who took part is told."
    submit_label = "Correct it"
    layout = Layout(Repeat("speakers"), "reason")
    reason = forms.CharField(
        label="Why is it corrected?",
        help_text="A sentence is enough. Everybody who took part can read it.",
        widget=text_area(3),
        max_length=4000,
    )

    def prepare(self) -> None:
        named = [{"journalist": s.journalist, "outlet": s.outlet} for s in speakers_of(self.record)]
        self.add_formset("speakers", Speakers, initial=named)

    def arguments(self) -> dict[str, Any]:
        rows = self.formsets["speakers"].entries
        speakers = tuple(Speaker(row["journalist"], row["outlet"]) for row in rows)
        return {**self.cleaned_data, "speakers": speakers}


class LinkCoverageForm(VerbForm):
    """Coverage that is kept already, where there is some of those days, or what was published."""

    submit_label = "Link it"
    which = forms.ChoiceField(
        label="Which coverage?",
        widget=RadioSelect(conditional={NEW: ["headline", "address", "published_on", "outlet"]}),
    )
    headline = forms.CharField(
        label="Headline",
        help_text="Of something broadcast, what it was.",
        max_length=300,
    )
    address = forms.URLField(
        label="Web address",
        help_text="Where it is published, if it is.",
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )
    published_on = DateField(
        label="When was it published?", noun="the day it was published", past=True
    )
    outlet = outlet_field(required=False)

    def prepare(self) -> None:
        field = cast(forms.ChoiceField, self.fields["which"])
        kept = [(str(each.pk), str(each)) for each in self.kept()]
        field.choices = [*kept, (NEW, "Something else")]
        if not kept:
            field.widget, self.initial["which"] = forms.HiddenInput(), NEW

    def kept(self) -> QuerySet[Coverage]:
        """What was published from the contact on, or its embargo's end, for as long as is searched."""
        contact = self.record
        last = contact.contacted_on
        if contact.embargo_until is not None:
            last = max(last, timezone.localdate(contact.embargo_until))
        days = (contact.contacted_on, last + timedelta(days=contact.policy.search_days))
        found = Coverage.objects.filter(force=self.case.force, published_on__range=days)
        linked = contact.coverage_links.values("coverage")
        return found.exclude(pk__in=linked).select_related("outlet")

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["which"] != NEW:
            return {"coverage": self.kept().get(pk=data["which"]), "version": data["version"]}
        facts = CoverageFacts(
            published_on=data["published_on"],
            headline=data["headline"],
            outlet=data["outlet"],
            address=data["address"],
        )
        return {"facts": facts, "version": data["version"]}


class FlagLeakForm(VerbForm):
    explanation = "Only PSD is told. Nobody who took part in the contact is."
    submit_label = "Flag it to PSD"
    why = forms.CharField(
        label="Why do you think that something leaked?", widget=text_area(), max_length=4000
    )
    coverage = forms.ChoiceField(label="Which coverage shows it?", widget=RadioSelect())

    def prepare(self) -> None:
        links = self.record.coverage_links.select_related("coverage__outlet")
        self.linked = {str(link.coverage_id): link.coverage for link in links}
        choices = [(pk, str(coverage)) for pk, coverage in self.linked.items()]
        cast(forms.ChoiceField, self.fields["coverage"]).choices = [*choices, (NONE, "None")]
        if not choices:
            del self.fields["coverage"]

    def arguments(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, "coverage": self.linked.get(data.get("coverage", NONE))}


class ListForm(ReasonForm):
    explanation = (
        "The press office and PSD read the list. Nobody who took part in the contact does."
    )
    submit_label = "Put it on the list"
    reason = forms.CharField(
        label="What is to be talked over?", widget=text_area(), max_length=4000
    )


class AskForm(verb_forms.AskForm):
    about = (
        ("contacted_on", "When it was"),
        ("speakers", "Journalist or outlet"),
        ("channel", "How it came about"),
        ("about", "What it was about"),
        ("basis", "Basis"),
        ("embargo_until", "Embargo"),
        ("off_record", "Off the record"),
        ("responsible", "Whether they were the person responsible"),
        ("policing_purpose", "Policing purpose"),
        ("press_card", "Press card"),
        ("press_office_told", "Telling the press office"),
        ("hospitality", "What was offered"),
        ("officers", "Who else took part"),
        ("late_reason", "Why it is late"),
    )
