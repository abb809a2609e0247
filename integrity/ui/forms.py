"""Forms in the GOV.UK pattern. This is the whole interface that a register needs.

A form
======

::

    from integrity.ui.forms import GovukForm, MoneyField, DateField, RadioSelect

    class WithdrawForm(GovukForm):
        reason = forms.CharField(label="Reason", widget=forms.Textarea)
        submit_label = "Withdraw"

In the template, ``{% load crispy_forms_tags %}{% crispy form %}`` draws the whole ``<form
novalidate method="post">`` with its CSRF token, error summary, fields and button. A page that
extends ``base.html`` shows the error summary above the heading and "Error: " in its title by
itself, for every form in the context, whatever its name. ``GovukModelForm`` is the same for
models. ``form_tag = False`` leaves out the form element.

Attributes of a form class (all may be set on the instance in ``__init__`` too):

``submit_label``    "Continue"; ``""`` draws no button row
``submit_style``    ``""``, ``"secondary"`` or ``"warning"`` (for what cannot be undone)
``extra_buttons``   more ``Button(...)`` or ``Link(...)`` beside it: ``[Button("Save for later",
                    name="save")]``
``cancel_url``      draws a "Cancel" link; ``cancel_label`` changes its words
``form_action``     URL; empty posts to the page itself
``form_method``     ``"post"`` or ``"get"``
``autosave_url``    the form saves itself there while it is filled in (see static/ui/autosave.js)
``layout``          ``Layout(...)``; without it, all fields in order. Override ``get_layout()`` to
                    choose
``mark_optional``   True: labels of fields that are not required end in "(optional)"
``required_by_clean``  names of fields that ``clean()`` demands, so that they are not called
                    optional

Error sentences come from the label: "Enter the reason", "Select the outcome", "Answer 'Did you
accept it?'". Give a field ``error_messages={"required": "Say why you declined"}`` to choose your
own, or set ``noun`` on it (``MoneyField(noun="the value of the item")``) to keep the pattern with
other words. Raise errors with ``self.add_error("field", "Sentence")`` as always.

Fields and widgets
==================

``DateField(noun=None, past=False, future=False)``
    Three boxes (``offered_on_day``, ``_month``, ``_year``); the month may be a word. ``past``
    refuses tomorrow, ``future`` refuses yesterday. Also accepts ``offered_on=2026-03-03``, so a
    draft can keep ISO dates.
``MoneyField(noun=None, max_digits=12)``
    Pounds as ``Decimal`` with two places. Takes £ and thousands commas, refuses negatives and
    '12,50'.
``RadioSelect(hints={value: text}, conditional={value: ["field", ...]}, inline=False,
small=False)`` ``CheckboxSelectMultiple(...)``
    The same with boxes. A field named in ``conditional`` is drawn under its option, and only
    there. It counts only when its option is chosen: then ``required=True`` means required,
    otherwise its errors are dropped and its value is cleaned to empty. Nothing is preselected,
    and the blank choice of a model field is not drawn.
``SuggestInput(url)``
    A text box with suggestions from ``url?q=`` answering ``{"results": [{"name": "..."}]}``.
``forms.Textarea``, ``forms.Select``, ``forms.CheckboxInput``, ``forms.FileInput``,
``forms.PasswordInput`` ...
    Draw themselves rightly. ``attrs={"class": "govuk-input--width-10"}`` sets a width; a widget's
    ``prefix``/``suffix`` attribute draws a unit; ``Textarea(attrs={"data-maxlength": 500})``
    counts characters.

In a ModelForm: ``field_classes = {"value": MoneyField, "offered_on": DateField}`` and
``widgets = {"outcome": RadioSelect(hints=...)}``.

Layout (``integrity.ui.layout``, re-exported here)
==================================================

``Layout("a", Fieldset("Who offered it", "provider", "contact", hint="..."), Field("note",
label_size="m"))``. Objects: ``Layout, Fieldset, Field, Repeat, Button, ButtonGroup, Link,
Paragraph, Heading, Inset, Warning, Details, Include``. ``Field`` takes ``label_size`` ("s", "m",
"l", "xl") and ``as_heading=True`` (the label is the page's h1, for one question on a page). All
text is escaped; none is compiled as a template. ``Include("gifts/_note.html", offer=offer)`` puts
a template there.

Items within a form ("Item 1, Item 2, Add another")
===================================================

::

    class ItemForm(GovukForm):
        description = forms.CharField(label="Description")

    ItemFormSet = govuk_formset(ItemForm, noun="item", min_num=1, max_num=20)

    class OfferForm(GovukForm):
        layout = Layout("provider", Repeat("items"))

        def __init__(self, *args, items=None, **kwargs):
            super().__init__(*args, **kwargs)
            self.add_formset("items", ItemFormSet, initial=items)

``form.is_valid()`` covers the items; ``form.formsets["items"].entries`` is the list of their
cleaned data, blank rows left out. The "Add another" and "Remove" buttons need neither script nor
a line in the view: a form posted by one of them is not valid, shows no errors, and draws itself
again with a row more or fewer.
"""

from __future__ import annotations

import copy
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import ErrorDict, pretty_name

from integrity.ui.fields import DateField, MoneyField
from integrity.ui.formsets import GovukFormSet, govuk_formset
from integrity.ui.layout import (
    Button,
    ButtonGroup,
    Details,
    Field,
    Fieldset,
    Heading,
    Include,
    Inset,
    Layout,
    Link,
    Paragraph,
    Repeat,
    Warning,
)
from integrity.ui.widgets import (
    CheckboxSelectMultiple,
    DateInput,
    MoneyInput,
    RadioSelect,
    SuggestInput,
)
from integrity.ui.wording import noun_of, with_capital

__all__ = [
    "Button",
    "ButtonGroup",
    "CheckboxSelectMultiple",
    "DateField",
    "DateInput",
    "Details",
    "Field",
    "Fieldset",
    "GovukForm",
    "GovukFormMixin",
    "GovukFormSet",
    "GovukModelForm",
    "Heading",
    "Include",
    "Inset",
    "Layout",
    "Link",
    "MoneyField",
    "MoneyInput",
    "Paragraph",
    "RadioSelect",
    "Repeat",
    "SuggestInput",
    "Warning",
    "govuk_formset",
]


class GovukFormMixin(forms.BaseForm):
    submit_label = "Continue"
    submit_style = ""
    extra_buttons: list[Any] = []
    cancel_url = ""
    cancel_label = "Cancel"
    form_action = ""
    form_method = "post"
    form_id = ""
    form_tag = True
    autosave_url = ""
    layout: Layout | None = None
    mark_optional = True
    required_by_clean: tuple[str, ...] = ()

    # The browser's own bubbles cannot say our sentences, and are gone before they are read.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formsets: dict[str, GovukFormSet] = {}

    # Items within the form

    def add_formset(
        self, name: str, formset_class: type[GovukFormSet], **kwargs: Any
    ) -> GovukFormSet:
        data, files = (self.data, self.files) if self.is_bound else (None, None)
        formset = formset_class(data, files, prefix=self.add_prefix(name), **kwargs)
        self.formsets[name] = formset
        return formset

    @property
    def is_changing_rows(self) -> bool:
        return any(formset.is_changing_rows for formset in self.formsets.values())

    def is_valid(self) -> bool:
        own = super().is_valid()
        return all(
            [
                own,
                not self.is_changing_rows,
                *(formset.is_valid() for formset in self.formsets.values()),
            ]
        )

    def is_multipart(self) -> bool:
        return super().is_multipart() or any(
            formset.is_multipart() for formset in self.formsets.values()
        )

    # Cleaning

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            if field.label is None:
                field.label = pretty_name(name)
            word_errors(field, str(field.label))
        if self.is_bound and self.is_changing_rows:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name in self.hidden_conditionals():
            self._errors.pop(name, None)
            self.cleaned_data[name] = self.fields[name].to_python(None)

    def conditionals(self) -> dict[str, tuple[str, str]]:
        """Each conditional field with the question and the option that reveal it."""
        return {
            shown: (name, str(value))
            for name, field in self.fields.items()
            for value, names in getattr(field.widget, "conditional", {}).items()
            for shown in names
        }

    def hidden_conditionals(self) -> list[str]:
        return [
            name
            for name, (question, value) in self.conditionals().items()
            if name in self.fields and value not in chosen_values(self[question])
        ]

    # Drawing

    def is_called_optional(self, name: str) -> bool:
        field = self.fields[name]
        # Django's own password forms demand their fields while they clean.
        return (
            self.mark_optional
            and not field.required
            and not isinstance(field.widget, forms.PasswordInput)
            and name not in self.required_by_clean
            and name not in self.conditionals()
        )

    def get_layout(self) -> Layout:
        if self.layout is not None:
            return copy.deepcopy(self.layout)
        revealed = self.conditionals()
        names = [name for name in self.fields if name not in revealed]
        return Layout(*names, *(Repeat(name) for name in self.formsets))

    @property
    def row_helper(self) -> FormHelper:
        """Fields alone, for a form that is a row of another."""
        helper = FormHelper()
        helper.template = "govuk/display_form.html"
        helper.render_hidden_fields = True
        helper.include_media = False
        helper.layout = self.get_layout()
        return helper

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = self.form_method
        helper.form_tag = self.form_tag
        helper.form_id = self.form_id
        helper.disable_csrf = self.form_method == "get"
        helper.render_hidden_fields = True
        helper.include_media = False
        helper.attrs = {"novalidate": True}
        if self.form_action:
            helper.attrs["action"] = str(self.form_action)
        if self.autosave_url:
            helper.attrs["data-autosave-url"] = str(self.autosave_url)
        helper.layout = self.get_layout()
        if self.submit_label:
            buttons = [Button(self.submit_label, style=self.submit_style), *self.extra_buttons]
            if self.cancel_url:
                buttons.append(Link(self.cancel_label, self.cancel_url))
            helper.layout.append(ButtonGroup(*buttons))
        return helper


class GovukForm(GovukFormMixin, forms.Form):
    pass


class GovukModelForm(GovukFormMixin, forms.ModelForm):
    pass


def chosen_values(bound_field: forms.BoundField) -> set[str]:
    value = bound_field.value()
    values = value if isinstance(value, (list, tuple, set)) else [value]
    return {str(getattr(one, "value", one)) for one in values if one not in (None, "")}


def word_errors(field: forms.Field, label: str) -> None:
    """Put our sentences where the form's author left Django's."""
    noun = getattr(field, "noun", None) or noun_of(label)
    if str(field.error_messages.get("required")) == str(
        forms.Field.default_error_messages["required"]
    ):
        field.error_messages["required"] = required_sentence(field, label, noun)
    if noun and isinstance(field, forms.CharField):
        spoken = with_capital(noun).replace("%", "%%")
        field.error_messages.setdefault(
            "max_length", f"{spoken} must be %(limit_value)d characters or fewer"
        )


def required_sentence(field: forms.Field, label: str, noun: str | None) -> str:
    if isinstance(field, forms.BooleanField):
        return f"Tick the box ‘{label}’"
    if noun is None:
        return f"Answer ‘{label}’"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Select {noun}"
    if isinstance(field, forms.FileField):
        return f"Choose {noun}"
    return f"Enter {noun}"
