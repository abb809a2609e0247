"""A row of every table of the register of media contacts, and how each belongs to somebody."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from integrity.people.models import Force, User
from registers.media_contacts.models import (
    ChiefStatement,
    ComplianceSample,
    Coverage,
    CoverageLink,
    LeakFlag,
    MeetingItem,
    OtherOfficer,
    Quotation,
    SampledWeek,
)
from tests import contacts
from tests.builders import NOW, TODAY

CASE = ("case_id", "casework_case")
CONTACT = ("contact_id", "media_contacts_contact")
POLICY = ("policy_id", "media_contacts_mediapolicy")
THROUGH: Mapping[str, tuple[str, str]] = {
    "media_contacts_contact": CASE,
    "media_contacts_contactspeaker": CONTACT,
    "media_contacts_otherofficer": CONTACT,
    "media_contacts_coveragelink": CONTACT,
    "media_contacts_quotation": ("coverage_id", "media_contacts_coverage"),
    "media_contacts_sampledweek": ("sample_id", "media_contacts_compliancesample"),
    "media_contacts_mediaweight": POLICY,
    "media_contacts_mediapolicy_joint_forces": ("mediapolicy_id", "media_contacts_mediapolicy"),
}
# Read by the forces that share a standards department: what a policy says, who is in the media.
NEAR = {
    "media_contacts_mediapolicy",
    "media_contacts_mediapolicy_joint_forces",
    "media_contacts_mediaweight",
    "media_contacts_outlet",
    "media_contacts_journalist",
}


def fill_contacts(force: Force, subject: User, actor: User, line: User) -> None:
    """A contact of this force with something of everything that can hang on one."""
    contact = contacts.log(subject)
    OtherOfficer.objects.create(contact=contact, officer=line)
    monday = TODAY - timedelta(days=TODAY.weekday())
    coverage = Coverage.objects.create(
        force=force, headline="Bikes", published_on=TODAY, added_at=NOW, added_by=actor
    )
    at: dict[str, Any] = {"contact": contact, "coverage": coverage}
    CoverageLink.objects.create(**at, linked_at=NOW, linked_by=actor)
    Quotation.objects.create(**at, officer=subject, checked_at=NOW, checked_by=actor)
    LeakFlag.objects.create(**at, force=force, why="A name.", flagged_at=NOW, flagged_by=actor)
    MeetingItem.objects.create(**at, force=force, text="Talk.", added_at=NOW, added_by=actor)
    sample = ComplianceSample.objects.create(
        force=force, starts_on=monday, ends_on=TODAY, seed=1, drawn_at=NOW, drawn_by=actor
    )
    SampledWeek.objects.create(sample=sample, officer=subject, starts_on=monday)
    ChiefStatement.objects.create(
        force=force,
        officer=subject,
        quarter=TODAY.replace(month=4, day=1),
        contacts=0,
        stated_at=NOW,
        stated_by=actor,
    )
