"""An investigation as PSD states it: what forms make, policies judge and actions keep."""

from dataclasses import dataclass
from datetime import date

from integrity.casework.enums import ReferralSource
from integrity.casework.models import Referral
from integrity.people.models import User
from registers.investigations.enums import SUBCATEGORIES, Category


@dataclass(frozen=True, slots=True)
class InvestigationFacts:
    """What is known when an investigation is opened; nobody need be known as its subject."""

    title: str
    source: str = ReferralSource.PERSON
    category: str = ""
    sub_category: str = ""
    subject: User | None = None
    still_has_access: bool = False
    harm: bool = False
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post on social media; without a day for the next look, the policy says when."""

    platform: str
    account: str
    behaviour: str
    found_on: date
    address: str = ""
    action: str = ""
    next_check_on: date | None = None


def facts_from(referral: Referral) -> InvestigationFacts:
    """What a referral says already, so that nothing is typed twice."""
    category, _, kind = referral.suggests.partition("/")
    known = category in Category.values
    return InvestigationFacts(
        title=referral.about,
        source=referral.source,
        category=category if known else "",
        sub_category=kind if known and kind in SUBCATEGORIES.get(category, ()) else "",
        subject=referral.person,
    )
