"""Fields that several forms of procurement share."""

from datetime import date
from typing import Any, cast

from django import forms

from integrity.casework.matching import People, plain_name
from integrity.casework.verb_forms import text_area
from integrity.people.models import Force, User
from integrity.ui.forms import DateField, GovukForm


class SearchForm(GovukForm):
    """What narrows a list; sent with the address, so that a list can be kept as a link."""

    form_method = "get"
    submit_label = "Show"
    submit_style = "secondary"
    mark_optional = False

    @property
    def said(self) -> dict[str, Any]:
        """What was chosen and can be read; the rest narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    @property
    def narrows(self) -> set[str]:
        """The names of the fields by which the list is narrowed."""
        return {name for name, value in self.said.items() if value is not False}


class RemarksForm(GovukForm):
    """Why somebody judged so; asked for, unless the purchase was right."""

    remarks = forms.CharField(
        label="Remarks",
        widget=text_area(),
        max_length=4000,
        error_messages={"required": "Say why"},
    )

    def __init__(self, *args: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remarks"].required = required


class PersonForm(GovukForm):
    """Somebody of the force, by number or whole name."""

    person = forms.CharField(
        label="Who?",
        help_text="Their collar or staff number, or their whole name.",
        max_length=200,
        error_messages={"required": "Enter a number or a name"},
    )
    starts_on = DateField(label="From which day?", noun="the first day")

    def __init__(self, *args: Any, force: Force, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = People(force)
        self.force = force
        self.initial.setdefault("starts_on", today)

    def clean_person(self) -> User:
        words = cast(str, self.cleaned_data["person"]).strip()
        found = self.people.numbered(words) or self.people.named(plain_name(words))
        if found is None:
            raise forms.ValidationError(
                f"Nobody in {self.force}, or more than one, is called “{words}”; use the number."
            )
        return found


class EndForm(GovukForm):
    ends_on = DateField(label="Which was the last day?", noun="the last day", past=True)
    submit_label = "End it"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ends_on", today)
