"""The written notice of a decision in words, for its page and its PDF alike.

Police Regulations 2003, regulations 7 to 9: a decision is given in writing with its reasons, and the
chief officer hears an appeal in person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from integrity.casework.enums import Stage
from integrity.casework.registry import Fact
from integrity.ui.templatetags.ui import day
from registers.business_interests.enums import AppealOutcome, LegalBasis, Status
from registers.business_interests.models import WrittenNotice
from registers.business_interests.workflow import ENDED, LIVE

HEARING = "The chief officer decides in person, and nobody who took part in this decision hears it."
FRIENDS = {LegalBasis.POLICE_REGULATIONS: "A police friend may help you."}
COLLEAGUE = "A colleague or a trade union representative may help you."
HOW_TO_APPEAL = (
    "Appeal on the page of this entry in the register and say why the decision is wrong. "
    "You can send papers afterwards."
)
AGAINST = {
    Status.REFUSED: "this refusal",
    Status.REVOKED: "this revocation",
    Status.APPROVED_WITH_CONDITIONS: "the conditions",
}
DECIDED = {
    Status.APPROVED: "Your application is approved.",
    Status.APPROVED_WITH_CONDITIONS: "Your application is approved with conditions.",
    Status.REFUSED: "Your application is refused.",
    Status.REVOKED: "The approval of your interest is revoked.",
}
AGAIN = {
    Status.APPROVED: "Your interest stays approved, without conditions.",
    Status.APPROVED_WITH_CONDITIONS: "Your interest stays approved, with these conditions.",
}
DISMISSED = {
    Status.REFUSED: "The refusal stands.",
    Status.REVOKED: "The revocation stands.",
    Status.APPROVED_WITH_CONDITIONS: "The conditions stand.",
}
ON_APPEAL = {
    Status.APPROVED: "Your interest is approved, without conditions.",
    Status.APPROVED_WITH_CONDITIONS: "Your interest is approved with these conditions.",
}
NOT_ALLOWED = (
    "You may not do it. Carrying on after a refusal may be a matter of conduct{more}. PSD looks "
    "whether the decision is kept."
)
GROSS = ", up to gross misconduct"
KEEP_TO_IT = "Tell PSD at once of any change in the circumstances, the hours or your role."
KEEP_CONDITIONS = "PSD checks that conditions are kept."


@dataclass(frozen=True, slots=True)
class Letter:
    """A written notice, word for word."""

    title: str
    sender: str
    to: Sequence[str]
    facts: Sequence[Fact]
    decision: Sequence[str]
    reasons: str
    by: str
    conditions: Sequence[str]
    appeal: Sequence[str]
    remember: Sequence[str]

    @property
    def plain(self) -> dict[str, object]:
        """What the PDF's template takes: texts and lists of them."""
        return {
            "title": self.title,
            "sender": self.sender,
            "to": list(self.to),
            "facts": [[fact.label, fact.value] for fact in self.facts],
            "decision": list(self.decision),
            "reasons": self.reasons,
            "by": self.by,
            "conditions": list(self.conditions),
            "appeal": list(self.appeal),
            "remember": list(self.remember),
        }


def letter(notice: WrittenNotice) -> Letter:
    """The notice as it was given: its own row and its decision never change."""
    case, decision = notice.interest.case, notice.decision
    who = (case.subject_name, case.subject_grade, str(case.subject_unit or ""))
    by = decision.decided_by.display
    return Letter(
        title=f"Decision on your business interest, {case.reference}",
        sender=case.scope_name,
        to=[line for line in who if line],
        facts=facts_of_notice(notice),
        decision=decision_words(notice),
        reasons=decision.reason,
        by=f"{by}, in person" if decision.stage == Stage.APPEAL else f"{by}, for PSD",
        conditions=notice.conditions,
        appeal=appeal_words(notice),
        remember=remember_words(notice),
    )


def facts_of_notice(notice: WrittenNotice) -> list[Fact]:
    interest = notice.interest
    facts = [
        Fact("Reference", interest.case.reference),
        Fact("Date", day(notice.given_at)),
        Fact("Application received", day(interest.case.received_at)),
        Fact("What it is about", interest.title),
        Fact("Kind", interest.get_category_display()),
        Fact("Legal basis", interest.get_legal_basis_display()),
    ]
    if notice.review_on and notice.outcome in LIVE:
        facts.append(Fact("Review due by", day(notice.review_on)))
    if notice.appeal_by:
        facts.append(Fact("Last day to appeal", day(notice.appeal_by)))
    return facts


def decision_words(notice: WrittenNotice) -> list[str]:
    """What was decided; of an appeal, how it ended and what that leaves."""
    status, decision = Status(notice.outcome), notice.decision
    if decision.stage != Stage.APPEAL:
        return [(AGAIN if stood_before(notice) and status in LIVE else DECIDED)[status]]
    if decision.outcome == AppealOutcome.DISMISSED:
        return ["Your appeal is dismissed.", DISMISSED[status]]
    ended = "upheld" if decision.outcome == AppealOutcome.UPHELD else "decided: conditions varied"
    return [f"Your appeal is {ended}.", ON_APPEAL[status]]


def stood_before(notice: WrittenNotice) -> bool:
    """Whether the interest was approved when this was decided, by the notice before."""
    before = notice.interest.notices.filter(pk__lt=notice.pk).order_by("-pk").first()
    return before is not None and before.outcome in LIVE


def appeal_words(notice: WrittenNotice) -> list[str]:
    """The right of appeal: until when, to whom, with whose help."""
    if notice.appeal_by is None:
        dismissed = notice.decision.outcome == AppealOutcome.DISMISSED
        return ["There is no further appeal within the force."] if dismissed else []
    basis = LegalBasis(notice.interest.legal_basis)
    against = AGAINST[Status(notice.outcome)]
    return [
        f"You may appeal against {against}. The last day to appeal is {day(notice.appeal_by)}.",
        f"{HEARING} {FRIENDS.get(basis, COLLEAGUE)}",
        HOW_TO_APPEAL,
    ]


def remember_words(notice: WrittenNotice) -> list[str]:
    """What the person must keep to."""
    if notice.outcome in ENDED:
        officer = notice.interest.legal_basis == LegalBasis.POLICE_REGULATIONS
        return [NOT_ALLOWED.format(more=GROSS if officer else "")]
    return [KEEP_TO_IT, *([KEEP_CONDITIONS] if notice.conditions else [])]
