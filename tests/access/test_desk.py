"""The PSD desk's pages, for everybody, about everything; a file of its own, for a worker of its own."""

from collections.abc import Callable

import pytest

from tests.access.matrix import Matrix
from tests.access.routes import SITE, routes
from tests.access.things import Things
from tests.builders import World


@pytest.mark.usefixtures("media")
def test_the_desk_answers_as_the_documents_say(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    matrix = Matrix(Things(world), [route for route in routes() if route.key not in SITE]).run()
    assert not matrix.wrong, matrix.report
    assert matrix.cells > 5_000
    record_property("measured", f"access matrix of the desk: {matrix.measured}")
