"""A contact as somebody states it, before it is stored: what forms make, policies judge, actions keep."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.core.files import File

from registers.media_contacts.enums import Basis, Channel


@dataclass(frozen=True, slots=True)
class Speaker:
    """A journalist and the outlet they spoke for; of either, what is known."""

    journalist: str = ""
    outlet: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.journalist, self.outlet) if part)


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """One contact, whoever took part. ``officers`` are the people of the force besides its subject."""

    contacted_on: date
    speakers: tuple[Speaker, ...]
    about: str
    channel: str = Channel.PHONE
    basis: str = Basis.REPORTABLE
    responsible: bool | None = True  # none: a legacy log does not say
    policing_purpose: bool | None = True
    press_card: str = ""
    press_office_told: bool | None = True
    contacted_at: time | None = None
    place: str = ""
    explanation: str = ""
    embargo_until: datetime | None = None
    agreement: File | None = field(default=None, compare=False)
    off_record: str = ""
    press_card_reason: str = ""
    hospitality: bool = False
    officers: tuple[int, ...] = ()
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request that came to the press office, for an officer to answer."""

    received_on: date
    speaker: Speaker
    about: str


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """Something published or broadcast."""

    published_on: date
    headline: str
    outlet: str = ""
    address: str = ""
    text: str = ""
