"""One row of a legacy log of media contacts, read cell by cell: what no field holds is kept as a line."""

import datetime as dt
from typing import Final

from integrity.casework.importing.register import SheetReading
from integrity.casework.importing.rows import TableRow, shortened
from integrity.casework.importing.values import is_nil, parse_bool
from registers.media_contacts.enums import Basis, Channel, OffRecord
from registers.media_contacts.import_officers import Named, named_in_cell
from registers.media_contacts.import_rows import ContactRow
from registers.media_contacts.import_times import (
    UnreadableTime,
    parse_moment,
    parse_time,
    time_beside_date,
)
from registers.media_contacts.import_words import (
    Footing,
    footing_of,
    is_no_outlet,
    is_offered,
    off_record_of,
    speakers_of,
    told_of,
    way_of,
)

# What else a row says, kept with what it was about: the field, and what the line is called.
ALSO: Final = {
    "coverage": "Coverage, as written",
    "hospitality": "Hospitality, as written",
    "press_office": "Press office, as written",
    "comments": "Comments",
    "reference": "Reference in the imported register",
}


class Entry:
    """One good row being read: what no field holds is kept as a line, and said."""

    def __init__(self, reading: SheetReading, row: TableRow, *, asks: str) -> None:
        self.reading, self.row, self.asks = reading, row, asks
        self.also: list[str] = []

    def text(self, name: str) -> str:
        return self.reading.text(self.row, name)

    def warn(self, name: str, reason: str) -> None:
        self.reading.warn(self.row.where, name, reason)

    def keep(self, name: str, words: str) -> None:
        self.also.append(f"{self.reading.layout.heading(name)}, as written: {words}")

    def read(self, day: dt.date, officer: str, number: str) -> ContactRow:
        time = self._time()
        named = named_in_cell(officer)
        rank = self.text("rank") or named.rank
        outlet, journalist = self._outlet(), self.text("journalist")
        channel, place = self._way()
        basis, until, off_record = self._footing()
        about = self._about()
        for name, label in ALSO.items():
            if words := self.text(name):
                self.also.append(f"{label}: {words}")
        spelling = [("contacted_on", day.isoformat())]
        if time is not None and "contacted_at" in self.reading.layout.columns:
            spelling.append(("contacted_at", time.isoformat("minutes")))
        return ContactRow(
            where=self.row.where,
            sheet=self.row.sheet,
            number=self.row.row.number,
            cells=self.row.original(),
            fingerprint=self.reading.fingerprints.of(self.row, spelling),
            contacted_on=day,
            contacted_at=time,
            officer=officer or number,
            named=Named(rank, number or named.number, named.name if officer else ""),
            unit=self.text("unit"),
            speakers=speakers_of(journalist, outlet),
            channel=channel,
            place=place,
            about=about,
            also=tuple(self.also),
            basis=basis,
            embargo_until=until,
            off_record=off_record,
            told=self._told(),
            hospitality=self._hospitality(),
        )

    def _time(self) -> dt.time | None:
        try:
            time = parse_time(self.row.cell("contacted_at")) if self.text("contacted_at") else None
        except UnreadableTime as error:
            self.warn("contacted_at", f"{error} The contact was taken without a time.")
            self.keep("contacted_at", self.text("contacted_at"))
            return None
        return time or time_beside_date(self.row.cell("contacted_on"))

    def _outlet(self) -> str:
        """The outlet that a row names; with a warning none, where it names none."""
        words = self.text("outlet")
        if words and is_no_outlet(words):
            self.warn("outlet", f"'{shortened(words)}' is no outlet; the outlet is not known.")
            self.keep("outlet", words)
            return ""
        if words or self.text("journalist"):
            return words
        elsewhere = next((name for name in ("place", "channel", "about") if self.text(name)), "")
        hint = self.reading.layout.heading(elsewhere) if elsewhere else ""
        said = f" '{hint}' may say with whom: '{shortened(self.text(elsewhere))}'." if hint else ""
        self.warn("outlet", f"The row names no outlet or journalist; they are not known.{said}")
        return ""

    def _way(self) -> tuple[str, str]:
        """How it came about and where; what no field holds is kept, and what is unsaid stays so."""
        how, where, outlet = self.row.text("channel"), self.row.text("place"), self.text("outlet")
        by_how, by_where = way_of(how), way_of(where)
        quoted = way_of(outlet).channel == Channel.QUOTE and is_no_outlet(outlet)
        channel = by_how.channel or by_where.channel or (Channel.QUOTE if quoted else "")
        place = by_where.place or (by_how.place if by_how.channel else "")
        if how and not by_how.channel:
            self.warn("channel", f"'{shortened(how)}' does not say how; it was kept as written.")
        elif where and not channel:
            self.warn("place", f"'{shortened(where)}' does not say how the contact came about.")
        if how and not (by_how.channel and (by_how.place or _says_it_all(how, by_how.channel))):
            self.keep("channel", how)
        if where and not (by_where.place or _says_it_all(where, by_where.channel)):
            self.keep("place", where)
        default = self.reading.mapping.defaults.get("channel", "")
        return channel or way_of(default).channel, place

    def _about(self) -> str:
        """The subject or else the purpose; with both, the purpose is a line of its own."""
        about, purpose = self.text("about"), self.text("purpose")
        if about and purpose:
            self.also.insert(0, f"{self.reading.layout.heading('purpose')}: {purpose}")
        if not about and not purpose:
            name = "about" if "about" in self.reading.layout.columns else "purpose"
            self.warn(name, "The row does not say what it was about; it was taken without.")
        return about or purpose

    def _footing(self) -> tuple[str, dt.datetime | None, str]:
        """The basis, an embargo's end, and whether something was said off the record."""
        words, embargo = self.text("basis"), self.row.cell("embargo")
        said = footing_of(words, asks=self.asks)
        off_record = self._off_record(words, said)
        under, until = self._embargo(words, said)
        if until is not None:
            return Basis.EMBARGOED, until, off_record
        if under:
            name = "embargo" if self.row.text("embargo") else "basis"
            self.warn(name, "It was embargoed, but not until when; the basis was left unsaid.")
            self.keep(name, self.row.text("embargo") if embargo is not None else words)
            return "", None, off_record
        if words and not said.basis and not said.off_record and parse_bool(words) is None:
            self.warn(
                "basis", f"'{shortened(words)}' is no basis that we know; it was left unsaid."
            )
            self.keep("basis", words)
        return said.basis, None, off_record

    def _embargo(self, words: str, said: Footing) -> tuple[bool, dt.datetime | None]:
        """Whether it was embargoed, and until when where that is said to the minute."""
        day_first = self.reading.mapping.day_first
        cell, text = self.row.cell("embargo"), self.row.text("embargo")
        none = not text or is_nil(text) or parse_bool(text) is False
        if not none:
            return True, parse_moment(cell, day_first=day_first)
        return said.embargoed, parse_moment(words, day_first=day_first) if said.embargoed else None

    def _off_record(self, words: str, said: Footing) -> str:
        """Recorded and never a basis (RULES, Media contacts 3); the press office looks at it."""
        own = self.text("off_record")
        answered = parse_bool(own)
        found = said.off_record
        if own and not is_nil(own) and answered is not False:
            asked = off_record_of(f"{own} off the record") == OffRecord.ASKED
            found = OffRecord.ASKED if asked else OffRecord.HAPPENED
        if found:
            name = "off_record" if own else "basis"
            kept = own if own and answered is None else words if said.off_record else ""
            self.warn(name, f"{OffRecord(found).label}: it was recorded so, and is no basis.")
            if kept:
                self.keep(name, kept)
        return found

    def _told(self) -> bool | None:
        words = self.text("press_office")
        return told_of(words, self.reading.layout.heading("press_office")) if words else None

    def _hospitality(self) -> bool:
        offered = is_offered(self.text("hospitality"))
        if offered:
            self.warn("hospitality", "Something was offered; see that the gifts register holds it.")
        return offered


def _says_it_all(words: str, channel: str) -> bool:
    """Whether the channel alone says what the words do: 'Telephone conversation'."""
    return bool(channel) and channel != Channel.QUOTE and len(words.split()) <= 2
