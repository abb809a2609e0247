"""How units stand for a quarter, who says that there was nothing, and who is reminded to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from integrity.audit.models import Event
from integrity.casework import nil_returns
from integrity.casework.actions import return_nil, withdraw_nil
from integrity.casework.actions.nil_returns import remind_heads
from integrity.casework.enums import Standing
from integrity.casework.models import NilReturn, NilReturnReminder, NilReturnRule
from integrity.casework.nil_returns import standings
from integrity.casework.policies import is_reminder_due
from integrity.casework.quarters import Quarter, quarter_named, quarter_of
from integrity.casework.registry import Register, named
from integrity.casework.subject_access import held_about
from integrity.casework.workflow import Denied
from integrity.people.models import Unit, User
from registers.gifts.enums import Verb
from registers.gifts.models import GiftPolicy, Offer
from registers.media_contacts.models import MediaPolicy
from tests import builders, contacts, interests
from tests.builders import NOW, TODAY, World, declare, perform
from tests.integrity.casework.test_notices import work

EVERY = ("gifts", "business_interests", "media_contacts")
FEBRUARY = date(2026, 2, 10)


def quarter(key: str) -> Quarter:
    found = quarter_named(key)
    assert found is not None
    return found


LAST = quarter("2026-1")


def headed(world: World, head: User | None = None) -> Unit:
    """Patrol, whose head is the sergeant unless told; the inspector manages the sergeant."""
    world.patrol.head = head or world.sergeant
    world.patrol.save()
    return world.patrol


def offered(user: User, on: date = FEBRUARY) -> Offer:
    """An offer of that day, declared late."""
    return declare(user, offered_on=on, late_reason="I was away.")


def stands(unit: Unit, key: str = "2026-1", *, today: date = TODAY) -> dict[str, Standing]:
    found = standings([unit], [quarter(key)], today=today)
    return {each.register.slug: each.standing for each in found}


def nil(world: World, *registers: str, by: User | None = None, key: str = "2026-1") -> NilReturn:
    return return_nil(
        world.patrol,
        registers=registers or ("gifts",),
        quarter=quarter(key),
        by=by or world.sergeant,
        now=NOW,
    )[0]


def refusal(world: World, *registers: str, by: User | None = None, key: str = "2026-1") -> str:
    before = NilReturn.objects.count()
    with pytest.raises(Denied) as denied:
        nil(world, *registers, by=by, key=key)
    assert NilReturn.objects.count() == before
    return str(denied.value)


# --- quarters -------------------------------------------------------------------------------------


def test_a_quarter_has_its_days_its_name_and_london_s_midnights() -> None:
    found = quarter_of(date(2026, 8, 15))
    assert (found.key, found.days) == ("2026-3", (date(2026, 7, 1), date(2026, 9, 30)))
    assert found.words == "July to September 2026"
    begins, stops = found.moments
    assert begins.astimezone(UTC) == datetime(2026, 6, 30, 23, tzinfo=UTC)  # summer time
    assert stops.astimezone(UTC) == datetime(2026, 9, 30, 23, tzinfo=UTC)
    assert quarter_named("2026-5") is None


# --- standings ------------------------------------------------------------------------------------


def test_silence_is_not_a_nil_return_and_neither_is_a_declaration(world: World) -> None:
    unit = headed(world)
    assert stands(unit) == dict.fromkeys(EVERY, Standing.SILENT)
    offered(world.constable)
    nil(world, "media_contacts")
    assert stands(unit) == {
        "gifts": Standing.DECLARED,
        "business_interests": Standing.SILENT,
        "media_contacts": Standing.NIL,
    }


def test_an_entry_counts_on_the_day_it_speaks_of_not_on_that_of_its_receipt(world: World) -> None:
    offered(world.constable, date(2026, 3, 31))
    offered(world.constable, date(2026, 4, 1))
    found = standings([world.patrol], [quarter("2026-2"), LAST], today=TODAY, of=[gifts()])
    assert [each.entries for each in found] == [1, 1]


def test_an_entry_that_names_no_day_counts_on_that_of_its_receipt_in_london(world: World) -> None:
    case = declare(world.constable).case
    case.claimed_on, case.received_at = None, datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    case.save()
    assert stands(world.patrol)["gifts"] == Standing.SILENT
    assert stands(world.patrol, "2026-2")["gifts"] == Standing.DECLARED


def test_a_withdrawn_entry_was_declared(world: World) -> None:
    offer = offered(world.constable)
    perform(Verb.WITHDRAW, offer, by=world.constable, in_world=world)
    assert stands(world.patrol)["gifts"] == Standing.DECLARED


def test_every_register_counts_its_own(world: World) -> None:
    interests.apply(world.constable)
    contacts.log(world.constable)
    found = stands(world.patrol, "2026-2")
    assert found["business_interests"] == found["media_contacts"] == Standing.DECLARED
    assert found["gifts"] == Standing.NOT_DUE


def test_a_quarter_that_is_not_over_is_not_silent(world: World) -> None:
    assert set(stands(world.patrol, "2026-2").values()) == {Standing.NOT_DUE}
    last_day = date(2026, 6, 30)
    assert set(stands(world.patrol, "2026-2", today=last_day).values()) == {Standing.NOT_DUE}
    after = last_day + timedelta(days=1)
    assert set(stands(world.patrol, "2026-2", today=after).values()) == {Standing.SILENT}


def test_nobody_was_asked_before_the_first_policy_whoever_s_it_is(world: World) -> None:
    assert set(stands(world.patrol, "2019-4").values()) == {Standing.NOT_ASKED}
    assert set(stands(world.patrol, "2020-1").values()) == {Standing.SILENT}
    MediaPolicy.objects.update(effective_from=date(2026, 3, 31))  # joint, and Harbour's own
    quay = Unit.objects.get(name="Quay")
    for unit in (world.patrol, quay):
        assert stands(unit)["media_contacts"] == Standing.SILENT, "in force on its last day"
        assert stands(unit, "2025-4")["media_contacts"] == Standing.NOT_ASKED
    GiftPolicy.objects.all().update(effective_from=date(2026, 4, 1))
    assert stands(quay)["gifts"] == Standing.NOT_ASKED


def test_of_the_body_s_own_policy_no_unit_is_asked(world: World) -> None:
    GiftPolicy.objects.exclude(oversight_body=world.body).update(effective_from=date(2026, 4, 1))
    assert stands(world.patrol)["gifts"] == Standing.NOT_ASKED


def test_a_person_s_nil_return_is_not_their_unit_s_nor_is_one_without_days(world: World) -> None:
    said = {"register": "gifts", "force": world.northmoor, "stated_for": "Patrol", "stated_at": NOW}
    NilReturn.objects.create(**said, unit=world.patrol)
    days = {"starts_on": LAST.first, "ends_on": LAST.last}
    NilReturn.objects.create(**said, unit=world.patrol, person=world.constable, **days)
    assert stands(world.patrol)["gifts"] == Standing.SILENT
    year = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    NilReturn.objects.create(**said, unit=world.patrol, **year)
    assert stands(world.patrol)["gifts"] == Standing.NIL


def test_the_standings_of_all_units_take_as_many_queries_as_those_of_one(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            found = nil_returns.standings_in(world.northmoor, gifts(), LAST, today=TODAY)
        assert len(found) == world.northmoor.units.count()
        return len(captured)

    few = asked()
    for number in range(30):
        Unit.objects.create(force=world.northmoor, name=f"Unit {number}", head=world.sergeant)
    offered(world.constable)
    assert asked() == few <= 5


def gifts() -> Register:
    return named("gifts")


# --- returning ------------------------------------------------------------------------------------


def test_a_head_confirms_each_register_and_the_ledger_keeps_it(world: World) -> None:
    unit = headed(world)
    made = return_nil(unit, registers=EVERY, quarter=LAST, by=world.sergeant, now=NOW)
    assert {each.register for each in made} == set(EVERY)
    assert {(each.starts_on, each.ends_on) for each in made} == {LAST.days}
    assert {each.stated_by for each in made} == {world.sergeant}
    events = Event.objects.filter(name="nil returned", about="nil return")
    assert {event.about_id for event in events} == {each.pk for each in made}
    assert events[0].facts["unit"] == "Patrol"


def test_again_it_is_the_same_answer(world: World) -> None:
    headed(world)
    first = nil(world)
    assert nil(world) == first
    assert nil(world, by=world.inspector_of_police) == first
    offered(world.constable)
    assert nil(world) == first
    assert NilReturn.objects.count() == 1


def test_what_is_refused_says_why_and_returns_nothing(world: World) -> None:
    headed(world)
    assert refusal(world, key="2026-2") == (
        "April to June 2026 is not over yet; confirm it once it is."
    )
    assert refusal(world, key="2019-4") == (
        "Nobody was asked for “Gifts and hospitality” in October to December 2019: no policy was in "
        "force, so there is nothing to confirm."
    )
    assert (
        refusal(world, "investigations") == "No nil return is taken for “Integrity investigations”."
    )
    offered(world.constable)
    assert refusal(world, *EVERY) == (
        "Patrol has 1 entry in “Gifts and hospitality” for January to March 2026, so there was "
        "something."
    )
    offered(world.colleague)
    assert "has 2 entries in" in refusal(world)


def test_only_the_head_and_their_line_manager_answer_for_a_unit(world: World) -> None:
    answers = set()
    for name, user in world.people().items():
        headed(world)
        try:
            with transaction.atomic():
                nil(world, by=user)
                transaction.set_rollback(True)
            answers.add(name)
        except Denied:
            continue
    assert answers == {"sergeant", "inspector_of_police"}


def test_of_a_unit_without_a_head_nobody_answers(world: World) -> None:
    assert refusal(world).startswith("Only the head of Patrol")


def test_a_nil_return_that_was_wrong_is_withdrawn_kept_and_counts_no_more(world: World) -> None:
    unit, wrong = headed(world), nil(world)
    for reason in ("", "  "):
        with pytest.raises(Denied, match="Say why"):
            withdraw_nil(wrong, reason=reason, by=world.sergeant, now=NOW)
    with pytest.raises(Denied, match="Only the head"):
        withdraw_nil(wrong, reason="Wrong.", by=world.constable, now=NOW)
    kept = withdraw_nil(wrong, reason="A lunch came to light.", by=world.sergeant, now=NOW)
    assert (kept.withdrawn_by, kept.withdrawn_reason) == (world.sergeant, "A lunch came to light.")
    assert stands(unit)["gifts"] == Standing.SILENT
    with pytest.raises(Denied, match="withdrawn already"):
        withdraw_nil(wrong, reason="Again.", by=world.sergeant, now=NOW)
    event = Event.objects.get(name="nil return withdrawn")
    assert (event.reason, event.about_id) == ("A lunch came to light.", wrong.pk)
    again = nil(world)
    assert again != wrong
    assert stands(unit)["gifts"] == Standing.NIL


def test_an_entry_beside_a_nil_return_is_shown_with_it(world: World) -> None:
    headed(world)
    stated = nil(world)
    offered(world.constable)
    (found,) = standings([world.patrol], [LAST], today=TODAY, of=[gifts()])
    assert (found.standing, found.entries, found.nil) == (Standing.DECLARED, 1, stated)
    assert found.words == "1 entry, although nil was returned"


def test_their_own_data_tell_a_head_what_they_returned(world: World) -> None:
    headed(world)
    nil(world)
    remind(datetime(2026, 4, 7, 4, tzinfo=UTC))
    held = held_about(world.sergeant, now=NOW)["also_held"]["nil_returns"]
    assert held["heads"] == ["Patrol"]
    assert [each["register"] for each in held["returned"]] == ["Gifts and hospitality"]
    assert held["reminded"] == [
        {"unit": "Patrol", "quarter_from": "2026-01-01", "on": "2026-04-07"}
    ]
    assert "nil_returns" not in held_about(world.constable, now=NOW)["also_held"]


# --- reminders ------------------------------------------------------------------------------------


def remind(now: datetime) -> int:
    return remind_heads(now)["reminders of nil returns"]


def reminded_days(unit: Unit, until: date = date(2026, 5, 12)) -> list[date]:
    """The days on which a head was written to, asking twice each day."""
    day = LAST.last
    while day < until:
        day += timedelta(days=1)
        for hour in (4, 20):
            remind(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
    told = NilReturnReminder.objects.filter(unit=unit, starts_on=LAST.first)
    return sorted(told.values_list("reminded_on", flat=True))


def test_a_head_is_reminded_a_week_after_the_quarter_and_weekly_so_often_at_most(
    world: World,
) -> None:
    assert reminded_days(headed(world)) == [
        date(2026, 4, 7),
        date(2026, 4, 14),
        date(2026, 4, 21),
        date(2026, 4, 28),
    ]


def test_a_force_says_when_how_often_and_of_which_registers(world: World) -> None:
    unit = headed(world)
    rule = {"force": world.northmoor, "repeat_days": 10, "reminders": 2}
    NilReturnRule.objects.create(
        **rule,
        effective_from=date(2026, 4, 20),
        first_reminder_days=3,
        registers=["media_contacts"],
    )
    NilReturnRule.objects.create(**{**rule, "reminders": 0}, effective_from=date(2026, 1, 1))
    assert reminded_days(unit) == [date(2026, 4, 20), date(2026, 4, 30)]
    assert NilReturnReminder.objects.first().registers == ["media_contacts"]


def test_who_has_answered_is_not_reminded(world: World) -> None:
    headed(world)
    nil(world, "gifts", "business_interests")
    at = datetime(2026, 4, 7, 4, tzinfo=UTC)
    assert remind(at) == 1
    assert NilReturnReminder.objects.get().registers == ["media_contacts"]
    contacts.log(world.constable, contacted_on=FEBRUARY, late_reason="I was away.")
    assert remind(at + timedelta(days=7)) == 0


@pytest.mark.parametrize("lacks", ["head", "address", "service"])
def test_nobody_is_reminded_where_nobody_can_be(world: World, lacks: str) -> None:
    if lacks != "head":
        headed(world)
    if lacks == "address":
        User.objects.filter(pk=world.sergeant.pk).update(email="")
    if lacks == "service":
        User.objects.filter(pk=world.sergeant.pk).update(leaves_on=date(2026, 3, 1))
    assert remind(datetime(2026, 4, 7, 4, tzinfo=UTC)) == 0


@pytest.mark.django_db(transaction=True)
def test_one_letter_for_all_of_a_head_s_units_and_none_twice_a_day() -> None:
    world = builders.world()
    headed(world)
    Unit.objects.create(force=world.northmoor, name="Custody", head=world.sergeant)
    at = datetime(2026, 4, 7, 4, tzinfo=UTC)
    assert [remind(at), remind(at + timedelta(hours=3))] == [2, 0]
    work()
    (letter,) = mail.outbox
    assert letter.to == ["sergeant@force.example"]
    assert "January to March 2026" in letter.body
    assert "/nil-returns/" in letter.body


def test_a_reminder_that_was_missed_is_sent_once_and_the_next_waits_its_turn() -> None:
    times = {"first": 7, "repeat": 7, "most": 3}
    ended, today = date(2026, 3, 31), date(2026, 4, 20)
    assert is_reminder_due(ended, today, **times, sent=0, last=None)
    assert not is_reminder_due(ended, today, **times, sent=1, last=today)
    next_week = today + timedelta(days=7)
    assert is_reminder_due(ended, next_week, **times, sent=1, last=today)
    assert not is_reminder_due(ended, next_week, **times, sent=3, last=today)
    assert not is_reminder_due(ended, date(2026, 4, 6), **times, sent=0, last=None)
