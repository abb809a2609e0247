"""Recording that a PDR covered somebody's interests, and that a meeting discussed the refusals."""

from django import forms

from integrity.casework.verb_forms import text_area
from integrity.ui.forms import DateField, GovukForm


class PdrForm(GovukForm):
    held_on = DateField(label="When was the PDR?", noun="the day of the PDR", past=True)
    note = forms.CharField(
        label="Note",
        help_text="What was agreed, or what PSD should know. PSD can read it.",
        widget=text_area(3),
        required=False,
        max_length=4000,
    )
    submit_label = "Record that the PDR covered these"


class DiscussionForm(GovukForm):
    held_on = DateField(label="When was the meeting?", noun="the day of the meeting", past=True)
    present = forms.CharField(
        label="Who was there?", help_text="By post.", widget=text_area(2), max_length=2000
    )
    note = forms.CharField(
        label="What was said?",
        help_text="Whether the policy is applied alike, and what follows.",
        widget=text_area(),
        max_length=8000,
    )
    submit_label = "Record the discussion"
