"""Rows that a person adds and removes with ordinary buttons: no script, and no line in the view."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict


class GovukFormSet(BaseFormSet):
    noun = "item"

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        self.is_adding = data is not None and f"{prefix}-ADD" in data
        self.is_removing = data is not None and f"{prefix}-REMOVE" in data
        if self.is_adding or self.is_removing:
            data = data.copy()
            total = number(data.get(f"{prefix}-TOTAL_FORMS"), self.absolute_max)
            if self.is_removing:
                total = without_row(data, prefix, number(data[f"{prefix}-REMOVE"], total), total)
            else:
                total = min(total + 1, self.max_num)
            data[f"{prefix}-TOTAL_FORMS"] = str(total)
        super().__init__(data, files, **kwargs)

    @property
    def is_changing_rows(self) -> bool:
        return self.is_adding or self.is_removing

    def is_valid(self) -> bool:
        return not self.is_changing_rows and super().is_valid()

    def full_clean(self) -> None:
        if self.is_changing_rows:
            self._errors: list[Any] = [{} for _ in self.forms]
            self._non_form_errors = self.error_class()
            return
        super().full_clean()

    def clean(self) -> None:
        # validate_min would say "too few" beside the errors of the very rows that it means.
        if self.total_form_count() < self.min_num:
            raise ValidationError(
                f"Enter at least {self.min_num} {self.noun}", code="too_few_forms"
            )

    def initial_form_count(self) -> int:
        # Posted rows stand for themselves: one that was filled in from a draft is no different.
        return 0 if self.is_bound else super().initial_form_count()

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        if self.is_bound:
            kwargs["initial"] = {}
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if self.is_changing_rows:
            form._errors, form.cleaned_data = ErrorDict(), {}
        return form

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data]

    @property
    def can_add(self) -> bool:
        return self.total_form_count() < self.max_num

    @property
    def can_remove(self) -> bool:
        return self.total_form_count() > max(self.min_num, 1)


def number(text: Any, most: int) -> int:
    try:
        return max(0, min(int(text), most))
    except (TypeError, ValueError):
        return 0


def without_row(data: Any, prefix: str, row: int, total: int) -> int:
    """Take one row, counted from 0, out of posted data; return how many rows are left."""
    if row >= total:
        return total
    rows: list[dict[str, Any]] = [{} for _ in range(total)]
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        index, _, name = key.removeprefix(f"{prefix}-").partition("-")
        if name and index.isdigit() and int(index) < total:
            rows[int(index)][name] = data.getlist(key) if hasattr(data, "getlist") else data[key]
            del data[key]
    del rows[row]
    for index, values in enumerate(rows):
        for name, value in values.items():
            key = f"{prefix}-{index}-{name}"
            if hasattr(data, "setlist"):
                data.setlist(key, value)
            else:
                data[key] = value
    return len(rows)


def govuk_formset(
    form: type, *, noun: str = "item", min_num: int = 1, max_num: int = 20
) -> type[GovukFormSet]:
    """A formset class that demands at least `min_num` rows, and never shows none."""
    formset: Any = formset_factory(
        form,
        formset=GovukFormSet,
        extra=0 if min_num else 1,
        min_num=min_num,
        max_num=max_num,
        validate_max=True,
    )
    formset.noun = noun
    formset.default_error_messages = {
        **formset.default_error_messages,
        "too_many_forms": f"Enter {max_num} {noun}s or fewer",
    }
    return formset
