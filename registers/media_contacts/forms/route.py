"""The form of a request that the press office routes to an officer."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils import timezone

from integrity.casework.verb_forms import text_area
from integrity.people.enums import Role
from integrity.people.models import User
from integrity.ui.forms import DateField, GovukForm, RadioSelect, SuggestInput
from registers.media_contacts.facts import RequestFacts, Speaker
from registers.media_contacts.forms.verbs import journalist_field, outlet_field

MOST_SHOWN = 20


def found_by(text: str, by: User) -> QuerySet[User]:
    """Who serves in the press office's force and has this number, or these words in their name."""
    forces = by.scope(Role.PRESS_OFFICE).forces
    today = timezone.localdate()
    serving = (
        User.objects.filter(force__in=forces, starts_on__lte=today)
        .exclude(leaves_on__lt=today)
        .exclude(pk=by.pk)
        .select_related("grade", "force", "unit", "line_manager")
    )
    numbered = serving.filter(number__iexact=text)
    if numbered.exists():
        return numbered
    for word in text.split():
        serving = serving.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(number__iexact=word)
            | Q(grade__short__iexact=word)
            | Q(grade__name__icontains=word)
        )
    return serving


class RouteForm(GovukForm):
    """Who asked, about what, and who is to answer. Of several people of a name, it asks which."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    journalist = journalist_field("Who asked?", required=False)
    outlet = outlet_field("For which outlet?", required=False)
    about = forms.CharField(
        label="What do they ask about?",
        widget=text_area(3),
        max_length=4000,
        error_messages={"required": "Say what they ask about"},
    )
    received_on = DateField(
        label="When did they ask?", noun="the day on which they asked", past=True
    )
    officer = forms.CharField(
        label="Which officer is to answer?",
        help_text="Their name, or their collar or staff number.",
        max_length=120,
        widget=SuggestInput(reverse_lazy("media_contacts:suggest-colleagues")),
        error_messages={"required": "Say which officer is to answer"},
    )
    which = forms.ModelChoiceField(
        label="Which of these people?",
        queryset=User.objects.none(),
        widget=RadioSelect(),
        error_messages={"required": "More than one person has this name: choose which"},
    )
    mark_optional = False
    submit_label = "Route it"

    def __init__(
        self, *args: Any, by: User, officer: str = "", about: str = "", **kwargs: Any
    ) -> None:
        """``officer`` is the number of the person's record, where another page knows who it was."""
        initial: dict[str, Any] = {"received_on": timezone.localdate(), "about": about[:4000]}
        initial["key"] = uuid4()
        super().__init__(*args, initial=initial, **kwargs)
        forces = by.scope(Role.PRESS_OFFICE).forces
        if officer.isdecimal() and len(officer) < 19:
            known = User.objects.filter(pk=officer, force__in=forces).first()
            self.initial["officer"] = (known.number or known.name) if known else ""
        self.by = by
        typed = str(self.data.get("officer", "")).strip() if self.is_bound else ""
        self.found = list(found_by(typed, by)[: MOST_SHOWN + 1]) if typed else []
        if 1 < len(self.found) <= MOST_SHOWN:
            field = cast(forms.ModelChoiceField, self.fields["which"])
            field.queryset = User.objects.filter(pk__in=[person.pk for person in self.found])
        else:
            del self.fields["which"]

    def clean_officer(self) -> str:
        if not self.found:
            raise forms.ValidationError(
                "Nobody else who serves in your force has this name or number"
            )
        if len(self.found) > MOST_SHOWN:
            raise forms.ValidationError("Too many people have this name; add more of it")
        return str(self.cleaned_data["officer"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("journalist") and not data.get("outlet"):
            self.add_error("journalist", "Say which journalist or outlet asked")
        return data

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        facts = RequestFacts(
            received_on=data["received_on"],
            speaker=Speaker(data["journalist"], data["outlet"]),
            about=data["about"],
        )
        officer = data.get("which") or self.found[0]
        return {"facts": facts, "officer": officer, "idempotency_key": data["key"]}
