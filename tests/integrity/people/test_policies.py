"""Who stands above whom, and who may therefore not decide about whom (ASSURANCE, decision 4)."""

from integrity.people.policies import conflict_of_interest, is_above, line_above
from tests.builders import World


def test_the_line_above_goes_from_the_nearest_manager_to_the_chief(world: World) -> None:
    assert list(line_above(world.constable)) == [
        world.sergeant,
        world.inspector_of_police,
        world.assistant_chief,
        world.chief,
    ]


def test_a_ring_of_managers_ends(world: World) -> None:
    world.chief.line_manager = world.constable
    world.constable.line_manager = world.chief
    assert list(line_above(world.constable)) == [world.chief]
    assert not is_above(world.constable, world.constable)


def test_nobody_decides_about_themselves(world: World) -> None:
    assert conflict_of_interest(world.reviewer, world.reviewer).endswith("yourself.")


def test_nobody_decides_about_somebody_above_them_however_far(world: World) -> None:
    for above in (world.psd_head, world.deputy_chief, world.chief):
        assert "above you" in conflict_of_interest(world.reviewer, above)


def test_nobody_decides_about_somebody_below_them_however_far(world: World) -> None:
    for above in (world.sergeant, world.inspector_of_police, world.assistant_chief):
        assert "reports to you" in conflict_of_interest(above, world.constable)
    assert "reports to you" in conflict_of_interest(world.psd_head, world.reviewer)


def test_the_head_of_the_force_has_everybody_below_them_so_that_does_not_count(
    world: World,
) -> None:
    assert conflict_of_interest(world.chief, world.constable) == ""


def test_colleagues_in_other_lines_decide_about_one_another(world: World) -> None:
    assert conflict_of_interest(world.reviewer, world.constable) == ""
    assert conflict_of_interest(world.reviewer, world.colleague) == ""
    assert conflict_of_interest(world.other_reviewer, world.chief) == ""
