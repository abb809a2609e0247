"""Legacy logs of media contacts: from the rows of a spreadsheet to contacts.

Pure: what becomes of a ContactRow, a NilReturnRow or a Refusal is for the actions to say.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from integrity.casework.importing.checks import Shape
from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.register import Parsed, SheetReading, no_column, read_into
from integrity.casework.importing.rows import Refusal, TableRow
from integrity.casework.importing.sheets import Sheet
from integrity.casework.importing.values import UnreadableDate, is_nil, parse_date
from registers.media_contacts.import_entry import Entry
from registers.media_contacts.import_words import CONTACT_FIELDS, asked_by, footing_of, way_of

CONTENT: Final = ("outlet", "journalist", "about", "purpose", "place", "channel")
DATED: Final = ("contacted_on", "contacted_at", "embargo")


def parse_contacts(
    sheets: Sequence[Sheet], mapping: Mapping | None = None, *, today: dt.date
) -> Parsed:
    """Read the sheets of a log of media contacts; `today` tells what lies ahead.

    Good rows are taken, the others refused one by one. Raises MappingError when no sheet has
    headings we know, or nothing says who of the force took part.
    """
    mapping = mapping or Mapping()
    _check_defaults(mapping)
    result = Parsed()

    def begin(*of_sheet: Any) -> _Reading:
        reading = _Reading(*of_sheet)
        reading.today = today
        return reading

    read_into(result, sheets, mapping, register="media_contacts", begin=begin)
    return result


def _check_defaults(mapping: Mapping) -> None:
    told = mapping.defaults
    if "channel" in told and not way_of(told["channel"]).channel:
        raise MappingError('The default "channel" must be one such as "phone" or "in person".')
    if "basis" in told and not footing_of(told["basis"]).basis:
        raise MappingError('The default "basis" must be "reportable" or "not reportable".')
    if set(DATED) & told.keys():
        raise MappingError("A date or time cannot be a default: every contact has its own.")


class _Reading(SheetReading):
    """One sheet being read into the result."""

    fields = CONTACT_FIELDS
    shape = Shape(
        content=CONTENT,
        person="officer",
        date="contacted_on",
        value="",
        decision="",
        dates=("embargo",),
    )
    today: dt.date

    def understand(self) -> None:
        columns = self.layout.columns
        if "contacted_on" not in columns:
            raise no_column("date of the contact", "contacted_on", self.layout)
        if not {"officer", "officer_number"} & (columns.keys() | self.mapping.defaults.keys()):
            raise MappingError(
                f"{no_column('officer', 'officer', self.layout)} If the whole file is one "
                'officer’s, say so: {"defaults": {"officer": "ACC A Name"}}.'
            )
        if not columns.keys() & set(CONTENT):
            raise no_column("subject of the contact", "about", self.layout)
        self.asks = asked_by(self.layout.heading("basis"))

    def warn_of_columns(self) -> None:
        known = self.layout.columns.keys() | self.mapping.defaults.keys()
        if not {"outlet", "journalist"} & known:
            self.warn(self.where, "outlet", "No column holds an outlet or a journalist.")
        if not {"about", "purpose"} & known:
            self.warn(self.where, "about", "No column says what the contacts were about.")

    def warn_of_many(self) -> None:
        """Each row’s own warnings say it all."""

    def take(self, row: TableRow) -> Refusal | None:
        try:
            day = parse_date(row.cell("contacted_on"), day_first=self.mapping.day_first)
        except UnreadableDate as error:
            return row.refuse("contacted_on", str(error))
        if day > self.today:
            return row.refuse("contacted_on", f"{day:%-d %B %Y} lies ahead.")
        officer, number = self.text(row, "officer"), self.text(row, "officer_number")
        if (not officer or is_nil(officer)) and not number:
            name = "officer" if "officer" in self.layout.columns else "officer_number"
            return row.refuse(name, "Nobody of the force is named.")
        if not any(self.text(row, name) for name in CONTENT):
            blank = next(name for name in CONTENT if name in self.layout.columns)
            return row.refuse(blank, "Nothing says with whom or about what.")
        self.result.rows.append(Entry(self, row, asks=self.asks).read(day, officer, number))
        return None
