"""Who bids, who is involved, and what those involved declare."""

from typing import Any, cast

from django import forms
from django.urls import reverse_lazy

from integrity.casework.verb_forms import text_area
from integrity.ui.forms import GovukForm, RadioSelect, SuggestInput
from registers.procurement.enums import Declared, Part, TenderStatus
from registers.procurement.forms.parts import PersonForm, SearchForm
from registers.procurement.policies import withdraws

CLOSED = "closed"
STATUSES = [
    ("", "Any status"),
    (TenderStatus.ACTIVE.value, TenderStatus.ACTIVE.label),
    (CLOSED, "Closed"),
    *(each for each in TenderStatus.choices if each[0] != TenderStatus.ACTIVE),
]


class TenderSearch(SearchForm):
    q = forms.CharField(label="Title or number", required=False, max_length=200)
    bidder = forms.CharField(label="Bidder", required=False, max_length=200)
    status = forms.ChoiceField(label="Status", choices=STATUSES, required=False)


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
    """What somebody declares; who withdraws an interest says why."""

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
    reason = forms.CharField(
        label="Why do you no longer have the interest that you declared?",
        help_text="What you declared before stays on record. Procurement and PSD read both.",
        widget=text_area(),
        max_length=4000,
        error_messages={"required": "Say why you no longer have it"},
    )
    submit_label = "Declare"

    def __init__(self, *args: Any, last: Declared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if withdraws(Declared.NONE, last):
            asked = cast(RadioSelect, self.fields["declared"].widget)
            asked.conditional = {**asked.conditional, Declared.NONE.value: ["reason"]}
        else:
            del self.fields["reason"]

    @property
    def said(self) -> dict[str, Any]:
        """What is declared and the words with it, as the action takes them."""
        data = self.cleaned_data
        words = data.get("declaration") or data.get("reason") or ""
        return {"declared": Declared(data["declared"]), "declaration": words}
