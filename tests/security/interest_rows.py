"""A row of every table of the business interests register, and how each comes to belong to somebody."""

from collections.abc import Mapping
from typing import Any

from integrity.casework.models import Decision
from integrity.people.models import Force, User
from registers.business_interests.models import (
    Appeal,
    Assessment,
    Condition,
    ConditionCheck,
    FollowUp,
    Interest,
    PdrRecord,
    RefusalDiscussion,
    Review,
    WrittenNotice,
)
from tests import interests
from tests.builders import NOW, TODAY

CASE = ("case_id", "casework_case")
INTEREST = ("interest_id", "business_interests_interest")
POLICY = ("policy_id", "business_interests_interestpolicy")
OF_INTEREST = ("assessment", "condition", "followup", "review", "writtennotice", "appeal")
OF_POLICY = (
    "conditiontemplate",
    "factorweight",
    "listedoccupation",
    "memberrule",
    "reviewinterval",
)
THROUGH: Mapping[str, tuple[str, str]] = {
    "business_interests_interest": CASE,
    "business_interests_conditioncheck": ("condition_id", "business_interests_condition"),
    "business_interests_interestpolicy_joint_forces": (
        "interestpolicy_id",
        "business_interests_interestpolicy",
    ),
    **{f"business_interests_{name}": INTEREST for name in OF_INTEREST},
    **{f"business_interests_{name}": POLICY for name in OF_POLICY},
}
# Read by the forces that share a standards department: what a policy says.
NEAR = {
    "business_interests_interestpolicy",
    "business_interests_interestpolicy_joint_forces",
    *(f"business_interests_{name}" for name in OF_POLICY),
}


def fill_interests(force: Force, subject: User, actor: User, line: User) -> None:
    """An interest of this force with something of everything that can hang on one."""
    interest: Interest = interests.apply(subject)
    at: dict[str, Any] = {"interest": interest}
    Assessment.objects.create(
        **at, round=1, kind="hr", view="support", subject=subject, assessed_at=NOW, assessed_by=line
    )
    condition = Condition.objects.create(
        **at,
        text="No uniform.",
        kind="no_uniform",
        check_method="visit",
        check_months=6,
        next_check_on=TODAY,
        set_at=NOW,
        set_by=actor,
    )
    ConditionCheck.objects.create(
        condition=condition,
        outcome="kept",
        method="visit",
        evidence="Seen.",
        checked_at=NOW,
        checked_by=actor,
    )
    FollowUp.objects.create(**at, months=1, due_on=TODAY)
    Review.objects.create(**at, cause="psd", due_on=TODAY, opened_at=NOW, opened_by=actor)
    notice = notice_of(interest, actor)
    notice_of(interests.apply(subject), actor)  # against which nobody has appealed
    Appeal.objects.create(
        **at,
        notice=notice,
        stood_at="refused",
        grounds="Unfair.",
        made_at=NOW,
        made_by=subject,
        papers_by=TODAY,
        decide_by=TODAY,
    )
    PdrRecord.objects.create(
        force=force, person=subject, held_on=TODAY, covered=[], recorded_at=NOW, recorded_by=line
    )
    RefusalDiscussion.objects.create(
        force=force,
        held_on=TODAY,
        references=[],
        present="All.",
        note="None.",
        recorded_at=NOW,
        recorded_by=actor,
    )


def notice_of(interest: Interest, actor: User) -> WrittenNotice:
    decision = Decision.objects.create(
        case=interest.case,
        round=1,
        stage="psd",
        outcome="refused",
        reason="It is.",
        subject=interest.case.subject,
        decided_at=NOW,
        decided_by=actor,
    )
    return WrittenNotice.objects.create(
        interest=interest,
        decision=decision,
        outcome="refused",
        conditions=[],
        given_at=NOW,
        appeal_by=TODAY,
    )
