"""One form for each verb that every register has; a register subclasses what it words itself."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms

from integrity.casework.enums import ChallengeDisposal
from integrity.casework.forms import ReasonForm, VerbForm
from integrity.casework.models import Case, Challenge
from integrity.casework.permissions import (
    check_may_ask_now,
    check_may_own,
    is_psd,
    theirs_to_close,
)
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.ui.forms import Layout, RadioSelect, Warning

FOR_A_BOARD = (
    "You ask for the board, and everybody who may read the entry reads what you ask. Where asking "
    "might tip somebody off, do not send it: speak to the head of PSD."
)


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AssignForm(VerbForm):
    submit_label = "Assign"
    owner = forms.ModelChoiceField(
        label="Reviewer", queryset=User.objects.none(), widget=RadioSelect()
    )

    def prepare(self) -> None:
        fit = [user.pk for user in reviewers_of(self.case)]
        self.choose_from(
            "owner",
            User.objects.filter(pk__in=fit).select_related("grade"),
            lambda user: f"{user.display} (you)" if user == self.by else user.display,
        )


def reviewers_of(case: Case) -> list[User]:
    """The people this case may be assigned to."""
    fit = []
    for user in User.objects.filter(role_grants__role__in=PSD_ROLES).distinct():
        try:
            check_may_own(user, case)
        except Denied:
            continue
        if user.is_active:
            fit.append(user)
    return fit


class AskForm(VerbForm):
    """A question about one part of the entry; the register names the parts."""

    about: ClassVar[Sequence[tuple[str, str]]] = ()
    submit_label = "Send the question"
    field = forms.ChoiceField(label="What is the question about?")
    text = forms.CharField(label="Question", widget=text_area(), max_length=2000)

    def prepare(self) -> None:
        field = cast(forms.ChoiceField, self.fields["field"])
        field.choices = [("", "Choose one"), *self.about]

    def get_layout(self) -> Layout:
        return Layout(Warning(self.record.policy.challenge_notice), "field", "text")


class AnswerForm(VerbForm):
    submit_label = "Send my answers"

    def prepare(self) -> None:
        self.open = list(self.case.questions.filter(answered_at=None))
        for question in self.open:
            self.fields[f"answer_{question.pk}"] = forms.CharField(
                label=question.text,
                widget=text_area(),
                max_length=4000,
                required=len(self.open) == 1,
                error_messages={"required": "Write an answer"},
            )

    def arguments(self) -> dict[str, Any]:
        answers = {q.pk: self.cleaned_data[f"answer_{q.pk}"] for q in self.open}
        return {"answers": answers, "version": self.cleaned_data["version"]}


class ChallengeForm(VerbForm):
    """PSD may hold it silently; a board speaks to PSD instead."""

    submit_label = "Challenge"
    to = forms.ModelChoiceField(
        label="Who is asked to justify the entry?",
        queryset=User.objects.none(),
        widget=RadioSelect(),
    )
    text = forms.CharField(
        label="What do you ask them to justify?", widget=text_area(), max_length=2000
    )
    how = forms.ChoiceField(
        label="Send it?",
        choices=[("ask", "Ask them now"), ("silent", "Hold it silently: do not contact them")],
        widget=RadioSelect(
            hints={"silent": "Only PSD will see it. Use this where asking would tip somebody off."},
            conditional={"silent": ["silent_reason"]},
        ),
    )
    silent_reason = forms.CharField(
        label="Why must nobody be contacted?", widget=text_area(3), max_length=2000
    )

    def prepare(self) -> None:
        people = User.objects.filter(
            pk__in=[pk for pk in (self.case.subject_id, self.case.author_id) if pk]
        )
        self.choose_from("to", people.select_related("grade"), lambda user: user.display)
        self.may_hold = is_psd(self.by, self.case)
        if not self.may_hold:
            del self.fields["how"], self.fields["silent_reason"]
            self.explanation = FOR_A_BOARD

    def get_layout(self) -> Layout:
        warnings = [
            Warning(text) for text in (self.record.policy.challenge_notice, self.why_not_now())
        ]
        how = ["how"] if self.may_hold else []
        return Layout(*(each for each in warnings if each.text), "to", "text", *how)

    def why_not_now(self) -> str:
        """Why PSD may ask nobody now; empty where it may, and for a board, whose challenge waits."""
        if not self.may_hold:
            return ""
        try:
            check_may_ask_now(self.case)
        except Denied as denied:
            return str(denied)
        return ""

    def clean_how(self) -> str:
        how: str = self.cleaned_data["how"]
        if how == "ask" and (why := self.why_not_now()):
            raise forms.ValidationError(why)
        return how

    def arguments(self) -> dict[str, Any]:
        data = {"how": "ask", "silent_reason": "", **self.cleaned_data}
        silent = data.pop("how") == "silent"
        return {**data, "silent": silent}


class _OneChallengeForm(VerbForm):
    """A verb on one challenge of the case; asked which only where there are several."""

    challenge = forms.ModelChoiceField(
        label="Which challenge?", queryset=Challenge.objects.none(), widget=RadioSelect()
    )

    def challenges(self) -> Any:
        raise LookupError

    def prepare(self) -> None:
        found = self.challenges()
        self.choose_from("challenge", found, lambda challenge: challenge.text)
        first = list(found[:2])
        if len(first) == 1:
            self.fields["challenge"].widget = forms.HiddenInput()
            self.initial["challenge"] = first[0]
            self.explanation = first[0].text


class AnswerChallengeForm(_OneChallengeForm):
    submit_label = "Send my answer"
    answer = forms.CharField(label="Your answer", widget=text_area(), max_length=4000)

    def challenges(self) -> Any:
        return self.case.challenges.filter(
            to=self.by, silent=False, answered_at=None, disposed_at=None
        )


class DisposeChallengeForm(_OneChallengeForm):
    submit_label = "Close the challenge"
    disposal = forms.ChoiceField(
        label="How did it end?", choices=ChallengeDisposal, widget=RadioSelect()
    )
    note = forms.CharField(label="Reason", widget=text_area(), max_length=4000)

    def prepare(self) -> None:
        super().prepare()
        if not is_psd(self.by, self.case):
            field = cast(forms.ChoiceField, self.fields["disposal"])
            field.choices = [
                each for each in ChallengeDisposal.choices if each[0] != ChallengeDisposal.REFERRED
            ]

    def challenges(self) -> Any:
        return theirs_to_close(self.by, self.case).filter(disposed_at=None)


class WithdrawForm(ReasonForm):
    explanation = "The entry stays in the register, marked as withdrawn."
    submit_label = "Withdraw this entry"
    submit_style = "warning"
