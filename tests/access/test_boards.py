"""What boards keep and the figures they read, for everybody; a file of its own, for a worker of its own."""

from collections.abc import Callable

import pytest

from tests.access.boards_oracle import BODIES
from tests.access.matrix import Matrix
from tests.access.oracle import CAST
from tests.access.routes import OF_BOARDS, otherwise, routes
from tests.access.things import Things
from tests.builders import World


def test_a_member_of_each_body_is_asked_about_every_other() -> None:
    assert {actor.member for actor in CAST.values()} - {""} == BODIES


@pytest.mark.usefixtures("media", "ledger_key")
def test_boards_and_figures_answer_as_the_documents_say(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    of_boards = [route for route in routes() if route.key.startswith(OF_BOARDS)]
    matrix = Matrix(Things(world), [*of_boards, *otherwise()]).run()
    assert not matrix.wrong, matrix.report
    assert matrix.cells > 5_000
    record_property("measured", f"access matrix of boards and figures: {matrix.measured}")
