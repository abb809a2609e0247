"""What a register gives the platform so that the files of a feed can be imported.

A feed brings rows that are nobody's case: contracts, payments. A row of a corrected file updates
the one it was, by what identifies it. `integrity/casework/actions/feeds.py` runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from integrity.casework.importing.mapping import Known
from integrity.casework.importing.mapping import Mapping as ColumnMapping
from integrity.casework.importing.rows import Refusal

if TYPE_CHECKING:
    from integrity.casework.models import ImportBatch
    from integrity.people.enums import Role
    from integrity.people.models import Force, User

# How far an import is: rows done, of how many.
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a corrected file says otherwise, in words as the site shows them.

    `where` is the row, `entry` what names the entry to people, `field` the heading of what
    changed; a value is '' where there is none.
    """

    where: str
    entry: str
    field: str
    before: str
    after: str

    def as_dict(self) -> dict[str, str]:
        """As commands print it."""
        return {
            "where": self.where,
            "entry": self.entry,
            "field": self.field,
            "from": self.before,
            "to": self.after,
        }


class Found(Protocol):
    """What a file holds; `figures` are counts and Decimal pounds.

    `not_read` are the headings of columns that nothing was read from.
    """

    @property
    def read(self) -> int: ...
    @property
    def refused(self) -> Sequence[Refusal]: ...
    @property
    def warnings(self) -> Sequence[Refusal]: ...
    @property
    def not_read(self) -> Sequence[str]: ...
    @property
    def figures(self) -> Mapping[str, Any]: ...


class Plan(Protocol):
    """What taking a file would do. `keep` does it, inside the import's transaction.

    `counts` are what the report says besides; `anything` whether there is something to keep.
    """

    @property
    def imported(self) -> int: ...
    @property
    def updated(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def anything(self) -> bool: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def changes(self) -> Sequence[Change]: ...
    @property
    def warnings(self) -> Sequence[Refusal]: ...

    def keep(self, batch: ImportBatch, *, by: User | None, now: datetime, tell: Tell) -> None: ...


@dataclass(frozen=True, slots=True)
class Feed:
    """One kind of file that a force is sent again and again, and who may import it.

    `event` is what the ledger calls an import. `read` is pure and raises UnreadableFile or
    MappingError; `plan` compares what was found with what there is. `preview` gives each row as
    its place, a cell for each of `columns` and what would become of it. `labels` are of the fields
    that a mapping names, `figures` of what the report adds.
    """

    slug: str
    name: str
    event: str
    roles: Sequence[Role]
    accepts: str
    fields: Known
    labels: Mapping[str, str]
    columns: Sequence[str]
    figures: Mapping[str, str]
    read: Callable[[bytes, str, ColumnMapping], Any]
    plan: Callable[[Any, Force], Plan]
    preview: Callable[[Any, Any], Iterable[Sequence[str]]]
    defaults: Mapping[str, Sequence[tuple[str, str]]]
