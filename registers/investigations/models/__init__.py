"""PSD's integrity investigations, and what leads to them."""

from registers.investigations.models.investigation import (
    Investigation,
    InvestigationQuerySet,
    concerns_somebody_of,
    standing_of,
)
from registers.investigations.models.leads import (
    Concern,
    ConcernMessage,
    Lead,
    referrals_about,
    referrals_for,
    waiting_referrals,
    words_of,
)
from registers.investigations.models.measures import (
    ExternalReferral,
    PostCheck,
    Restriction,
    SocialMediaPost,
)
from registers.investigations.models.policy import InvestigationPolicy, InvestigationWeight
from registers.investigations.models.rate import ConcernCount, ConcernHour

__all__ = [
    "Concern",
    "ConcernCount",
    "ConcernHour",
    "ConcernMessage",
    "ExternalReferral",
    "Investigation",
    "InvestigationPolicy",
    "InvestigationQuerySet",
    "InvestigationWeight",
    "Lead",
    "PostCheck",
    "Restriction",
    "SocialMediaPost",
    "concerns_somebody_of",
    "referrals_about",
    "referrals_for",
    "standing_of",
    "waiting_referrals",
    "words_of",
]
