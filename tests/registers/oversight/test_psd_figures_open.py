"""Every figure of PSD's dashboard opens into as many entries as it says."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.builders import World

PAGE = "/oversight/psd/"
WHEN = {"from": "2026-04-01", "to": "2026-06-30"}
LINK = re.compile(
    r'<a class="govuk-link" href="(/oversight/(?:entries|now)/[^"]+)">'
    r"(?:<span[^>]*>)?(?:<span[^>]*>)?([\d,]+)<"
)


def figures_in(body: str) -> set[tuple[str, int]]:
    """Each figure that is a link, with its address."""
    return {(unescape(path), int(n.replace(",", ""))) for path, n in LINK.findall(body)}


@pytest.mark.parametrize("query", [{}, {"unit": "patrol", "band": "constables"}])
def test_every_figure_opens_into_as_many_entries(
    busy_world: World, client: Client, query: dict[str, str]
) -> None:
    if "unit" in query:
        query = {**query, "unit": str(busy_world.patrol.pk)}
    client.force_login(busy_world.reviewer)
    found = figures_in(client.get(PAGE, {**WHEN, **query}).content.decode())
    assert len(found) > 50
    for path, n in found:
        answer = client.get(path)
        assert answer.status_code == 200, path
        shown = answer.context["page"].object_list
        if "/entries/" in path:
            assert sum(fact.n for fact in shown) == n, path
        elif "pile=samples.missing" in path:
            assert sum(week.shown - week.logged for week in shown) == n, path
        else:
            assert len(shown) == n, path
