"""What the force's own records say a provider is to it, whatever the declarant ticked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from integrity.people.models import Force
from registers.gifts.enums import ProviderKind
from registers.gifts.facts import OfferFacts
from registers.gifts.models import Offer
from registers.organisations.enums import Standing
from registers.organisations.names import name_key
from registers.organisations.telling import publicly_known

KNOWN_AS: Mapping[Standing, ProviderKind] = {
    Standing.SUPPLIER: ProviderKind.CONTRACTOR,
    Standing.BIDDER: ProviderKind.PROSPECTIVE_SUPPLIER,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a provider counts as besides what was ticked, and the sentence that says why."""

    kind: str = ""
    because: str = ""

    def instead_of(self, ticked: str) -> str:
        """As a reader is told it, where it is not what was ticked; else empty."""
        if self.kind in ("", ticked):
            return ""
        return f"Treated as a {ProviderKind(self.kind).label.lower()}. {self.because}"


def known_provider(
    facts: OfferFacts, *, force: Force | None, received_on: date, before: Offer | None = None
) -> Known:
    """By what the force published on the day of the offer, or on the day that it was told of it.

    ``before`` is the offer that is stated anew: of the same provider on the same day it keeps what
    it had, and a legacy entry, of which nothing was asked, has nothing.
    """
    if before is not None and _same(facts, before):
        return known_when_declared(before)
    if force is None or not facts.organisation:
        return Known()
    found = publicly_known(force, facts.organisation, days={facts.offered_on, received_on})
    if found.standing is None:
        return Known()
    return Known(str(KNOWN_AS[found.standing]), found.because)


def known_when_declared(offer: Offer) -> Known:
    """What was found when it was declared."""
    return Known(offer.known_as, offer.known_because)


def _same(facts: OfferFacts, before: Offer) -> bool:
    named = before.provider_organisation.name if before.provider_organisation else ""
    keys = (name_key(facts.organisation), name_key(named))
    return keys[0] == keys[1] and facts.offered_on == before.offered_on
