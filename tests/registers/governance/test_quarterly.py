"""The quarterly meeting: on record once, its actions carried forward, each part for its reader."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from integrity.casework.clocks import add_months
from integrity.casework.workflow import Denied
from registers.governance import actions
from registers.governance.enums import TaskStatus
from registers.governance.models import QuarterlyAction, QuarterlyMeeting
from tests.builders import World
from tests.constraints import again, change, refuses
from tests.registers.governance.assessed import (
    NOW,
    QUARTER,
    SOON,
    TODAY,
    met,
    opens_for,
    signed_in,
    words,
)

pytestmark = pytest.mark.django_db
LIST = "/governance/quarterly/"
LAST = add_months(QUARTER, -3)


def key(quarter: object = QUARTER) -> str:
    return f"{quarter.year}-{(quarter.month + 2) // 3}"  # type: ignore[attr-defined]


def address(quarter: object = QUARTER) -> str:
    return f"{LIST}NMR/{key(quarter)}/"


def given(world: World, meeting: QuarterlyMeeting | None = None) -> QuarterlyAction:
    return actions.add_quarterly_action(
        meeting or met(world),
        what="Ask the outlets.",
        owner=world.press_officer,
        due_on=SOON,
        by=world.procurement_officer,
        now=NOW,
    )


CASES: dict[str, Callable[[World], object]] = {
    "quarterly_meeting_is_held_once": lambda world: again(met(world)),
    "meeting_quarter_is_its_first_day": lambda world: change(
        met(world, LAST), quarter=LAST + timedelta(days=1)
    ),
    "quarterly_meeting_is_held_after_it": lambda world: change(
        met(world), held_on=QUARTER - timedelta(days=1)
    ),
    "quarterly_meeting_says_who_and_what": lambda world: change(met(world), present=""),
    "quarterly_action_closed_with_evidence": lambda world: change(
        given(world), status=TaskStatus.CLOSED
    ),
    "quarterly_action_says_what": lambda world: change(given(world), what=""),
}
NAMES = [
    constraint.name
    for model in (QuarterlyMeeting, QuarterlyAction)
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("name", NAMES)
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_it_is_on_record_once(world: World) -> None:
    met(world)
    with pytest.raises(Denied, match="on record already"):
        met(world)


def test_it_is_held_by_today_and_after_its_quarter_began(world: World) -> None:
    said = {"present": "Head of PSD", "note": "Done.", "by": world.reviewer, "now": NOW}
    record = actions.record_quarterly_meeting
    with pytest.raises(Denied, match="today or earlier"):
        record(world.northmoor, quarter=QUARTER, held_on=TODAY + timedelta(days=1), **said)
    with pytest.raises(Denied, match="after the quarter began"):
        record(world.northmoor, quarter=QUARTER, held_on=QUARTER - timedelta(days=1), **said)


@pytest.mark.parametrize(
    "who", ["constable", "governance_member", "inspector", "harbour_reviewer", "administrator"]
)
def test_others_record_none(who: str, world: World) -> None:
    with pytest.raises(Denied, match="Only PSD, procurement and the press office"):
        actions.record_quarterly_meeting(
            world.northmoor,
            quarter=QUARTER,
            held_on=TODAY,
            present="Head of PSD",
            note="Done.",
            by=getattr(world, who),
            now=NOW,
        )


def test_an_action_is_of_those_who_meet_and_closed_on_evidence(world: World) -> None:
    meeting = met(world)
    with pytest.raises(Denied, match="Choose somebody of PSD"):
        actions.add_quarterly_action(
            meeting, what="Ask.", owner=world.constable, due_on=SOON, by=world.reviewer, now=NOW
        )
    with pytest.raises(Denied, match="on or after the day"):
        actions.add_quarterly_action(
            meeting,
            what="Ask.",
            owner=world.reviewer,
            due_on=TODAY - timedelta(days=1),
            by=world.reviewer,
            now=NOW,
        )
    task = given(world, meeting)
    with pytest.raises(Denied, match="what shows"):
        actions.close_quarterly_action(task, evidence=" ", by=world.press_officer, now=NOW)
    done = actions.close_quarterly_action(task, evidence="Asked.", by=world.press_officer, now=NOW)
    assert (done.is_open, done.closed_by) == (False, world.press_officer)
    with pytest.raises(Denied, match="closed already"):
        actions.close_quarterly_action(task, evidence="Asked.", by=world.press_officer, now=NOW)


# --- pages ----------------------------------------------------------------------------------------


def test_who_reads_it(world: World) -> None:
    met(world)
    readers = {"psd head", "reviewer", "procurement", "press", "inspector"}
    assert opens_for(world, address()) == readers


def test_the_other_forces_meeting_is_404(world: World) -> None:
    task = given(world)
    client = signed_in(world.harbour_reviewer)
    assert client.get(address()).status_code == 404
    assert client.get(f"/governance/quarterly-actions/{task.pk}/close/").status_code == 404
    assert client.post(address(), {}).status_code == 404


@pytest.mark.parametrize("wrong", ["2026-5", "abc", key(add_months(QUARTER, 3))])
def test_no_such_quarter(wrong: str, world: World) -> None:
    assert signed_in(world.reviewer).get(f"{LIST}NMR/{wrong}/").status_code == 404


def test_each_reads_their_own_part_of_the_pack(world: World) -> None:
    def titles(who: str) -> set[str]:
        page = signed_in(getattr(world, who)).get(address())
        return {section.slug for section in page.context["pack"].sections}

    psd, buying, press, reads = map(
        titles, ("reviewer", "procurement_officer", "press_officer", "inspector")
    )
    assert reads == set()
    assert psd >= buying | press
    assert "rulings" in psd - buying - press


def test_an_inspector_records_nothing(world: World) -> None:
    client = signed_in(world.inspector)
    page = words(client.get(address()))
    assert "Record the meeting" not in page
    assert "each their own part" in page
    assert client.post(address(), {}).status_code == 403


def test_open_actions_are_carried_forward_until_they_are_closed(world: World) -> None:
    client = signed_in(world.procurement_officer)
    day = {"held_on_day": TODAY.day, "held_on_month": TODAY.month, "held_on_year": TODAY.year}
    said = {**day, "present": "Head of PSD", "note": "Went through it."}
    assert client.post(address(LAST), {**day, "present": "x", "note": ""}).status_code == 422
    assert client.post(address(LAST), said)["Location"] == address(LAST)
    due = {"due_on_day": SOON.day, "due_on_month": SOON.month, "due_on_year": SOON.year}
    asked = {"what": "Ask the outlets.", "owner": str(world.press_officer.pk), **due}
    assert client.post(address(LAST), asked)["Location"] == address(LAST)
    page = words(client.get(address()))
    assert "Carried forward" in page
    assert "Ask the outlets." in page
    assert "Record the meeting" in page
    task = QuarterlyAction.objects.get()
    close = f"/governance/quarterly-actions/{task.pk}/close/"
    assert client.post(close, {"evidence": ""}).status_code == 422
    assert client.post(close, {"evidence": "They were asked."})["Location"] == address(LAST)
    assert "Carried forward" not in words(client.get(address()))
    assert "They were asked." in words(client.get(address(LAST)))
    assert f"held on {TODAY:%-d %B %Y}" in words(client.get(LIST))


def test_governances_first_page_leads_there(world: World) -> None:
    given(world)
    page = words(signed_in(world.press_officer).get("/governance/"))
    assert LIST in page
    assert "1 open action of yours" in page
    assert "/governance/health/" not in page
    page = words(signed_in(world.governance_member).get("/governance/"))
    assert LIST not in page
    assert "/governance/threats/" in page
