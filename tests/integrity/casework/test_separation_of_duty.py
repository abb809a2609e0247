"""What the database refuses of a decision, constraint by constraint (ASSURANCE, decision 4)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection

from integrity.casework.actions.imported_cases import ImportedEntry, open_imported_cases
from integrity.casework.enums import Stage
from integrity.casework.models import Case, Decision
from integrity.casework.permissions import check_may_hear_appeal
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts.enums import Status, Verb
from tests import builders
from tests.builders import NOW, World, accepted, declare, offer_in, perform
from tests.constraints import change, refuses


def decide(case: Case, by: User, stage: Stage = Stage.PSD, **details: Any) -> Decision:
    """A decision written past every check in Python."""
    return Decision.objects.create(
        **{
            "case": case,
            "round": case.round,
            "stage": stage,
            "outcome": "compliant",
            "reason": "Seen.",
            "subject": case.subject,
            "decided_at": NOW,
            "decided_by": by,
            **details,
        }
    )


def about(subject: User, by: User | None = None) -> Case:
    return declare(subject, accepted(50), by=by).case


def made_chief_of_their_chief(w: World) -> None:
    """A ring in the data: the sergeant's inspector's chief reports to the constable."""
    change(w.assistant_chief, line_manager=w.constable)


def ring_supervisor(w: World) -> Decision:
    case = about(w.constable)
    made_chief_of_their_chief(w)
    return decide(case, w.sergeant, Stage.SUPERVISOR)


def heard_twice(w: World) -> Decision:
    offer = offer_in(Status.NON_COMPLIANT, w)
    perform(Verb.REOPEN, offer, by=w.reviewer, in_world=w)
    return decide(Case.objects.get(pk=offer.case_id), w.other_reviewer, Stage.APPEAL)


CASES: dict[str, list[Callable[[World], object]]] = {
    "decision_is_about_the_subject_of_its_case": [
        lambda w: decide(about(w.constable), w.reviewer, subject=w.colleague),
        lambda w: decide(about(w.constable), w.reviewer, subject=None),
        lambda w: decide(imported(w), w.reviewer, subject=w.constable),
    ],
    "decision_is_of_the_round_of_its_case": [
        lambda w: decide(about(w.constable), w.reviewer, round=2)
    ],
    "decision_is_not_by_its_subject": [
        lambda w: decide(about(w.reviewer), w.reviewer),
        lambda w: decide(about(w.chief), w.chief, Stage.APPEAL),
        lambda w: decide(about(w.sergeant), w.sergeant, Stage.SUPERVISOR),
    ],
    "decision_is_not_by_its_author": [
        lambda w: decide(about(w.constable, by=w.reviewer), w.reviewer),
        lambda w: decide(about(w.constable, by=w.chief), w.chief, Stage.APPEAL),
        lambda w: decide(about(w.constable, by=w.sergeant), w.sergeant, Stage.SUPERVISOR),
    ],
    "decision_is_not_within_the_line": [
        lambda w: decide(about(w.constable), w.sergeant),
        lambda w: decide(about(w.constable), w.assistant_chief),
        lambda w: decide(about(w.deputy_chief), w.reviewer),
        lambda w: decide(about(w.chief), w.reviewer, Stage.AUTHORISATION),
    ],
    "decision_of_supervisor_is_by_line_manager": [
        lambda w: decide(about(w.constable), w.inspector_of_police, Stage.SUPERVISOR),
        lambda w: decide(about(w.constable), w.other_reviewer, Stage.SUPERVISOR),
        lambda w: decide(about(w.chief), w.other_reviewer, Stage.SUPERVISOR),
        lambda w: decide(imported(w), w.sergeant, Stage.SUPERVISOR),
        ring_supervisor,
    ],
    "decision_on_appeal_is_by_somebody_new": [heard_twice],
    "decision_is_never_changed": [
        lambda w: change(decide(about(w.constable), w.reviewer), reason="Otherwise."),
        lambda w: change(decide(about(w.constable), w.reviewer), decided_by=w.other_reviewer),
    ],
}


def imported(w: World) -> Case:
    """A legacy entry about somebody who is not known here, typed by nobody."""
    return open_imported_cases(
        [ImportedEntry(name="PC Gone", claimed_on=date(2020, 1, 2))],
        register="gifts",
        prefix="GH",
        force=w.northmoor,
        now=NOW,
    )[0]


@pytest.mark.parametrize(("name", "number"), [(n, i) for n in CASES for i in range(len(CASES[n]))])
def test_the_database_refuses(name: str, number: int, world: World) -> None:
    refuses(name, {name: CASES[name][number]}, world)


def test_every_refusal_of_the_trigger_has_a_case_and_a_sentence(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_proc WHERE proname IN "
            "('casework_check_decision', 'casework_decision_conflict')"
        )
        source = "".join(row[0] for row in cursor.fetchall())
    assert {word for word in source.split("'") if word.startswith("decision_")} == set(CASES)
    with pytest.raises(IntegrityError, match=r"Nobody decides about themselves\."):
        decide(about(world.reviewer), world.reviewer)


def test_the_database_takes_what_the_rules_allow(world: World) -> None:
    case = about(world.constable)
    decide(case, world.sergeant, Stage.SUPERVISOR)
    decide(case, world.reviewer, Stage.AUTHORISATION)
    decide(case, world.other_reviewer, Stage.PSD)
    decide(case, world.chief, Stage.APPEAL)
    decide(about(world.constable), world.chief)
    decide(imported(world), world.reviewer)
    assert Decision.objects.count() == 6


def test_an_appeal_asks_only_that_they_took_no_part_before(world: World) -> None:
    offer = offer_in(Status.NON_COMPLIANT, world)
    check_may_hear_appeal(world.chief, offer.case)
    check_may_hear_appeal(world.sergeant, offer.case)
    for who, sentence in (
        (world.other_reviewer, "decided this case before"),
        (world.constable, "of your own"),
    ):
        with pytest.raises(Denied, match=sentence):
            check_may_hear_appeal(who, offer.case)
    perform(Verb.REOPEN, offer, by=world.reviewer, in_world=world)
    with pytest.raises(Denied, match="decided this case before"):
        check_may_hear_appeal(world.other_reviewer, Case.objects.get(pk=offer.case_id))


def test_a_supervisor_below_the_subject_by_a_ring_in_the_data_does_not_decide(
    world: World,
) -> None:
    offer = declare(world.constable, accepted(15))
    made_chief_of_their_chief(world)
    with pytest.raises(Denied, match="above you"):
        perform(Verb.APPROVE, offer, by=builders.read_anew(world.sergeant), in_world=world)
