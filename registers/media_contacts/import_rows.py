"""What the import of a legacy log of media contacts finds in it."""

import datetime as dt
from dataclasses import dataclass

from registers.media_contacts.facts import Speaker
from registers.media_contacts.import_officers import Named


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One entry of a legacy log.

    `number` is the row as the spreadsheet shows it, `cells` the row as it stood, by heading.
    `officer` is as written, `named` the same taken apart. `about` is what it was about and `also`
    what else the row says, line by line, that no field of the register holds. Texts are '' where the
    log is silent, and `told` is None.
    """

    where: str
    sheet: str
    number: int
    cells: dict[str, str]
    fingerprint: str
    contacted_on: dt.date
    contacted_at: dt.time | None
    officer: str
    named: Named
    unit: str
    speakers: tuple[Speaker, ...]
    channel: str
    place: str
    about: str
    also: tuple[str, ...]
    basis: str
    embargo_until: dt.datetime | None
    off_record: str
    told: bool | None
    hospitality: bool
