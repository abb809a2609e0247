from registers.media_contacts.models.compliance import (
    ChiefStatement,
    ComplianceSample,
    SampledWeek,
)
from registers.media_contacts.models.contact import (
    Contact,
    ContactQuerySet,
    ContactSpeaker,
    OtherOfficer,
)
from registers.media_contacts.models.coverage import (
    Coverage,
    CoverageLink,
    LeakFlag,
    MeetingItem,
    Quotation,
)
from registers.media_contacts.models.media import Journalist, Outlet
from registers.media_contacts.models.policy import MediaPolicy, MediaWeight

__all__ = [
    "ChiefStatement",
    "ComplianceSample",
    "Contact",
    "ContactQuerySet",
    "ContactSpeaker",
    "Coverage",
    "CoverageLink",
    "Journalist",
    "LeakFlag",
    "MediaPolicy",
    "MediaWeight",
    "MeetingItem",
    "OtherOfficer",
    "Outlet",
    "Quotation",
    "SampledWeek",
]
