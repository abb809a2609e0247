"""Fields of a contact’s form, and how they stand beside one another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from typing import Any

from crispy_forms.layout import Div
from django import forms

from integrity.people.models import User
from integrity.ui.forms import RadioSelect
from integrity.ui.wording import with_capital
from registers.media_contacts.facts import Speaker
from registers.media_contacts.suggestions import meant_by

YES_NO = [("yes", "Yes"), ("no", "No")]
MOST = 30


def blank_first(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [("", "Choose one"), *choices]


class LinesField(forms.CharField):
    """Text of one line or more, whose lines end alike whichever browser sent them."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


def few_lines(label: str, *, required: bool = False) -> LinesField:
    box = forms.Textarea({"rows": 2})
    return LinesField(label=label, widget=box, required=required, max_length=2000)


def as_radios(
    label: str,
    choices: Any,
    *,
    required: str,
    reveals: Mapping[str, Sequence[str]] | None = None,
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=RadioSelect(small=True, conditional=reveals),
        error_messages={"required": required},
    )


def yes_or_no(
    label: str, *, reveals: Mapping[str, Sequence[str]] | None = None
) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda chosen: chosen == "yes",
        widget=RadioSelect(small=True, conditional=reveals),
        error_messages={"required": f"Answer “{label}”"},
    )


class TimeField(forms.TimeField):
    """A time of day as people type it: 09:30, 9.30, 0930, 9.30pm."""

    def __init__(self, *, noun: str, **kwargs: Any) -> None:
        formats = ["%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H:%M:%S"]
        box = forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-5"})
        super().__init__(input_formats=formats, widget=box, **kwargs)
        self.noun = noun
        self.error_messages["invalid"] = f"{with_capital(noun)} must be like 09:30 or 2.15pm"

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = value.replace(" ", "").lower()
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class SpeakersField(forms.CharField):
    """Journalists with their outlets, one to a line."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str | None):
            return value
        return "\n".join(f"{each.journalist}, {each.outlet}".removesuffix(", ") for each in value)

    def clean(self, value: Any) -> Any:
        lines = super().clean(value).splitlines()
        return tuple(self.speaker(line) for line in lines if line.strip(" ,"))

    def speaker(self, line: str) -> Speaker:
        journalist, _, outlet = (" ".join(part.split()) for part in line.partition(","))
        if len(journalist) > 200 or len(outlet) > 200:
            raise forms.ValidationError("Use 200 characters or fewer for each name.")
        return Speaker(journalist=journalist, outlet=outlet)


class ColleaguesField(forms.CharField):
    """People of the reader's own force by name or number, with commas between them."""

    reader: User

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str | None):
            return value
        return ", ".join(user.display for user in User.objects.filter(pk__in=value))

    def clean(self, value: Any) -> Any:
        parts = [part.strip() for part in super().clean(value).replace("\n", ",").split(",")]
        named = list(filter(None, parts))
        if len(named) > MOST:
            raise forms.ValidationError(f"Name {MOST} people or fewer.")
        return tuple(sorted({self.person(words) for words in named}))

    def person(self, words: str) -> int:
        found = meant_by(words, self.reader)
        if len(found) > 1:
            raise forms.ValidationError(
                f"More than one person is called “{words}”; use the collar or staff number."
            )
        if not found:
            raise forms.ValidationError(
                f"Nobody in your force is called or numbered “{words}”; check it."
            )
        return found[0].pk


class Beside(Div):
    """Fields beside one another where there is room."""

    template = "media_contacts/_fields.html"
    css_class = "ir-beside"


class Inline(Div):
    """A question with its answers in one line where there is room."""

    template = "media_contacts/_fields.html"
    css_class = "ir-inline"


class Asked(Div):
    """Questions with their answers beside them where there is room."""

    template = "media_contacts/_fields.html"
    css_class = "ir-asked"


class More(Div):
    """What few contacts need, folded away until something of it is said."""

    template = "media_contacts/_more.html"

    def __init__(self, *fields: str, is_open: bool) -> None:
        super().__init__(*fields)
        self.is_open = is_open
