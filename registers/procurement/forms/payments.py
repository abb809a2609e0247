"""What narrows the list of payments."""

from django import forms

from integrity.ui.forms import DateField
from registers.procurement.forms.parts import SearchForm


class PaymentSearch(SearchForm):
    organisation = forms.CharField(label="Organisation", required=False, max_length=200)
    q = forms.CharField(
        label="Payee as written, what for, or reference", required=False, max_length=200
    )
    since = DateField(label="Paid from", noun="the first day", required=False)
    until = DateField(label="Paid until", noun="the last day", required=False)
