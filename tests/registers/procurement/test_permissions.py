"""Who judges a purchase: everybody of procurement and PSD, but for those in the holder's line."""

import pytest

from integrity.casework.workflow import Denied
from integrity.people.enums import MemberType, Role
from integrity.people.models import User
from registers.procurement.enums import Verb
from registers.procurement.models import Card, Purchase
from registers.procurement.permissions import (
    check_contractor,
    check_of_force,
    check_procurement,
    check_review,
)
from tests import procurement
from tests.builders import NOW, World, grant, person, read_anew

pytestmark = pytest.mark.django_db


def purchase_of(holder: User) -> Purchase:
    return procurement.purchase(
        procurement.card(holder), justification="Pens", justified_at=NOW, justified_by=holder
    )


def refusal(user: User, purchase: Purchase) -> str:
    """Why somebody may not judge it; empty where they may."""
    try:
        check_review(read_anew(user), purchase, Verb.FIND_RIGHT)
    except Denied as denied:
        return str(denied)
    return ""


def test_nobody_in_the_holders_line_judges(world: World) -> None:
    """The same five people as the line of the force: each as holder, each as judge."""
    line = [
        world.constable,
        world.sergeant,
        world.inspector_of_police,
        world.assistant_chief,
        world.chief,
    ]
    for user in line:
        grant(user, Role.PROCUREMENT, force=world.northmoor)
    made = {holder: purchase_of(holder) for holder in line}
    free = {
        (judge, holder) for judge in line for holder in line if not refusal(judge, made[holder])
    }
    # The head of the force is above everybody, which does not count; but they manage the assistant.
    below_assistant = line[:3]
    assert free == {(world.chief, holder) for holder in below_assistant}


def test_others_of_procurement_and_psd_judge(world: World) -> None:
    made = purchase_of(world.constable)
    for user in (world.procurement_officer, world.reviewer, world.psd_head, world.other_reviewer):
        assert refusal(user, made) == ""
    for user in (world.inspector, world.press_officer, world.administrator, world.colleague):
        assert refusal(user, made) == "Only procurement and PSD review purchases."
    assert refusal(world.harbour_reviewer, made)


def test_a_card_whose_holder_nobody_knows_is_judged_all_the_same(world: World) -> None:
    card = procurement.card(world.constable)
    Card.objects.filter(pk=card.pk).update(holder=None, holder_name="P. Smith")
    card.refresh_from_db()
    made = procurement.purchase(card, justification="Pens")
    assert refusal(world.procurement_officer, made) == ""


def test_procurement_keeps_its_own_force(world: World) -> None:
    check_procurement(world.procurement_officer, world.northmoor)
    for user, force in (
        (world.procurement_officer, world.eastvale),
        (world.reviewer, world.northmoor),
        (world.inspector, world.northmoor),
    ):
        with pytest.raises(Denied, match="Only the procurement of"):
            check_procurement(user, force)


def test_who_is_involved_serves_in_the_force(world: World) -> None:
    check_of_force(world.sergeant, world.northmoor)
    with pytest.raises(Denied, match="is not in Northmoor"):
        check_of_force(world.eastvale_constable, world.northmoor)
    left = person("left", force=world.northmoor, leaves_on=NOW.date().replace(year=2025))
    with pytest.raises(Denied, match="has left the force"):
        check_of_force(left, world.northmoor)


def test_a_contractors_person_is_one(world: World) -> None:
    made = procurement.contract(world.northmoor)
    guard = person("guard", force=world.northmoor, member_type=MemberType.CONTRACTOR)
    with pytest.raises(Denied, match="Say first"):
        check_contractor(guard, made)
    made.outsourced = True
    check_contractor(guard, made)
    with pytest.raises(Denied, match="not a contractor’s employee’s"):
        check_contractor(world.constable, made)
