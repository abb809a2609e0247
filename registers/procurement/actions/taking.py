"""What taking a file of procurement shares: which rows are new, and what others now say otherwise."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Protocol

from django.db.models import Model, QuerySet

from integrity.casework.importing.feed import Change, Tell
from integrity.casework.importing.rows import Refusal
from integrity.casework.models import ImportBatch
from integrity.ui.templatetags.ui import day, money
from integrity.ui.wording import with_capital
from registers.organisations.suppliers import Suppliers

IN_ONE_STATEMENT: Final = 1000
SAID_EVERY: Final = 2000
POUNDS: Final = "GBP"
# What the pages call a field, where a model's own name of it says less.
HEADINGS: Final = {
    "as_written": "Supplier",
    "awarded_on": "Day of the award",
    "bought_on": "Date of the purchase",
    "closed_on": "Card closed on",
    "ending": "Last four figures",
    "ends_on": "Last day",
    "monthly_limit": "Limit of a month",
    "opened_on": "Card issued on",
    "paid_on": "Date of the payment",
    "redacted": "Name withheld",
    "single_limit": "Limit of one purchase",
    "starts_on": "First day",
}


class Facts(Protocol):
    """A row of a file: what a corrected file recognises it by, and its place."""

    @property
    def identifier(self) -> str: ...
    @property
    def where(self) -> str: ...


@dataclass(slots=True)
class Compared[F: Facts, M: Model]:
    """The rows of one kind in a file beside what there is.

    `changed` are records that already say what the file says, and are not saved yet.
    """

    new: dict[str, F] = field(default_factory=dict)
    changed: dict[str, tuple[F, M]] = field(default_factory=dict)
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)

    def became(self, identifier: str) -> str:
        """What taking the file does with a row, in a word for its preview."""
        if identifier in self.changed:
            return "Changed"
        return "New" if identifier in self.new else "Already there"

    def add(self, facts: F, record: M | None, changes: Sequence[Change]) -> None:
        """Count a row: new without a record, changed with changes, else as it was."""
        if record is None:
            self.new[facts.identifier] = facts
        elif changes:
            self.changed[facts.identifier] = facts, record
            self.changes += changes
        else:
            self.unchanged += 1


def known_by_identifier[M: Model](rows: QuerySet[M], identifiers: Iterable[str]) -> dict[str, M]:
    """The records that a file speaks of, by identifier."""
    found: Any = rows.filter(identifier__in=list(identifiers))
    return {record.identifier: record for record in found}


def apply(record: Model, values: Mapping[str, Any], where: str) -> list[Change]:
    """Have a record say what the file says, and tell what it said before."""
    changes = []
    entry, currency = str(record), getattr(record, "currency", POUNDS)
    for name, value in values.items():
        before = getattr(record, name)
        if before != value:
            said = words(record, name, before, currency)
            says = words(record, name, value, values.get("currency", POUNDS))
            changes.append(Change(where, entry, heading_of(record, name), said, says))
            setattr(record, name, value)
    return changes


def heading_of(record: Model, name: str) -> str:
    """What the pages call a field."""
    field: Any = record._meta.get_field(name)
    return HEADINGS.get(name) or with_capital(str(field.verbose_name))


def words(record: Model, name: str, value: Any, currency: str) -> str:
    """A value of a record as the pages show it, '' where there is none."""
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case Decimal():
            return money(value) if currency == POUNDS else f"{value:,.2f} {currency}"
        case dt.date():
            return day(value)
        case _:
            field: Any = record._meta.get_field(name)
            return str(dict(field.flatchoices).get(value, value))


def in_order(
    starts_on: dt.date | None, ends_on: dt.date | None, where: str, warnings: list[Refusal]
) -> dt.date | None:
    """The day something ends, or none and a warning where that is before it starts."""
    if starts_on and ends_on and ends_on < starts_on:
        reason = f"It ends on {day(ends_on)}, before it starts on {day(starts_on)}."
        reason = f"{reason} It is taken without its end."
        warnings.append(Refusal(where, "", reason))
        return None
    return ends_on


def of_suppliers(suppliers: Suppliers, where: Mapping[Any, str]) -> list[Refusal]:
    """What was odd about suppliers, each at the first row that names it."""
    return [
        Refusal(where.get(supplier, ""), "", f"{supplier.name}: {sentence}")
        for supplier, sentence in suppliers.warnings
    ]


def create(
    model: type[Model], rows: Sequence[Any], *, tell: Tell, done: int = 0, many: int = 0
) -> None:
    """Add many rows, saying every now and then how many are done."""
    many = many or len(rows)
    for start in range(0, len(rows), SAID_EVERY):
        some = rows[start : start + SAID_EVERY]
        manager: Any = model._default_manager
        manager.bulk_create(some, batch_size=IN_ONE_STATEMENT)
        tell(done + start + len(some), many)


def update(
    compared: Compared[Any, Any], model: type[Model], fields: Iterable[str], batch: ImportBatch
) -> None:
    """Keep what changed, and from which file and row it now is."""
    for facts, record in compared.changed.values():
        record.batch, record.where = batch, facts.where
    records = [record for _, record in compared.changed.values()]
    manager: Any = model._default_manager
    manager.bulk_update(records, [*fields, "batch", "where"], batch_size=IN_ONE_STATEMENT)
