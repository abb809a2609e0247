from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils import formats

from integrity.ui.templatetags import ui
from tests.integrity.ui.page import Page
from tests.integrity.ui.sample import NASTY


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("1234.5"), "£1,234.50"),
        (0, "£0.00"),
        (Decimal("-5"), "−£5.00"),
        ("12", "£12.00"),
        (None, ""),
        ("", ""),
        ("much", "much"),
    ],
)
def test_money(value, shown):
    assert ui.money(value) == shown


def test_dates_are_words_in_london():
    summer = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    assert ui.day(dt.date(2026, 3, 3)) == "3 March 2026"
    assert ui.day(summer) == "2 July 2026"
    assert ui.moment(summer) == "2 July 2026, 00:30"
    assert ui.day(None) == ui.moment(None) == ""


def test_django_s_own_formats_are_ours():
    assert formats.date_format(dt.date(2026, 3, 3)) == "3 March 2026"
    noon = dt.datetime(2026, 3, 3, 14, 2, tzinfo=dt.UTC)
    assert formats.date_format(noon, "DATETIME_FORMAT") == "3 March 2026, 14:02"


def test_sentences_and_lists():
    assert ui.sentence("it is not yours") == "It is not yours."
    assert ui.sentence("Really?") == "Really?"
    assert ui.listed(["Ann", "Bo", "Cy"]) == "Ann, Bo and Cy"


def test_tags_have_a_colour_for_a_status_and_are_escaped():
    assert "govuk-tag--red" in ui.tag("refused", label="Refused by PSD")
    assert "govuk-tag--grey" in ui.tag("no-such-status")
    assert "Awaiting decision" in ui.tag("awaiting_decision")
    assert "govuk-tag--purple" in ui.tag("x", colour="purple")
    assert "<script>" not in ui.tag(NASTY)


def test_pages_keep_the_other_parameters():
    page = Paginator(range(100), 10).get_page(5)
    request = RequestFactory().get("/", {"q": "fleet", "page": "5"})
    source = '{% include "components/pagination.html" with page=page only %}'
    links = Page(Template(source).render(RequestContext(request, {"page": page}))).all("a")
    assert all("q=fleet" in link["href"] for link in links)
    assert [link["href"] for link in links if link.get("aria-current")] == ["?q=fleet&page=5"]
    assert ui.page_links(Paginator([1], 10).get_page(1)) == []


def test_components_escape_what_they_are_given():
    row = SimpleNamespace(
        label=NASTY, value=NASTY, url="/", title=NASTY, text=NASTY, by=NASTY, at=None, count=1
    )
    given = {"nasty": NASTY, "rows": [row], "cells": [[NASTY, row]], "columns": [NASTY, row]}
    source = """
    {% include "components/table.html" with rows=cells columns=columns caption=nasty only %}
    {% include "components/timeline.html" with events=rows title=nasty only %}
    {% include "components/breadcrumbs.html" with items=rows only %}
    {% include "components/details.html" with summary=nasty text=nasty only %}
    {% include "components/panel.html" with title=nasty text=nasty reference=nasty only %}
    {% include "components/notification_banner.html" with text=nasty title=nasty only %}
    {% include "components/warning_text.html" with text=nasty only %}
    {% include "components/inset.html" with text=nasty only %}
    {% include "components/empty_state.html" with text=nasty url="/" label=nasty only %}
    {% include "components/button.html" with label=nasty name=nasty value=nasty only %}
    {% include "components/back_link.html" with url="/" label=nasty only %}
    """
    page = Page(Template(source).render(Context(given)))
    assert not page.all("script")
    assert page.html.count("&lt;script&gt;") >= 15
