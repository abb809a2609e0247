"""What a holder says of a purchase, what a reviewer does, and what narrows the queue."""

from typing import Any, cast

from django import forms

from integrity.casework.verb_forms import text_area
from integrity.ui.forms import GovukForm
from registers.procurement.enums import State
from registers.procurement.forms.parts import SearchForm

STATES: list[tuple[Any, Any]] = [("", "All purchases"), *State.choices]


class JustifyForm(GovukForm):
    text = forms.CharField(
        label="What was it for?",
        help_text="Say what was bought, for whose work, and why by card. Once sent, it cannot be changed.",
        widget=text_area(),
        max_length=4000,
        error_messages={"required": "Say what it was for"},
    )
    submit_label = "Send"


class PurchaseSearch(SearchForm):
    state = forms.ChoiceField(label="Show", choices=STATES, required=False)
    weekend = forms.BooleanField(label="Bought at a weekend", required=False)
    near_limit = forms.BooleanField(label="Just under the card’s limit", required=False)
    q = forms.CharField(label="Merchant or holder", required=False, max_length=200)

    def leave_out_referred(self) -> None:
        """For readers who do not know of referrals, there is no such queue."""
        known = [(value, label) for value, label in STATES if value != State.REFERRED]
        cast(forms.ChoiceField, self.fields["state"]).choices = known
