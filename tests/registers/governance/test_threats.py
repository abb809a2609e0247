"""The corruption threat assessment: posts and units, never people; what it steers; who reads it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from integrity.casework.workflow import Denied
from registers.governance import actions
from registers.governance.enums import ThreatKind
from registers.governance.findings import threats
from registers.governance.models import PlanItem, Threat, ThreatAssessment
from registers.governance.policies import person_named
from tests.builders import World
from tests.constraints import again, change, refuses
from tests.registers.governance.assessed import (
    NOW,
    SOON,
    TODAY,
    a_threat,
    opens_for,
    signed_in,
    threats_begun,
    words,
)

pytestmark = pytest.mark.django_db
LIST = "/governance/threats/"


def finished(world: World) -> ThreatAssessment:
    begun = threats_begun(world)
    a_threat(world, begun)
    return actions.finish_threat_assessment(begun, next_due=SOON, by=world.reviewer, now=NOW)


def one(world: World, **details: object) -> Threat:
    return a_threat(world, threats_begun(world), **details)


CASES: dict[str, Callable[[World], object]] = {
    "force_has_one_open_threat_assessment": lambda world: again(threats_begun(world)),
    "threat_assessment_finished_at_with_finished_by": lambda world: change(
        finished(world), finished_by=None
    ),
    "threat_assessment_finished_says_when_next": lambda world: change(
        finished(world), next_due=None
    ),
    "threat_assessment_is_next_due_after_it": lambda world: change(finished(world), next_due=TODAY),
    "threat_names_a_unit_or_a_post": lambda world: change(one(world), unit=None),
    "threat_likelihood_and_impact_are_1_to_5": lambda world: change(one(world), impact=6),
    "threat_sample_has_a_day": lambda world: change(one(world), sample="Ten diaries."),
    "threat_is_described": lambda world: change(one(world), description=""),
}
NAMES = [
    constraint.name
    for model in (ThreatAssessment, Threat)
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("name", NAMES)
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_no_threat_points_at_a_person_but_its_author(world: World) -> None:
    people = [
        field.name
        for field in Threat._meta.get_fields()
        if getattr(field.related_model, "__name__", "") == "User"
    ]
    assert people == ["written_by"]


def test_it_names_a_unit_or_a_post_of_the_force(world: World) -> None:
    with pytest.raises(Denied, match="Choose a unit, or name a post"):
        one(world, unit=None, post=" ")
    begun = ThreatAssessment.objects.first() or threats_begun(world)
    with pytest.raises(Denied, match="Choose a unit of Northmoor"):
        a_threat(world, begun, unit=world.harbour_constable.unit)
    assert a_threat(world, begun, post="Firearms licensing officer").place == (
        "Firearms licensing officer, Patrol"
    )


PEOPLE = [("Ann", "Example", "4417", "DI 4417 Ann Example"), ("Jo", "O’Neil", "", "Jo O’Neil")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The post of contracts manager", ""),
        ("Ask ann example about it", "DI 4417 Ann Example"),
        ("Ann Example’s desk", "DI 4417 Ann Example"),
        ("EXAMPLE, 4417", "DI 4417 Ann Example"),
        ("An example of 44 posts", ""),
        ("An example among 4417 records", "DI 4417 Ann Example"),
        ("Posts such as example and ann", ""),
        ("Room 4417", ""),
        ("Jo O'Neil", "Jo O’Neil"),
        ("Jo and Neil", ""),
    ],
)
def test_who_is_named(text: str, named: str) -> None:
    assert person_named(text, PEOPLE) == named


@pytest.mark.parametrize("field", ["post", "description", "controls"])
def test_it_takes_no_persons_name(field: str, world: World) -> None:
    named = f"Where {world.constable.first_name} {world.constable.last_name} works"
    with pytest.raises(Denied, match="A threat assessment is about posts and units"):
        one(world, **{field: named})


def test_it_is_finished_when_each_steers_something_or_is_held(world: World) -> None:
    begun = threats_begun(world)
    finish = actions.finish_threat_assessment
    with pytest.raises(Denied, match="at least one"):
        finish(begun, next_due=SOON, by=world.reviewer, now=NOW)
    idle = a_threat(world, begun, controls="")
    with pytest.raises(Denied, match="Say what controls hold"):
        finish(begun, next_due=SOON, by=world.reviewer, now=NOW)
    actions.plan_from_threat(
        idle, what="Split the duty.", owner=world.sergeant, due_on=SOON, by=world.reviewer, now=NOW
    )
    with pytest.raises(Denied, match="after today"):
        finish(begun, next_due=TODAY, by=world.reviewer, now=NOW)
    done = finish(begun, next_due=SOON, by=world.reviewer, now=NOW)
    assert not done.is_overdue(SOON)
    assert done.is_overdue(SOON + timedelta(days=1))
    with pytest.raises(Denied, match="finished"):
        a_threat(world, begun)
    assert PlanItem.objects.get().action == "Split the duty."


def test_a_sample_has_its_day(world: World) -> None:
    with pytest.raises(Denied, match="by when"):
        one(world, sample="Ten diaries.")
    sampled = a_threat(
        world, ThreatAssessment.objects.get() if ThreatAssessment.objects.exists() else
        threats_begun(world), sample="Ten diaries.", sample_by=SOON, controls="",
    )  # fmt: skip
    assert sampled.steers


def test_the_worst_stand_first(world: World) -> None:
    assert threats(world.northmoor) is None
    begun = threats_begun(world)
    for likelihood, impact in ((1, 5), (5, 5), (3, 2)):
        a_threat(world, begun, likelihood=likelihood, impact=impact)
    assert threats(world.northmoor) is None
    actions.finish_threat_assessment(begun, next_due=SOON, by=world.reviewer, now=NOW)
    picture = threats(world.northmoor)
    assert picture is not None
    assert [threat.score for threat in picture.threats] == [25, 6, 5]


@pytest.mark.parametrize("who", ["constable", "governance_member", "inspector", "harbour_reviewer"])
def test_others_begin_none(who: str, world: World) -> None:
    with pytest.raises(Denied, match="Only PSD and the senior lead for integrity"):
        actions.start_threat_assessment(world.northmoor, by=getattr(world, who), now=NOW)


# --- pages ----------------------------------------------------------------------------------------


def test_who_reads_it(world: World) -> None:
    found = finished(world)
    readers = {"psd head", "reviewer", "lead", "governance", "inspector"}
    assert opens_for(world, f"{LIST}{found.pk}/") == readers


def test_a_keeper_does_it_all_on_the_pages(world: World) -> None:
    client = signed_in(world.reviewer)
    page = client.post(LIST, {"force": "NMR"})["Location"]
    said = {
        "post": "Contracts manager", "kind": ThreatKind.PROCUREMENT, "description": "Sole signer.",
        "likelihood": "4", "impact": "5", "controls": "", "sample": "Ten contracts.",
        "sample_by_day": SOON.day, "sample_by_month": SOON.month, "sample_by_year": SOON.year,
    }  # fmt: skip
    full = f"{world.constable.first_name} {world.constable.last_name}"
    refused = client.post(f"{page}new/", {**said, "description": f"{full} signs alone."})
    assert refused.status_code == 422
    assert "This names" in words(refused)
    assert client.post(f"{page}new/", said)["Location"] == page
    assert "4 × 5 = 20" in words(client.get(page))
    threat = Threat.objects.get()
    again = f"{LIST}one/{threat.pk}/"
    assert "Sole signer." in words(client.get(again))
    client.post(again, {**said, "impact": "1", "unit": str(world.patrol.pk)})
    threat.refresh_from_db()
    assert (threat.score, threat.unit) == (4, world.patrol)
    due = {"due_on_day": SOON.day, "due_on_month": SOON.month, "due_on_year": SOON.year}
    client.post(f"{again}plan/", {"what": "Two signers.", "owner": world.sergeant.name, **due})
    assert "Two signers." in words(client.get(page))
    reader = signed_in(world.governance_member)
    assert {reader.get(url).status_code for url in (again, f"{page}new/")} == {403}
    assert signed_in(world.harbour_reviewer).get(again).status_code == 404
    assert client.post(page, {}).status_code == 422
    next_due = {f"next_{name}": value for name, value in due.items()}
    named = {name.replace("next_due_on", "next_due"): value for name, value in next_due.items()}
    assert client.post(page, named)["Location"] == page
    assert not ThreatAssessment.objects.get().is_open
