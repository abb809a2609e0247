"""A stored offer as its facts, so that policies can judge it again."""

from registers.gifts.facts import GiftTest, ItemFacts, OfferFacts
from registers.gifts.models import Item, Offer
from registers.gifts.policies import value_of


def facts_of(offer: Offer) -> OfferFacts:
    """What the offer states, as its form would have made it."""
    organisation = offer.provider_organisation
    return OfferFacts(
        offered_on=offer.offered_on,
        provider_kind=offer.provider_kind,
        items=tuple(_item_facts(item) for item in offer.items.all()),
        organisation=organisation.name if organisation else "",
        person=offer.provider_person,
        circumstances=offer.circumstances,
        gift_test=_gift_test(offer),
        late_reason=offer.late_reason,
        known_as=offer.known_as,
    )


def _item_facts(item: Item) -> ItemFacts:
    return ItemFacts(
        description=item.description,
        kind=item.kind,
        decision=item.decision,
        value=value_of(item),
        light_refreshments=item.light_refreshments,
        alcohol=item.alcohol,
        reason_id=item.reason_id,
        reason_text=item.reason_text,
        disposal=item.disposal,
        disposal_to=item.disposal_to,
        disposal_on=item.disposal_on,
        proceeds=item.proceeds,
    )


def _gift_test(offer: Offer) -> GiftTest | None:
    """The four answers; None where the test was not asked for (they are stored all or none)."""
    if offer.genuine is None:
        return None
    return GiftTest(
        genuine=offer.genuine,
        independent=bool(offer.independent),
        free=bool(offer.free),
        transparent=bool(offer.transparent),
        note=offer.gift_test_note,
    )
