"""The forms of the verbs of an interest that decide nothing; those that decide are in decisions.py."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from integrity.casework import verb_forms
from integrity.casework.forms import ReasonForm, UploadField, VerbForm
from integrity.casework.permissions import is_psd
from integrity.casework.verb_forms import text_area
from integrity.casework.workflow import Denied
from integrity.ui.forms import DateField, Include, Layout, RadioSelect, Warning
from integrity.ui.templatetags.ui import day
from registers.business_interests.enums import (
    LegalBasis,
    View,
)
from registers.business_interests.facts import AssessmentFacts, ReviewAnswers
from registers.business_interests.forms.parts import FilesField, hours_of_week, yes_or_no
from registers.business_interests.policies import contradicts, steps_for, too_late_to_appeal

# What a question can be about; those under the name of a step only where the category has it.
PARTS = (
    ("occupation", "What the work or business is"),
    ("holder", "Whose it is"),
    ("organisation", "Employer or business"),
    ("starts_on", "When it begins"),
    ("hours", "Hours and working time"),
    ("property", "The property and its agent"),
    ("licence", "The licence and its premises"),
    ("conflict", "Your role and the force"),
    ("papers", "Papers"),
)
SPEAK_FIRST = (
    "Do not ask about anything that may be a criminal offence or misconduct: speak to PSD first."
)
OF_A_STEP = ("organisation", "property", "licence", "hours")


class AskForm(verb_forms.AskForm):
    about = PARTS

    def prepare(self) -> None:
        steps = steps_for(self.record.category, self.record.holder)
        field = cast(forms.ChoiceField, self.fields["field"])
        parts = [part for part in PARTS if part[0] not in OF_A_STEP or part[0] in steps]
        field.choices = [("", "Choose one"), *parts]

    def get_layout(self) -> Layout:
        """What may not be asked without caution; only PSD can hold a challenge silently."""
        if is_psd(self.by, self.case):
            return super().get_layout()
        return Layout(Warning(SPEAK_FIRST), "field", "text")


class ViewForm(VerbForm):
    """Anybody's view before PSD decides; each kind asks what fits it."""

    heading = "What do you think of it?"
    explanation = (
        "You give a view, not a decision. PSD, and the chief officer if there is an appeal, "
        "read it; the applicant does not."
    )
    submit_label = "Give the view"
    required_by_clean = ("note",)

    view = forms.ChoiceField(label="Your view", choices=View, widget=RadioSelect())
    note = forms.CharField(
        label="What should PSD know?",
        help_text="You can leave it empty where you have no concerns.",
        widget=text_area(),
        required=False,
        max_length=4000,
    )

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if not note and self.cleaned_data.get("view", View.SUPPORT) != View.SUPPORT:
            raise forms.ValidationError("Set out what your concerns are")
        return note

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said = {name: value for name, value in data.items() if name != "version"}
        if "view" in said and contradicts(AssessmentFacts(**said)):
            self.add_error(
                "view", "You answered that you have a concern: choose a view that says so"
            )
        return data

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"version": said.pop("version"), "facts": AssessmentFacts(**said)}


class GiveViewForm(ViewForm):
    """The supervisor on performance, attendance, welfare and the role (HMIC 2012, p. 30)."""

    performance_concern = yes_or_no("Are you concerned about their performance or attendance?")
    welfare_concern = yes_or_no("Are you concerned about their welfare or rest?")
    role_conflict = yes_or_no("Does it conflict with their role?")
    field_order = ("performance_concern", "welfare_concern", "role_conflict", "view", "note")


class GiveReviewViewForm(GiveViewForm):
    heading = "What do you think of it now?"

    def get_layout(self) -> Layout:
        shown = Include("interests/_review.html", review=self.record.open_review)
        return Layout(shown, *self.field_order)


class GiveHrViewForm(ViewForm):
    performance_concern = yes_or_no(
        "Does HR hold anything of concern about attendance or performance?",
        help_text="Sickness absence, restricted duties, unsatisfactory performance.",
    )
    welfare_concern = yes_or_no("Is HR concerned about their welfare or working time?")
    field_order = ("performance_concern", "welfare_concern", "view", "note")


class GiveVettingViewForm(ViewForm):
    note = forms.CharField(
        label="What should PSD know?",
        help_text="Say what follows for the decision; keep what vetting holds out of it.",
        widget=text_area(),
        required=False,
        max_length=4000,
    )
    field_order = ("view", "note")


class AppealForm(VerbForm):
    """Police Regulations 2003: a police friend may help; the chief officer decides in person."""

    submit_label = "Send my appeal"
    grounds = forms.CharField(
        label="Why is the decision wrong?",
        help_text="You can send papers afterwards, within their own time.",
        widget=text_area(8),
        max_length=10000,
    )
    police_friend = forms.CharField(
        label="Police friend",
        help_text="Under the Police Regulations 2003 a police friend may help you. Who is it?",
        required=False,
        max_length=200,
    )

    def prepare(self) -> None:
        notice = self.record.notices.order_by("-pk").first()
        if late := too_late_to_appeal(notice, timezone.localdate()):
            raise Denied(late)
        if self.record.legal_basis != LegalBasis.POLICE_REGULATIONS:
            friend = self.fields["police_friend"]
            friend.label = "Who helps you"
            friend.help_text = "A colleague or a trade union representative may help you."
        self.explanation = (
            f"The last day to appeal is {day(notice.appeal_by)}. The chief officer decides in "
            "person, and has taken no part before."
        )


class SendPapersForm(VerbForm):
    submit_label = "Send my papers"
    papers = forms.CharField(label="Your statement", widget=text_area(10), max_length=20000)
    letters = FilesField(label="Files", help_text="You can choose several.", required=False)

    def prepare(self) -> None:
        made = self.record.open_appeal
        if made is not None:
            self.explanation = (
                f"The last day for your papers is {day(made.papers_by)}. You send them once."
            )

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"files": said.pop("letters"), **said}


class WithdrawAppealForm(ReasonForm):
    explanation = "The decision stands, and you cannot appeal against it again."
    submit_style = "warning"


class WithdrawForm(verb_forms.WithdrawForm):
    submit_label = "Withdraw this application"


class ReviewAnswersForm(VerbForm):
    """Whether circumstances, hours and role have changed (RULES, Business interests 8)."""

    circumstances_changed = yes_or_no("Have the circumstances changed?")
    hours_changed = yes_or_no("Have the hours changed?", shows=["hours_a_week"])
    hours_a_week = hours_of_week("How many hours a week does it take now?")
    role_changed = yes_or_no("Has your role in the force changed?")
    answer = forms.CharField(
        label="What has changed?", widget=text_area(), required=False, max_length=4000
    )
    field_order = ("circumstances_changed", "hours_changed", "hours_a_week", "role_changed")
    required_by_clean: tuple[str, ...] = ("answer",)

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"]
        questions = ("circumstances_changed", "hours_changed", "role_changed")
        if not answer and any(self.cleaned_data.get(name) for name in questions):
            raise forms.ValidationError("Say what has changed")
        return answer

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"version": said.pop("version"), "answers": ReviewAnswers(**said)}


class AnswerReviewForm(ReviewAnswersForm):
    submit_label = "Send my answers"

    def prepare(self) -> None:
        review = self.record.open_review
        self.explanation = f"{review.get_cause_display()}. Please answer by {day(review.due_on)}."
        self.fields["answer"].help_text = "Leave it empty where nothing has changed."


class ReportChangeForm(ReviewAnswersForm):
    heading = "What has changed?"
    explanation = "PSD looks at your approval again. It stands until PSD has decided."
    submit_label = "Tell PSD"
    required_by_clean = ()

    def prepare(self) -> None:
        field = self.fields["answer"]
        field.required, field.label = True, "Say what has changed, and since when"
        field.error_messages["required"] = "Say what has changed"


class CeaseForm(VerbForm):
    explanation = (
        "Its conditions end, and nothing more is asked of you. To begin again, apply again."
    )
    submit_label = "Say that it has ended"
    ceased_on = DateField(label="When did it end?", noun="the day it ended", past=True)
    note = forms.CharField(label="Note", widget=text_area(3), required=False, max_length=2000)


class AttachForm(VerbForm):
    submit_label = "Add the paper"
    file = UploadField(label="File")
    about = forms.CharField(
        label="What is it?",
        help_text="An offer letter, an agent’s agreement, a payslip.",
        max_length=200,
        error_messages={"required": "Say what the paper is"},
    )


class OpenReviewForm(ReasonForm):
    explanation = "The person answers three questions, their supervisor gives a view, PSD decides."
    submit_label = "Open a review"


class GoOnForm(ReasonForm):
    explanation = (
        "The view that was asked for is not waited for any longer; PSD decides without it."
    )
