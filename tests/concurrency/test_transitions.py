"""Each verb of PSD, raced: RACE_CASES=100 ./run test tests/concurrency (races.py says how)."""

import threading
from collections.abc import Callable

import pytest

from integrity.casework import actions as casework
from integrity.casework.actions import cases
from integrity.casework.models import Case
from registers.gifts.enums import Verb
from tests.concurrency.races import ACTORS, ON_THE_DESK, VERBS, Stage, measured, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_transition_of_psd_has_one_winner_and_three_are_told_why_not(
    record_property: Callable[[str, object], None],
) -> None:
    figure, faults = measured([verb for verb in VERBS if verb in ON_THE_DESK], "of PSD")
    record_property("measured", figure)
    assert not faults, "\n".join(faults[:20])


def test_without_the_lock_and_the_version_check_the_harness_turns_red(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The planted fault: all four have read the case before any of them saves it."""
    together = threading.Barrier(ACTORS, timeout=10)

    def lock_nothing(case_id: int, *, version: int | None) -> Case:
        case = Case.objects.get(pk=case_id)
        together.wait()
        return case

    stage = Stage()
    races = [stage.race(verb, 0) for verb in (Verb.ASK, Verb.WITHDRAW)]
    for caller in (casework, cases):
        monkeypatch.setattr(caller, "lock_case", lock_nothing)
    for race in races:
        run([race], stage.actors(race.verb, race.offer))
    winners = {race.verb: [status for status, _ in race.answers].count(302) for race in races}
    assert max(winners.values()) > 1, winners
    assert all(race.faults() for race in races)
