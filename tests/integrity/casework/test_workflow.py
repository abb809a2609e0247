"""The machinery of a table of transitions."""

import pytest

from integrity.casework.enums import Actor
from integrity.casework.workflow import Conflict, Denied, Transition, Workflow

TABLE = Workflow(
    Transition("open", "Open", frozenset(), frozenset({"new"}), frozenset({Actor.PSD}), "opened"),
    Transition(
        "close",
        "Close",
        frozenset({"new"}),
        frozenset({"done", "gone"}),
        frozenset({Actor.PSD}),
        "closed",
        refusal="It is closed already.",
    ),
    Transition(
        "look-at", "Look", frozenset({"new", "done"}), frozenset(), frozenset({Actor.PSD}), "seen"
    ),
)


def test_a_verb_is_found_where_its_status_allows_it() -> None:
    assert TABLE.check("close", "new", "New").event == "closed"


def test_a_verb_elsewhere_is_refused_with_its_own_sentence_or_a_general_one() -> None:
    with pytest.raises(Denied, match=r"^It is closed already\.$"):
        TABLE.check("close", "done", "Done")
    with pytest.raises(Denied, match=r"^This cannot be done while the entry is at “Gone”\.$"):
        TABLE.check("look-at", "gone", "Gone")


def test_a_verb_lands_on_one_of_its_targets_or_stays() -> None:
    assert TABLE.land("close", "new", "done") == "done"
    assert TABLE.land("look-at", "done", "done") == "done"
    for verb, target in (("close", "new"), ("look-at", "new")):
        with pytest.raises(ValueError, match="does not lead from 'done'"):
            TABLE.land(verb, "done", target)


def test_the_diagram_has_an_arrow_for_each_pair_and_names_what_changes_nothing() -> None:
    assert TABLE.diagram() == (
        "stateDiagram-v2\n"
        "    [*] --> new: open\n"
        "    new --> done: close\n"
        "    new --> gone: close\n"
        "    note right of done\n"
        "      look at changes no status\n"
        "    end note\n"
    )


def test_a_conflict_says_what_changed_in_a_sentence() -> None:
    conflict = Conflict(reference="GH-2026-000001", seen=1, current=3)
    assert str(conflict) == "GH-2026-000001 has changed since you opened it."


def test_a_refusal_of_somebody_else_s_verb_shows_no_button() -> None:
    assert Denied("No.").for_them
    assert not Denied("No.", for_them=False).for_them
