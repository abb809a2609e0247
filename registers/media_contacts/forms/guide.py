"""'Must I log this?' asks one thing."""

from django import forms

from integrity.ui.forms import GovukForm, RadioSelect


class GuideForm(GovukForm):
    coverage = forms.ChoiceField(
        label="Did it lead to coverage?",
        help_text="Something published, broadcast or posted by them.",
        choices=[("yes", "Yes"), ("no", "No, or not yet")],
        widget=RadioSelect(inline=True, small=True),
    )
    form_method = "get"
    submit_label = "Must I log it?"
