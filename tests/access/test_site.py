"""The site's own pages, for everybody, about everything; and that nothing is left unclassified."""

from collections.abc import Callable

import pytest

from integrity.casework.registry import registers
from tests.access.matrix import Matrix
from tests.access.oracle import VERBS
from tests.access.routes import OF_BOARDS, PAGES, SITE, routes, unclassified
from tests.access.things import Things
from tests.builders import World


def test_every_route_is_classified() -> None:
    assert not unclassified(), "\n".join(unclassified())
    assert set(PAGES) == {route.key for route in routes()}


def test_every_verb_of_every_register_is_somebodys_part() -> None:
    assert {slug: set(verbs) for slug, verbs in VERBS.items() if slug != "crosschecks"} == {
        register.slug: {row.verb for row in register.workflow} for register in registers()
    }


@pytest.mark.usefixtures("media", "ledger_key")
def test_the_site_answers_as_the_documents_say(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    of_site = [r for r in routes() if r.key in SITE and not r.key.startswith(OF_BOARDS)]
    matrix = Matrix(Things(world), of_site).run()
    assert not matrix.wrong, matrix.report
    assert matrix.cells > 5_000
    record_property("measured", f"access matrix of the site: {matrix.measured}")
