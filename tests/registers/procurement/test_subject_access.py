"""What procurement holds about somebody, in their own data: all of it, and nothing of a referral or a match."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrity.casework.models import Referral
from integrity.people.enums import MemberType
from integrity.people.models import User
from registers.crosschecks import actions as crosschecks
from registers.crosschecks.enums import Check
from registers.crosschecks.models import Match
from registers.procurement import actions
from registers.procurement.enums import Declared, Part, Verdict
from registers.procurement.models import Purchase
from tests import builders, matches, procurement
from tests.builders import NOW, TODAY, YESTERDAY, World
from tests.registers.procurement.desk_of import signed_in

pytestmark = pytest.mark.django_db
HALCYON = procurement.HALCYON


def file_of(user: User) -> dict[str, Any]:
    response = signed_in(user).post("/my-data/file/")
    assert response.status_code == 200
    return json.loads(response.content)


def held_by_procurement(user: User) -> dict[str, Any]:
    return file_of(user)["also_held"]["procurement"]


def undated(user: User) -> dict[str, Any]:
    """The file without the moment at which it was made."""
    return {**file_of(user), "made_at": ""}


def bought(holder: User, amount: int, **details: Any) -> Purchase:
    card = holder.cards.first() or procurement.card(holder)
    return procurement.purchase(card, amount, **details)


def justified(holder: User, amount: int = 40) -> Purchase:
    return actions.justify(bought(holder, amount), text="Pens for the desk", by=holder, now=NOW)


def judge(world: World, purchase: Purchase, verdict: Verdict, remarks: str) -> Purchase:
    return actions.review(
        purchase, verdict=verdict, remarks=remarks, by=world.procurement_officer, now=NOW
    )


# --- what is in it --------------------------------------------------------------------------------


def test_it_holds_cards_and_purchases_with_their_justification_and_judgement(world: World) -> None:
    judge(world, justified(world.constable), Verdict.WRONG, "There is a contract for pens.")
    bought(world.constable, 12)
    held = held_by_procurement(world.constable)
    (card,) = held["cards"]
    assert (card["card"], card["limit_of_one_purchase"]) == ("Card 4417", "500.00")
    waiting, judged = held["card_purchases"]
    assert (waiting["amount"], waiting["status"]) == ("12.00", "To be justified")
    assert (waiting["justification"], waiting["remarks"], waiting["judged_at"]) == ("", "", None)
    assert judged["merchant"] == "Brook Stationers"
    assert judged["bought_on"] == YESTERDAY.isoformat()
    assert judged["justification"] == "Pens for the desk"
    assert (judged["status"], judged["remarks"]) == (
        "Reviewed: not right",
        "There is a contract for pens.",
    )
    assert datetime.fromisoformat(judged["justified_at"]) == NOW
    assert datetime.fromisoformat(judged["judged_at"]) == NOW


def test_it_holds_parts_and_all_that_was_declared_of_bidders(world: World) -> None:
    """What was declared before another bid is in the record, and so in the file."""
    by, sergeant = world.procurement_officer, world.sergeant
    tender = procurement.tender(world.northmoor, HALCYON)
    contract = procurement.contract(world.northmoor, title="Uniforms")
    actions.involve(sergeant, of=tender, part=Part.EVALUATES, starts_on=TODAY, by=by, now=NOW)
    actions.involve(sergeant, of=contract, part=Part.MANAGES, starts_on=TODAY, by=by, now=NOW)
    actions.declare_interests(
        tender, declared=Declared.INTEREST, declaration="My sister works there.", by=sergeant,
        now=NOW,
    )  # fmt: skip
    first, second = held_by_procurement(sergeant)["parts"]
    assert (first["tender"], first["part"]) == ("New patrol cars", "Evaluates bids")
    assert (first["declared"], first["declaration"]) == (
        "An interest in a bidder",
        "My sister works there.",
    )
    assert (second["contract"], second["part"]) == ("Uniforms", "Manages the contract")
    assert (second["tender"], second["declared"]) == ("", "")
    actions.add_bidder(tender, name="Kestrel Motors Ltd", by=by, now=NOW)
    held = held_by_procurement(sergeant)
    assert held["parts"][0]["declared"] == "Not declared yet"
    assert held["declarations_about_bidders"] == [
        {
            "tender": "New patrol cars",
            "declared": "An interest in a bidder",
            "declaration": "My sister works there.",
            "bidders": [HALCYON],
            "declared_at": held["declarations_about_bidders"][0]["declared_at"],
        }
    ]


def test_it_holds_under_which_contract_somebody_works(world: World) -> None:
    by = world.procurement_officer
    contract = procurement.contract(world.northmoor, title="Custody nurses", outsourced=True)
    nurse = builders.person("nurse", force=world.northmoor, member_type=MemberType.CONTRACTOR)
    actions.add_contractor(contract, person=nurse, starts_on=TODAY, by=by, now=NOW)
    assert held_by_procurement(nurse)["works_under"] == [
        {"contract": "Custody nurses", "starts_on": TODAY.isoformat(), "ends_on": None}
    ]


# --- what is not in it ----------------------------------------------------------------------------


def test_it_holds_nothing_of_anybody_else(world: World) -> None:
    judge(world, justified(world.constable), Verdict.RIGHT, "")
    tender = procurement.tender(world.northmoor, HALCYON)
    procurement.involvement(world.constable, tender)
    actions.declare_interests(
        tender, declared=Declared.NONE, declaration="", by=world.constable, now=NOW
    )
    for user in (world.colleague, world.sergeant, world.procurement_officer, world.psd_head):
        held = held_by_procurement(user)
        assert not any(held.values()), user.display


def referred(world: World) -> None:
    """Procurement hands a purchase over to PSD."""
    judge(world, Purchase.objects.get(amount=470), Verdict.REFERRED, "No pens were delivered.")


def matched(world: World) -> None:
    """A check finds that two purchases were one that was split, and what bears on a tender."""
    matches.run(world.northmoor)


def match_referred(world: World) -> None:
    """An analyst hands a match over, with a note on it."""
    matched(world)
    match = matches.the_match(Check.CARD_SPLIT)
    crosschecks.refer(
        match, reason="Split to stay under the limit.", by=world.procurement_officer, now=NOW,
        version=match.version,
    )  # fmt: skip


@pytest.mark.parametrize("secret", [referred, matched, match_referred])
def test_what_is_not_theirs_to_know_changes_nothing(
    secret: Callable[[World], None], world: World
) -> None:
    constable = world.constable
    for amount in (470, 480):
        justified(constable, amount)
    tender = procurement.tender(world.northmoor, HALCYON)
    procurement.involvement(constable, tender)
    matches.interest(constable)
    before, known = undated(constable), (Match.objects.count(), Referral.objects.count())
    secret(world)
    assert (Match.objects.count(), Referral.objects.count()) != known
    assert undated(constable) == before


def test_more_purchases_and_parts_ask_the_database_no_more(world: World) -> None:
    asked, constable = [], world.constable
    for rows in (2, 6):
        while Purchase.objects.count() < rows:
            justified(constable, 10)
            tender = procurement.tender(world.northmoor, HALCYON)
            procurement.involvement(constable, tender)
            actions.declare_interests(
                tender, declared=Declared.NONE, declaration="", by=constable, now=NOW
            )
        client = signed_in(constable)
        with CaptureQueriesContext(connection) as captured:
            held = json.loads(client.post("/my-data/file/").content)["also_held"]["procurement"]
        assert len(held["card_purchases"]) == len(held["declarations_about_bidders"]) == rows
        asked.append(len(captured))
    assert asked[0] == asked[1]
