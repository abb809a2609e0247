"""The health check: asked whole, answered with evidence, beside the last; and who reads it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from integrity.audit.models import Event
from integrity.casework.workflow import Denied
from registers.governance import actions
from registers.governance.enums import Heading, HealthScore
from registers.governance.findings import health_of, latest_health
from registers.governance.models import HealthAnswer, HealthCheck, HealthQuestion, PlanItem
from tests.builders import World
from tests.constraints import again, change, refuses
from tests.registers.governance.assessed import (
    NOW,
    SOON,
    TODAY,
    checked,
    opens_for,
    signed_in,
    started,
    words,
)

pytestmark = pytest.mark.django_db
LIST = "/governance/health/"
AGO = NOW - timedelta(days=90)
READERS = {"psd head", "reviewer", "lead", "governance", "inspector", "board"}


def first(check: HealthCheck) -> HealthAnswer:
    return check.answers.select_related("force", "question").first() or HealthAnswer()


def an_answer(world: World, score: int = 1) -> HealthAnswer:
    check = started(world)
    question = check.questions.first()
    return actions.answer_health_question(
        check, question=question, score=score, evidence="Seen.", by=world.reviewer, now=NOW
    )


def a_question(world: World) -> HealthQuestion:
    return HealthQuestion.objects.earliest("pk")


CASES: dict[str, Callable[[World], object]] = {
    "health_question_has_one_place": lambda world: again(a_question(world)),
    "health_question_ends_after_it_begins": lambda world: change(
        a_question(world), effective_to=date(2012, 11, 30)
    ),
    "health_question_says_its_source": lambda world: change(a_question(world), source=""),
    "force_has_one_open_health_check": lambda world: again(started(world)),
    "health_check_finished_at_with_finished_by": lambda world: change(
        started(world), finished_at=NOW
    ),
    "health_check_finishes_after_it_starts": lambda world: change(
        started(world), finished_at=AGO, finished_by=world.reviewer
    ),
    "health_question_is_answered_once": lambda world: again(an_answer(world)),
    "health_score_is_0_to_3": lambda world: change(an_answer(world), score=4),
    "health_score_has_evidence": lambda world: change(an_answer(world), evidence=""),
    "health_evidence_file_is_named_and_hashed": lambda world: change(
        an_answer(world), file_name="proof.txt"
    ),
}
NAMES = [
    constraint.name
    for model in (HealthQuestion, HealthCheck, HealthAnswer)
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize("name", NAMES)
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_every_heading_is_asked_three_to_six_questions(world: World) -> None:
    check = started(world)
    asked = [question.heading for question in check.questions]
    assert sorted(asked) == asked
    assert {heading: 3 <= asked.count(heading) <= 6 for heading in Heading} == dict.fromkeys(
        Heading, True
    )


def test_a_question_is_asked_between_its_days(world: World) -> None:
    ended, coming = HealthQuestion.objects.all()[:2]
    change(ended, effective_to=TODAY - timedelta(days=1))
    change(coming, effective_from=SOON)
    asked = started(world).questions
    assert asked.count() == HealthQuestion.objects.count() - 2
    assert not asked.filter(pk__in=[ended.pk, coming.pk]).exists()


def test_it_is_finished_when_every_question_is_answered_and_then_stands(world: World) -> None:
    check = started(world)
    total = check.questions.count()
    with pytest.raises(Denied, match=f"{total} questions still have no answer"):
        actions.finish_health_check(check, by=world.reviewer, now=NOW)
    for question in check.questions:
        actions.answer_health_question(
            check, question=question, score=0, evidence="", by=world.reviewer, now=NOW
        )
    done = actions.finish_health_check(check, by=world.psd_head, now=NOW)
    assert (done.is_open, done.finished_by) == (False, world.psd_head)
    with pytest.raises(Denied, match="finished"):
        actions.answer_health_question(
            check,
            question=check.questions.first(),
            score=0,
            evidence="",
            by=world.reviewer,
            now=NOW,
        )
    assert Event.objects.filter(name="health check finished", about_id=done.pk).exists()


def test_one_is_open_at_a_time(world: World) -> None:
    started(world)
    with pytest.raises(Denied, match="not finished"):
        started(world)


def test_what_is_in_place_has_evidence(world: World) -> None:
    check = started(world)
    with pytest.raises(Denied, match="Say what shows it"):
        actions.answer_health_question(
            check,
            question=check.questions.first(),
            score=1,
            evidence=" ",
            by=world.reviewer,
            now=NOW,
        )


@pytest.mark.parametrize("who", ["constable", "governance_member", "inspector", "harbour_reviewer"])
def test_others_begin_none(who: str, world: World) -> None:
    with pytest.raises(Denied, match="Only PSD and the senior lead for integrity"):
        actions.start_health_check(world.northmoor, by=getattr(world, who), now=NOW)


def test_it_is_compared_with_the_last_finished_check(world: World) -> None:
    assert latest_health(world.northmoor) is None
    checked(world, 0, 3, 1, at=AGO)
    check = checked(world, 2, 1, 1)
    result = latest_health(world.northmoor)
    assert result is not None
    assert result.check == check
    heading = result.headings[0]
    assert [each.change for each in heading.questions] == [2, -2, 0, 0]
    assert (heading.points, heading.of, heading.change) == (6, 12, 0)
    assert heading.changed == "No change"
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT q.heading, sum(a.score), 3 * count(*)
               FROM governance_healthanswer a JOIN governance_healthquestion q ON q.id = a.question_id
               WHERE a.health_check_id = %s GROUP BY 1 ORDER BY 1""",
            [check.pk],
        )
        recount = cursor.fetchall()
    assert [(each.heading, each.points, each.of) for each in result.headings] == recount


def test_a_question_that_one_check_alone_asked_is_not_compared(world: World) -> None:
    change(a_question(world), effective_to=TODAY - timedelta(days=30))
    checked(world, 0, 0, at=AGO)
    change(a_question(world), effective_to=TODAY - timedelta(days=31))
    HealthQuestion.objects.create(
        heading=Heading.PUBLIC, number=9, text="New?", source="Ours", effective_from=TODAY
    )
    result = health_of(checked(world, 3, 3, 3, 3))
    assert [each.change for each in result.headings[0].questions] == [3, 1, 1, None]
    assert result.headings[0].change == 5


def test_an_open_check_is_not_the_last(world: World) -> None:
    done = checked(world, at=AGO)
    result = health_of(started(world))
    assert result.last == done
    latest = latest_health(world.northmoor)
    assert latest is not None
    assert (result.missing, latest.check) == (HealthQuestion.objects.count(), done)


def test_a_low_score_makes_one_item_of_the_plan(world: World) -> None:
    answer = an_answer(world, HealthScore.PARTLY)
    asked = {"what": "Do it.", "owner": world.sergeant, "due_on": SOON}
    item = actions.plan_from_answer(answer, **asked, by=world.reviewer, now=NOW)
    assert PlanItem.objects.get() == item
    assert (item.force, item.owner, item.due_on) == (world.northmoor, world.sergeant, SOON)
    assert HealthAnswer.objects.get().plan_item == item
    with pytest.raises(Denied, match="already"):
        actions.plan_from_answer(answer, **asked, by=world.reviewer, now=NOW)


def test_what_is_in_place_makes_none(world: World) -> None:
    answer = an_answer(world, HealthScore.IN_PLACE)
    with pytest.raises(Denied, match="in place"):
        actions.plan_from_answer(
            answer, what="Do it.", owner=world.sergeant, due_on=SOON, by=world.reviewer, now=NOW
        )


# --- pages ----------------------------------------------------------------------------------------


def test_who_reads_it(world: World) -> None:
    check = checked(world)
    assert opens_for(world, f"{LIST}{check.pk}/") == READERS


def test_the_list_shows_a_reader_their_own_forces(world: World) -> None:
    checked(world)
    client = signed_in(world.harbour_reviewer)
    assert "None has been made yet." in words(client.get(LIST))
    assert signed_in(world.constable).get(LIST).status_code == 404


def test_readers_write_nothing(world: World) -> None:
    answer = an_answer(world)
    check = answer.health_check
    client = signed_in(world.governance_member)
    page = words(client.get(f"{LIST}{check.pk}/"))
    assert "Finish" not in page
    assert "Put it in the plan" not in page
    ask = f"{LIST}{check.pk}/questions/{answer.question_id}/"
    for url in (ask, f"{LIST}answers/{answer.pk}/plan/"):
        assert client.get(url).status_code == 403
        assert signed_in(world.harbour_reviewer).get(url).status_code == 404
    assert client.post(f"{LIST}{check.pk}/").status_code == 403


@pytest.mark.usefixtures("media")
def test_a_keeper_does_it_all_on_the_pages(world: World) -> None:
    checked(world, 0, at=AGO)
    client = signed_in(world.reviewer)
    begun = client.post(LIST, {"force": "NMR"})
    check = HealthCheck.objects.get(finished_at=None)
    assert begun["Location"] == f"{LIST}{check.pk}/"
    question = check.questions.first()
    assert question is not None
    ask = f"{LIST}{check.pk}/questions/{question.pk}/"
    assert "Last check" in words(client.get(ask))
    refused = client.post(ask, {"score": "2", "evidence": ""})
    assert refused.status_code == 422
    assert "Say what shows it" in words(refused)
    sent = {"score": "1", "evidence": "The survey.", "file": SimpleUploadedFile("s.txt", b"yes")}
    assert client.post(ask, sent)["Location"] == begun["Location"]
    page = words(client.get(begun["Location"]))
    assert "1 up" in page
    assert "The survey." in page
    answer = check.answers.get()
    file = client.get(f"{LIST}answers/{answer.pk}/file/")
    assert b"".join(file.streaming_content) == b"yes"  # type: ignore[attr-defined]
    assert signed_in(world.harbour_reviewer).get(file.request["PATH_INFO"]).status_code == 404
    plan = f"{LIST}answers/{answer.pk}/plan/"
    due = {"due_on_day": SOON.day, "due_on_month": SOON.month, "due_on_year": SOON.year}
    assert client.post(plan, {"what": "Ask.", "owner": "nobody", **due}).status_code == 422
    client.post(plan, {"what": "Ask again.", "owner": world.sergeant.name, **due})
    page = words(client.get(begun["Location"]))
    assert "Ask again." in page
    unfinished = client.post(begun["Location"])
    assert "still have no answer" in words(unfinished)
