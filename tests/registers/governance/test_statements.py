"""What a force states of itself: dated, never changed, corrected by a later row."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from integrity.casework.workflow import Denied
from registers.governance.findings import latest_statement, statement_change
from registers.governance.models import ForceStatement
from tests.builders import World
from tests.constraints import again, change
from tests.constraints import refuses as refused_by
from tests.registers.governance.assessed import (
    NOW,
    TODAY,
    opens_for,
    signed_in,
    state,
    words,
)

pytestmark = pytest.mark.django_db
LIST = "/governance/statements/"
LAST_YEAR = TODAY - timedelta(days=365)

CASES: dict[str, Callable[[World], object]] = {
    "counter_corruption_staff_is_not_negative": lambda world: again(
        state(world, TODAY), counter_corruption_staff=Decimal("-0.5")
    ),
    "headcount_has_a_source": lambda world: again(state(world, TODAY), headcount=900),
    "force_statement_says_who_leads": lambda world: again(state(world, TODAY), led_by=""),
    "force_statement_is_never_changed": lambda world: change(
        state(world, TODAY), counter_corruption_staff=Decimal(9)
    ),
}
NAMES = [constraint.name for constraint in ForceStatement._meta.constraints]


@pytest.mark.parametrize("name", [*NAMES, "force_statement_is_never_changed"])
def test_the_database_refuses(name: str, world: World) -> None:
    refused_by(name, CASES, world)


def test_only_the_head_of_psd_states(world: World) -> None:
    stated = state(world, TODAY)
    assert stated.stated_by == world.psd_head
    with pytest.raises(Denied, match="Only the head of PSD of Harbour Police"):
        state(world, TODAY, force=world.harbour)


def test_no_figures_of_a_day_to_come(world: World) -> None:
    with pytest.raises(Denied, match="today or an earlier day"):
        state(world, TODAY + timedelta(days=1))


def test_a_headcount_says_its_source(world: World) -> None:
    with pytest.raises(Denied, match="needs its source"):
        state(world, TODAY, headcount=900)
    assert state(world, TODAY, headcount=900, headcount_source="HR").headcount == 900


def test_a_day_stated_again_keeps_both_and_the_last_stands(world: World) -> None:
    state(world, TODAY, "4.5")
    state(world, TODAY, "5", now=NOW + timedelta(minutes=1))
    assert ForceStatement.objects.count() == 2
    found = latest_statement(world.northmoor, TODAY)
    assert found is not None
    assert found.counter_corruption_staff == 5
    assert latest_statement(world.northmoor, TODAY - timedelta(days=1)) is None


def test_the_change_between_two_days(world: World) -> None:
    none = statement_change(world.northmoor, LAST_YEAR, TODAY)
    assert (none.before, none.after, none.staff) == (None, None, None)
    state(world, LAST_YEAR, "6")
    unknown = statement_change(world.northmoor, LAST_YEAR, TODAY)
    assert unknown.before == unknown.after
    assert unknown.staff is None
    state(world, TODAY, "4.5", gift_registers=3)
    change_of = statement_change(world.northmoor, LAST_YEAR, TODAY)
    assert change_of.staff == Decimal("-1.50")
    assert change_of.after is not None
    assert not change_of.after.single_register


def test_app_may_not_rewrite_one(world: World) -> None:
    stated = state(world, TODAY)
    stated.note = "Other."
    with pytest.raises(IntegrityError), transaction.atomic():
        stated.save()


# --- pages ----------------------------------------------------------------------------------------


def test_who_reads_them(world: World) -> None:
    state(world, TODAY)
    found = opens_for(world, LIST)
    assert found == {
        "psd head", "reviewer", "lead", "governance", "inspector", "harbour psd", "harbour body",
    }  # fmt: skip
    assert "Detective inspector" not in words(signed_in(world.harbour_reviewer).get(LIST))


def test_the_head_states_on_the_page(world: World) -> None:
    client, url = signed_in(world.psd_head), f"{LIST}NMR/new/"
    said = {
        "as_of_day": TODAY.day, "as_of_month": TODAY.month, "as_of_year": TODAY.year,
        "counter_corruption_staff": "4.5", "led_by": "Detective inspector", "gift_registers": "1",
        "compares_with_contractors": "yes", "compares_with_suppliers": "no", "headcount": "900",
    }  # fmt: skip
    refused = client.post(url, said)
    assert refused.status_code == 422
    assert "Say where the headcount is from" in words(refused)
    assert client.post(url, {**said, "headcount_source": "HR"})["Location"] == LIST
    shown = words(client.get(LIST))
    assert "4.50" in shown
    assert "Not compared" in shown
    stated = ForceStatement.objects.get()
    assert (stated.compares_with_contractors, stated.compares_with_suppliers) == (True, False)


@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 403), ("governance_member", 403), ("harbour_reviewer", 404), ("constable", 404)],
)
def test_nobody_else_states(who: str, status: int, world: World) -> None:
    client = signed_in(getattr(world, who))
    assert client.get(f"{LIST}NMR/new/").status_code == status
    assert client.post(f"{LIST}NMR/new/", {}).status_code == status
