"""One form with every kind of field."""

from __future__ import annotations

from typing import Any

from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict

from integrity.ui.forms import (
    Button,
    CheckboxSelectMultiple,
    DateField,
    Details,
    Fieldset,
    GovukForm,
    Layout,
    MoneyField,
    Paragraph,
    RadioSelect,
    Repeat,
    SuggestInput,
    govuk_formset,
)
from tests.integrity.ui.page import Page

NASTY = "<script>alert(1)</script>"


class ItemForm(GovukForm):
    description = forms.CharField(label="Description")
    value = MoneyField(label="Value")


ItemFormSet = govuk_formset(ItemForm, noun="item", min_num=1, max_num=3)


class EveryField(GovukForm):
    provider = forms.CharField(
        label=f"Provider {NASTY}", help_text=NASTY, widget=SuggestInput("/suggest/")
    )
    email = forms.EmailField(label="Email address", required=False)
    offered_on = DateField(label="Date of the offer", help_text="For example, 27 3 2026")
    amount = MoneyField(noun="the value of the gift", help_text="Your best estimate.")
    note = forms.CharField(
        label="Note", max_length=50, widget=forms.Textarea(attrs={"data-maxlength": 50})
    )
    kind = forms.ChoiceField(label="Kind of offer", choices=[("", "Choose one"), ("gift", "Gift")])
    outcome = forms.ChoiceField(
        label="Did you accept it?",
        choices=[("", "---------"), ("yes", f"Yes {NASTY}"), ("no", "No")],
        widget=RadioSelect(hints={"yes": f"You kept it {NASTY}"}, conditional={"no": ["why"]}),
    )
    why = forms.CharField(label="Why you declined it")
    tests = forms.MultipleChoiceField(
        label="Tests it passes",
        choices=[("genuine", "Genuine"), ("free", "Free")],
        widget=CheckboxSelectMultiple(hints={"free": "With no strings"}),
    )
    receipt = forms.FileField(label="Receipt")
    confirm = forms.BooleanField(label="I confirm that this is true")
    draft = forms.CharField(widget=forms.HiddenInput, required=False)

    submit_label = "Send"
    extra_buttons = [Button("Save for later", name="save", style="secondary")]
    cancel_url = "/gifts/"
    layout = Layout(
        "provider",
        Fieldset(f"The offer {NASTY}", "email", "offered_on", "amount", "note", "kind", hint=NASTY),
        "outcome",
        "tests",
        Repeat("items"),
        Details("Why we ask", Paragraph(f"{NASTY} {{{{ 1 }}}}")),
        "receipt",
        "confirm",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_formset("items", ItemFormSet)


def posted(**answers: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    rows = {
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        "items-MIN_NUM_FORMS": "1",
        "items-MAX_NUM_FORMS": "3",
    }
    for name, value in {**rows, **answers}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def drawn(form: forms.BaseForm) -> Page:
    return Page(render_crispy_form(form, context={"csrf_token": "token"}))
