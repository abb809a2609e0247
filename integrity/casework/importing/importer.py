"""What a register gives the platform so that its legacy spreadsheets can be imported.

Pure: what is found in a file; `integrity/casework/actions/imports.py` makes entries of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from integrity.casework.importing.mapping import Known
from integrity.casework.importing.mapping import Mapping as ColumnMapping
from integrity.casework.importing.rows import NilReturnRow, Refusal
from integrity.casework.importing.sheets import Sheet

if TYPE_CHECKING:
    from integrity.casework.models import Case
    from integrity.people.models import Force


class Row(Protocol):
    """One good row of a file: an entry of the register, or a NilReturnRow."""

    @property
    def where(self) -> str: ...
    @property
    def cells(self) -> dict[str, str]: ...
    @property
    def fingerprint(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as a register reads it for one force, before anything is kept.

    `rows` are entries of the register's own kind and nil returns, in the file's order; `figures`
    are what it adds to the report. They describe the file, whether or not its rows are new.
    """

    rows: Sequence[Any]
    refused: Sequence[Refusal]
    warnings: Sequence[Refusal]
    read: int
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def entries(self) -> list[Any]:
        return [row for row in self.rows if not isinstance(row, NilReturnRow)]

    @property
    def nil_returns(self) -> list[NilReturnRow]:
        return [row for row in self.rows if isinstance(row, NilReturnRow)]


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do: the report, and its first rows under `columns`."""

    told: dict[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: bool


@dataclass(frozen=True, slots=True)
class Importer:
    """How one register reads its legacy spreadsheets.

    `read` raises MappingError, or Denied where the force cannot import yet; `take` makes one
    case of each entry, in their order, and is called inside the import's transaction. `defaults`
    are the fields that can hold for a whole file, with their choices; `preview` puts an entry
    into as many cells as there are `columns`.
    """

    fields: Known
    labels: Mapping[str, str]
    defaults: Mapping[str, Sequence[tuple[str, str]]]
    columns: Sequence[str]
    read: Callable[[Sequence[Sheet], ColumnMapping, Force], Reading]
    preview: Callable[[Any], Sequence[str]]
    take: Callable[..., Sequence[Case]]
