"""What the receipts of this register say, and that each holds the data of its own case alone."""

import json
import re

import pytest

from integrity.audit.models import Audience, Event
from integrity.casework.receipts import events_with_receipts
from integrity.casework.registry import Fact
from registers.business_interests.enums import Category, ConditionKind, Holder, Status, Verb
from registers.business_interests.facts import ConditionFacts
from registers.business_interests.models import Interest
from registers.business_interests.recorded import recorded
from registers.business_interests.workflow import TRANSITIONS
from tests import builders
from tests.builders import World
from tests.constraints import change
from tests.interests import HOURS, NO_UNIFORM, apply, fresh, interest_in, perform

S = Status
pytestmark = pytest.mark.django_db
RECEIPTED = {
    Verb.APPLY,
    Verb.APPROVE,
    Verb.SECOND_APPROVE,
    Verb.REFUSE,
    Verb.APPEAL,
    Verb.SEND_PAPERS,
    Verb.DECIDE_APPEAL,
    Verb.RENEW,
    Verb.VARY,
    Verb.REVOKE,
    Verb.REPORT_CHANGE,
    Verb.CEASE,
}


def event(interest: Interest, verb: Verb) -> Event:
    name = TRANSITIONS[verb].event
    return Event.objects.filter(about="case", about_id=interest.case_id, name=name).latest("pk")


def lines(interest: Interest, verb: Verb) -> dict[str, str]:
    """The lines of a receipt, as the ledger's bytes say them."""
    facts = json.loads(json.dumps(event(interest, verb).facts))
    found = list(recorded(facts))
    assert all(isinstance(line, Fact) and line.value for line in found)
    assert len({line.label for line in found}) == len(found), "no label is said twice"
    return {line.label: line.value for line in found}


def test_what_is_submitted_and_decided_has_a_receipt() -> None:
    assert {Verb(row.verb) for row in TRANSITIONS if row.receipt} == RECEIPTED


def test_the_receipt_of_an_application_says_what_was_stated(world: World) -> None:
    interest = fresh(
        apply(
            world.constable,
            description="Weekends",
            weeks_worked=10,
            uses_police_knowledge=True,
            conflict_note="I know the area.",
        )
    )
    assert lines(interest, Verb.APPLY) == {
        "Applicant": "PC N0006 Constable Constable",
        "Kind of interest": "Waged employment",
        "Whose it is": "Mine",
        "What it is": "Gardener",
        "More about it": "Weekends",
        "Employer or business": "Fallow Hill Garden Centre",
        "Hours a week": "4",
        "Weeks worked": "10",
        "Uses police knowledge or contacts": "Yes",
        "Supplies the force": "No",
        "Could reflect on the force": "No",
        "More about that": "I know the area.",
        "Legal basis": "Police Regulations 2003, regulations 7 to 9 (as substituted in August 2012)",
    }


def test_the_receipt_of_a_relative_s_licence_names_the_premises(world: World) -> None:
    interest = fresh(
        apply(
            world.constable,
            category=Category.RELATIVES_LICENCE,
            holder=Holder.RELATIVE,
            relative="Ann Roe, mother",
            occupation="Landlady",
            organisation="",
            hours_a_week=None,
            licence_kind="alcohol",
            licensed_premises="The Anchor",
            in_force_area=True,
        )
    )
    said = lines(interest, Verb.APPLY)
    assert (said["Whose it is"], said["Relative"]) == ("A relative’s", "Ann Roe, mother")
    assert (said["Licence for"], said["Premises"], said["In the force area"]) == (
        "Sale of alcohol",
        "The Anchor",
        "Yes",
    )
    assert not {"Employer or business", "Hours a week", "Property"} & set(said)


def test_the_receipt_of_a_decision_says_what_was_decided(world: World) -> None:
    approved = interest_in(S.APPROVED_WITH_CONDITIONS, world)
    assert lines(approved, Verb.APPROVE) == {
        "Outcome": "Approved with conditions",
        "Decided at the stage": "PSD",
        "Conditions": f"{HOURS.text}\n{NO_UNIFORM.text}",
        "Reviewed by": "15 June 2027",
    }
    refused = interest_in(S.REFUSED, world)
    assert lines(refused, Verb.REFUSE) == {
        "Outcome": "Refused",
        "Decided at the stage": "PSD",
        "Ground": "Conflict with the role",
    }
    revoked = interest_in(S.REVOKED, world)
    assert lines(revoked, Verb.REVOKE) == {
        "Outcome": "Approval revoked",
        "Decided at the stage": "PSD",
        "Ground": "Risk to the force’s reputation",
    }


def test_the_receipt_of_a_second_approval_says_its_stage(world: World) -> None:
    interest = interest_in(S.SECOND_APPROVAL, world)
    interest = perform(Verb.SECOND_APPROVE, interest, by=world.other_reviewer, in_world=world)
    said = lines(interest, Verb.SECOND_APPROVE)
    assert (said["Outcome"], said["Decided at the stage"]) == ("Approved", "Second approver")
    assert TRANSITIONS[Verb.APPROVE].event not in {
        each.name for each in events_with_receipts(interest.case)
    }, "what was proposed within PSD is no decision that anybody is told"


def test_the_receipts_of_an_appeal(world: World) -> None:
    interest = interest_in(S.APPEALED, world)
    assert lines(interest, Verb.APPEAL) == {"Police friend": "PS Friend"}
    assert event(interest, Verb.APPEAL).reason == "It is unfair."
    interest = perform(Verb.SEND_PAPERS, interest, by=world.constable, in_world=world)
    assert lines(interest, Verb.SEND_PAPERS) == {"Papers": "My letter."}
    interest = perform(Verb.DECIDE_APPEAL, interest, by=world.chief, in_world=world)
    said = lines(interest, Verb.DECIDE_APPEAL)
    assert said["Outcome"] == "Dismissed: the decision stands"
    assert said["Decided at the stage"] == "Appeal to the chief officer"


def test_the_receipts_of_what_is_kept(world: World) -> None:
    interest = interest_in(S.APPROVED, world)
    interest = perform(Verb.REPORT_CHANGE, interest, by=world.constable, in_world=world)
    assert event(interest, Verb.REPORT_CHANGE).reason == "A new branch."
    interest = perform(Verb.RENEW, interest, by=world.reviewer, in_world=world)
    assert lines(interest, Verb.RENEW)["Reviewed by"] == "15 June 2027"
    interest = perform(Verb.VARY, interest, by=world.reviewer, in_world=world)
    assert lines(interest, Verb.VARY)["Conditions"] == HOURS.text
    interest = perform(Verb.CEASE, interest, by=world.constable, in_world=world)
    assert lines(interest, Verb.CEASE) == {"On": "15 June 2026"}


def test_a_receipt_holds_nobody_else_s_data(world: World) -> None:
    """Nobody named in a force but the applicant and whoever acted; no view, score or evidence."""
    for person in world.people().values():
        change(person, last_name=f"Surname{person.pk}")
    constable, reviewer = (builders.read_anew(u) for u in (world.constable, world.reviewer))
    interest = fresh(apply(constable))
    interest = perform(Verb.GIVE_VIEW, interest, by=world.sergeant, in_world=world)
    interest.assessments.update(note="NEVER")
    agent = ConditionFacts("Through an agent.", kind=ConditionKind.AGENT)
    interest = perform(
        Verb.APPROVE, interest, by=reviewer, in_world=world, conditions=(HOURS, agent)
    )
    interest = perform(
        Verb.CHECK_CONDITION, interest, by=reviewer, in_world=world, evidence="NEVER"
    )
    interest = perform(Verb.REVOKE, interest, by=reviewer, in_world=world)
    interest = perform(Verb.APPEAL, interest, by=constable, in_world=world)
    perform(Verb.DECIDE_APPEAL, interest, by=builders.read_anew(world.chief), in_world=world)
    found = events_with_receipts(interest.case)
    assert found.count() == 5
    for each in found:
        assert each.audience == Audience.CASE
        said = json.dumps(each.facts) + each.reason
        assert "NEVER" not in said
        named = {int(pk) for pk in re.findall(r"Surname(\d+)", said)}
        assert named <= {constable.pk, each.actor_id}
        assert "risk" not in each.facts
