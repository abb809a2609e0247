"""A sentence for what is decided of a match; a challenge is asked by the entry's own register."""

from typing import Any

from django import forms

from integrity.casework.forms import VerbForm
from integrity.casework.verb_forms import text_area
from integrity.ui.forms import GovukForm
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


def challenge_form(form_class: type[VerbForm], match: Match, data: Any, **particulars: Any) -> Any:
    """The challenge form of the entry's register, with what was found already written."""
    case = particulars["case"]
    initial = {"text": match.sentence, "version": case.version, "match_version": match.version}
    form = form_class(*data, initial=initial, **particulars)
    form.fields["match_version"] = forms.IntegerField(widget=forms.HiddenInput)
    return form
