"""Fields that governance's forms share: a person by number or name, text, an item of an agenda."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from integrity.casework.verb_forms import text_area
from integrity.people.models import User
from integrity.ui.forms import GovukForm, SuggestInput
from registers.governance.models import AgendaItem
from registers.governance.people import meant_by

LONG = 4000


class PersonField(forms.CharField):
    """One of some people, by collar or staff number, sign-in name, or whole name."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = True) -> None:
        words = help_text or "By name, or collar or staff number."
        super().__init__(label=label, help_text=words, required=required, max_length=200)
        self.people: QuerySet[User] = User.objects.none()

    def choose_from(self, people: QuerySet[User], url: str) -> None:
        """Whom the field takes, and where names are offered while somebody types."""
        self.people = people
        self.widget = SuggestInput(url)

    def prepare_value(self, value: Any) -> Any:
        return value.display if isinstance(value, User) else value

    def clean(self, value: Any) -> Any:
        words = " ".join(super().clean(value).replace("\0", "").split())
        if not words:
            return None
        found = meant_by(self.people, words)
        if len(found) > 1:
            raise forms.ValidationError(
                f"More than one person is called “{words}”; use the collar or staff number."
            )
        if not found:
            raise forms.ValidationError(
                f"Nobody here is called or numbered “{words}”; check it, or ask for somebody else."
            )
        return found[0]


def choose_person(form: forms.Form, name: str, people: QuerySet[User], url: str) -> None:
    """Whom a form's field takes, and where their names are offered."""
    cast(PersonField, form.fields[name]).choose_from(people, url)


def long_text(
    label: str, *, rows: int = 4, required: bool = True, help_text: str = "", **kwargs: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=text_area(rows),
        required=required,
        max_length=LONG,
        **kwargs,
    )


class VersionedForm(GovukForm):
    """A form about a row as somebody saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ItemField(forms.ModelChoiceField):
    """Which item of the agenda, if any."""

    def __init__(self) -> None:
        super().__init__(
            label="Item of the agenda",
            queryset=AgendaItem.objects.none(),
            required=False,
            empty_label="None",
        )
