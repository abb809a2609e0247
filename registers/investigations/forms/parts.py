"""What several forms of investigations are made of: category and kind, a person, the risks that are ticked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy

from integrity.casework.models import Case, Referral
from integrity.casework.verb_forms import text_area
from integrity.people.models import Force, OversightBody, User
from integrity.ui.forms import CheckboxSelectMultiple, GovukForm, RadioSelect, SuggestInput
from integrity.ui.wording import listed
from registers.investigations.enums import (
    KIND_NOT_KNOWN,
    NOT_CATEGORISED,
    SUBCATEGORIES,
    TICKED,
    Category,
)
from registers.investigations.models import waiting_referrals

NONE = "none"
KNOWN, NOBODY = "known", "nobody"
MOST_NAMED = 5
WHO_READS = "PSD reads it, and inspectors by a grant of their own; nobody else."
Home = Force | OversightBody


def reason_field(label: str = "Reason") -> forms.CharField:
    return forms.CharField(label=label, help_text=WHO_READS, widget=text_area(), max_length=4000)


# --- category and kind ----------------------------------------------------------------------------


def kind_name(category: str) -> str:
    """The field that asks for the kind within a category."""
    return f"{category}_kind"


def kind_field(category: str, label: str) -> forms.ChoiceField:
    kinds = [(str(kind), str(kind.label)) for kind in SUBCATEGORIES[category]]
    return forms.ChoiceField(
        label=label, choices=[*kinds, (NONE, KIND_NOT_KNOWN)], widget=RadioSelect(small=True)
    )


class CategoryForm(GovukForm):
    """A category and, for those that have kinds, the kind; both may stay open."""

    category = forms.ChoiceField(
        label="Category",
        choices=[*Category.choices, (NONE, f"{NOT_CATEGORISED} yet")],
        widget=RadioSelect(conditional={each: [kind_name(each)] for each in SUBCATEGORIES}),
    )
    disclosure_kind = kind_field(Category.DISCLOSURE, "To whom?")
    media_relationship_kind = kind_field(Category.MEDIA_RELATIONSHIP, "With which media?")

    def begin_with(self, category: str, kind: str) -> None:
        """What is said already; a kind is not known until somebody says it."""
        self.initial["category"] = category or NONE
        if category in SUBCATEGORIES:
            self.initial[kind_name(category)] = kind or NONE

    def classified(self) -> dict[str, str]:
        data = self.cleaned_data
        category = data["category"]
        kind = data.get(kind_name(category)) or ""
        return {name: "" if said == NONE else said for name, said in _named(category, kind)}


def _named(category: str, kind: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("category", category), ("sub_category", kind)


# --- whom it is about -----------------------------------------------------------------------------


def people_named(typed: str, people: QuerySet[User]) -> QuerySet[User]:
    """Those whose number, rank and names hold each word that was typed."""
    for word in typed.split():
        people = people.filter(
            Q(number__istartswith=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(grade__short__icontains=word)
        )
    return people.select_related("grade").order_by("last_name", "first_name", "pk")


def people_of(home: Home) -> QuerySet[User]:
    return User.objects.filter(**{"force" if isinstance(home, Force) else "oversight_body": home})


class PersonForm(GovukForm):
    """Somebody found by name or number, or nobody who is known."""

    known = forms.ChoiceField(
        label="Whom is it about?",
        choices=[(KNOWN, "Somebody who is known"), (NOBODY, "Nobody is known yet")],
        widget=RadioSelect(conditional={KNOWN: ["who"]}),
        error_messages={"required": "Say whom it is about, or that nobody is known yet"},
    )
    who = forms.CharField(
        label="Name or number",
        help_text="They are not told, nor is their supervisor.",
        widget=SuggestInput(reverse_lazy("psd:investigations-people")),
        max_length=200,
        error_messages={"required": "Enter the name or number"},
    )
    named: User | None = None  # by what is known already

    def home(self) -> Home | None:
        """Where they serve; none while that is not said."""
        raise NotImplementedError

    def begin_with_person(self, person: User | None) -> None:
        self.named = person
        self.initial["known"] = KNOWN if person else NOBODY
        self.initial["who"] = person.display if person else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        home, typed = self.home(), data.get("who") or ""
        data["subject"] = None
        if data.get("known") == KNOWN and typed and home is not None:
            data["subject"] = self._found(typed, home)
        return data

    def _found(self, typed: str, home: Home) -> User | None:
        if self.named is not None and typed == self.named.display:
            return self.named
        people = people_of(home)
        exact = people.filter(number__iexact=typed.strip()).select_related("grade").first()
        if exact is not None:
            return exact
        found = list(people_named(typed, people)[: MOST_NAMED + 1])
        if len(found) != 1:
            self.add_error("who", why_not_found(found, home))
            return None
        return found[0]


def why_not_found(found: list[User], home: Home) -> str:
    """What to do where a name fits nobody, or several."""
    if not found:
        return f"Nobody of {home} has this name or number: check it, or enter part of the name"
    if len(found) > MOST_NAMED:
        return f"More than {MOST_NAMED} people of {home} fit: enter the number, or more of the name"
    people = listed([person.display for person in found])
    return f"Several people fit: {people}. Enter the number of the one you mean"


# --- risks and referrals --------------------------------------------------------------------------


def risks_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Which of these are so?",
        help_text="Each adds its points to the score, which sorts the queue.",
        choices=[(factor, factor.label) for factor in TICKED],
        widget=CheckboxSelectMultiple(),
        required=False,
    )


def ticked(data: Mapping[str, Any]) -> dict[str, bool]:
    return {str(factor): str(factor) in data["risks"] for factor in TICKED}


def referrals_to_add(user: User, case: Case) -> QuerySet[Referral]:
    """What waits in the force or body of a case, oldest first."""
    return waiting_referrals(user).filter(force=case.force, oversight_body=case.oversight_body)
