"""A unit's head returns nil, PSD prepares a board and assesses its force: on a wide page and on a phone."""

import pytest
from django.utils import timezone

from integrity.casework.models import NilReturn
from registers.governance import actions
from registers.governance.models import HealthAnswer, MeetingDecision
from tests import boards
from tests.builders import World
from tests.journeys.conftest import PHONE, SignIn
from tests.journeys.widths import shown


@pytest.fixture
def headed(world: World) -> World:
    world.patrol.head = world.sergeant
    world.patrol.save()
    return world


@pytest.mark.parametrize("script", [True, False])
def test_a_units_head_says_on_a_phone_that_there_was_nothing(
    headed: World, sign_in: SignIn, *, script: bool
) -> None:
    head = sign_in(headed.sergeant, viewport=PHONE, script=script)
    head.page.goto(f"{head.base}/nil-returns/")
    if script:
        shown(head)
    head.page.locator("main input[type=checkbox]").first.focus()
    head.page.keyboard.press("Space")
    with head.page.expect_navigation():
        head.page.locator("main button[type=submit]").first.click()
    said = NilReturn.objects.get()
    assert (said.unit, said.stated_by) == (headed.patrol, headed.sergeant)
    reviewer = sign_in(headed.psd_head)
    reviewer.open("/psd/nil-returns/?force=NMR")
    shown(reviewer)
    assert headed.patrol.name in reviewer.page.inner_text("main")


def test_psd_prepares_a_board_and_assesses_its_force(world: World, sign_in: SignIn) -> None:
    now, head = timezone.now(), world.psd_head
    board = boards.force_board(world)
    boards.seat(board, world.assistant_chief, world)
    meeting = boards.meeting(board, world)
    task = boards.action(meeting, world.assistant_chief, world)
    item = boards.plan_item(world.assistant_chief, world)
    check = actions.start_health_check(world.northmoor, by=head, now=now)
    held = actions.start_policy_assessment(world.northmoor, by=head, now=now)
    visitor = sign_in(head)
    for path in (
        "", "boards/new/", f"boards/{board.pk}/", f"boards/{board.pk}/members/new/",
        f"meetings/{meeting.pk}/", f"meetings/{meeting.pk}/papers/new/", f"actions/{task.pk}/",
        "plan/NMR/", "plan/NMR/new/", f"plan/NMR/{item.pk}/", f"plan/NMR/{item.pk}/close/",
        "health/", f"health/{check.pk}/", "clauses/", f"clauses/{held.pk}/",
        f"clauses/{held.pk}/{held.clauses[0].pk}/", "threats/", "quarterly/", "statements/",
        "statements/NMR/new/",
    ):  # fmt: skip
        visitor.open(f"/governance/{path}")
        shown(visitor)
    visitor.open(f"/governance/meetings/{meeting.pk}/decisions/new/")
    visitor.page.locator("main textarea").fill("The registers are compared each month.")
    visitor.follow(visitor.page.locator("main button[type=submit]"))
    assert MeetingDecision.objects.get().recorded_by == head
    visitor.open(f"/governance/health/{check.pk}/questions/{check.questions[0].pk}/")
    shown(visitor)
    visitor.page.get_by_role("radio").last.check()
    visitor.page.locator("main textarea").first.fill("The register of last month.")
    visitor.follow(visitor.page.locator("main button[type=submit]"))
    assert HealthAnswer.objects.get().score == 3
