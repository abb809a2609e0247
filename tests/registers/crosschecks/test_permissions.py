"""Who may know of a match: PSD, procurement what is theirs, and nobody in conflict."""

import pytest
from django.db import connection

from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from integrity.people.scope import of_person
from registers.crosschecks import actions
from registers.crosschecks.enums import Check, Disposition
from registers.crosschecks.models import Match
from tests import builders, procurement
from tests import matches as making
from tests.builders import NOW, TODAY, World, read_anew


def readers(match: Match, world: World) -> set[str]:
    """Everybody of the world who finds this match, by the name they have there."""
    return {
        name
        for name, person in world.people().items()
        if Match.objects.visible_to(read_anew(person)).filter(pk=match.pk).exists()
    }


def test_psds_are_psds_alone(world: World) -> None:
    match = making.lunch_then_contract(world)
    assert readers(match, world) == {"psd_head", "reviewer", "other_reviewer"}


def test_procurements_are_procurements_and_psds(world: World) -> None:
    match = making.split(world)
    psd = {"psd_head", "reviewer", "other_reviewer"}
    assert readers(match, world) == {"procurement_officer", *psd}


def test_nobody_reads_of_themselves_nor_of_their_line(world: World) -> None:
    """The deputy chief manages the head of PSD, who manages the reviewer."""
    making.lunch(world.reviewer)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    making.run(world.northmoor)
    assert readers(making.the_match(Check.OFFER_BEFORE_AWARD), world) == {"other_reviewer"}


def test_nobody_reads_of_whoever_is_above_them(world: World) -> None:
    making.lunch(world.deputy_chief)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    making.run(world.northmoor)
    assert readers(making.the_match(Check.OFFER_BEFORE_AWARD), world) == {"other_reviewer"}


def test_a_cardholder_in_procurement_does_not_read_of_their_own_card(world: World) -> None:
    card = procurement.card(world.procurement_officer)
    for amount in (480, 490):
        procurement.purchase(card, amount, bought_on=TODAY)
    making.run(world.northmoor)
    assert "procurement_officer" not in readers(making.the_match(Check.CARD_SPLIT), world)


def test_whoever_reads_it_decides_and_nobody_else(world: World) -> None:
    match = making.lunch_then_contract(world)
    for person in (world.constable, world.sergeant, world.inspector, world.procurement_officer):
        with pytest.raises(Denied):
            actions.dispose(
                match, disposition=Disposition.KNOWN, reason="So.", by=read_anew(person), now=NOW,
                version=None,
            )  # fmt: skip


def test_procurement_does_not_challenge(world: World) -> None:
    match, buyer = making.split(world), read_anew(world.procurement_officer)
    with pytest.raises(Denied, match="PSD challenges"):
        actions.challenge(
            match, make=lambda: None, note="So.", by=buyer, now=NOW, version=match.version
        )


@pytest.mark.parametrize(
    ("who", "sees"), [("other_reviewer", 2), ("procurement_officer", 1), ("constable", 1)]
)
def test_the_database_shows_psds_matches_to_psd(who: str, sees: int, world: World) -> None:
    """The second lock: of Northmoor's two, the one that is PSD's shows where PSD reaches."""
    making.lunch_then_contract(world)
    making.split(world)
    person: User = getattr(world, who)
    with of_person(person.pk, today=TODAY), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM crosschecks_match")
        assert cursor.fetchone()[0] == sees


def test_the_outside_decider_reads_of_what_went_there(world: World) -> None:
    world.northmoor.outside_department = world.harbour_psd
    world.northmoor.save()
    making.lunch(world.chief)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    making.run(world.northmoor)
    found = readers(making.the_match(Check.OFFER_BEFORE_AWARD), world)
    assert "harbour_reviewer" in found
    assert "chief" not in found


def test_a_role_that_ended_opens_nothing(world: World) -> None:
    match = making.lunch_then_contract(world)
    stranger = builders.person("stranger", force=world.northmoor)
    builders.grant(stranger, Role.PSD_REVIEWER, force=world.northmoor, ends_on=builders.START)
    assert not Match.objects.visible_to(stranger).filter(pk=match.pk).exists()
