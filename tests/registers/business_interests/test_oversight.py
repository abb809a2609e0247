"""That a PDR covered somebody's interests, and that a meeting discussed the refusals."""

from datetime import date, timedelta

import pytest

from integrity.audit.models import Event
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.business_interests import actions
from registers.business_interests.enums import Status
from registers.business_interests.models import PdrRecord, RefusalDiscussion
from tests.builders import NOW, TODAY, World
from tests.interests import interest_in

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def pdr(world: World, *, by: User | None = None, held_on: date = TODAY) -> PdrRecord:
    return actions.record_pdr(
        world.constable,
        held_on=held_on,
        covered=["BI-2026-000001"],
        note="He is content.",
        by=by or world.sergeant,
        now=NOW,
    )


def discussion(world: World, *, by: User | None = None, held_on: date = TODAY) -> RefusalDiscussion:
    return actions.record_discussion(
        world.northmoor,
        held_on=held_on,
        references=["BI-2026-000001"],
        present="DCC, head of PSD, head of legal services",
        note="Two door supervisors from one unit.",
        by=by or world.psd_head,
        now=NOW,
    )


def test_a_pdr_keeps_what_it_covered(world: World) -> None:
    interest = interest_in(Status.REFUSED, world)
    made = actions.record_pdr(
        world.constable,
        held_on=TODAY,
        covered=[interest.case.reference],
        note="",
        by=world.sergeant,
        now=NOW,
    )
    assert (made.force, made.person, made.covered, made.recorded_by) == (
        world.northmoor,
        world.constable,
        [interest.case.reference],
        world.sergeant,
    )
    event = Event.objects.latest("pk")
    assert (event.name, event.about, event.about_id, event.force_id) == (
        "PDR covered business interests",
        "person",
        world.constable.pk,
        world.northmoor.pk,
    )
    assert event.facts == {"held_on": "2026-06-15", "covered": [interest.case.reference]}


@pytest.mark.parametrize("who", ["constable", "colleague", "inspector_of_police", "psd_head"])
def test_a_pdr_is_the_line_manager_s_to_record(who: str, world: World) -> None:
    with pytest.raises(Denied, match="line manager"):
        pdr(world, by=getattr(world, who))
    assert not PdrRecord.objects.exists()


def test_a_pdr_was_held_and_is_recorded_once_a_day(world: World) -> None:
    with pytest.raises(Denied, match="today or earlier"):
        pdr(world, held_on=TOMORROW)
    pdr(world)
    with pytest.raises(Denied, match="on record already"):
        pdr(world)
    pdr(world, held_on=TODAY - timedelta(days=365))
    assert PdrRecord.objects.count() == 2


def test_a_meeting_keeps_who_was_there_and_what_was_said(world: World) -> None:
    made = discussion(world)
    assert (made.force, made.references, made.recorded_by) == (
        world.northmoor,
        ["BI-2026-000001"],
        world.psd_head,
    )
    event = Event.objects.latest("pk")
    assert (event.name, event.about, event.about_id) == (
        "refusals discussed",
        "force",
        world.northmoor.pk,
    )
    assert "note" not in event.facts


@pytest.mark.parametrize("who", ["reviewer", "governance_member", "inspector", "harbour_reviewer"])
def test_a_meeting_is_recorded_by_psd_s_head_or_the_register_s_owner(
    who: str, world: World
) -> None:
    with pytest.raises(Denied, match="head"):
        discussion(world, by=getattr(world, who))
    discussion(world, by=world.register_owner)


def test_meetings_are_recorded_one_after_another(world: World) -> None:
    with pytest.raises(Denied, match="today or earlier"):
        discussion(world, held_on=TOMORROW)
    discussion(world, held_on=TODAY - timedelta(days=7))
    for day in (TODAY - timedelta(days=7), TODAY - timedelta(days=30)):
        with pytest.raises(Denied, match="this day or a later one"):
            discussion(world, held_on=day)
    discussion(world)
    assert RefusalDiscussion.objects.count() == 2


def test_the_head_of_the_alliance_records_for_each_of_its_forces(world: World) -> None:
    discussion(world)
    made = actions.record_discussion(
        world.eastvale,
        held_on=TODAY,
        references=[],
        present="DCC",
        note="None.",
        by=world.psd_head,
        now=NOW,
    )
    assert made.force == world.eastvale
