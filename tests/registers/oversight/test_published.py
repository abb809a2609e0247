"""The page as others would see it, tried as an adversary would: every filter, every pair, all together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from integrity.casework.clocks import add_months
from integrity.people.models import Force, User
from registers.oversight import published, suppression
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.marks import Mark
from registers.oversight.seen import Audience, seen_by
from registers.oversight.spans import Period
from registers.oversight.suppression import Published
from tests.builders import TODAY, World, accepted, declare, item
from tests.oversight import settle
from tests.plugins.kept_world import KeptWorld
from tests.registers.oversight.adversary import (
    COUNTS,
    EITHER,
    FIRST,
    atoms,
    everything,
    exact,
    period,
    recovered_by_solving,
    recovered_by_subtraction,
    secrets_in,
    truth,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def declared_once(kept_world: KeptWorld, django_db_blocker: DjangoDbBlocker) -> None:
    """What every test of this file reads; each test changes its own copy."""
    with django_db_blocker.unblock():
        _declare(kept_world.copy())


@pytest.fixture
def declared(declared_once: None, world: World) -> World:
    return world


def _declare(world: World) -> None:
    world.body.forces.add(world.eastvale)
    people = {"NMR": world.constable, "EVL": world.eastvale_constable}
    for (code, kind, decision), counts in COUNTS.items():
        for quarter, many in enumerate(counts):
            for n in range(many):
                offered(
                    people[code], add_months(FIRST, 3 * quarter).replace(day=n + 1), kind, decision
                )
    settle()


def offered(person: User, on: date, kind: str, decision: str) -> None:
    made = accepted if decision == "accepted" else item
    thing = made(5, kind="hospitality" if kind == "hospitality" else "gift")
    declare(person, thing, offered_on=on, late_reason="It was forgotten.")


def test_what_is_told_is_true(declared: World) -> None:
    told = everything(declared)
    for counts, n in exact(told).items():
        assert n == truth(counts)
        assert n == 0 or n >= 5
    for counts, cell in told.items():
        if cell.mark == Mark.AT_LEAST:
            assert int(cell.shown.rstrip("+")) <= truth(counts)


def test_no_two_filters_and_no_system_of_all_of_them_recover_a_number_under_five(
    declared: World,
) -> None:
    told = everything(declared)
    assert recovered_by_subtraction(told) == []
    secrets = secrets_in(told)
    assert len(secrets) > 20
    assert recovered_by_solving(told, secrets) == []


def unrestricted_true(of: Callable[..., Published]) -> Callable[..., Published]:
    """The fault of a total that is counted, while its parts are published."""

    def faulty(
        self: published.Publishable, measure: Measure, parts: published.Parts, over: Period
    ) -> Published:
        told = of(self, measure, parts, over)
        free = len(parts) < 2 or parts[1] is None
        if measure != Measure.OFFERS or not free:
            return told
        codes = {name.force_id for name in self.pieces}
        kinds = parts[0] if parts and parts[0] is not None else {"gratuity", "hospitality"}
        forces = list(Force.objects.filter(pk__in=codes))
        return Published(truth(atoms(forces, over, set(kinds), EITHER)), True)

    return faulty


@pytest.mark.parametrize("fault", ["fewest", "true totals"])
def test_a_planted_fault_is_recovered(
    declared: World, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    if fault == "fewest":
        monkeypatch.setattr(suppression, "FEWEST", 1)
    else:
        monkeypatch.setattr(
            published.Publishable, "of", unrestricted_true(published.Publishable.of)
        )
    told = everything(declared)
    assert recovered_by_subtraction(told)


# --- what else could tell -------------------------------------------------------------------------


def test_nothing_true_is_kept_beside_what_is_published(declared: World) -> None:
    asked = Asked([declared.northmoor], period(0, 3), board=declared.body)
    seen = seen_by(Audience.PUBLIC, asked, list(Measure), today=TODAY)
    assert seen.figures.rows == ()
    assert seen.pieces is not None
    held = {piece.n for pieces in seen.pieces.pieces.values() for piece in pieces}
    assert not held & set(range(1, 5))
    for measure in Measure:
        assert seen.n(measure) == 0 or seen.n(measure) >= 5
        assert seen.pounds(measure).mark == Mark.FEW
    # what is not published, or cut finer than it is, says the same whatever there is
    for cell in (
        seen.count(Measure.ENTRIES),
        seen.count(Measure.ITEMS),
        seen.count(Measure.PROVIDER_KINDS),
        seen.count(Measure.OFFERS, None, None, {"late"}),
        seen.count(Measure.OFFERS, {"given"}, None, {"late"}),
        seen.count(Measure.INVESTIGATIONS),
        seen.cell(3, "gifts", asked.period),
        seen.cell(30, "", asked.period),
    ):
        assert cell.mark == Mark.FEW


def test_marks_do_not_say_in_which_quarter_of_a_piece_its_number_lies(declared: World) -> None:
    """Accepted gratuities of Northmoor are 1, 1, 1 and 1: were each quarter known to hold some, all were known."""
    asked = Asked([declared.northmoor], period(0, 3), board=declared.body)
    seen = seen_by(Audience.PUBLIC, asked, [Measure.OFFERS], today=TODAY)
    cells = seen.along(Measure.OFFERS, {"given"})
    assert [cell.mark for cell in cells] == [Mark.ZERO] * 4
    assert seen.pieces is not None
    assert all(seen.pieces.has("gifts", bucket) for bucket in seen.buckets)


def test_a_quarter_that_is_not_over_is_in_no_piece(declared: World) -> None:
    asked = Asked([declared.northmoor], period(0, 7), board=declared.body)
    offered(declared.constable, date(2026, 1, 5), "gratuity", "declined")
    settle()
    seen = seen_by(Audience.PUBLIC, asked, [Measure.OFFERS], today=date(2026, 3, 31))
    assert seen.n(Measure.OFFERS) == sum(
        piece.n
        for (code, *_), counts in COUNTS.items()
        if code == "NMR"
        for piece in suppression.cut_years([*counts, 0, 0])
    )


def test_only_whole_quarters_are_published(declared: World) -> None:
    for over in (
        Period(date(2025, 4, 1), date(2025, 4, 30)),
        Period(date(2025, 4, 2), date(2025, 6, 30)),
        Period(date(2025, 5, 1), date(2025, 7, 31)),
    ):
        with pytest.raises(ValueError, match="whole quarters"):
            seen_by(
                Audience.PUBLIC, Asked([declared.northmoor], over), [Measure.OFFERS], today=TODAY
            )


def test_what_is_published_is_the_same_for_every_reader_and_every_span(declared: World) -> None:
    asked = Asked([declared.northmoor, declared.eastvale], period(0, 0))
    one = seen_by(Audience.PUBLIC, asked, [Measure.OFFERS], today=TODAY)
    longer = seen_by(
        Audience.PUBLIC,
        replace(asked, unit=declared.patrol),
        [Measure.OFFERS],
        today=TODAY,
        reader=declared.psd_head,
        since=add_months(FIRST, -24),
    )
    assert one.n(Measure.OFFERS) == longer.n(Measure.OFFERS) > 0
