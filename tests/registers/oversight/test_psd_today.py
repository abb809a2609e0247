"""What waits, what was found and what stands out, against a recount that shares no code with it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from integrity.casework.enums import Standing
from integrity.casework.models import Case, Challenge, Deadline
from integrity.casework.nil_returns import standings_in
from integrity.casework.quarters import Quarter
from integrity.casework.registry import named
from integrity.people.enums import RankBand
from integrity.people.models import User
from registers.crosschecks.models import Match
from registers.gifts.enums import Verb
from registers.gifts.models import Offer
from registers.investigations.models import Investigation
from registers.oversight.asking import Asked
from registers.oversight.dashboards import psd_dashboard, without_unknown
from registers.oversight.enums import WAITING
from registers.oversight.live import Here
from registers.oversight.permissions import forces_for_psd
from registers.oversight.piles import ALL
from registers.oversight.seen import Audience
from registers.oversight.spans import Period
from tests import builders, investigations
from tests.builders import TODAY, World, accepted, declare, read_anew
from tests.dashboards import (
    QUARTER,
    SPRING,
    WINTER,
    dashboard,
    number,
    offers_of,
    row,
    tables_of,
)
from tests.oversight import settle

# --- what waits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 8, 40, 100])
def test_open_entries_are_counted_by_status_and_age(busy_world: World, days: int) -> None:
    today = TODAY + timedelta(days=days)
    table = dashboard(busy_world, today=today)["work-queues"]
    label = {0: "Up to 7 days", 8: "8 to 28 days", 40: "29 to 90 days", 100: "Over 90 days"}[days]
    cases = Case.objects.filter(phase__in=("open", "waiting"))
    open_now = Counter(case.register for case in cases)
    for slug in ("gifts", "business_interests", "media_contacts", "investigations"):
        if not open_now[slug]:
            continue
        name = named(slug).name
        assert number(table, name, "All") == open_now[slug]
        ages = [timezone.localdate(c.received_at) for c in cases if c.register == slug]
        assert all((today - day).days == days for day in ages)
        assert number(table, name, label) == open_now[slug]
    statuses = Counter(
        (label := offer.get_status_display())[:1].lower() + label[1:]
        for offer in Offer.objects.filter(case__phase__in=("open", "waiting"))
    )
    for status, many in statuses.items():
        assert number(table, f"{named('gifts').name}: {status}", "All") == many


@pytest.mark.parametrize("days", [0, 6, 20, 60])
def test_clocks_are_counted_by_how_soon_they_run_out(busy_world: World, days: int) -> None:
    today = TODAY + timedelta(days=days)
    table = dashboard(busy_world, today=today)["work-clocks"]
    ahead = [(task.due_on - today).days for task in Deadline.objects.filter(met_at=None)]
    expected = {
        "Overdue": sum(n < 0 for n in ahead), "Today": ahead.count(0),
        "Within 7 days": sum(1 <= n <= 7 for n in ahead),
        "Within 14 days": sum(8 <= n <= 14 for n in ahead),
    }  # fmt: skip
    assert {label: number(table, "All", label) for label in expected} == expected


def test_who_has_what_and_which_challenges_are_open(busy_world: World) -> None:
    builders.perform(
        Verb.ASSIGN, builders.offer_in(builders.Status.WITH_PSD, busy_world),
        by=busy_world.psd_head, in_world=busy_world, owner=busy_world.other_reviewer,
    )  # fmt: skip
    settle()
    found = dashboard(busy_world)
    open_now = Case.objects.filter(phase__in=("open", "waiting"))
    people = Counter(case.owner_id for case in open_now)
    table = found["work-reviewers"]
    assert number(table, "Nobody yet", "All") == people[None]
    owner = " ".join(busy_world.other_reviewer.display.split())
    assert number(table, owner, "All") == people[busy_world.other_reviewer.pk]
    waiting = Challenge.objects.filter(answered_at=None, silent=False).count()
    assert number(found["work-challenges"], "Waiting for an answer", "All") == waiting == 1
    assert number(found["work-challenges"], "Answered, not closed yet", "All") == 0


def test_what_is_about_the_reader_is_not_among_their_work(busy_world: World) -> None:
    before = number(dashboard(busy_world)["work-queues"], named("gifts").name, "All")
    declare(busy_world.reviewer, accepted(50))
    settle()
    assert number(dashboard(busy_world)["work-queues"], named("gifts").name, "All") == before
    other = dashboard(busy_world, reader=busy_world.other_reviewer)
    assert number(other["work-queues"], named("gifts").name, "All") == before + 1


READERS = ("reviewer", "other_reviewer", "psd_head", "inspector", "harbour_reviewer")


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("band", [None, RankBand.CONSTABLES])
def test_each_reader_is_told_as_many_as_the_records_they_may_open(
    busy_world: World, name: str, band: RankBand | None
) -> None:
    """Also of investigations about a reader of PSD, and about somebody whom they manage."""
    investigations.investigation_policies(busy_world)
    User.objects.filter(pk=busy_world.colleague.pk).update(line_manager=busy_world.other_reviewer)
    opened = [
        (busy_world.reviewer, busy_world.other_reviewer),
        (busy_world.colleague, busy_world.psd_head),
        (busy_world.constable, busy_world.psd_head),
    ]
    for subject, by in opened:
        investigations.open_one(
            busy_world, by=read_anew(by), subject=read_anew(subject), idempotency_key=uuid4()
        )
    settle()
    reader = read_anew(getattr(busy_world, name))
    asked = Asked(tuple(forces_for_psd(reader)), QUARTER, band=band)
    here = Here(without_unknown(asked, reader), Audience.PSD, TODAY, reader)
    counts = {pile.slug: told(pile.counted(here)) for pile in ALL}
    assert counts == {pile.slug: told(pile.recounted(here)) for pile in ALL}
    running = Investigation.objects.filter(case__phase__in=("open", "waiting"))
    known = running.visible_to(reader)
    shown = sum(counts["work.investigations"].values())
    assert shown == (known.filter(case__subject_band=band) if band else known).count()
    if name in ("reviewer", "other_reviewer"):
        assert known.count() < running.filter(case__force__in=asked.forces).count()


def told(rows: Iterable[tuple[Any, ...]]) -> Mapping[tuple[str, ...], int]:
    """How many under each of their parts."""
    return {tuple(parts): n for _, *parts, n in rows if n}


# --- matches --------------------------------------------------------------------------------------


def test_matches_are_open_or_disposed_of(busy_world: World) -> None:
    found = dashboard(busy_world)
    visible = Match.objects.visible_to(read_anew(busy_world.reviewer)).filter(gone_at=None)
    expected = Counter(match.standing for match in visible)
    table = found["matches-by-check"]
    assert number(table, "All", "Known and managed") == expected["known"] >= 1
    assert number(table, "All", "Open") == expected["open"] >= 1
    assert "never been compared in Eastvale Police" in table.note
    assert number(found["matches-by-age"], "Open", "Up to 7 days") == expected["open"]
    alone = dashboard(busy_world, busy_world.northmoor)
    assert "Everything was last compared on 15 June 2026" in alone["matches-by-check"].note
    long_ago = Asked((busy_world.northmoor,), Period(date(2020, 1, 1), date(2020, 12, 31)))
    reader = read_anew(busy_world.reviewer)
    before = tables_of(list(psd_dashboard(long_ago, reader=reader, today=TODAY)))
    assert number(before["matches-by-check"], "All", "Known and managed") == 0


# --- what stands out ------------------------------------------------------------------------------


def test_the_foremost_providers_are_whole_organisations(busy_world: World) -> None:
    table = dashboard(busy_world)["providers"]
    expected: Counter[str] = Counter()
    for offer in offers_of(busy_world):
        if offer.provider_organisation is not None:
            expected[offer.provider_organisation.name] += 1
    assert {each[0].shown: each[1].value for each in table.rows} == dict(expected)
    assert [each[1].value for each in table.rows] == sorted(expected.values(), reverse=True)
    assert row(table, "Meridian Estates Ltd")["Pounds"].value == Decimal(600)


def test_a_merged_provider_is_one_with_what_it_was_merged_into(busy_world: World) -> None:
    one, other = (
        next(
            o.provider_organisation
            for o in offers_of(busy_world)
            if o.provider_organisation.name == name
        )
        for name in ("Meridian Estates Ltd", "Harbour Lifeboats")
    )
    type(one).objects.filter(pk=one.pk).update(merged_into=other)
    table = dashboard(busy_world)["providers"]
    assert number(table, "Harbour Lifeboats", "Offers") == 2
    assert "Meridian Estates Ltd" not in [each[0].shown for each in table.rows]


def test_a_unit_stands_out_where_it_is_far_from_its_forces_rate(busy_world: World) -> None:
    few = dashboard(busy_world, busy_world.northmoor)["units-apart"]
    staff = Counter(
        User.objects.filter(force=busy_world.northmoor).values_list("unit__name", flat=True)
    )
    for _ in range(25):
        declare(busy_world.constable, accepted(5))
    settle()
    table = dashboard(busy_world, busy_world.northmoor)["units-apart"]
    entries = Counter(
        Case.objects.filter(register="gifts", force=busy_world.northmoor, confidential=False)
        .values_list("subject_unit__name", flat=True)
    )  # fmt: skip
    for each in table.rows:
        unit, register, own, at_rate, says = (cell.shown for cell in each)
        if register != named("gifts").name:
            continue
        expected = sum(entries.values()) * staff[unit] / sum(staff.values())
        assert (own, at_rate) == (str(entries[unit]), f"{expected:.1f}")
        assert abs(entries[unit] - expected) > 3 * expected**0.5
        assert says == ("More" if entries[unit] > expected else "Fewer")
    shown = {(each[0].shown, each[1].shown) for each in table.rows}
    assert ("Patrol", named("gifts").name) in shown
    assert len(table.rows) >= len(few.rows)


def test_units_of_most_entries_have_their_rate(busy_world: World) -> None:
    table = dashboard(busy_world, busy_world.northmoor)["units-by-entries"]
    entries = Counter(
        Case.objects.filter(force=busy_world.northmoor, confidential=False)
        .values_list("subject_unit__name", flat=True)
    )  # fmt: skip
    people = User.objects.filter(unit=busy_world.patrol).count()
    patrol = row(table, "Patrol")
    assert patrol["People today"].value == people
    assert patrol["For each ten people"].shown == f"{10 * entries['Patrol'] / people:.1f}"


# --- silent units ---------------------------------------------------------------------------------


@pytest.mark.parametrize("today", [TODAY, date(2026, 7, 10)])
def test_units_stand_as_their_heads_page_says(busy_world: World, today: date) -> None:
    half_year = Period(date(2026, 1, 1), QUARTER.ends_on)
    asked = Asked((busy_world.northmoor,), half_year)
    found = tables_of(
        list(psd_dashboard(asked, reader=read_anew(busy_world.reviewer), today=today))
    )
    silences: Counter[str] = Counter()
    for slug in ("gifts", "business_interests", "media_contacts"):
        for quarter in (WINTER, SPRING):
            stands = standings_in(
                busy_world.northmoor, named(slug), Quarter(quarter.first), today=today
            )
            expected = Counter(each.standing for each in stands)
            name = f"{named(slug).name}, {quarter.words}"
            shown = row(found["units-standing"], name)
            labels = {Standing.DECLARED: "With entries", Standing.NIL: "Nil returned", Standing.SILENT: "Not recorded",
                      Standing.NOT_DUE: "Not due yet"}  # fmt: skip
            for standing, label in labels.items():
                assert shown[label].value == expected[standing], (name, label)
            silences.update(each.unit.name for each in stands if each.standing == "silent")
    assert silences
    told = {each[0].shown: each[2].value for each in found["units-silent"].rows}
    assert told == dict(silences)


def test_a_unit_narrows_every_part(busy_world: World) -> None:
    alone = dashboard(busy_world, busy_world.northmoor, unit=busy_world.patrol)
    whole = dashboard(busy_world, busy_world.northmoor)
    assert (
        number(alone["units-standing"], f"{named('gifts').name}, {SPRING.words}", "With entries")
        == 1
    )
    name = named("gifts").name
    patrol = Case.objects.filter(
        register="gifts", phase__in=("open", "waiting"), subject_unit=busy_world.patrol
    )
    assert number(alone["work-queues"], name, "All") == patrol.count()
    assert number(whole["work-queues"], name, "All") > patrol.count()
    assert [each[0].shown for each in alone["units-by-entries"].rows] == ["Patrol"]
    visible = Match.objects.visible_to(read_anew(busy_world.reviewer)).with_all()
    of_patrol = [
        match
        for match in visible.filter(gone_at=None, disposition="")
        if busy_world.patrol
        in (match.unit, match.case and match.case.subject_unit, match.person and match.person.unit)
    ]
    assert of_patrol
    assert number(alone["matches-by-check"], "All", "Open") == len(of_patrol)


def test_what_waits_is_counted_from_its_own_index() -> None:
    """An index of facts names each measure; one that it lacks is right and slow."""
    assert {pile.waits.measure for pile in ALL if pile.waits} == set(WAITING)
