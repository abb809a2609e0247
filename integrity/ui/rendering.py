"""What the templates in templates/govuk need to know about a bound field, worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.db.models.utils import get_blank_choice_label

from integrity.ui.formsets import GovukFormSet
from integrity.ui.layout import Repeat
from integrity.ui.widgets import DateInput
from integrity.ui.wording import with_capital

CLASS_OF_KIND = {
    "input": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
}


@dataclass
class Option:
    id: str
    name: str
    value: str
    label: Any
    chosen: bool
    disabled: bool
    hint: str
    reveals: list[forms.BoundField]
    divider: str = ""


@dataclass
class Box:
    id: str
    name: str
    value: str
    label: str
    wrong: bool
    width: int
    inputmode: str


@dataclass
class FieldView:
    bound: forms.BoundField
    settings: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def kind(self) -> str:
        widget = self.bound.field.widget
        kinds: list[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str]] = [
            (DateInput, "date"),
            (forms.CheckboxSelectMultiple, "checkboxes"),
            (forms.RadioSelect, "radios"),
            (forms.Select, "select"),
            (forms.CheckboxInput, "checkbox"),
            (forms.Textarea, "textarea"),
            (forms.FileInput, "file"),
            (forms.MultiWidget, "several"),
        ]
        return next((kind for types, kind in kinds if isinstance(widget, types)), "input")

    @property
    def is_group(self) -> bool:
        return self.kind in {"date", "radios", "checkboxes", "several"}

    @property
    def label(self) -> Any:
        return self.bound.label

    @property
    def is_optional(self) -> bool:
        form = self.bound.form
        return (
            self.kind != "checkbox"
            and hasattr(form, "is_called_optional")
            and form.is_called_optional(self.bound.name)
        )

    @property
    def hint(self) -> Any:
        return self.bound.help_text

    @property
    def hint_id(self) -> str:
        return f"{self.bound.auto_id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.bound.auto_id}_error"

    @property
    def described_by(self) -> str:
        return self.bound.aria_describedby or ""

    @cached_property
    def errors(self) -> list[str]:
        return [str(error) for error in self.bound.errors]

    @property
    def target(self) -> str:
        """The id that a link in the error summary goes to, which is always on the page."""
        if self.kind in {"radios", "checkboxes"} and self.options:
            return self.options[0].id
        if self.kind == "date":
            return next((box.id for box in self.boxes if box.wrong), self.boxes[0].id)
        if self.kind == "several":
            return f"{self.bound.auto_id}_0"
        return self.bound.id_for_label or self.bound.auto_id

    @cached_property
    def options(self) -> list[Option]:
        widget, form = self.bound.field.widget, self.bound.form
        hints, conditional = getattr(widget, "hints", {}), getattr(widget, "conditional", {})
        options = []
        for part in self.bound.subwidgets:
            data = part.data
            value = "" if data["value"] is None else str(data["value"])
            if value == "" and str(data["label"]) in {str(get_blank_choice_label()), "---------"}:
                continue
            options.append(
                Option(
                    id=part.id_for_label,
                    name=data["name"],
                    value=value,
                    label=data["label"],
                    chosen=bool(data["selected"]),
                    disabled=bool(data["attrs"].get("disabled")),
                    hint=hints.get(value, ""),
                    reveals=[
                        form[name] for name in conditional.get(value, []) if name in form.fields
                    ],
                )
            )
        return options

    @cached_property
    def boxes(self) -> list[Box]:
        widget = self.bound.field.widget
        context = widget.get_context(
            self.bound.html_name, self.bound.value(), {"id": self.bound.auto_id}
        )
        wrong = wrong_parts(self.bound)
        return [
            Box(
                id=box["attrs"]["id"],
                name=box["name"],
                value=box["value"] or "",
                label=with_capital(part),
                wrong=part in wrong,
                width=4 if part == "year" else 2,
                inputmode=box["attrs"].get("inputmode", "text"),
            )
            for part, box in zip(DateInput.parts, context["widget"]["subwidgets"], strict=True)
        ]

    @property
    def has_reveals(self) -> bool:
        return any(option.reveals for option in self.options)

    @property
    def prefix(self) -> str:
        return getattr(self.bound.field.widget, "prefix", "")

    @property
    def suffix(self) -> str:
        return getattr(self.bound.field.widget, "suffix", "")

    @property
    def max_length(self) -> Any:
        """Shown as a character count, where the widget asks for it."""
        return self.bound.field.widget.attrs.get("data-maxlength")

    @property
    def control(self) -> Any:
        """The input element itself, drawn by Django with our classes."""
        widget = self.bound.field.widget
        base = CLASS_OF_KIND.get(self.kind, "")
        classes = [
            base,
            f"{base}--error" if self.errors and base else "",
            widget.attrs.get("class", ""),
        ]
        if self.max_length:
            classes.append("govuk-js-character-count")
        attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
        if self.kind == "textarea":
            # Django's 10 rows and 40 columns are too tall for a sentence and too narrow for a page.
            attrs["rows"] = (
                str(widget.attrs.get("rows", "5")) if widget.attrs.get("rows") != "10" else "5"
            )
        if self.max_length and self.bound.auto_id:
            described = f"{self.described_by} {self.bound.auto_id}-info"
            attrs["aria-describedby"] = described.strip()
        return self.bound.as_widget(attrs=attrs)


def wrong_parts(bound: forms.BoundField) -> tuple[str, ...]:
    if not bound.errors:
        return ()
    for error in bound.form.errors.as_data().get(bound.name, []):
        if parts := (error.params or {}).get("parts"):
            return parts
    return DateInput.parts


@dataclass
class ErrorLink:
    text: Any
    href: str


def error_links(form: Any) -> list[ErrorLink]:
    """Every error of a form or formset, in the order of the page, and where to put it right."""
    if isinstance(form, forms.BaseFormSet):
        return formset_error_links(form)
    if not form.is_bound or getattr(form, "is_changing_rows", False):
        return []
    links = [ErrorLink(text, "") for text in form.non_field_errors()]
    for part in in_order(form):
        if isinstance(part, forms.BaseFormSet):
            links += formset_error_links(part)
        elif part.errors:
            href = "" if part.is_hidden else f"#{FieldView(part).target}"
            links += [ErrorLink(text, href) for text in part.errors]
    return links


def formset_error_links(formset: Any) -> list[ErrorLink]:
    if not formset.is_bound or getattr(formset, "is_changing_rows", False):
        return []
    links = [ErrorLink(text, f"#{formset.prefix}-rows") for text in formset.non_form_errors()]
    noun = getattr(formset, "noun", "row") if isinstance(formset, GovukFormSet) else "row"
    for number, form in enumerate(formset.forms, 1):
        links += [
            ErrorLink(f"{with_capital(noun)} {number}: {link.text}", link.href)
            for link in error_links(form)
        ]
    return links


def in_order(form: Any) -> list[Any]:
    """Bound fields and formsets as on the page: conditional fields come under their question."""
    formsets = getattr(form, "formsets", {})
    conditionals = form.conditionals() if hasattr(form, "conditionals") else {}
    names = list(names_in(form.get_layout())) if hasattr(form, "get_layout") else []
    names += [name for name in form.fields if name not in names and name not in conditionals]
    ordered: list[str] = []
    for name in [*names, *formsets]:
        ordered.append(name)
        ordered += [shown for shown, (question, _) in conditionals.items() if question == name]
    parts = dict.fromkeys(name for name in ordered if name in form.fields or name in formsets)
    return [formsets[name] if name in formsets else form[name] for name in parts]


def names_in(layout_object: Any) -> Iterator[str]:
    if isinstance(layout_object, str):
        yield layout_object
    elif isinstance(layout_object, Repeat):
        yield layout_object.name
    else:
        for part in getattr(layout_object, "fields", []):
            yield from names_in(part)
