"""Each verb of matches, organisations and procurement, by two people at one moment (contests.py says how).

The inventory is the code's own: a verb without a contest fails first. CONTESTS=50 for more of each.
"""

import inspect
from collections.abc import Callable, Mapping
from html import unescape
from types import FunctionType
from typing import Any

import pytest
from django.test import Client

from integrity.audit.scope import everywhere
from integrity.casework.actions import import_uploads
from registers.crosschecks import actions as crosschecks
from registers.crosschecks.models import Match
from registers.organisations import actions as organisations
from registers.organisations.actions import merging
from registers.procurement import actions as buying
from tests.concurrency import analysts, buyers
from tests.concurrency.contests import CONTESTS, Contest, Stage
from tests.concurrency.races import client_of
from tests.registers.gifts.test_concurrency import at_once as pages_at_once

HARMLESS = {"record_look"}  # which says that somebody looked
MAKERS: Mapping[str, Callable[[Stage], Contest]] = {
    maker.__name__: maker for maker in (*analysts.MAKERS, *buyers.MAKERS)
}


def verbs() -> set[str]:
    """Every public action of these applications that somebody takes, and what a worker does for them."""
    taken = {
        name
        for package in (crosschecks, organisations, buying)
        for name in package.__all__
        if isinstance(action := getattr(package, name), FunctionType)
        and {"by", "now"} <= set(inspect.signature(action).parameters)
    }
    return taken | {import_uploads.take_upload.__name__, import_uploads.import_queued.__name__}


def test_every_verb_has_a_contest() -> None:
    missing = verbs() - HARMLESS - set(MAKERS)
    assert not missing, f"Add a contest of {', '.join(sorted(missing))}."


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("media")
def test_what_two_do_at_once_stands_once_and_the_other_is_told(
    record_property: Callable[[str, object], None],
) -> None:
    stage, faults, good = Stage(), [], 0
    for make in MAKERS.values():
        for _ in range(CONTESTS):
            wrong = make(stage).faults()
            faults += wrong
            good += not wrong
    ran = len(MAKERS) * CONTESTS
    record_property(
        "measured",
        f"{len(MAKERS)} contests × {CONTESTS}, of two at once: {good} of {ran} ended as they must",
    )
    assert not faults, "\n".join(faults[:20])


@pytest.mark.django_db(transaction=True)
def test_without_taking_turns_the_harness_turns_red(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: merges go by what they read before any of them began."""
    monkeypatch.setattr(merging, "take_turns", lambda *organisations: list(organisations))
    stage = Stage()
    made = [analysts.merge(stage).faults() for _ in range(CONTESTS)]
    assert any(made)


@pytest.mark.django_db(transaction=True)
def test_of_two_analysts_one_disposes_and_the_other_is_told_who_was_faster() -> None:
    """Through pages: each has the form open, both send it."""
    stage = Stage()
    people = stage.analysts
    browsers = [client_of(who) for who in people]
    for _ in range(CONTESTS):
        match = stage.match()
        typed = {"reason": "It is the mayor’s dinner.", "version": str(match.version)}
        answers = pages_at_once(*(sending(browser, match, typed) for browser in browsers))
        codes = [answer.status_code for answer in answers]
        assert codes.count(302) == 1, codes
        faster = codes.index(302)
        said, name = unescape(answers[1 - faster].content.decode()), people[faster].display
        assert f"{name} decided (known" in said or f"disposed of by {name}" in said
        assert codes[1 - faster] == 403 or typed["reason"] in said, "what was typed is lost"
        with everywhere():
            assert Match.objects.get(pk=match.pk).disposed_by == people[faster]


def sending(browser: Client, match: Match, typed: Mapping[str, str]) -> Callable[[], Any]:
    return lambda: browser.post(f"/psd/crosschecks/match/{match.pk}/known/", typed)
