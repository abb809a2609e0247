"""What the parts of a measure's key are called on a page."""

from collections.abc import Mapping, Sequence

from integrity.casework.enums import ChallengeDisposal, DeadlineKind, Source
from integrity.casework.registry import registers
from integrity.ui.wording import with_capital, within
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    CeasedBecause,
    CheckOutcome,
    FollowUpOutcome,
    ReviewOutcome,
)
from registers.business_interests.enums import Status as InterestStatus
from registers.crosschecks.enums import Check, Disposition
from registers.gifts.enums import ItemDecision, ItemKind, PeerView, ProviderKind
from registers.gifts.enums import Status as OfferStatus
from registers.investigations.enums import Category as About
from registers.investigations.enums import RestrictionKind, Standing, SubCategory
from registers.media_contacts.enums import Basis

VALUE_BANDS: Mapping[str, str] = {
    "0": "Under £10",
    "10": "£10 to £24.99",
    "25": "£25 to £49.99",
    "50": "£50 to £99.99",
    "100": "£100 to £499.99",
    "500": "£500 or more",
    "unknown": "Value not known",
}
OURS = {
    "gratuity": "Gift or gratuity",
    "given": "Hospitality we gave",
    "undecided": "Not decided yet",
    "late": "Late",
    "in_time": "In time",
    "pending": "Not decided yet",
    "acknowledged": "Acknowledged",
    "waiting": "Not acknowledged yet",
    "told": "Press office told",
    "not_told": "Press office not told",
    "not_said": "Not said",
    "with_psd": "With PSD",
    "open": "Open",
    "running": "Running",
    "ended": "Ended",
}
_ENUMS = (
    ItemKind, ItemDecision, ProviderKind, PeerView, OfferStatus, Category, CeasedBecause,
    CheckOutcome, FollowUpOutcome, ReviewOutcome, AppealOutcome, InterestStatus, Basis,
    ChallengeDisposal, RestrictionKind, SubCategory, Standing, About, Source,
    Check, DeadlineKind, Disposition,
)  # fmt: skip
WORDS: Mapping[str, str] = {
    **{str(value): str(label) for enum in reversed(_ENUMS) for value, label in enum.choices},
    **OURS,
}


def said(part: str) -> str:
    """One part of a key in words."""
    if part in WORDS:
        return WORDS[part]
    slugs = {register.slug: register.name for register in registers()}
    return slugs.get(part, part.replace("_", " "))


def of_key(key: str) -> str:
    """A key in words: 'Hospitality, declined, in time'. Numbers stand for records, and say nothing."""
    parts: Sequence[str] = [part for part in key.split("|") if part and not part.isdecimal()]
    return with_capital(", ".join(within(said(part)) for part in parts))
