"""Samples of people's weeks: the draw, the checks, and the figures against a recount in SQL."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from integrity.audit.models import Event
from integrity.people.enums import Role
from registers.media_contacts import actions
from registers.media_contacts.enums import Evidence
from registers.media_contacts.models import ComplianceSample, SampledWeek
from tests import contacts
from tests.builders import NOW, World, grant, person, read_anew
from tests.registers.media_contacts.press_desk import (
    does_not_grow,
    opens_for,
    path,
    signed_in,
    words,
)

pytestmark = pytest.mark.django_db
LIST = path("media-samples")
MAY = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 31)}
MONDAYS = {date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18), date(2026, 5, 25)}


def drawn(world: World, size: int = 12, seed: int | None = 7) -> ComplianceSample:
    return actions.draw_sample(
        force=world.northmoor, **MAY, size=size, seed=seed, by=world.press_officer, now=NOW
    )


def week_url(week: SampledWeek) -> str:
    return path("media-week", week.sample_id, week.pk)


def check(world: World, week: SampledWeek, shown: int) -> SampledWeek:
    return actions.check_week(
        week, evidence=Evidence.DIARY, shown=shown, note="", by=world.press_officer, now=NOW
    )


def test_who_reads_samples(world: World) -> None:
    assert opens_for(world, LIST) == {
        "press", "psd", "inspector", "harbour press", "eastvale press",
    }  # fmt: skip


@pytest.mark.parametrize("which", ["sample", "week"])
def test_who_reads_one_forces_sample(world: World, which: str) -> None:
    sample = drawn(world)
    week = sample.weeks.all()[0]
    url = path("media-sample", sample.pk) if which == "sample" else week_url(week)
    assert opens_for(world, url) == {"press", "psd", "inspector"}


def test_a_week_of_another_sample_is_not_found(world: World) -> None:
    week = drawn(world).weeks.all()[0]
    other = drawn(world)
    client = signed_in(world.press_officer)
    assert client.get(path("media-week", other.pk, week.pk)).status_code == 404


def test_readers_draw_and_check_nothing(world: World) -> None:
    week = drawn(world).weeks.all()[0]
    for user in (world.reviewer, world.inspector):
        client = signed_in(user)
        assert client.post(LIST, typed()).status_code == 403
        assert client.post(week_url(week), {"evidence": "diary", "shown": 0}).status_code == 403
        assert "Draw at random" not in words(client.get(LIST))
        assert "Record this check" not in words(client.get(week_url(week)))
    assert ComplianceSample.objects.count() == 1
    assert not SampledWeek.objects.exclude(checked_at=None).exists()


def typed(**more: Any) -> dict[str, Any]:
    return {"starts_on": "2026-05-01", "ends_on": "2026-05-31", "size": 5, **more}


def test_the_press_office_draws(world: World) -> None:
    response = signed_in(world.press_officer).post(LIST, typed())
    sample = ComplianceSample.objects.get()
    assert response["Location"] == path("media-sample", sample.pk)
    assert sample.weeks.count() == 5
    assert {each.starts_on for each in sample.weeks.all()} <= MONDAYS
    page = words(signed_in(world.inspector).get(path("media-sample", sample.pk)))
    assert str(sample.seed) in page
    assert "the same seed draws the same sample" in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"ends_on": "2026-05-02"}, "no whole week"),
        ({"ends_on": "2026-04-02"}, "on or after the first day"),
        ({"size": "0"}, "greater than or equal to 1"),
        ({"size": ""}, "Enter how many weeks"),
    ],
)
def test_a_draw_that_cannot_be_is_refused_with_a_sentence(
    world: World, more: dict[str, str], sentence: str
) -> None:
    refused = signed_in(world.press_officer).post(LIST, typed(**more))
    assert refused.status_code == 422
    assert sentence in words(refused)
    assert not ComplianceSample.objects.exists()


def test_the_draw_leaves_out_the_press_office_and_who_did_not_serve(world: World) -> None:
    late = person("late", force=world.northmoor, starts_on=date(2026, 5, 5))
    gone = person("gone", force=world.northmoor, leaves_on=date(2026, 5, 30))
    stays = person("stays", force=world.northmoor, leaves_on=date(2026, 5, 31))
    joint = person("joint", force=world.northmoor)
    grant(joint, Role.PRESS_OFFICE, department=world.alliance_psd)
    people = {week.officer for week in drawn(world, size=10_000).weeks.all()}
    assert stays in people
    assert world.constable in people
    assert not people & {late, gone, joint, world.press_officer, world.press_colleague}
    assert not people & {world.eastvale_constable, world.harbour_constable}
    assert len(people) * len(MONDAYS) == SampledWeek.objects.count()


def test_the_same_seed_draws_the_same_sample(world: World) -> None:
    def of(sample: ComplianceSample) -> set[tuple[int, date]]:
        return set(sample.weeks.values_list("officer", "starts_on"))

    first = drawn(world, seed=None)
    assert of(drawn(world, seed=first.seed)) == of(first)
    assert of(drawn(world, seed=first.seed + 1)) != of(first)
    told = Event.objects.filter(name="compliance sample drawn").first()
    assert told is not None
    assert told.facts["seed"] == first.seed


def test_a_checker_is_not_led(world: World) -> None:
    """What was logged that week shows only once the figure of the evidence is entered."""
    logged = contacts.log(
        world.constable, contacted_on=date(2026, 5, 6), late_reason="On leave.", about="Fireworks"
    )
    sample = drawn(world, size=10_000)
    week = sample.weeks.get(officer=world.constable, starts_on=date(2026, 5, 4))
    client = signed_in(world.press_officer)
    page = words(client.get(week_url(week)))
    assert logged.case.reference not in page
    assert "Fireworks" not in page
    assert client.post(week_url(week), {"evidence": "diary", "shown": ""}).status_code == 422
    done = client.post(week_url(week), {"evidence": "diary", "shown": 3, "note": "Seen"})
    assert done["Location"] == week_url(week)
    week.refresh_from_db()
    assert (week.shown, week.logged, week.missing, week.note) == (3, 1, 2, "Seen")
    assert "Fireworks" in words(client.get(week_url(week)))
    assert client.post(week_url(week), {"evidence": "diary", "shown": 0}).status_code == 200
    week.refresh_from_db()
    assert week.shown == 3


def test_nobody_checks_their_own_weeks(world: World) -> None:
    week = drawn(world, size=10_000).weeks.filter(officer=world.constable)[0]
    grant(world.constable, Role.PRESS_OFFICE, force=world.northmoor)
    client = signed_in(read_anew(world.constable))
    refused = client.post(week_url(week), {"evidence": "diary", "shown": 0})
    assert refused.status_code == 422
    assert "Somebody else checks your own weeks" in words(refused)


def test_the_figures_are_those_of_a_recount(world: World) -> None:
    contacts.log(world.constable, contacted_on=date(2026, 5, 6), late_reason="On leave.")
    sample = drawn(world, size=10_000)
    drawn(world, size=3)
    theirs = sample.weeks.filter(starts_on=date(2026, 5, 4))
    for officer, shown in ((world.constable, 1), (world.colleague, 2), (world.sergeant, 0)):
        check(world, theirs.get(officer=officer), shown)
    check(world, sample.weeks.get(officer=world.constable, starts_on=date(2026, 5, 11)), 5)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*), count(checked_at),
                 count(*) FILTER (WHERE shown <= logged), count(*) FILTER (WHERE shown > logged),
                 coalesce(sum(shown - logged) FILTER (WHERE shown > logged), 0)
               FROM media_contacts_sampledweek WHERE sample_id = %s""",
            [sample.pk],
        )
        recount = cursor.fetchone()
    assert recount[1:] == (4, 2, 2, 7)
    client = signed_in(world.inspector)
    shown_by_page = client.get(path("media-sample", sample.pk)).context["figures"]
    assert tuple(number for _, number in shown_by_page) == recount
    listed = {each.pk: each for each in client.get(LIST).context["page_obj"]}[sample.pk]
    names = ("drawn", "checked", "agreed", "short", "contacts_missing")
    assert tuple(getattr(listed, name) for name in names) == recount
    assert f"4 of {recount[0]} checked" in words(client.get(LIST))


def test_pages_of_samples_ask_no_more_for_more(world: World) -> None:
    sample = drawn(world, size=12)
    check(world, sample.weeks.all()[0], 0)
    client = signed_in(world.press_officer)

    def checked() -> None:
        for week in sample.weeks.filter(checked_at=None):
            check(world, week, 1)

    does_not_grow(client, path("media-sample", sample.pk), checked)
    does_not_grow(client, LIST, lambda: [drawn(world, size=3) for _ in range(4)])


def test_a_week_asks_no_more_for_more(world: World) -> None:
    week = drawn(world, size=10_000).weeks.get(officer=world.constable, starts_on=date(2026, 5, 25))
    check(world, week, 0)
    day = {"contacted_on": date(2026, 5, 27), "late_reason": "On leave."}
    contacts.log(world.constable, **day)
    does_not_grow(
        signed_in(world.press_officer), week_url(week),
        lambda: [contacts.log(world.constable, **day) for _ in range(4)],
    )  # fmt: skip
