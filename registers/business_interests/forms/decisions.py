"""The forms of what PSD and the chief officer decide about an interest."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from integrity.casework.enums import Stage
from integrity.casework.forms import VerbForm
from integrity.casework.verb_forms import text_area
from integrity.casework.workflow import Denied
from integrity.ui.forms import (
    DateField,
    Include,
    Inset,
    Layout,
    RadioSelect,
    Warning,
)
from integrity.ui.templatetags.ui import day
from registers.business_interests.actions.decide import read_proposal
from registers.business_interests.actions.granting import propose_review, refuse_review_date
from registers.business_interests.enums import AppealOutcome, Ground
from registers.business_interests.facts_of import facts_of
from registers.business_interests.forms.conditions import ConditionsForm
from registers.business_interests.policies import against_guidance
from registers.business_interests.workflow import LIVE


def reason_field(hint: str = "The applicant reads them in the written notice.") -> forms.CharField:
    return forms.CharField(
        label="Reasons",
        help_text=hint,
        widget=text_area(5),
        max_length=4000,
    )


class ReviewDateForm(ConditionsForm):
    """An approval until its next review, on the day that the force's interval proposes (RULES, 8)."""

    review_on = DateField(label="Review by", noun="the review date", future=True)

    def prepare(self) -> None:
        super().prepare()
        today = timezone.localdate()
        plain, bound = (
            propose_review(self.record, with_conditions=given, today=today)
            for given in (False, True)
        )
        proposed = bound if self.record.standing_conditions else plain
        self.initial.setdefault("review_on", proposed)
        self.fields["review_on"].help_text = interval_words(
            plain, bound, today=today, risk=self.case.risk
        )

    def clean_review_on(self) -> date:
        review_on: date = self.cleaned_data["review_on"]
        try:
            refuse_review_date(review_on, today=timezone.localdate())
        except Denied as denied:
            raise forms.ValidationError(str(denied)) from None
        return review_on

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "review_on": self.cleaned_data["review_on"]}


def interval_words(plain: date, bound: date, *, today: date, risk: int) -> str:
    """Which of the force's intervals proposes which day."""
    whose = f"Your force’s intervals for this post and a risk score of {risk} propose"
    if plain == bound:
        return f"{whose} {months_until(plain, today)}: {day(plain)}."
    return (
        f"{whose} {months_until(plain, today)} without conditions: {day(plain)}; "
        f"with conditions {months_until(bound, today)}: {day(bound)}."
    )


def months_until(then: date, today: date) -> str:
    months = (then.year - today.year) * 12 + then.month - today.month
    return "1 month" if months == 1 else f"{months} months"


class ApproveForm(ReviewDateForm):
    """Against the guidance a rationale is asked for too (HMIC 2012, p. 30)."""

    rationale = forms.CharField(
        label="Why is it approved although the guidance says otherwise?",
        help_text="A second approver reads it, and agrees or sends it back.",
        widget=text_area(),
        required=False,
        max_length=4000,
    )
    reason = reason_field()
    required_by_clean = ("rationale",)

    def prepare(self) -> None:
        super().prepare()
        self.guidance = self._against(())
        if not self.guidance:
            del self.fields["rationale"]

    def _against(self, conditions: Any) -> str:
        record = self.record
        return against_guidance(record.policy, record.listed, facts_of(record), conditions)

    def get_layout(self) -> Layout:
        listed = self.record.listed
        says = f"{listed.name}: {listed.says}" if listed else ""
        shown: list[Any] = []
        if self.guidance:
            shown = [Warning(f"{self.guidance} {says}".strip())]
        elif listed:
            shown = [Inset(f"{listed.get_stance_display()}. {says}")]
        rationale = ["rationale"] if self.guidance else []
        return Layout(*shown, *self.condition_parts(), "review_on", *rationale, "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.guidance and not self.errors and self.formsets["written"].is_valid():
            against = self._against(self.conditions())
            if against and not data["rationale"]:
                self.add_error("rationale", "Say why it is approved although the guidance says no")
        return data

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "rationale": self.cleaned_data.get("rationale", "")}


class ProposalForm(VerbForm):
    """What a second approver is asked about, above their reasons."""

    reason = reason_field()

    def get_layout(self) -> Layout:
        conditions, review_on, rationale = read_proposal(self.record)
        first = self.case.decisions.filter(round=self.case.round, stage=Stage.PSD)
        proposal = {
            "conditions": conditions,
            "review_on": review_on,
            "rationale": rationale,
            "decision": first.select_related("decided_by__grade").last(),
            "listed": self.record.listed,
        }
        return Layout(Include("interests/_proposal.html", **proposal), "reason")


class SecondApproveForm(ProposalForm):
    heading = "Do you agree to approve it against the guidance?"
    explanation = "It is counted as approved against the guidance."
    submit_label = "I agree: approve it"


class SendBackForm(ProposalForm):
    submit_label = "Send it back"
    reason = reason_field("The first approver and the applicant can read them.")


class GroundForm(VerbForm):
    """A refusal: its ground for counting, its reasons for the applicant."""

    submit_style = "warning"
    ground = forms.ChoiceField(label="On what ground?", choices=Ground, widget=RadioSelect())
    reason = reason_field()


class RefuseForm(GroundForm):
    explanation = "The applicant gets a written notice with the reasons, and may appeal."
    submit_label = "Refuse"


class RevokeForm(GroundForm):
    explanation = (
        "The approval and its conditions end. The person gets a written notice with the reasons, "
        "and may appeal."
    )
    submit_label = "Revoke the approval"


class RenewForm(ReviewDateForm):
    """After a review: what the person and their supervisor said is beside the decision."""

    keeps = True
    reason = reason_field()

    def get_layout(self) -> Layout:
        views = self.record.assessments.filter(round=self.case.round)
        review = Include(
            "interests/_review.html",
            review=self.record.open_review,
            interest=self.record,
            views=views.select_related("assessed_by__grade"),
        )
        return Layout(review, *self.condition_parts(), "review_on", "reason")


class VaryForm(ConditionsForm):
    keeps = True
    explanation = "The review date stays. The person gets a written notice, and may appeal."
    reason = reason_field()


class DecideAppealForm(ConditionsForm):
    """Police Regulations 2003: the chief officer decides in person, with reasons."""

    keeps = True
    conditions_legend = "Conditions, where they are varied"
    conditions_hint = "What you tick and write here counts only with ‘Conditions varied’."
    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=[
            choice for choice in AppealOutcome.choices if choice[0] != AppealOutcome.WITHDRAWN
        ],
        widget=RadioSelect(),
    )
    reason = reason_field()

    def prepare(self) -> None:
        super().prepare()
        made = self.record.open_appeal
        against_conditions = made is not None and made.stood_at in LIVE
        self.fields["outcome"].widget.hints = {
            AppealOutcome.UPHELD.value: "The conditions end; the approval stands."
            if against_conditions
            else "It is approved, without conditions.",
            AppealOutcome.DISMISSED.value: "The conditions stay as they are."
            if against_conditions
            else "It may not be done.",
            AppealOutcome.VARIED.value: "It is approved with the conditions below.",
        }

    def get_layout(self) -> Layout:
        appeal = Include("interests/_appeal.html", appeal=self.record.open_appeal, case=self.case)
        return Layout(appeal, "outcome", *self.condition_parts(), "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        varied = data.get("outcome") == AppealOutcome.VARIED and not self.errors
        if (
            varied
            and self.formsets["written"].is_valid()
            and not (self.conditions() or self.kept())
        ):
            self.add_error("outcome", "Set the conditions, or choose ‘Upheld’")
        return data

    def arguments(self) -> dict[str, Any]:
        outcome = AppealOutcome(self.cleaned_data["outcome"])
        said = {**super().arguments(), "outcome": outcome}
        return said if outcome == AppealOutcome.VARIED else {**said, "conditions": (), "keep": []}
