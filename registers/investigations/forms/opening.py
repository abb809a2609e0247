"""The forms by which PSD deals with a referral: open an investigation, add it to one, set it aside."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any, cast

from django import forms
from django.db.models import Q

from integrity.casework.enums import ReferralSource
from integrity.casework.models import Referral
from integrity.people.enums import PSD_ROLES
from integrity.people.models import Force, OversightBody, User
from integrity.ui.forms import CheckboxSelectMultiple, GovukForm, Layout, RadioSelect
from registers.investigations.facts import InvestigationFacts, facts_from
from registers.investigations.forms.parts import (
    CategoryForm,
    Home,
    PersonForm,
    reason_field,
    risks_field,
    ticked,
)
from registers.investigations.forms.verbs import referral_words
from registers.investigations.models import Investigation, InvestigationQuerySet, waiting_referrals
from registers.investigations.workflow import LIVE

OTHER = "other"
LIKELY = 10


def home_of(referral: Referral) -> Home:
    home = referral.force or referral.oversight_body
    if home is None:
        raise ValueError(f"{referral} belongs to no force and no body.")
    return home


def homes_of(user: User, *roles: str) -> dict[str, Home]:
    """The forces and bodies that somebody reaches, as PSD unless told, by a name for a form."""
    scope = user.scope(*(roles or PSD_ROLES))
    found: list[Home] = [
        *Force.objects.filter(pk__in=scope.forces),
        *OversightBody.objects.filter(pk__in=scope.bodies),
    ]
    return {f"{home._meta.model_name}-{home.pk}": home for home in found}


class OpenForm(CategoryForm, PersonForm):
    """One page with all that a referral says filled in, so that nothing is typed twice."""

    submit_label = "Open the investigation"
    key = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.ChoiceField(label="Which force or body?", widget=RadioSelect())
    title = forms.CharField(
        label="What is it about, in a line?",
        max_length=200,
        error_messages={"required": "Say in a line what it is about"},
    )
    also = forms.ModelMultipleChoiceField(
        label="Other referrals to take with it",
        help_text="They are about the same entry or the same person.",
        queryset=Referral.objects.none(),
        widget=CheckboxSelectMultiple(),
        required=False,
    )
    risks = risks_field()

    def __init__(self, *args: Any, by: User, referral: Referral | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral, self.homes = referral, homes_of(by)
        self.initial["key"] = uuid.uuid4()
        cast(forms.ChoiceField, self.fields["place"]).choices = [
            (name, str(home)) for name, home in self.homes.items()
        ]
        if referral is not None or len(self.homes) == 1:
            del self.fields["place"]
        if referral is not None:
            self._begin_with_referral(referral)
        self._offer_alike(alike(by, referral) if referral is not None else [])

    def _begin_with_referral(self, referral: Referral) -> None:
        said = facts_from(referral)
        self.initial["title"] = said.title
        if said.category:
            self.begin_with(said.category, said.sub_category)
        self.begin_with_person(said.subject)

    def _offer_alike(self, others: Sequence[Referral]) -> None:
        field = cast(forms.ModelMultipleChoiceField, self.fields["also"])
        if not others:
            del self.fields["also"]
            return
        field.queryset = Referral.objects.filter(pk__in=[each.pk for each in others])
        field.queryset = field.queryset.select_related("person__grade")
        field.label_from_instance = referral_words  # type: ignore[assignment, method-assign]

    def get_layout(self) -> Layout:
        asked = ("place", "title", "category", "known", "risks", "also")
        return Layout(*(name for name in asked if name in self.fields))

    def home(self) -> Home | None:
        if self.referral is not None:
            return home_of(self.referral)
        if "place" not in self.fields:
            return next(iter(self.homes.values()))
        return self.homes.get(self.cleaned_data.get("place", ""))

    def referrals(self) -> list[Referral]:
        first = [] if self.referral is None else [self.referral]
        return [*first, *self.cleaned_data.get("also", [])]

    def facts(self) -> InvestigationFacts:
        data, referral = self.cleaned_data, self.referral
        return InvestigationFacts(
            title=data["title"],
            source=referral.source if referral is not None else ReferralSource.PERSON,
            subject=data["subject"],
            **self.classified(),
            **ticked(data),
        )


def alike(user: User, referral: Referral) -> list[Referral]:
    """The other referrals that wait about the same entry or the same person."""
    same = Q()
    if referral.case_id is not None:
        same |= Q(case=referral.case_id)
    if referral.person_id is not None:
        same |= Q(person=referral.person_id)
    if not same:
        return []
    of_home = Q(force=referral.force_id, oversight_body=referral.oversight_body_id)
    return list(waiting_referrals(user).filter(same, of_home).exclude(pk=referral.pk))


class AddToForm(GovukForm):
    """Which open investigation takes a referral: a likely one, or another by its reference."""

    submit_label = "Add the referral"
    which = forms.ChoiceField(
        label="Which investigation?", widget=RadioSelect(conditional={OTHER: ["reference"]})
    )
    reference = forms.CharField(label="Its reference", max_length=20)

    def __init__(self, *args: Any, by: User, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = open_ones(by, referral)
        self.likely = {str(each.pk): each for each in likely(self.found, by, referral)}
        cast(forms.ChoiceField, self.fields["which"]).choices = [
            *((pk, _words(each)) for pk, each in self.likely.items()),
            (OTHER, "Another one"),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["investigation"] = self.likely.get(data.get("which", ""))
        reference = data.get("reference")
        if reference:
            mine = self.found.filter(case__reference__iexact=reference.strip())
            data["investigation"] = mine.first()
            if data["investigation"] is None:
                self.add_error("reference", "No open investigation there has this reference")
        return data


def open_ones(user: User, referral: Referral) -> InvestigationQuerySet:
    """The open investigations of a referral’s force or body."""
    mine = Investigation.objects.visible_to(user).filter(status__in=LIVE)
    return mine.filter(
        case__force=referral.force_id, case__oversight_body=referral.oversight_body_id
    ).select_related("case")


def likely(found: InvestigationQuerySet, user: User, referral: Referral) -> list[Investigation]:
    """Those of the same person or entry first, then the reader’s own, then the newest."""
    groups = (*_alike(found, referral), found.filter(case__owner=user), found)
    chosen = {each.pk: each for group in groups for each in group[:LIKELY]}
    return list(chosen.values())[:LIKELY]


def _alike(found: InvestigationQuerySet, referral: Referral) -> Iterator[InvestigationQuerySet]:
    if referral.person_id is not None:
        yield found.filter(case__subject=referral.person_id)
    if referral.case_id is not None:
        yield found.filter(leads__referral__case=referral.case_id).distinct()


def _words(investigation: Investigation) -> str:
    case = investigation.case
    return f"{case.reference}: {investigation.title} (about {case.subject_name})"


class SetAsideForm(GovukForm):
    submit_label = "Set it aside"
    reason = reason_field("Why is nothing opened from it?")
