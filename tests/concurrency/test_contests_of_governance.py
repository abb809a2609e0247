"""Each verb of boards, plans and checks, nil returns and a board’s challenge, by two at one moment.

The inventory is the code’s own: a verb without a contest fails first. CONTESTS=50 for more of each.
"""

import inspect
from collections.abc import Callable, Mapping
from types import FunctionType

import pytest

from integrity.casework.actions import nil_returns
from registers.governance import actions
from registers.governance.actions import boards, meetings
from tests.concurrency import boardrooms, checkers
from tests.concurrency.boardrooms import Boardroom
from tests.concurrency.contests import CONTESTS, Contest

MAKERS: Mapping[str, Callable[[Boardroom], Contest]] = {
    maker.__name__: maker for maker in (*boardrooms.MAKERS, *checkers.MAKERS)
}


def verbs() -> set[str]:
    """Every public action of governance, what a unit’s head does, and a board’s challenge."""
    taken = {
        name
        for name in actions.__all__
        if isinstance(action := getattr(actions, name), FunctionType)
        and {"by", "now"} <= set(inspect.signature(action).parameters)
    }
    assert len(taken) == len(actions.__all__)
    return taken | {
        nil_returns.return_nil.__name__,
        nil_returns.withdraw_nil.__name__,
        nil_returns.remind_heads_of.__name__,
        "challenge",
    }


def test_every_verb_has_a_contest() -> None:
    missing = verbs() - set(MAKERS)
    assert not missing, f"Add a contest of {', '.join(sorted(missing))}."


@pytest.mark.django_db(transaction=True)
def test_what_two_do_at_once_stands_once_and_the_other_is_told(
    record_property: Callable[[str, object], None],
) -> None:
    room, faults, good = Boardroom(), [], 0
    for make in MAKERS.values():
        for _ in range(CONTESTS):
            wrong = make(room).faults()
            faults += wrong
            good += not wrong
    ran = len(MAKERS) * CONTESTS
    record_property(
        "measured",
        f"{len(MAKERS)} contests of governance × {CONTESTS}, of two at once: {good} of {ran} ended "
        "as they must",
    )
    assert not faults, "\n".join(faults[:20])


@pytest.mark.django_db(transaction=True)
def test_without_taking_turns_the_harness_turns_red(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: nobody waits, and what stands twice meets the database’s own refusal."""
    for module in (boards, meetings):
        monkeypatch.setattr(module, "take_turns", lambda row: None)
    room = Boardroom()
    contests = (boardrooms.open_board, boardrooms.plan_meeting, boardrooms.seat)
    assert any(make(room).faults() for make in contests for _ in range(CONTESTS * 3))
