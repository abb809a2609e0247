"""One form for each verb on an offer."""

from typing import Any

from django import forms

from integrity.casework.enums import ChallengeDisposal
from integrity.casework.forms import NoInputForm, ReasonForm, UploadField, VerbForm
from integrity.casework.models import Challenge
from integrity.casework.permissions import check_may_own
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.ui.forms import DateField, Layout, MoneyField, RadioSelect, Warning
from registers.gifts.enums import Action, Disposal, PeerView
from registers.gifts.facts import DisposalFacts
from registers.gifts.models import Item

QUESTION_FIELDS = [
    ("offered_on", "Date of the offer"),
    ("provider", "Who made the offer"),
    ("circumstances", "Why and where it was offered"),
    ("items", "What was offered"),
    ("value", "What it is worth"),
    ("decision", "What was accepted or declined"),
    ("reason", "Reason given"),
    ("gift_test", "GIFT test"),
    ("late_reason", "Why it is late"),
    ("disposal", "What became of it"),
]


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PeerReviewForm(VerbForm):
    heading = "What do you think of this offer?"
    explanation = (
        "You give a view, not a decision. PSD, the other chief officers who were asked and the "
        "oversight body can read it; your colleague cannot."
    )
    submit_label = "Give my view"

    view = forms.ChoiceField(label="Your view", choices=PeerView, widget=RadioSelect())
    propriety = forms.CharField(
        label="Why: is it proper to accept it?", widget=text_area(), max_length=4000
    )
    seen_from_inside = forms.CharField(
        label="How would acceptance look to officers and staff?",
        widget=text_area(3),
        max_length=4000,
    )
    seen_from_outside = forms.CharField(
        label="How would acceptance look to the public?", widget=text_area(3), max_length=4000
    )


class AuthoriseForm(ReasonForm):
    submit_label = "Authorise"
    conditions = forms.CharField(
        label="Conditions", widget=text_area(3), required=False, max_length=4000
    )


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


def reviewers_of(case: Any) -> list[User]:
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
    submit_label = "Send the question"
    field = forms.ChoiceField(
        label="What is the question about?", choices=[("", "Choose one"), *QUESTION_FIELDS]
    )
    text = forms.CharField(label="Question", widget=text_area(), max_length=2000)

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


class RejectForm(ReasonForm):
    submit_label = "Mark non-compliant"
    submit_style = "warning"
    action_taken = forms.ChoiceField(label="Action taken", choices=Action, widget=RadioSelect())
    field_order = ("action_taken", "reason")


class ChallengeForm(VerbForm):
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

    def get_layout(self) -> Layout:
        return Layout(Warning(self.record.policy.challenge_notice), "to", "text", "how")

    def arguments(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
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

    def challenges(self) -> Any:
        return self.case.challenges.visible_to(self.by, *PSD_ROLES).filter(disposed_at=None)


class ConfirmForm(NoInputForm):
    heading = "Is this entry right?"
    explanation = (
        "It was made on your behalf. If something is wrong, go back and correct it instead."
    )
    submit_label = "Yes, confirm it"


class WithdrawForm(ReasonForm):
    explanation = "The entry stays in the register, marked as withdrawn."
    submit_label = "Withdraw this entry"
    submit_style = "warning"


class DisposalForm(VerbForm):
    submit_label = "Save"
    item = forms.ModelChoiceField(
        label="Which item?", queryset=Item.objects.none(), widget=RadioSelect()
    )
    disposal = forms.ChoiceField(
        label="What became of it?",
        choices=Disposal,
        widget=RadioSelect(
            conditional={"donated": ["to"], "raffled": ["proceeds"]},
        ),
    )
    to = forms.CharField(label="Which charity?", max_length=200)
    proceeds = MoneyField(label="What did the raffle raise?", noun="what the raffle raised")
    on = DateField(label="When?", noun="the day", past=True)
    evidence = UploadField(
        label="Evidence", help_text="A receipt or letter, if there is one.", required=False
    )

    def prepare(self) -> None:
        accepted = [item.pk for item in self.record.items.all() if item.accepted]
        self.choose_from("item", Item.objects.filter(pk__in=accepted), str)
        if len(accepted) == 1:
            self.fields["item"].widget = forms.HiddenInput()
            self.initial["item"] = accepted[0]

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        facts = DisposalFacts(
            disposal=data["disposal"],
            on=data["on"],
            to=data["to"] or "",
            proceeds=data["proceeds"],
            evidence=data["evidence"],
        )
        return {"item": data["item"], "facts": facts, "version": data["version"]}
