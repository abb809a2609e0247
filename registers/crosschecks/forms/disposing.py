"""A sentence for what is decided of a match; a challenge is asked by the entry's own register."""

from typing import Any

from django import forms

from integrity.casework.forms import VerbForm
from integrity.casework.models import Case
from integrity.casework.registry import named
from integrity.casework.verb_forms import text_area
from integrity.people.models import User
from integrity.ui.forms import GovukForm, Layout
from registers.crosschecks.models import Match


class ReasonForm(GovukForm):
    """Why, and the version of the match that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why?",
        help_text="A sentence. It stands with the match, for whoever may read it.",
        widget=text_area(3),
        max_length=4000,
        error_messages={"required": "Say in a sentence why"},
    )


def note_field() -> forms.CharField:
    return forms.CharField(
        label="Your note",
        help_text="It stands with the match, for PSD. Whom you ask never reads it.",
        widget=text_area(),
        max_length=4000,
        error_messages={"required": "Write a note"},
    )


def challenge_form(form_class: type[VerbForm], match: Match, data: Any, **particulars: Any) -> Any:
    """The challenge form of the entry's register; what was found begins the note, which stays here.

    Whom it asks should learn nothing from PSD of other registers, so their text begins with their
    own entry.
    """

    class MatchChallengeForm(form_class):  # type: ignore[valid-type]
        match_version = forms.IntegerField(widget=forms.HiddenInput)
        note = note_field()

        def get_layout(self) -> Layout:
            return Layout(*super().get_layout().fields, "note")

    case, by = particulars["case"], particulars["by"]
    initial = {
        "text": of_entry(case, by),
        "note": match.sentence,
        "version": case.version,
        "match_version": match.version,
    }
    return MatchChallengeForm(*data, initial=initial, **particulars)


def of_entry(case: Case, by: User) -> str:
    """A challenge that names the entry and nothing else."""
    titles = [found.title for found in named(case.register).summaries(by, [case])]
    return f"Please justify the entry {': '.join([case.reference, *titles])}."
