"""What stands first, what stands behind it, and that no order or count tells whom a veiled match is about."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from integrity.people.models import User
from registers.crosschecks import stories
from registers.crosschecks.enums import Check, Disposition, Owner
from registers.crosschecks.models import Match
from tests import matches as making
from tests import procurement
from tests.builders import NOW, TODAY, World

pytestmark = pytest.mark.django_db
QUEUE = "/psd/matches/"


@pytest.fixture
def at_desk(world: World) -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
        return client

    return signed_in


def lunches(world: World, *days_ago: int, person: User | None = None) -> list[Match]:
    """One match for each lunch before a contract of today, in the order of the days given."""
    for days in days_ago:
        making.lunch(person or world.constable, on=TODAY - timedelta(days=days))
    procurement.contract(world.northmoor, awarded_on=TODAY, amount=Decimal("1250000.00"))
    making.run(world.northmoor)
    return making.matches(Check.OFFER_BEFORE_AWARD)


def listed(client: Client, query: str = "") -> list[Any]:
    return list(client.get(f"{QUEUE}?{query}").context["cl"].result_list)


def test_of_equal_scores_the_nearest_comes_first(world: World) -> None:
    lunches(world, 25, 5, 15)
    found = Match.objects.filter(check_name=Check.OFFER_BEFORE_AWARD)
    assert len({each.score for each in found}) == 1
    ordered = found.order_by(*stories.FOREMOST)
    assert [each.facts["gap"] for each in ordered] == [5, 15, 25]


def test_the_queue_lists_the_riskiest_of_each_person_and_organisation(
    world: World, at_desk
) -> None:
    every = lunches(world, 25, 5, 15)
    making.lunch(world.colleague, on=TODAY - timedelta(days=9))
    making.run(world.northmoor)
    psd = at_desk(world.other_reviewer)
    query = f"queue=all&check_name={Check.OFFER_BEFORE_AWARD}"
    found = listed(psd, query)
    assert [(each.facts["gap"], each.like_it) for each in found] == [(5, 2), (9, 0)]
    behind = listed(psd, f"{query}&story={found[0].pk}")
    assert {each.pk for each in behind} == {each.pk for each in every}
    assert len(listed(psd, f"{query}&story=every")) == 4
    said = psd.get(f"{QUEUE}?{query}").content.decode()
    assert "and 2 more" in said
    assert f"story={found[0].pk}" in said
    assert listed(psd, f"{query}&story=999999") == listed(psd, f"{query}&story=x") == []


def test_what_was_ticked_stays_chosen_though_a_riskier_one_came_since(
    world: World, at_desk
) -> None:
    (first,) = lunches(world, 25)
    making.lunch(world.constable, on=TODAY - timedelta(days=3), worth=120)
    making.run(world.northmoor)
    sent = {"action": "coincidences", "_selected_action": [first.pk], "reason": "The fair."}
    at_desk(world.other_reviewer).post(QUEUE, {**sent, f"version_{first.pk}": first.version})
    first.refresh_from_db()
    assert first.disposition == Disposition.COINCIDENCE


def test_a_match_names_others_once_three_of_each_and_the_way_to_the_rest(
    world: World, at_desk
) -> None:
    lunches(world, 25, 5, 15, 10, 20)
    for person in (world.colleague, world.sergeant):
        making.lunch(person, on=TODAY - timedelta(days=9))
    making.run(world.northmoor)
    match = Match.objects.filter(person=world.constable).order_by("pk")[0]
    page = f"/psd/crosschecks/match/{match.pk}/change/"
    shown = at_desk(world.other_reviewer).get(page).context
    person, organisation = shown["of_person"], shown["of_organisation"]
    assert (len(person.shown), len(organisation.shown)) == (3, 2)
    assert not {each.path for each in person.shown} & {each.path for each in organisation.shown}
    assert organisation.path == ""
    theirs = Match.objects.filter(person=world.constable).count()
    query = person.path.partition("?")[2]
    assert len(listed(at_desk(world.other_reviewer), query)) == theirs


# --- who may not know whom a match is about -------------------------------------------------------


def test_whoever_reads_no_entries_learns_not_that_two_are_of_one_person(
    world: World, at_desk
) -> None:
    making.setting(world.northmoor, Check.OFFER_BEFORE_AWARD, owner=Owner.PROCUREMENT)
    every = lunches(world, 25, 5)
    buyer = at_desk(world.procurement_officer)
    found = listed(buyer, "queue=all")
    assert {each.pk for each in found} >= {each.pk for each in every}
    assert {each.like_it for each in found} == {0}
    for story in (f"{every[0].pk}", f"{every[0].pk}-person"):
        assert listed(buyer, f"queue=all&story={story}") == []
    of_firm = listed(buyer, f"queue=all&story={every[0].pk}-organisation")
    assert {each.pk for each in of_firm} >= {each.pk for each in every}


def test_a_cardholder_is_not_beside_what_they_declared(world: World, at_desk) -> None:
    making.setting(world.northmoor, Check.OFFER_BEFORE_AWARD, owner=Owner.PROCUREMENT)
    lunches(world, 25, person=world.colleague)
    split = making.split(world)
    assert split.person == world.colleague
    page = f"/psd/crosschecks/match/{split.pk}/change/"
    assert at_desk(world.procurement_officer).get(page).context["of_person"].shown == []
    assert len(at_desk(world.other_reviewer).get(page).context["of_person"].shown) > 0


# --- days -----------------------------------------------------------------------------------------


def test_no_match_is_dated_after_the_day_on_which_it_is_found(world: World) -> None:
    """An interest that begins next month, in a supplier whose contract began last month."""
    awarded = TODAY - timedelta(days=30)
    procurement.contract(world.northmoor, awarded_on=awarded)
    making.interest(world.constable, starts_on=TODAY + timedelta(days=30))
    making.run(world.northmoor)
    match = making.the_match(Check.INTEREST_IN_SUPPLIER)
    assert match.happened_on == awarded
    assert max(each.happened_on for each in making.matches()) <= NOW.date()
