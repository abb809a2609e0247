"""What oversight counts follows every change, whoever made it, at the commit."""

import re

import pytest
from django.db import DatabaseError, connection, transaction

from integrity.audit import scope
from integrity.casework.models import Case
from registers.gifts import actions as gifts
from registers.gifts.enums import Status, Verb
from registers.oversight.counting import STRAYS, UNEQUAL, recount, strays
from registers.oversight.enums import Measure
from registers.oversight.keeping import TOUCHED_BY, sql
from registers.oversight.models import Change, Fact, Tally, Touched
from registers.oversight.reading import figures
from tests import builders, contacts, interests, investigations
from tests.builders import NOW, World, accepted, declare, item, read_anew
from tests.oversight import asked, fold, settle
from tests.plugins.database import as_superuser

YEAR = {
    "starts_on": NOW.date().replace(month=1, day=1),
    "ends_on": NOW.date().replace(month=12, day=31),
}


def facts_of(case: Case) -> set[tuple[str, str, int]]:
    return set(Fact.objects.filter(case=case).values_list("measure", "key", "n"))


def test_an_entry_counts_from_the_commit_of_its_declaration(world: World) -> None:
    offer = declare(world.constable, item(), accepted(15, kind="hospitality"))
    settle()
    assert facts_of(offer.case) == {
        ("entries", "gifts", 1),
        ("gifts.entries", "hospitality|accepted|in_time|declared", 1),
        ("gifts.items", "gift|declined|0", 1),
        ("gifts.items", "hospitality|accepted|10", 1),
        ("gifts.provider_kinds", "local_business|accepted", 1),
        ("gifts.providers", f"{offer.provider_organisation_id}|accepted", 1),
        ("waiting.gifts", "with_supervisor", 1),
        ("waiting.owners", "|gifts", 1),
        ("waiting.clocks", "decide|gifts", 1),
    }
    assert not Touched.objects.exists()


def test_a_withdrawn_entry_no_longer_counts_as_an_offer(world: World) -> None:
    offer = declare(world.constable, item())
    settle()
    builders.perform(Verb.WITHDRAW, offer, by=world.constable, in_world=world)
    settle()
    assert facts_of(offer.case) == {("entries", "gifts", 1), ("withdrawn", "gifts", 1)}
    found = figures(asked(world.northmoor, **YEAR), list(Measure))
    assert found.total(Measure.OFFERS).n == 0
    assert found.total(Measure.WITHDRAWN, {"gifts"}).n == 1


@pytest.mark.parametrize("folded", [False, True])
def test_a_figure_is_the_same_before_and_after_the_worker_folds(world: World, folded: bool) -> None:
    for value in (5, 15, 50):
        declare(world.constable, item(value))
    settle()
    if folded:
        assert fold() > 0
        assert not Change.objects.exists()
    found = figures(asked(world.northmoor, **YEAR), list(Measure))
    assert found.total(Measure.OFFERS, None, {"declined"}).n == 3
    assert found.total(Measure.ITEMS).pounds == 70
    assert found.by_part(Measure.ITEMS, 2).keys() == {"0", "10", "50"}
    declare(world.colleague, item(20))
    settle()
    again = figures(asked(world.northmoor, **YEAR), list(Measure))
    assert again.total(Measure.OFFERS).n == 4


def test_what_differs_is_appended_and_nothing_else(world: World) -> None:
    offer = builders.offer_in(Status.WITH_PSD, world)
    settle()
    before = Change.objects.count()
    gifts.assign(offer, owner=world.other_reviewer, by=world.other_reviewer, now=NOW, version=None)
    settle()
    assert Change.objects.count() == before


def test_every_register_counts(world: World) -> None:
    interest = interests.interest_in(interests.Status.APPROVED_WITH_CONDITIONS, world)
    contact = contacts.contact_in(contacts.Status.ACKNOWLEDGED, world)
    settle()
    assert {measure for measure, _, _ in facts_of(interest.case)} == {
        "entries", "interests.applications", "interests.decided", "waiting.checks",
        "waiting.clocks",
    }  # fmt: skip
    assert ("interests.decided", "approved_with_conditions", 1) in facts_of(interest.case)
    assert {measure for measure, _, _ in facts_of(contact.case)} == {"entries", "media.contacts"}


def test_investigations_are_counted_where_only_psd_reads(world: World) -> None:
    investigations.investigation_policies(world)
    found = investigations.investigation_in(investigations.Status.CLOSED, world)
    settle()
    fold()
    kept = set(Tally.objects.values_list("measure", "confidential"))
    assert ("investigations", True) in kept
    assert ("investigations.closed", False) in kept
    assert all(Fact.objects.filter(case=found.case).values_list("confidential", flat=True))


def test_the_site_can_only_read_what_is_counted(world: World) -> None:
    for model in (Fact, Change, Tally, Touched):
        table = model._meta.db_table
        for attack in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):  # noqa: S608
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(attack)


def test_counting_everything_anew_finds_the_same(world: World) -> None:
    declare(world.constable, item(), accepted(15))
    interests.interest_in(interests.Status.REFUSED, world)
    settle()
    fold()
    kept = set(Tally.objects.filter(n__gt=0).values_list("grain", "band", "measure", "key", "n"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT oversight_rebuild()")
    again = set(Tally.objects.filter(n__gt=0).values_list("grain", "band", "measure", "key", "n"))
    assert kept == again


def test_every_table_that_is_counted_from_marks_its_case() -> None:
    named = set(re.findall(r"(?:FROM|JOIN) ([a-z]+_[a-z_]+)\b", sql("facts.sql")))
    tables = {name for name in named if not name.startswith("oversight")}
    assert tables - {"looked_into"} == set(TOUCHED_BY)


def test_a_reader_of_another_force_counts_nothing(world: World) -> None:
    declare(world.constable, item())
    settle()
    fold()
    reach = {"forces": [world.harbour.pk], "near_forces": [world.harbour.pk]}
    with scope.within(reach):
        assert not Tally.objects.exists()
        assert not Fact.objects.exists()
        found = figures(asked(world.northmoor, **YEAR), list(Measure))
        assert found.rows == []
    assert read_anew(world.constable)


def test_what_is_kept_is_what_the_records_say(world: World) -> None:
    declare(world.constable, item())
    interests.interest_in(interests.Status.REFUSED, world)
    settle()
    fold()
    assert strays() == (0, 0)
    recount()
    assert strays() == (0, 0)


def test_a_figure_that_somebody_changed_is_found() -> None:
    with as_superuser(connection.settings_dict["NAME"]) as superuser:
        superuser.autocommit = False
        superuser.execute(
            "INSERT INTO oversight_fact (case_id, band, confidential, counted_on, measure, key, n,"
            " pounds) VALUES (1, '', false, '2026-01-01', 'entries', 'gifts', 1, 0)"
        )
        assert superuser.execute(STRAYS).fetchone() == (1,)
        assert superuser.execute(UNEQUAL).fetchone() == (1,)
        superuser.rollback()
