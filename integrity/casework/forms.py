"""Forms that every register uses: the shape of a verb, and attachments."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from integrity.casework.models import Case, ChecklistItem
from integrity.people.models import OversightBody, User
from integrity.ui.forms import DateField, GovukForm, RadioSelect


class VerbForm(GovukForm):
    """What one verb asks for. It carries the version of the case that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    heading = ""
    explanation = ""
    submit_label = ""  # the verb's own label

    def __init__(self, *args: Any, record: Any, case: Case, by: User, **kwargs: Any) -> None:
        self.record, self.case, self.by = record, case, by
        kwargs.setdefault("initial", {}).setdefault("version", case.version)
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on the case; the default has none."""

    def choose_from(self, name: str, rows: QuerySet[Any], label: Callable[[Any], str]) -> None:
        """Offer these rows in a field, each under its label."""
        field = cast(forms.ModelChoiceField, self.fields[name])
        field.queryset = rows
        field.label_from_instance = label  # type: ignore[assignment, method-assign]

    def arguments(self) -> dict[str, Any]:
        """What the action is called with, besides who and when."""
        return dict(self.cleaned_data)


class ReasonForm(VerbForm):
    reason = forms.CharField(
        label="Reason",
        help_text="A sentence or two. The declarant can read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class NoInputForm(VerbForm):
    """A verb that needs nothing but a click."""


class UploadField(forms.FileField):
    """A file no larger than the site takes."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > settings.UPLOAD_MAX_BYTES:
            most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
            raise forms.ValidationError(f"The file must be smaller than {most} MB.")
        return file


def quarter_before(today: date) -> tuple[date, date]:
    """The first and last day of the last whole quarter, which is what is usually signed."""
    this = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    last = this - timedelta(days=1)
    return last.replace(month=last.month - 2, day=1), last


class PeriodForm(GovukForm):
    """The days whose register is shown, and then signed."""

    starts_on = DateField(label="From", noun="the first day")
    ends_on = DateField(label="To", noun="the last day", past=True)
    form_method = "get"
    submit_label = "Show these days"
    submit_style = "secondary"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be on or after the first day.")
        return data


class SignOffForm(GovukForm):
    """The checklist and a note; the days are those of the page, so nobody signs what they did not see."""

    note = forms.CharField(
        label="Note",
        help_text="What you found, and why anything on the checklist was not done.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )
    submit_label = "Sign off"

    def __init__(
        self,
        *args: Any,
        items: Iterable[ChecklistItem],
        bodies: Sequence[OversightBody],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = {f"item_{item.pk}": item.text for item in items}
        for name, text in self.items.items():
            self.fields[name] = forms.TypedChoiceField(
                label=text,
                choices=[("yes", "Yes"), ("no", "No")],
                coerce=lambda chosen: chosen == "yes",
                widget=RadioSelect(inline=True, small=True),
                error_messages={"required": f"Answer “{text}”"},
            )
        self.bodies = list(bodies)
        self.order_fields([*self.items, "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if False in [data.get(name) for name in self.items] and not data.get("note"):
            self.add_error("note", "Say why something on the checklist was not done.")
        return data

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "body": self.bodies[0] if self.bodies else None,
            "checklist": {text: data[name] for name, text in self.items.items()},
            "note": data["note"],
        }
