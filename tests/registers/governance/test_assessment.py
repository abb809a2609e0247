"""Policies against national guidance: clause by clause, where each is met, and beside the last time."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from integrity.casework.workflow import Denied
from registers.governance import actions
from registers.governance.enums import Finding, Guidance
from registers.governance.findings import assessment_of, latest_policy_assessment
from registers.governance.models import (
    ClauseFinding,
    GuidanceClause,
    PlanItem,
    PolicyAssessment,
)
from registers.governance.policy_rows import policies_assessed
from tests.builders import World
from tests.constraints import again, change, refuses
from tests.registers.governance.assessed import (
    NOW,
    SOON,
    assessed,
    assessing,
    opens_for,
    signed_in,
    words,
)

pytestmark = pytest.mark.django_db
LIST = "/governance/clauses/"
AGO = NOW - timedelta(days=90)


def a_finding(world: World, result: Finding = Finding.PARTLY) -> ClauseFinding:
    found = assessing(world)
    return actions.find_clause(
        found,
        clause=found.clauses.first(),
        result=result,
        where="Policy, section 3",
        evidence="Read.",
        by=world.reviewer,
        now=NOW,
    )


def a_clause(world: World) -> GuidanceClause:
    return GuidanceClause.objects.earliest("pk")


CASES: dict[str, Callable[[World], object]] = {
    "clause_has_one_place": lambda world: again(a_clause(world)),
    "clause_ends_after_it_begins": lambda world: change(
        a_clause(world), effective_to=date(2012, 1, 1)
    ),
    "clause_says_its_source": lambda world: change(a_clause(world), text=""),
    "force_has_one_open_policy_assessment": lambda world: again(assessing(world)),
    "policy_assessment_finished_at_with_finished_by": lambda world: change(
        assessing(world), finished_by=world.reviewer
    ),
    "policy_assessment_finishes_after_it_starts": lambda world: change(
        assessing(world), finished_at=AGO, finished_by=world.reviewer
    ),
    "clause_is_found_once": lambda world: again(a_finding(world)),
    "clause_result_is_known": lambda world: change(a_finding(world), result="fine"),
    "clause_met_says_where": lambda world: change(a_finding(world), where=""),
    "clause_finding_has_evidence": lambda world: change(a_finding(world), evidence=""),
}
NAMES = [
    constraint.name
    for model in (GuidanceClause, PolicyAssessment, ClauseFinding)
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("name", NAMES)
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_each_document_has_its_clauses_under_our_numbers(world: World) -> None:
    labels = [clause.label for clause in assessing(world).clauses]
    assert labels == sorted(labels, key=lambda each: ("GBM".index(each[0]), int(each[1:])))
    assert {label[0] for label in labels} == {Guidance(each).letter for each in Guidance}


@pytest.mark.parametrize(
    ("result", "where", "evidence", "sentence"),
    [
        (Finding.MET, "", "Read.", "Say where"),
        (Finding.PARTLY, " ", "Read.", "Say where"),
        (Finding.MET, "Section 1", "", "Say what shows it"),
        (Finding.NOT_APPLICABLE, "", "", "Say what shows it"),
    ],
)
def test_a_finding_says_where_and_what_shows_it(
    result: Finding, where: str, evidence: str, sentence: str, world: World
) -> None:
    found = assessing(world)
    with pytest.raises(Denied, match=sentence):
        actions.find_clause(
            found,
            clause=found.clauses.first(),
            result=result,
            where=where,
            evidence=evidence,
            by=world.reviewer,
            now=NOW,
        )


def test_it_is_finished_whole_and_then_stands(world: World) -> None:
    finding = a_finding(world)
    found = finding.assessment
    with pytest.raises(Denied, match="still have no answer"):
        actions.finish_policy_assessment(found, by=world.reviewer, now=NOW)
    change(found, finished_at=NOW, finished_by=world.reviewer)
    with pytest.raises(Denied, match="finished"):
        actions.finish_policy_assessment(found, by=world.reviewer, now=NOW)
    assert assessing(world).is_open


def test_the_last_is_beside_it(world: World) -> None:
    assert latest_policy_assessment(world.northmoor) is None
    assessed(world, Finding.NOT_MET, Finding.PARTLY, at=AGO)
    found = assessed(world, Finding.MET, Finding.NOT_APPLICABLE)
    result = latest_policy_assessment(world.northmoor)
    assert result is not None
    assert result.assessment == found
    first, second = result.documents[0].clauses[:2]
    assert first.before is not None
    assert second.before is not None
    assert (first.before.result, second.before.result) == (Finding.NOT_MET, Finding.PARTLY)
    results = Counter(found.findings.values_list("clause__document", "result"))
    for document in result.documents:
        assert document.met == results[document.document, Finding.MET]
    asked = sum(document.apply for document in result.documents)
    assert asked == GuidanceClause.objects.count() - 1


def test_a_clause_not_met_makes_one_item_of_the_plan(world: World) -> None:
    finding = a_finding(world, Finding.NOT_MET)
    asked = {"what": "Write it.", "owner": world.sergeant, "due_on": SOON}
    item = actions.plan_from_finding(finding, **asked, by=world.reviewer, now=NOW)
    assert PlanItem.objects.get() == item
    with pytest.raises(Denied, match="already"):
        actions.plan_from_finding(finding, **asked, by=world.reviewer, now=NOW)


def test_a_clause_met_makes_none(world: World) -> None:
    finding = a_finding(world, Finding.MET)
    with pytest.raises(Denied, match="in place"):
        actions.plan_from_finding(
            finding, what="Do it.", owner=world.sergeant, due_on=SOON, by=world.reviewer, now=NOW
        )


def test_it_names_the_registers_policy_of_the_day(world: World) -> None:
    found = assessing(world)
    rows = policies_assessed(found)
    assert rows[Guidance.GIFTS] == world.policy
    assert set(rows) == set(Guidance)
    change(found, assessed_on=date(2010, 1, 1))
    found.refresh_from_db()
    assert set(policies_assessed(found).values()) == {None}


@pytest.mark.parametrize("who", ["constable", "governance_member", "inspector", "harbour_reviewer"])
def test_others_begin_none(who: str, world: World) -> None:
    with pytest.raises(Denied, match="Only PSD and the senior lead for integrity"):
        actions.start_policy_assessment(world.northmoor, by=getattr(world, who), now=NOW)


# --- pages ----------------------------------------------------------------------------------------


def test_who_reads_it(world: World) -> None:
    found = assessed(world)
    readers = {"psd head", "reviewer", "lead", "governance", "inspector", "board"}
    assert opens_for(world, f"{LIST}{found.pk}/") == readers
    assert signed_in(world.constable).get(LIST).status_code == 404


def test_a_keeper_does_it_all_on_the_pages(world: World) -> None:
    client = signed_in(world.reviewer)
    page = client.post(LIST, {"force": "NMR"})["Location"]
    found = PolicyAssessment.objects.get()
    clause = found.clauses.first()
    assert clause is not None
    ask = f"{page}{clause.pk}/"
    assert "The register’s policy that day" in words(client.get(ask))
    refused = client.post(ask, {"result": "met"})
    assert refused.status_code == 422
    assert "Say where in the force’s policy" in words(refused)
    assert client.post(ask, {"result": "not_met"})["Location"] == page
    finding = found.findings.get()
    due = {"due_on_day": SOON.day, "due_on_month": SOON.month, "due_on_year": SOON.year}
    plan = f"{LIST}findings/{finding.pk}/plan/"
    client.post(plan, {"what": "Write it.", "owner": world.sergeant.name, **due})
    shown = words(client.get(page))
    assert "Not met" in shown
    assert "Write it." in shown
    assert f"0 of {GuidanceClause.objects.filter(document=clause.document).count()}" in shown
    reader = signed_in(world.governance_member)
    assert "Write it." in words(reader.get(page))
    assert {reader.get(url).status_code for url in (ask, plan)} == {403}
    assert signed_in(world.harbour_reviewer).get(plan).status_code == 404
    assert "still have no answer" in words(client.post(page))
    assert assessment_of(found).missing == GuidanceClause.objects.count() - 1
    assert found.assessed_on == timezone.localdate()  # midnight may have passed
