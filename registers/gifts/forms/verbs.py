"""The forms of the verbs that only an offer has; those of every register are in casework."""

from typing import Any

from django import forms

from integrity.casework import verb_forms
from integrity.casework.forms import NoInputForm, ReasonForm, UploadField, VerbForm
from integrity.casework.verb_forms import text_area
from integrity.ui.forms import DateField, MoneyField, RadioSelect
from registers.gifts.enums import Action, Disposal, PeerView
from registers.gifts.facts import DisposalFacts
from registers.gifts.models import Item


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


class AskForm(verb_forms.AskForm):
    about = (
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
    )


class RejectForm(ReasonForm):
    submit_label = "Mark non-compliant"
    submit_style = "warning"
    action_taken = forms.ChoiceField(label="Action taken", choices=Action, widget=RadioSelect())
    field_order = ("action_taken", "reason")


class ConfirmForm(NoInputForm):
    heading = "Is this entry right?"
    explanation = (
        "It was made on your behalf. If something is wrong, go back and correct it instead."
    )
    submit_label = "Yes, confirm it"


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
