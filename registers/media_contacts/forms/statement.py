"""What a chief officer sends to state a quarter."""

from django import forms

from integrity.ui.forms import GovukForm


class StatementForm(GovukForm):
    """The quarter, and how many contacts the page listed: nobody states what they did not see."""

    quarter = forms.DateField(widget=forms.HiddenInput)
    contacts = forms.IntegerField(widget=forms.HiddenInput)
    submit_label = ""
