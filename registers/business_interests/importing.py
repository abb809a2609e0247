"""Legacy registers of business interests: from the rows of a spreadsheet to interests.

Pure: what becomes of an InterestRow, a NilReturnRow or a Refusal is for the actions to say.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from integrity.casework.importing.checks import Shape
from integrity.casework.importing.mapping import Mapping, MappingError, plain
from integrity.casework.importing.register import Parsed, SheetReading, no_column, read_into
from integrity.casework.importing.rows import Refusal, TableRow, shortened
from integrity.casework.importing.sheets import Sheet
from integrity.casework.importing.values import UnreadableDate, is_nil, parse_bool, parse_date
from registers.business_interests.enums import Category, Status
from registers.business_interests.import_hours import Hours, parse_hours, period_of
from registers.business_interests.import_outcomes import (
    DECIDED,
    PENDING,
    UNWRITTEN,
    Outcome,
    approved_on,
    asked_by,
    by_dates,
    clauses_of,
    conditions_in,
    decided_on,
    latest,
    parse_outcome,
)
from registers.business_interests.import_rows import InterestRow
from registers.business_interests.import_words import INTEREST_FIELDS, category_of

CONTENT: Final = ("occupation", "organisation", "description", "category")
TEXTS: Final = (
    *("reference", "person", "person_number", "rank", "unit", "occupation", "organisation"),
    *("description", "relative", "decided_by", "reason", "comments"),
)
DATES: Final = ("applied_on", *DECIDED, "ended_on", "starts_on", "review_on")
BEGINNINGS: Final = ("applied_on", *DECIDED, "starts_on")
NOT_DECIDED: Final = (
    "The application is not decided yet. Have the person apply in this system, so that there is "
    "somebody to answer PSD’s questions and be told."
)


def parse_interests(
    sheets: Sequence[Sheet], mapping: Mapping | None = None, *, today: dt.date
) -> Parsed:
    """Read the sheets of a register of business interests; `today` tells what lies ahead.

    Good rows are taken, the others refused one by one. Raises MappingError when no sheet has
    headings we know, or nothing says what was decided.
    """
    mapping = mapping or Mapping()
    _check_defaults(mapping)
    result = Parsed()

    def begin(*of_sheet: Any) -> _Reading:
        reading = _Reading(*of_sheet)
        reading.today = today
        return reading

    read_into(result, sheets, mapping, register="business_interests", begin=begin)
    return result


def _check_defaults(mapping: Mapping) -> None:
    outcome = parse_outcome(mapping.defaults.get("decision"))
    if "decision" in mapping.defaults and (outcome is None or outcome.status == PENDING):
        raise MappingError('The default "decision" must be "approved" or "refused".')
    if "category" in mapping.defaults and not category_of(mapping.defaults["category"]):
        raise MappingError('The default "category" must be one such as "waged" or "letting".')
    if set(DATES) & mapping.defaults.keys():
        raise MappingError("A date cannot be a default: every interest has its own.")


class _Reading(SheetReading):
    """One sheet being read into the result."""

    fields = INTEREST_FIELDS
    today: dt.date

    def understand(self) -> None:
        columns = self.layout.columns
        date = next((name for name in BEGINNINGS if name in columns), None)
        if date is None:
            raise no_column("date of the application or decision", "applied_on", self.layout)
        if not columns.keys() & set(CONTENT):
            raise no_column("business interest", "occupation", self.layout)
        self.shape = Shape(
            content=CONTENT,
            person="person",
            date=date,
            value="",
            dates=(*DATES, "decision", "status"),
        )
        self.asks = asked_by(self.layout.heading("decision"))
        self.per = period_of(self.layout.heading("hours"))
        self.decided = self._decided_for_all()
        self.without_category: list[TableRow] = []

    def _decided_for_all(self) -> Outcome | None:
        """What holds where the row is silent: the mapping's default, or the name of the sheet."""
        if "decision" in self.mapping.defaults:
            return parse_outcome(self.mapping.defaults["decision"])
        if self.layout.columns.keys() & {"decision", "status", "approved_on", "refused_on"}:
            return None
        if outcome := parse_outcome(self.sheet.name, asks=""):
            return outcome
        raise MappingError(
            "No column says whether the applications were approved or refused. Add one, or say it "
            'for the whole file in the mapping: {"defaults": {"decision": "approved"}}.'
        )

    def warn_of_columns(self) -> None:
        for name, what in (("person", "name"), ("occupation", "occupation"), ("hours", "hours")):
            if name not in self.layout.columns and name not in self.mapping.defaults:
                self.warn(self.where, name, f"No column holds the {what}, so no entry has one.")

    def warn_of_many(self) -> None:
        if self.without_category:
            self.warn(
                self.without_category[0].where,
                "category",
                f"Nothing says of what kind {len(self.without_category)} of the interests, from "
                "here on, are; they were taken as other.",
            )

    def take(self, row: TableRow) -> Refusal | None:
        dates = self._dates(row)
        if isinstance(dates, Refusal):
            return dates
        if not any(self.text(row, name) for name in CONTENT):
            name = next(name for name in CONTENT if name in self.layout.columns)
            return row.refuse(name, "Nothing says what the interest is.")
        outcome = self._outcome(row, dates)
        if isinstance(outcome, Refusal):
            return outcome
        if refusal := self._out_of_time(row, outcome.status, dates):
            return refusal
        self.result.rows.append(self._interest(row, outcome, dates))
        return None

    def _dates(self, row: TableRow) -> dict[str, dt.date] | Refusal:
        """The dates of a row by field; one that cannot be read refuses it, but for the review's."""
        dates: dict[str, dt.date] = {}
        for name in DATES:
            cell = row.cell(name)
            if not row.text(name) or is_nil(cell) or parse_bool(cell) is False:
                continue
            try:
                dates[name] = parse_date(cell, day_first=self.mapping.day_first)
            except UnreadableDate as error:
                if name != "review_on":
                    return row.refuse(name, str(error))
                self.warn(row.where, name, f"{error} The policy’s interval was taken.")
        if row.has_date("decision") and self.asks and "decided_on" not in dates:
            # below 'Approved' stands when
            dates["decided_on"] = parse_date(row.cell("decision"), day_first=row.day_first)
        if not any(name in dates for name in BEGINNINGS):
            return row.refuse(self.shape.date, "There is no date.")
        return dates

    def _outcome(self, row: TableRow, dates: dict[str, dt.date]) -> Outcome | Refusal:
        """What became of the application: what was decided and, after it, how it stands."""
        decision, status = row.text("decision"), row.text("status")
        if decision and row.has_date("decision") and self.asks:
            decided: Outcome | None = Outcome(self.asks)
        elif decision:
            decided = parse_outcome(row.cell("decision"), asks=self.asks)
            if decided is None:
                return self._undecided(row, "decision", decision)
        else:
            decided = by_dates(dates)
        stands = parse_outcome(row.cell("status"), asks="") if status else None
        outcome = latest(decided, stands) if decided or stands else self.decided
        if outcome is None and decided and stands:
            said = f"'{shortened(decision or decided.status)}' and '{shortened(status)}'"
            return row.refuse("status", f"{said} do not go together.")
        if outcome is None:
            return self._undecided(row, "status" if status else "decision", status)
        name = "decision" if decision else "status"
        return row.refuse(name, NOT_DECIDED) if outcome.status == PENDING else outcome

    def _undecided(self, row: TableRow, name: str, words: str) -> Refusal:
        said = f"'{shortened(words)}' does not say" if words else "The row does not say"
        return row.refuse(name, f"{said} whether it was approved, refused, withdrawn or has ended.")

    def _out_of_time(self, row: TableRow, status: str, dates: dict[str, dt.date]) -> Refusal | None:
        for name in ("applied_on", *DECIDED):
            if name in dates and dates[name] > self.today:
                return row.refuse(name, f"The date {dates[name]:%-d %B %Y} lies ahead.")
        ended = _ended_on(row, dates)
        name = next(name for name in ("ended_on", *DATES) if name in self.layout.columns)
        if status == Status.CEASED and ended is None:
            return row.refuse(name, "Nothing says when it ended.")
        if status == Status.CEASED and ended is not None and ended > self.today:
            return row.refuse(name, "It is said to have ended on a day that lies ahead.")
        return None

    def _interest(self, row: TableRow, outcome: Outcome, dates: dict[str, dt.date]) -> InterestRow:
        status, ended = outcome.status, dates.get("ended_on")
        conditions: tuple[str, ...] = ()
        if status == Status.APPROVED and ended is not None and ended <= self.today:
            status = Status.CEASED
            self.warn(row.where, "ended_on", "The end date is past; it was taken as ended.")
        elif status == Status.APPROVED:
            conditions = self._conditions(row, outcome, ended)
            status = Status.APPROVED_WITH_CONDITIONS if conditions else status
        hours = parse_hours(row.cell("hours"), per=self.per)
        self._warn_of_row(row, hours, dates)
        applied = next(dates[name] for name in BEGINNINGS if name in dates)
        decided = decided_on(status, dates) or applied
        texts = {name: self.text(row, name) for name in TEXTS}
        return InterestRow(
            where=row.where,
            sheet=row.sheet,
            number=row.row.number,
            cells=row.original(),
            fingerprint=self.fingerprints.of(row, self._spelling(dates)),
            status=status,
            category=self._category(row),
            hours=hours,
            conditions=conditions,
            applied_on=applied,
            decided_on=decided,
            approved_on=approved_on(status, dates, decided),
            starts_on=dates.get("starts_on"),
            review_on=dates.get("review_on"),
            ceased_on=_ended_on(row, dates) if status == Status.CEASED else None,
            decision=" / ".join(filter(None, (row.text("decision"), row.text("status")))),
            conditions_text=row.text("conditions"),
            **texts,
        )

    def _conditions(
        self, row: TableRow, outcome: Outcome, ends_on: dt.date | None
    ) -> tuple[str, ...]:
        """What it was approved subject to, in the decision's words, a column's, and by its end."""
        found = [*clauses_of(outcome.conditions), *conditions_in(row.cell("conditions"))]
        if outcome.conditional and not found:
            found.append(UNWRITTEN)
        if ends_on is not None:
            found.append(f"Approved until {ends_on:%-d %B %Y}.")
        return tuple({plain(text): text for text in reversed(found)}.values())[::-1]

    def _warn_of_row(self, row: TableRow, hours: Hours, dates: dict[str, dt.date]) -> None:
        if "person" in self.layout.columns and not self.text(row, "person"):
            self.warn(row.where, "person", "The row has no name; it was taken without.")
        if row.text("hours") and hours.a_week is None:
            kept = f"'{shortened(hours.words)}' was kept, with the hours a week unknown."
            self.warn(row.where, "hours", kept)
        applied = dates.get("applied_on")
        for name in DECIDED:
            if applied is not None and name in dates and dates[name] < applied:
                self.warn(row.where, name, "It was decided before it was applied for.")

    def _spelling(self, dates: dict[str, dt.date]) -> list[tuple[str, str]]:
        """The dates whose spelling must not make another row of the same one."""
        return [
            (name, day.isoformat()) for name, day in dates.items() if name in self.layout.columns
        ]

    def _category(self, row: TableRow) -> str:
        """What the row calls it; else what its words speak of; else other, with a warning."""
        words = self.text(row, "category")
        named = category_of(words)
        if not named and words:
            kept = (
                f"'{shortened(words)}' is no kind of interest that we know; it was taken as other."
            )
            self.warn(row.where, "category", kept)
            return Category.OTHER
        named = named or category_of(f"{self.text(row, 'occupation')} {row.text('description')}")
        if not named:
            self.without_category.append(row)
        return named or Category.OTHER


def _ended_on(row: TableRow, dates: dict[str, dt.date]) -> dt.date | None:
    """When a ceased interest ended: its end date or, where the decision says so itself, its day."""
    approved_before = row.text("decision") and row.text("status")
    return dates.get("ended_on") or (None if approved_before else dates.get("decided_on"))
