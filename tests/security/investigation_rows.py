"""A row of every table of integrity investigations, and how each belongs to somebody."""

from collections.abc import Mapping
from typing import Any

from integrity.casework.models import Referral
from integrity.people.models import Force, User
from registers.investigations import actions, rate
from registers.investigations.facts import InvestigationFacts
from registers.investigations.models import (
    Concern,
    ConcernMessage,
    ExternalReferral,
    Investigation,
    Lead,
    PostCheck,
    Restriction,
    SocialMediaPost,
)
from tests import investigations
from tests.builders import NOW, TODAY, read_anew

CASE = ("case_id", "casework_case")
INVESTIGATION = ("investigation_id", "investigations_investigation")
POLICY = ("policy_id", "investigations_investigationpolicy")
OF_INVESTIGATION = ("restriction", "externalreferral", "socialmediapost")
THROUGH: Mapping[str, tuple[str, str]] = {
    "investigations_investigation": CASE,
    "investigations_postcheck": ("post_id", "investigations_socialmediapost"),
    "investigations_concernmessage": ("concern_id", "investigations_concern"),
    "investigations_investigationweight": POLICY,
    "investigations_investigationpolicy_joint_forces": (
        "investigationpolicy_id",
        "investigations_investigationpolicy",
    ),
    **{f"investigations_{name}": INVESTIGATION for name in OF_INVESTIGATION},
}
# Read by the forces that share a standards department: what a policy says.
NEAR = {
    "investigations_investigationpolicy",
    "investigations_investigationpolicy_joint_forces",
    "investigations_investigationweight",
}


def open_one(force: Force, subject: User, actor: User) -> Investigation:
    return actions.open_investigation(
        facts=InvestigationFacts(title="A leak", subject=subject),
        home=force,
        by=read_anew(actor),
        now=NOW,
    )


def fill_investigations(force: Force, subject: User, actor: User) -> None:
    """An investigation of this force with something of everything that can hang on one."""
    opened = open_one(force, subject, actor)
    at: dict[str, Any] = {"investigation": opened}
    Restriction.objects.create(**at, kind="suspended", from_on=TODAY, set_at=NOW, set_by=actor)
    ExternalReferral.objects.create(
        **at, body="IOPC", referred_on=TODAY, made_at=NOW, made_by=actor
    )
    facts = investigations.post_facts()
    post = SocialMediaPost.objects.create(
        **at,
        platform=facts.platform,
        account=facts.account,
        behaviour=facts.behaviour,
        found_on=facts.found_on,
        next_check_on=TODAY,
        made_at=NOW,
        made_by=actor,
    )
    PostCheck.objects.create(
        post=post, checked_on=TODAY, still_there=True, checked_at=NOW, checked_by=actor
    )
    sent = {"force": force, "about": "A concern", "reason": "It is so.", "made_at": NOW}
    taken, waiting = (
        Referral.objects.create(**sent, source=source, made_by=by)
        for source, by in (("person", actor), ("anonymous", None))
    )
    Lead.objects.create(**at, referral=taken, force=force, dealt_at=NOW, dealt_by=actor)
    concern = Concern.objects.create(
        force=force, referral=waiting, code_hash=f"{force.code:0>64}", received_on=TODAY
    )
    ConcernMessage.objects.create(concern=concern, from_psd=False, text="It is so.", on=TODAY)
    rate.may_try(force.code, now=NOW)
