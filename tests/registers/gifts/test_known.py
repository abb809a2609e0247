"""What the force knows of a provider counts as what was ticked: routed so, told so, and frozen."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from integrity.people.models import User
from registers.gifts.actions import correct
from registers.gifts.enums import ProviderKind, Status
from registers.gifts.facts_of import facts_of
from registers.gifts.models import GiftPolicy, Offer
from registers.procurement.models import Bidder, ContractSupplier
from tests import procurement
from tests.builders import GENUINE, NOW, TODAY, World, accepted, declare, item, read_anew

HALCYON = "Halcyon Fleet Ltd"
LOCAL = {"organisation": HALCYON, "provider_kind": ProviderKind.LOCAL_BUSINESS}
AS_SUPPLIER = "The force’s records name it as a supplier."
AS_BIDDER = "The force’s records name it as a bidder."


def taken(w: World, **details: Any) -> Offer:
    """A pen set of £8, accepted, which by itself is recorded and no more."""
    return declare(w.constable, items=(accepted(8),), gift_test=GENUINE, **{**LOCAL, **details})


def published(w: World, name: str = HALCYON, **details: Any) -> None:
    notice = procurement.batch(w.northmoor, "contracts")
    procurement.tender(w.northmoor, name, **{"batch": notice, **details})


def test_by_itself_it_is_recorded(world: World) -> None:
    offer = taken(world)
    assert (offer.status, offer.known_as, offer.known_because) == (Status.RECORDED, "", "")


def test_a_supplier_s_gift_is_psd_s_whatever_was_ticked(world: World) -> None:
    procurement.contract(world.northmoor, HALCYON)
    offer = taken(world)
    assert offer.status == Status.WITH_PSD
    assert (offer.known_as, offer.known_because) == (ProviderKind.CONTRACTOR, AS_SUPPLIER)
    assert offer.provider_kind == ProviderKind.LOCAL_BUSINESS, "what was ticked stands"
    ticked = taken(world, provider_kind=ProviderKind.CONTRACTOR)
    assert offer.case.risk == ticked.case.risk, "it counts as if it had been ticked"


def test_so_is_a_bidder_s(world: World) -> None:
    published(world)
    offer = taken(world)
    assert offer.status == Status.WITH_PSD
    assert (offer.known_as, offer.known_because) == (ProviderKind.PROSPECTIVE_SUPPLIER, AS_BIDDER)


def test_a_slip_in_the_name_changes_nothing(world: World) -> None:
    procurement.contract(world.northmoor, HALCYON)
    offer = taken(world, organisation="Halcyion Fleet")
    assert offer.status == Status.WITH_PSD
    assert offer.known_because == (
        "The force’s records name Halcyon Fleet Ltd, of nearly this name, as a supplier."
    )


def test_what_is_declined_and_light_refreshments_are_recorded_all_the_same(world: World) -> None:
    procurement.contract(world.northmoor, HALCYON)
    tea = accepted(4, light_refreshments=True)
    assert declare(world.constable, items=(item(),), **LOCAL).status == Status.RECORDED
    assert declare(world.constable, items=(tea,), **LOCAL).status == Status.RECORDED


def test_a_policy_that_names_no_suppliers_sends_nothing_to_psd(world: World) -> None:
    GiftPolicy.objects.update(psd_provider_kinds=[])
    procurement.contract(world.northmoor, HALCYON)
    offer = taken(world)
    assert offer.status == Status.RECORDED
    assert offer.known_as == ProviderKind.CONTRACTOR


@pytest.mark.parametrize(
    ("opens", "closes", "counts"),
    [
        (TODAY - timedelta(9), TODAY - timedelta(5), True),  # open on the day of the offer
        (TODAY, TODAY + timedelta(9), True),  # and on the day that it was declared
        (TODAY - timedelta(4), TODAY - timedelta(2), False),
        (TODAY + timedelta(1), None, False),
    ],
)
def test_on_the_day_of_the_offer_or_of_its_declaration(
    opens: date, closes: date | None, counts: bool, world: World
) -> None:
    published(world, opens_on=opens, closes_on=closes)
    offer = taken(world, offered_on=TODAY - timedelta(5))
    assert bool(offer.known_as) == counts


def test_only_what_the_force_itself_publishes_counts(world: World) -> None:
    procurement.payment(world.northmoor, HALCYON)
    procurement.contract(world.eastvale, HALCYON)
    procurement.bidder(procurement.tender(world.northmoor), HALCYON, published=False)
    assert taken(world).known_as == ""
    Bidder.objects.update(published=True)
    assert taken(world).known_as == ProviderKind.PROSPECTIVE_SUPPLIER


def corrected(offer: Offer, by: User, **changes: Any) -> Offer:
    from dataclasses import replace

    facts = replace(facts_of(offer), **changes)
    version = offer.case.version
    return correct(offer, facts=facts, reason="A slip.", by=by, now=NOW, version=version)


def test_a_correction_keeps_what_was_found_unless_the_provider_is_another(world: World) -> None:
    """What the force learnt since is not held against what was declared before."""
    offer = taken(world)
    procurement.contract(world.northmoor, HALCYON)
    offer = corrected(offer, world.constable, circumstances="At the depot.")
    assert (offer.status, offer.known_as) == (Status.RECORDED, "")
    offer = corrected(offer, world.constable, organisation="Brook Catering")
    assert offer.known_as == ""
    offer = corrected(offer, world.constable, organisation=HALCYON)
    assert (offer.status, offer.known_as) == (Status.WITH_PSD, ProviderKind.CONTRACTOR)
    ContractSupplier.objects.update(left_on=TODAY)
    offer = corrected(offer, world.constable, circumstances="At the gate.")
    assert offer.known_because == AS_SUPPLIER
    offer = corrected(offer, world.constable, organisation="", person="Ann Example")
    assert (offer.status, offer.known_as, offer.known_because) == (Status.RECORDED, "", "")


# --- the page says what then happens --------------------------------------------------------------

ITEM = {
    "description": "Pen set", "kind": "gift", "decision": "accepted", "accepted_for": "accepted",
    "accept_reason": "other", "reason_text": "Courtesy.", "value_kind": "exact", "exact": "8",
}  # fmt: skip
TEST = dict.fromkeys(("genuine", "independent", "free", "transparent"), "yes")


@pytest.mark.parametrize("typed", [HALCYON, "Halcyion Fleet", "Brook Catering"])
def test_the_check_page_says_what_then_happens(typed: str, world: World) -> None:
    today = timezone.localdate()
    procurement.contract(world.northmoor, HALCYON, awarded_on=today)
    client = Client()
    client.force_login(
        read_anew(world.constable), backend="integrity.people.backends.ServingMemberBackend"
    )
    offer = client.post("/gifts/start/", {"purpose": "declare"}).headers["Location"]
    client.post(offer, {
        "whose": "me", "provider": "organisation", "organisation": typed,
        "provider_kind": "local_business", "offered_on_day": today.day,
        "offered_on_month": today.month, "offered_on_year": today.year,
    })  # fmt: skip
    client.post(offer.replace("/offer/", "/items/1/"), ITEM)
    client.post(offer.replace("/offer/", "/gift-test/"), TEST)
    address = offer.replace("/offer/", "/check/")
    page = client.get(address).content.decode()
    done = client.post(address, {}, follow=True).content.decode()
    declared = Offer.objects.get()
    if typed == "Brook Catering":
        assert "Once submitted: it is recorded, and nothing more is to do." in page
        assert "PSD decides" not in page
        assert declared.status == Status.RECORDED
        return
    assert "Once submitted: PSD decides whether it complies." in page
    assert "PSD decides about anything else, whatever it is worth." in page
    assert f"Treated as a current contractor. {declared.known_because}" in page
    assert declared.status == Status.WITH_PSD
    assert "What happens now: Waiting for PSD." in done
    entry = client.get(f"/gifts/{declared.case.reference}/").content.decode()
    assert "Treated as a current contractor." in entry
    client.force_login(
        read_anew(world.reviewer), backend="integrity.people.backends.ServingMemberBackend"
    )
    desk = client.get(f"/psd/gifts/offer/{declared.pk}/change/").content.decode()
    assert f"Treated as a current contractor. {declared.known_because}" in desk
