"""Legacy registers of gifts and hospitality: from the rows of a spreadsheet to offers.

Pure: what becomes of an OfferRow, a NilReturnRow or a Refusal is for the actions to say.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from integrity.casework.importing.checks import Shape
from integrity.casework.importing.mapping import Mapping, MappingError
from integrity.casework.importing.money import Money, parse_money
from integrity.casework.importing.register import SheetReading, no_column, read_into
from integrity.casework.importing.rows import Refusal, TableRow, shortened
from integrity.casework.importing.sheets import Sheet
from integrity.casework.importing.values import (
    Decision,
    UnreadableDate,
    parse_bool,
    parse_date,
    parse_decision,
)
from registers.gifts.import_rows import OfferRow, RegisterParse
from registers.gifts.import_words import (
    GIFT_FIELDS,
    asked_by,
    decided_by,
    kind_of,
    kind_of_headings,
)

TEXTS: Final = (
    "recipient",
    "recipient_number",
    "rank",
    "unit",
    "provider",
    "description",
    "reference",
    "reason",
    "comments",
)
SHAPE: Final = Shape(content=("provider", "description"))


def parse_register(sheets: Sequence[Sheet], mapping: Mapping | None = None) -> RegisterParse:
    """Read the sheets of a register of gifts and hospitality.

    Good rows are taken, the others refused one by one. Raises MappingError when no sheet has
    headings we know, or nothing says whether its offers were accepted or declined.
    """
    mapping = mapping or Mapping()
    _check_defaults(mapping)
    result = RegisterParse()
    read_into(result, sheets, mapping, register="gifts", begin=_Reading)
    return result


def _check_defaults(mapping: Mapping) -> None:
    if "decision" in mapping.defaults and not parse_decision(mapping.defaults["decision"]):
        raise MappingError('The default "decision" must be "accepted" or "declined".')
    if "kind" in mapping.defaults and not kind_of(mapping.defaults["kind"]):
        raise MappingError('The default "kind" must be one such as "gift" or "hospitality".')
    if "date" in mapping.defaults:
        raise MappingError("A date cannot be a default: every offer has its own.")


class _Reading(SheetReading):
    """One sheet being read into the result."""

    fields = GIFT_FIELDS
    shape = SHAPE

    def understand(self) -> None:
        self._require_columns()
        self.asks = asked_by(self.layout.heading("decision"))
        self.kind = kind_of_headings((self.sheet.name, *self.layout.headings))
        self.decided = self._decided_for_all()
        self.without_kind: list[TableRow] = []

    def warn_of_many(self) -> None:
        if self.without_kind:
            self.warn(
                self.without_kind[0].where,
                "kind",
                f"Nothing says whether {len(self.without_kind)} of the offers, from here on, are "
                "gifts or hospitality; they were taken as gifts.",
            )

    def _require_columns(self) -> None:
        columns = self.layout.columns
        if "date" not in columns:
            raise no_column("date of the offer", "date", self.layout)
        if not columns.keys() & set(SHAPE.content):
            raise no_column("gift or hospitality", "description", self.layout)

    def _decided_for_all(self) -> Decision | None:
        """What holds where the row is silent: the mapping's default, or what a heading says."""
        if "decision" in self.mapping.defaults:
            return parse_decision(self.mapping.defaults["decision"])
        if "decision" in self.layout.columns:
            return None
        columns = self.layout.columns
        headings = [
            self.layout.heading(name) for name in ("description", "value") if name in columns
        ]
        if decision := decided_by([self.sheet.name, *headings]):
            return decision
        raise MappingError(
            "No column says whether the offers were accepted or declined. Add one, or say it for "
            'the whole file in the mapping: {"defaults": {"decision": "accepted"}}.'
        )

    def warn_of_columns(self) -> None:
        for name in ("recipient", "provider", "description", "value"):
            if name not in self.layout.columns and name not in self.mapping.defaults:
                self.warn(self.where, name, f"No column holds the {name}, so no entry has one.")
        if "decision" not in {*self.layout.columns, *self.mapping.defaults} and self.decided:
            reason = f"No column holds the decision; the headings say {self.decided.outcome}."
            self.warn(self.where, "decision", reason)

    def take(self, row: TableRow) -> Refusal | None:
        try:
            date = parse_date(row.cell("date"), day_first=self.mapping.day_first)
        except UnreadableDate as error:
            return row.refuse("date", str(error))
        if not any(self.text(row, name) for name in SHAPE.content):
            name = next(name for name in SHAPE.content if name in self.layout.columns)
            return row.refuse(name, "Nothing says what was offered or by whom.")
        decision = self._decision(row)
        if decision is None:
            words = shortened(row.text("decision"))
            said = f"'{words}' says neither" if words else "The row says neither"
            return row.refuse("decision", f"{said} accepted nor declined.")
        self.result.rows.append(self._offer(row, date, decision))
        return None

    def _decision(self, row: TableRow) -> Decision | None:
        if row.text("decision"):
            return parse_decision(row.cell("decision"), asks=self.asks)
        return self.decided

    def _offer(self, row: TableRow, date: dt.date, decision: Decision) -> OfferRow:
        value = parse_money(row.cell("value") or self.mapping.defaults.get("value"))
        self._warn_of_row(row, value)
        spelling = [("date", date.isoformat())]
        if row.text("value") and value.amount is not None:
            spelling.append(("value", str(value.amount)))
        disposed = parse_decision(self.text(row, "disposal"))
        return OfferRow(
            where=row.where,
            sheet=row.sheet,
            number=row.row.number,
            cells=row.original(),
            fingerprint=self.fingerprints.of(row, spelling),
            date=date,
            kind=self._kind(row),
            decision=decision.outcome,
            disposal=decision.disposal or (disposed.disposal if disposed else ""),
            value=value,
            guest=parse_bool(row.cell("guest")),
            **{name: self.text(row, name) for name in TEXTS},
        )

    def _warn_of_row(self, row: TableRow, value: Money) -> None:
        for name in ("recipient", "provider", "description"):
            if name in self.layout.columns and not self.text(row, name):
                self.warn(row.where, name, f"The row has no {name}; it was taken without.")
        if value.problem:
            kept = f"'{shortened(value.words)}' was kept, with the value unknown"
            self.warn(row.where, "value", f"{value.problem} {kept}.")

    def _kind(self, row: TableRow) -> str:
        kind = (
            kind_of(self.text(row, "kind"))
            or self.kind
            or kind_of(row.text("description"), by_nature=True)
        )
        if not kind:
            self.without_kind.append(row)
        return kind or "gift"
