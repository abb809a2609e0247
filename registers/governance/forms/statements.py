"""What a force states of itself."""

from typing import Any

from django import forms

from integrity.casework.verb_forms import text_area
from integrity.ui.forms import DateField, Fieldset, GovukForm, Layout, RadioSelect


def yes_or_no(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda chosen: chosen == "yes",
        widget=RadioSelect(inline=True),
        error_messages={"required": f"Answer “{label}”"},
    )


class StatementForm(GovukForm):
    as_of = DateField(label="As of which day?", noun="the day", past=True)
    counter_corruption_staff = forms.DecimalField(
        label="How many counter-corruption staff are there?",
        help_text="Full-time equivalents, such as 4.5.",
        min_value=0,
        max_digits=6,
        decimal_places=2,
    )
    led_by = forms.CharField(
        label="Who leads them?", help_text="The rank or grade, not the name.", max_length=80
    )
    gift_registers = forms.IntegerField(
        label="How many registers of gifts and hospitality does the force keep?",
        help_text="A single register is 1.",
        min_value=0,
        max_value=32767,
    )
    compares_with_contractors = yes_or_no(
        "Does the force compare hospitality with its contractors and prospective suppliers?"
    )
    compares_with_suppliers = yes_or_no(
        "Does the force compare business interests with its suppliers and contracts?"
    )
    headcount = forms.IntegerField(
        label="Headcount",
        help_text="Officers, staff, specials and volunteers. Rates need it.",
        min_value=1,
        max_value=2_000_000,
        required=False,
    )
    headcount_source = forms.CharField(
        label="Source of the headcount", max_length=200, required=False
    )
    note = forms.CharField(label="Note", widget=text_area(3), max_length=4000, required=False)
    submit_label = "State these figures"
    layout = Layout(
        "as_of",
        Fieldset("Counter-corruption unit", "counter_corruption_staff", "led_by"),
        Fieldset("Registers", "gift_registers", "compares_with_contractors", "compares_with_suppliers"),
        Fieldset("Headcount", "headcount", "headcount_source"),
        "note",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("headcount") and not data.get("headcount_source"):
            self.add_error("headcount_source", "Say where the headcount is from.")
        if data.get("headcount_source") and not data.get("headcount"):
            self.add_error("headcount", "Enter the headcount, or leave its source empty.")
        return data
