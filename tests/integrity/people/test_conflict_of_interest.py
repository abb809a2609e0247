"""Separation of duty over every management forest of five people (ASSURANCE, decision 4).

The rules in Python, and the functions of the database that the trigger asks, against an oracle that
shares no code with either. Faults planted in both show that a difference would be seen.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from integrity.casework.enums import Stage
from integrity.casework.models import Case, Decision
from integrity.casework.policies import why_not_decide
from integrity.people import policies
from integrity.people.enums import MemberType
from integrity.people.models import Force, Grade, StandardsDepartment, User
from tests.builders import NOW, START
from tests.plugins.database import as_owner

FIVE = range(5)
STAGES = tuple(Stage)
FIRST_ID = 1_000_000

# each person's manager, or None; then who of them heads the force, or None
Line = tuple[int | None, ...]
Graph = tuple[Line, int | None]


def oracle(graph: Graph) -> list[bool]:
    """Whether each decider may decide about each subject at each stage, in the order of cells()."""
    managers, head = graph
    below = {(low, high) for low, high in enumerate(managers) if high is not None}
    for _ in FIVE:
        below |= {(low, top) for low, middle in below for other, top in below if middle == other}

    def free(decider: int, subject: int, stage: Stage) -> bool:
        if decider == subject:
            return False
        if stage == Stage.APPEAL:
            return True
        if (decider, subject) in below:
            return False
        if stage == Stage.SUPERVISOR:
            return managers[subject] == decider
        return (subject, decider) not in below or decider == head

    return [free(*cell) for cell in cells()]


def cells() -> Iterable[tuple[int, int, Stage]]:
    return product(FIVE, FIVE, STAGES)


def lines() -> list[Line]:
    """Everybody's manager is nobody or somebody else: forests, and lines with a ring in them."""
    return list(product(*([None, *(n for n in FIVE if n != person)] for person in FIVE)))


def has_ring(managers: Line) -> bool:
    for person in FIVE:
        above: int | None = person
        for _ in FIVE:
            above = None if above is None else managers[above]
        if above is not None:
            return True
    return False


FORESTS: list[Line] = [line for line in lines() if not has_ring(line)]
RINGS: list[Line] = [line for line in lines() if has_ring(line)]
GRAPHS: list[Graph] = [(forest, head) for head in (None, 0) for forest in FORESTS]


def in_python(graph: Graph) -> list[bool]:
    managers, head = graph
    people = [User(pk=n + 1, grade=Grade(heads_force=True) if n == head else None) for n in FIVE]
    for person, manager in zip(people, managers, strict=True):
        person.line_manager = None if manager is None else people[manager]
    return [not why_not_decide(stage, people[d], people[s]) for d, s, stage in cells()]


def store(graphs: Sequence[Graph]) -> None:
    """Five people for each graph, whose ids tell which they are."""
    department = StandardsDepartment.objects.create(name="PSD")
    force = Force.objects.create(code="F", name="Force", department=department)
    chief = Grade.objects.create(force=force, name="Chief", is_chief_officer=True, heads_force=True)
    User.objects.bulk_create(
        User(
            pk=FIRST_ID + 5 * number + person,
            username=f"{number}.{person}",
            first_name="Person",
            last_name=f"{number}.{person}",
            member_type=MemberType.OFFICER,
            force=force,
            grade=chief if person == head else None,
            line_manager_id=None if manager is None else FIRST_ID + 5 * number + manager,
            starts_on=START,
        )
        for number, (managers, head) in enumerate(graphs)
        for person, manager in enumerate(managers)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_user")


def in_sql(graphs: Sequence[Graph]) -> list[list[bool]]:
    """What the trigger would ask about every cell, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT array_agg(
                casework_decision_conflict(stage, %(first)s + 5 * graph + decider,
                                           %(first)s + 5 * graph + subject) = ''
                ORDER BY decider, subject, position)
            FROM generate_series(0, %(last)s) AS graph,
                 generate_series(0, 4) AS decider,
                 generate_series(0, 4) AS subject,
                 unnest(%(stages)s::text[]) WITH ORDINALITY AS stages (stage, position)
            GROUP BY graph ORDER BY graph
            """,
            {"first": FIRST_ID, "last": len(graphs) - 1, "stages": list(STAGES)},
        )
        return [row[0] for row in cursor.fetchall()]


def agreeing(found: Iterable[list[bool]], graphs: Sequence[Graph]) -> int:
    """How many cells say what the oracle says."""
    return sum(
        mine == theirs
        for row, graph in zip(found, graphs, strict=True)
        for mine, theirs in zip(row, oracle(graph), strict=True)
    )


def test_there_are_1296_forests_of_five_people() -> None:
    """Cayley: rooted forests on n labelled nodes are (n + 1) ** (n - 1)."""
    assert len(FORESTS) == 6**4 == 1296
    assert len(set(FORESTS)) == 1296
    assert len(FORESTS) + len(RINGS) == 5**5


@pytest.mark.django_db
def test_every_cell_agrees_in_python_and_in_the_database(
    record_property: Callable[[str, object], None],
) -> None:
    """Every forest, with and without the head of the force, × subject × decider × stage."""
    total = len(GRAPHS) * 5 * 5 * len(STAGES)
    store(GRAPHS)
    python = agreeing(map(in_python, GRAPHS), GRAPHS)
    sql = agreeing(in_sql(GRAPHS), GRAPHS)
    record_property(
        "measured",
        f"conflict of interest: {python:,} of {total:,} cells agree in Python, "
        f"{sql:,} of {total:,} in SQL",
    )
    assert (total, python, sql) == (324_000, total, total)


@pytest.mark.django_db
def test_rings_in_the_data_end_and_agree_too() -> None:
    graphs: list[Graph] = [(line, None) for line in RINGS[::7]]
    total = len(graphs) * 5 * 5 * len(STAGES)
    store(graphs)
    assert agreeing(map(in_python, graphs), graphs) == total
    assert agreeing(in_sql(graphs), graphs) == total


def test_a_fault_planted_in_python_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking one level up only: an indirect manager would decide."""
    monkeypatch.setattr(
        policies, "is_above", lambda person, other: other.line_manager_id == person.pk
    )
    assert agreeing(map(in_python, GRAPHS), GRAPHS) < len(GRAPHS) * 5 * 5 * len(STAGES)


@pytest.mark.django_db
def test_a_fault_planted_in_the_database_is_seen() -> None:
    graphs = GRAPHS[::27]
    store(graphs)
    total = len(graphs) * 5 * 5 * len(STAGES)
    with as_owner() as owner:
        found = owner.execute("SELECT pg_get_functiondef('people_conflict'::regproc)").fetchone()
        assert found
        shallow = found[0].replace("ON above.id = line.manager", "ON false")
        assert shallow != found[0]
        owner.execute(shallow)
        try:
            assert agreeing(in_sql(graphs), graphs) < total
        finally:
            owner.execute(found[0])


@pytest.mark.django_db
def test_the_trigger_refuses_and_lets_pass_the_same_decisions(
    record_property: Callable[[str, object], None],
) -> None:
    """Real decisions of every kind, of a sample of the forests."""
    graphs = GRAPHS[::216]
    store(graphs)
    agreed = total = 0
    for number, graph in enumerate(graphs):
        people = [User.objects.get(pk=FIRST_ID + 5 * number + person) for person in FIVE]
        cases = [case_about(person) for person in people]
        for (decider, subject, stage), free in zip(cells(), oracle(graph), strict=True):
            total += 1
            agreed += passes(people[decider], cases[subject], stage) == free
    record_property(
        "measured", f"conflict of interest: {agreed:,} of {total:,} real decisions as they should"
    )
    assert agreed == total == len(graphs) * 5 * 5 * len(STAGES)


def case_about(person: User) -> Case:
    """An imported one, which nobody typed."""
    return Case.objects.create(
        reference=f"GH-{person.pk}",
        register="gifts",
        source="imported",
        force=person.force,
        subject=person,
        subject_name=person.display,
        received_at=NOW,
    )


def passes(decider: User, case: Case, stage: Stage) -> bool:
    """Whether the database takes a decision, which is then taken back."""
    decision = Decision(
        case=case,
        round=1,
        stage=stage,
        outcome="compliant",
        reason="Seen.",
        subject=case.subject,
        decided_at=NOW,
        decided_by=decider,
    )
    try:
        with transaction.atomic():
            decision.save()
            raise Taken
    except IntegrityError:
        return False
    except Taken:
        return True


class Taken(Exception):
    """The decision stood; take it back."""
