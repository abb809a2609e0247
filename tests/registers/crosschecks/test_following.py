"""The checks follow each force's ledger by themselves, and one new declaration is checked at once."""

import os
import time
from datetime import timedelta
from io import StringIO
from json import loads
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from integrity.casework.registry import chores
from registers.crosschecks import actions
from registers.crosschecks.actions import following
from registers.crosschecks.enums import Check
from registers.crosschecks.models import Cursor
from tests import matches as making
from tests import procurement
from tests.builders import NOW, TODAY, World
from tests.registers.crosschecks.conftest import settle

SOON = NOW + timedelta(minutes=1)


def follow(world: World) -> actions.Counts | None:
    settle()
    return actions.follow(world.northmoor, now=SOON)


def read_to_its_end(world: World) -> None:
    follow(world)
    assert follow(world) is None


def test_the_first_time_everything_is_compared(world: World) -> None:
    making.lunch(world.constable)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    assert follow(world) is not None
    assert making.the_match(Check.OFFER_BEFORE_AWARD)
    assert Cursor.objects.get(force=world.northmoor).whole_at == SOON
    assert follow(world) is None  # the matches themselves are no change that matters


def test_a_declaration_is_found_within_the_minute(world: World) -> None:
    procurement.contract(world.northmoor, awarded_on=TODAY)
    read_to_its_end(world)
    making.lunch(world.constable)
    counts = follow(world)
    assert counts is not None
    assert counts.by_check[Check.OFFER_BEFORE_AWARD].new == 1
    assert follow(world) is None


def test_a_contract_is_found_within_the_minute(world: World) -> None:
    making.lunch(world.constable)
    read_to_its_end(world)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    follow(world)
    assert making.the_match(Check.OFFER_BEFORE_AWARD)


def test_a_suggestion_that_two_are_one_is_followed_too(world: World) -> None:
    """Organisations belong to no force: their changes are in the installation's log."""
    fleet = making.organisation("Halcyon Fleet", world.alliance_psd)
    services = making.organisation("Halcyon Fleet Services", world.alliance_psd)
    making.lunch(world.constable, by="Halcyon Fleet")
    procurement.contract(world.northmoor, services, awarded_on=TODAY)
    read_to_its_end(world)
    making.suggestion(fleet, services, 90)
    follow(world)
    assert making.the_match(Check.OFFER_BEFORE_AWARD).likeness == 90


def test_a_burst_is_compared_once_and_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read_to_its_end(world)
    monkeypatch.setattr(following, "BURST", 3)
    monkeypatch.setattr(following, "AT_ONCE", 5)
    making.lunch(world.constable)
    for _ in range(6):
        procurement.contract(world.northmoor, awarded_on=TODAY)
    follow(world)
    cursor = Cursor.objects.get(force=world.northmoor)
    assert cursor.whole_at == SOON
    assert making.the_match(Check.OFFER_BEFORE_AWARD)
    monkeypatch.undo()
    assert follow(world) is None


def test_small_batches_read_it_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read_to_its_end(world)
    monkeypatch.setattr(following, "AT_ONCE", 2)
    making.lunch(world.constable)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    follow(world)
    assert making.the_match(Check.OFFER_BEFORE_AWARD)


def test_the_worker_does_it_each_minute_and_each_night() -> None:
    assert chores("minute")["cross-checks"] == actions.follow_ledgers
    assert chores("day")["cross-checks"] == actions.run_whole


def test_one_force_that_fails_leaves_the_others_compared(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.lunch(world.constable)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    real = actions.run_checks

    def fails_for_harbour(force, **details):
        if force == world.harbour:
            raise ValueError("No such luck")
        return real(force, **details)

    monkeypatch.setattr(following, "run_checks", fails_for_harbour)
    assert actions.run_whole(NOW)["new"] == 1


def processor_seconds() -> float:
    """What this process and its connection's have used: the clock of a shared machine counts others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():  # a server elsewhere
        return time.perf_counter()
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def test_one_new_declaration_is_checked_in_under_200_ms(world: World, record_property) -> None:
    for number in range(40):
        name = f"Supplier {number}"
        procurement.contract(world.northmoor, name, awarded_on=TODAY)
        procurement.payment(world.northmoor, name, 3000)
    making.run(world.northmoor)
    offer = making.lunch(world.constable, by="Supplier 7")
    times, began, used = 10, time.perf_counter(), processor_seconds()
    for _ in range(times):
        making.run(world.northmoor, cases=[offer.case_id])
    each, wall = (processor_seconds() - used) / times, (time.perf_counter() - began) / times
    record_property(
        "measured",
        f"one new declaration: {each * 1000:.0f} ms of processor, {wall * 1000:.0f} ms by the clock"
        f" at a load of {os.getloadavg()[0]:.1f}; aim 200",
    )
    assert each < 0.2


def test_the_command_prints_what_each_check_did(world: World) -> None:
    making.lunch(world.constable)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    said = StringIO()
    call_command("crosscheck", "--force", "NMR", "--json", stdout=said)
    counts = loads(said.getvalue())["forces"]["NMR"]
    assert counts["new"] == counts["checks"][Check.OFFER_BEFORE_AWARD]["new"] == 1
    said = StringIO()
    call_command("crosscheck", "--all", stdout=said)
    assert "NMR offer_before_award: 1 found, 0 new, 0 changed, 0 gone, 1 open" in said.getvalue()
    with pytest.raises(CommandError, match="no force with the code XYZ"):
        call_command("crosscheck", "--force", "XYZ")
