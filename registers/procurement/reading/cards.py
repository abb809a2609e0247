"""Purchasing cards: registers of who holds one, and what was bought with them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from integrity.casework.importing.checks import Shape
from integrity.casework.importing.limits import too_long
from integrity.casework.importing.mapping import (
    SEARCHED_ROWS,
    Known,
    Mapping,
    MappingError,
    NoHeadings,
    find_layout,
    plain,
)
from integrity.casework.importing.register import no_column, read_into
from integrity.casework.importing.rows import Refusal, TableRow
from integrity.casework.importing.sheets import Sheet, SheetRow, read_sheets
from registers.procurement.facts import (
    CARD_LIMIT,
    LONGEST_NAME,
    LONGEST_REFERENCE,
    LONGEST_TITLE,
    CardFacts,
    CardPurchaseFacts,
    FoundCards,
)
from registers.procurement.reading.amounts import UnreadableAmount, parse_amount
from registers.procurement.reading.card_numbers import LOST, last_four, masked, only_last_four
from registers.procurement.reading.merchants import merchant_name
from registers.procurement.reading.redacted import is_redacted
from registers.procurement.reading.tables import (
    Entries,
    EntryReading,
    identifiers,
    only,
    texts_of,
    together,
)
from registers.procurement.reading.words import HOLDER_FIELDS, LIMITS, PURCHASE_FIELDS

# What a mapping file may name; a name means the same in both kinds of table.
CARD_FIELDS: Final[Known] = {**HOLDER_FIELDS, **PURCHASE_FIELDS}
LONGEST: Final = {
    "holder_number": LONGEST_REFERENCE,
    "holder_name": LONGEST_NAME,
    "unit": LONGEST_NAME,
}
LONGEST_PURCHASE: Final = {
    **LONGEST,
    "category": LONGEST_NAME,
    "description": LONGEST_TITLE,
    "reference": LONGEST_REFERENCE,
}


def read_cards(content: bytes, name: str, mapping: Mapping | None = None) -> FoundCards:
    """The cards and the purchases of a file, each sheet told by its headings.

    Card numbers are cut to four figures before anything else is done with them. Raises
    UnreadableFile, or MappingError where no sheet is of either kind.
    """
    result = Entries()
    sheets = masked(read_sheets(content, name))
    read_into(result, sheets, mapping or Mapping(), register="cards", begin=_begin)
    cards = _identified(result, CardFacts)
    purchases = _identified(result, CardPurchaseFacts)
    return FoundCards(
        cards=cards,
        purchases=purchases,
        read=result.read,
        refused=tuple(result.refused),
        warnings=tuple(result.warnings),
        not_read=tuple(result.not_read),
        figures={
            "cards": len(cards),
            "purchases": len(purchases),
            "total": sum((purchase.amount for purchase in purchases), Decimal("0.00")),
        },
    )


def _identified[Facts: (CardFacts, CardPurchaseFacts)](
    result: Entries, kind: type[Facts]
) -> tuple[Facts, ...]:
    """The entries of a kind with what names them again."""
    found = [(row, key) for row, key in zip(result.rows, result.keys, strict=True)]
    found = [(row, key) for row, key in found if isinstance(row, kind)]
    names = identifiers([key for _, key in found], [row.fingerprint for row, _ in found])
    return tuple(replace(row, identifier=name) for (row, _), name in zip(found, names, strict=True))


def _begin(sheet: Sheet, mapping: Mapping, *rest: Any) -> EntryReading:
    """Purchases have an amount and a merchant, registers of cards have limits and days of issue.

    Beside purchases a column of limits may be missing although the mapping names one: the other
    table of the file has it.
    """
    bought = _known(sheet, PURCHASE_FIELDS, mapping)
    held = _known(sheet, HOLDER_FIELDS, mapping)
    if {"amount", "merchant"} <= bought or (
        not held & _OF_HOLDERS and (bought & _OF_PURCHASES or not held)
    ):
        absent = {
            name
            for name, heading in mapping.columns.items()
            if name in LIMITS and heading and plain(heading) not in _titles(sheet, mapping)
        }
        fields = {name: words for name, words in PURCHASE_FIELDS.items() if name not in absent}
        return _Purchases(sheet, _of(mapping, fields), *rest)
    return _Holders(sheet, _of(mapping, HOLDER_FIELDS), *rest)


_OF_HOLDERS: Final = {"single_limit", "monthly_limit", "opened_on", "closed_on"}
_OF_PURCHASES: Final = {"amount", "merchant", "bought_on"}


def _known(sheet: Sheet, fields: Known, mapping: Mapping) -> set[str]:
    """The fields of a kind of table that a sheet has columns for."""
    titles = _titles(sheet, mapping)
    columns = {name: words for name, words in mapping.columns.items() if plain(words) in titles}
    told = _of(replace(mapping, columns=columns), fields)
    try:
        return set(find_layout(sheet, fields, told).columns)
    except NoHeadings:
        return set()


def _titles(sheet: Sheet, mapping: Mapping) -> set[str]:
    """What may be the headings of a sheet, as compared."""
    rows = [row for row in sheet.rows if row.number <= (mapping.heading_row or SEARCHED_ROWS)]
    return {plain(cell) for row in rows for cell in row.cells}


def _of(mapping: Mapping, fields: Known) -> Mapping:
    """The mapping as far as it speaks of these fields; one file may hold both kinds of table."""
    columns = {name: heading for name, heading in mapping.columns.items() if name in fields}
    return replace(mapping, columns=columns)


class _CardReading(EntryReading):
    """One sheet about cards: the number's column is cut before a row is looked at."""

    def understand(self) -> None:
        column = self.layout.columns.get("card", -1)
        self.sheet = replace(
            self.sheet,
            rows=tuple(
                SheetRow(row.number, only_last_four(row.cells, column))
                if row.number > self.layout.heading_row
                else row
                for row in self.sheet.rows
            ),
        )
        self.require()

    def require(self) -> None:
        """Raises MappingError where a column is missing without which no row is an entry."""

    def _refuse_without(self, fields: Sequence[tuple[str, str]]) -> None:
        for name, what in fields:
            if name not in self.layout.columns:
                raise no_column(what, name, self.layout)

    def _limit(self, row: TableRow, name: str) -> Decimal | None:
        """A limit of the card, None where the row says none that can be read."""
        if not row.text(name):
            return None
        try:
            limit = parse_amount(row.cell(name), CARD_LIMIT)
            if limit < 0:
                raise UnreadableAmount("The limit is below nothing.")
        except UnreadableAmount as error:
            self.warn(row.where, name, f"{error} The card is taken without it.")
            return None
        return limit


class _Holders(_CardReading):
    """One register of cardholders."""

    fields = HOLDER_FIELDS
    shape = Shape(content=("holder_name",), date="opened_on", value="single_limit", decision="")

    def require(self) -> None:
        if not {"holder_name", "holder_number"} & self.layout.columns.keys():
            raise no_column("cardholder", "holder_name", self.layout)
        if len(self.layout.columns.keys() - {"holder_name", "holder_number", "unit"}) == 0:
            raise MappingError(
                "No column holds a card's number, its limit or when it was issued, so this is no "
                'register of cards. Say which it is: {"columns": {"card": "Your heading"}}.'
            )

    def take(self, row: TableRow) -> Refusal | None:
        card = CardFacts(
            identifier="",
            number=last_four(row.cell("card")),
            holder_number=self.words(row, "holder_number"),
            holder_name=self.words(row, "holder_name"),
            unit=self.words(row, "unit"),
            single_limit=self._limit(row, "single_limit"),
            monthly_limit=self._limit(row, "monthly_limit"),
            opened_on=self.day(row, "opened_on"),
            closed_on=self.day(row, "closed_on"),
            where=row.where,
            fingerprint=self.fingerprints.of(row),
            cells=texts_of(row),
        )
        if not (card.holder_number or card.holder_name):
            name = "holder_name" if "holder_name" in self.layout.columns else "holder_number"
            return row.refuse(name, "Nothing says who holds the card.")
        if refusal := too_long(card, LONGEST):
            return refusal
        if "card" in self.layout.columns and not card.number:
            said = "The card’s last four figures cannot be read; a number of sixteen figures has"
            self.warn(row.where, "card", f"{said} to be kept as text. It is taken without.")
        holder = card.holder_number or card.holder_name.casefold()
        self.result.add(card, f"{card.number}/{holder}"[:64] if card.number else "")
        return None


class _Purchases(_CardReading):
    """One list of purchases."""

    fields = PURCHASE_FIELDS
    shape = Shape(content=("merchant",), date="bought_on", value="amount", decision="")

    def require(self) -> None:
        self._refuse_without(
            [
                ("bought_on", "date of the purchase"),
                ("amount", "amount"),
                ("merchant", "merchant"),
            ]
        )
        if not {"card", "holder_name", "holder_number"} & self.layout.columns.keys():
            self.warn(self.where, "card", "No column says with which card, or by whom.")

    def take(self, row: TableRow) -> Refusal | None:
        bought_on, amount = self.on(row, "bought_on"), self.amount(row, CARD_LIMIT)
        nowhere = self.no_name(row, "merchant", "Nothing says where it was bought.")
        if isinstance(bought_on, Refusal) or isinstance(amount, Refusal) or nowhere:
            return together(bought_on, amount, nowhere)
        own = self._without_limits(row)
        written = self.words(row, "merchant")
        redacted = is_redacted(written)
        spelling = [("bought_on", bought_on.isoformat()), ("amount", str(amount))]
        number, line = self.words(row, "transaction"), self.words(row, "line")
        merchant = None
        if not redacted:
            found = self.supplier(row, merchant_name(written))
            merchant = replace(found, as_written=written)
        purchase = CardPurchaseFacts(
            identifier="",
            card=last_four(row.cell("card")),
            holder_number=self.words(row, "holder_number"),
            holder_name=self.words(row, "holder_name"),
            unit=self.words(row, "unit"),
            merchant=merchant,
            as_written=written,
            category=self.words(row, "category"),
            bought_on=bought_on,
            amount=amount,
            description=self.words(row, "description"),
            reference=number,
            justification=self.words(row, "justification"),
            redacted=redacted,
            where=row.where,
            fingerprint=self.fingerprints.of(own, spelling),
            cells=texts_of(own),
            single_limit=self._limit(row, "single_limit"),
            monthly_limit=self._limit(row, "monthly_limit"),
        )
        if refusal := too_long(purchase, LONGEST_PURCHASE):
            return refusal
        key = f"{number}/{line}" if number and line else number
        self.result.add(purchase, "" if LOST in key else key)
        return None

    def _without_limits(self, row: TableRow) -> TableRow:
        """The row as the purchase's own: it stays the same when its card's limit is raised."""
        columns = self.layout.columns
        return only(row, [place for name, place in columns.items() if name not in LIMITS])
