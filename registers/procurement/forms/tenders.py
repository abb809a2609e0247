"""Who bids, who is involved, and what those involved declare."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from integrity.casework.verb_forms import text_area
from integrity.ui.forms import GovukForm, RadioSelect, SuggestInput
from registers.procurement.enums import Declared, Part, TenderStatus
from registers.procurement.forms.parts import PersonForm, SearchForm


class TenderSearch(SearchForm):
    q = forms.CharField(label="Title or number", required=False, max_length=200)
    bidder = forms.CharField(label="Bidder", required=False, max_length=200)
    status = forms.ChoiceField(
        label="Status", choices=[("", "Any status"), *TenderStatus.choices], required=False
    )


class BidderForm(GovukForm):
    name = forms.CharField(
        label="Who bids?",
        help_text="Everybody involved is asked again whether they have an interest in a bidder.",
        widget=SuggestInput(reverse_lazy("organisations:suggest")),
        max_length=200,
        error_messages={"required": "Enter the bidder’s name"},
    )
    submit_label = "Add the bidder"


class InvolveForm(PersonForm):
    part = forms.ChoiceField(label="What is their part?", choices=Part, widget=RadioSelect())
    submit_label = "Add"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["person", "part", "starts_on"])


class DeclareForm(GovukForm):
    declared = forms.ChoiceField(
        label="Have you, or has somebody close to you, an interest in any of them?",
        choices=[
            (Declared.NONE.value, "No interest in any of them"),
            (Declared.INTEREST.value, "An interest in one or more of them"),
        ],
        widget=RadioSelect(conditional={Declared.INTEREST.value: ["declaration"]}),
        error_messages={"required": "Say whether you have an interest in a bidder"},
    )
    declaration = forms.CharField(
        label="Describe the interest",
        help_text="In whom, what it is, and since when. Procurement and PSD read it.",
        widget=text_area(),
        max_length=4000,
        error_messages={"required": "Describe the interest"},
    )
    submit_label = "Declare"
