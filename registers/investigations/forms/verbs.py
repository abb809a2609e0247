"""The form of each verb of an investigation; opening one is in opening.py."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from integrity.casework import verb_forms
from integrity.casework.forms import VerbForm
from integrity.casework.models import Referral
from integrity.casework.verb_forms import text_area
from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.ui.forms import DateField, RadioSelect
from integrity.ui.templatetags.ui import day
from registers.investigations.enums import TICKED, Behaviour, Outcome, Platform, RestrictionKind
from registers.investigations.facts import PostFacts
from registers.investigations.forms.parts import (
    CategoryForm,
    Home,
    PersonForm,
    reason_field,
    referrals_to_add,
    risks_field,
    ticked,
)
from registers.investigations.models import Investigation, Restriction, SocialMediaPost
from registers.investigations.permissions import check_may_own

NONE_WAITS = "No referral of the same force or body waits."


class AssignForm(verb_forms.AssignForm):
    """Only those who may own it: nobody in the subject’s line."""

    def prepare(self) -> None:
        fit = [
            user.pk for user in verb_forms.reviewers_of(self.case) if _may_own(user, self.record)
        ]
        self.choose_from(
            "owner",
            User.objects.filter(pk__in=fit).select_related("grade"),
            lambda user: f"{user.display} (you)" if user == self.by else user.display,
        )


def _may_own(user: User, investigation: Investigation) -> bool:
    try:
        check_may_own(user, investigation)
    except Denied:
        return False
    return True


class ClassifyForm(CategoryForm, VerbForm):
    submit_label = "Save"

    def prepare(self) -> None:
        if self.record.category:
            self.begin_with(self.record.category, self.record.sub_category)

    def arguments(self) -> dict[str, Any]:
        return {**self.classified(), "version": self.cleaned_data["version"]}


class IdentifyForm(PersonForm, VerbForm):
    submit_label = "Save"

    def prepare(self) -> None:
        if self.case.subject is not None:
            self.begin_with_person(self.case.subject)

    def home(self) -> Home | None:
        return self.case.force or self.case.oversight_body

    def arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("subject", "version")}


class AssessForm(VerbForm):
    submit_label = "Save"
    risks = risks_field()

    def prepare(self) -> None:
        self.initial["risks"] = [str(each) for each in TICKED if getattr(self.record, each)]

    def arguments(self) -> dict[str, Any]:
        return {**ticked(self.cleaned_data), "version": self.cleaned_data["version"]}


class AddReferralForm(VerbForm):
    submit_label = "Add the referral"
    referral = forms.ModelChoiceField(
        label="Which referral?", queryset=Referral.objects.none(), widget=RadioSelect()
    )

    def prepare(self) -> None:
        waiting = referrals_to_add(self.by, self.case)
        if not waiting.exists():
            raise Denied(NONE_WAITS)
        self.choose_from("referral", waiting, referral_words)


def referral_words(referral: Referral) -> str:
    whom = referral.person.display if referral.person else "nobody known"
    made = f"{referral.get_source_display()}, {day(referral.made_at)}"
    return f"{referral.about} ({made}; about {whom})"


class RestrictForm(VerbForm):
    submit_label = "Save"
    kind = forms.ChoiceField(label="Which?", choices=RestrictionKind, widget=RadioSelect())
    from_on = DateField(label="From which day?", noun="the day from which it runs")
    reason = reason_field()


class OneOfForm(VerbForm):
    """A verb on one thing of the investigation; asked which only where there are several."""

    which: ClassVar[str]

    def things(self) -> QuerySet[Any]:
        raise NotImplementedError

    def prepare(self) -> None:
        found = self.things()
        self.choose_from(self.which, found, str)
        first = list(found[:2])
        if len(first) == 1:
            self.fields[self.which].widget = forms.HiddenInput()
            self.initial[self.which] = first[0].pk
            self.explanation = f"{first[0]}."


class EndRestrictionForm(OneOfForm):
    which = "restriction"
    submit_label = "Save"
    restriction = forms.ModelChoiceField(
        label="Which?", queryset=Restriction.objects.none(), widget=RadioSelect()
    )
    to_on = DateField(label="Its last day", noun="its last day")

    def things(self) -> QuerySet[Restriction]:
        return self.record.restrictions.filter(ended_at=None)


class ReferOutForm(VerbForm):
    submit_label = "Refer it"
    body = forms.CharField(
        label="To which body?",
        help_text="Such as the independent investigator of complaints, or another force.",
        max_length=120,
        error_messages={"required": "Enter the body to which it is referred"},
    )
    referred_on = DateField(
        label="When was it referred?", noun="the day of the referral", past=True
    )
    external_reference = forms.CharField(label="Its reference there", max_length=60, required=False)
    reason = reason_field()


class ReturnForm(VerbForm):
    submit_label = "Record its return"
    returned_on = DateField(label="When did it come back?", noun="the day it came back", past=True)
    reason = reason_field("What did they find, or why did it come back?")

    def prepare(self) -> None:
        away = self.record.external_referrals.filter(returned_at=None).first()
        if away is not None:
            self.explanation = f"It has been with {away.body} since {day(away.referred_on)}."


class RecordPostForm(VerbForm):
    """A post that should not stand (HMIC 2012, p. 34)."""

    submit_label = "Record the post"
    platform = forms.ChoiceField(label="Where is it?", choices=Platform, widget=RadioSelect())
    account = forms.CharField(
        label="Account",
        help_text="As it is called there, such as @name.",
        max_length=120,
    )
    address = forms.URLField(
        label="Address of the post", max_length=500, required=False, assume_scheme="https"
    )
    behaviour = forms.ChoiceField(
        label="What is wrong with it?", choices=Behaviour, widget=RadioSelect()
    )
    action = forms.CharField(label="What was done", max_length=200, required=False)
    found_on = DateField(label="When was it found?", noun="the day it was found", past=True)
    next_check_on = DateField(
        label="When to look again", noun="the day to look again", future=True, required=False
    )

    def prepare(self) -> None:
        days = self.record.policy.recheck_days
        words = "tomorrow" if days == 1 else f"in {days} days"
        self.fields["next_check_on"].help_text = f"Leave it empty to look again {words}."

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"version": said.pop("version"), "facts": PostFacts(**said)}


class RecheckForm(OneOfForm):
    which = "post"
    submit_label = "Record the look"
    post = forms.ModelChoiceField(
        label="Which post?", queryset=SocialMediaPost.objects.none(), widget=RadioSelect()
    )
    still_there = forms.TypedChoiceField(
        label="Is it still to be seen?",
        choices=[("yes", "Yes"), ("no", "No, it is gone")],
        coerce=lambda said: said == "yes",
        widget=RadioSelect(),
    )
    checked_on = DateField(
        label="When did you look?",
        help_text="Leave it empty for today.",
        noun="the day you looked",
        past=True,
        required=False,
    )
    note = forms.CharField(label="Note", max_length=200, required=False)

    def things(self) -> QuerySet[SocialMediaPost]:
        return self.record.posts.filter(gone_on=None)


class CloseForm(VerbForm):
    explanation = "The register tells nobody of it."
    submit_label = "Close the investigation"
    outcome = forms.ChoiceField(label="How did it end?", choices=Outcome, widget=RadioSelect())
    outcome_on = DateField(label="Date of the outcome", past=True)
    reason = reason_field()
    lessons = forms.CharField(
        label="Lessons to publish",
        help_text="What everybody can learn from it. Name nobody: others will read it.",
        widget=text_area(),
        required=False,
        max_length=4000,
    )


class ReopenForm(VerbForm):
    explanation = "Its outcome and lessons are taken back; its decisions stay on record."
    submit_label = "Reopen"
    reason = reason_field()
