"""The list that the press office and PSD share for their regular meeting."""

from django import forms

from integrity.casework.verb_forms import text_area
from integrity.ui.forms import GovukForm
from registers.media_contacts.forms.coverage import ForceForm


class ItemForm(ForceForm):
    text = forms.CharField(
        label="What is to be talked over?",
        widget=text_area(3),
        max_length=2000,
        error_messages={"required": "Say what is to be talked over"},
    )
    submit_label = "Put on the list"
    submit_style = "secondary"


class DealtWithForm(GovukForm):
    result = forms.CharField(
        label="What did the meeting make of it?",
        widget=text_area(),
        max_length=4000,
        error_messages={"required": "Say what the meeting made of it"},
    )
    submit_label = "The meeting dealt with it"
