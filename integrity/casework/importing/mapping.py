"""Which column of a spreadsheet is which field: guessed from headings, or told by a file."""

import json
import re
import unicodedata
from collections.abc import Mapping as MappingLike
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from integrity.casework.importing.sheets import Cell, Sheet

# Field name -> the headings it is known under, best first.
type Known = MappingLike[str, Sequence[str]]

SEARCHED_ROWS: Final = 30
LONGEST_HEADING: Final = 120
FEWEST_COLUMNS: Final = 2


class MappingError(Exception):
    """A mapping does not fit; the message is a sentence that says what to change."""


class NoHeadings(MappingError):
    """A sheet has no row of headings that we know; it may not be a table at all."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says.

    `columns` gives fields their headings, or None for a field that must not be guessed; fields
    it leaves out are guessed. `heading_row` is the row as the spreadsheet shows it. `defaults`
    hold for every row where the column is absent or blank.
    """

    columns: dict[str, str | None] = field(default_factory=dict)
    sheet: str | None = None
    heading_row: int | None = None
    day_first: bool = True
    defaults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """A mapping found in one sheet: the heading row, its headings, and each field's column."""

    heading_row: int
    headings: tuple[str, ...]
    columns: dict[str, int]

    def heading(self, name: str) -> str:
        """The heading of a field, or the field's own name where no column holds it."""
        return self.headings[self.columns[name]] if name in self.columns else name

    def unread(self) -> list[str]:
        """The headings of the columns that hold no field, in their order."""
        taken = set(self.columns.values())
        return [
            title for column, title in enumerate(self.headings) if title and column not in taken
        ]

    def title(self, column: int) -> str:
        """The heading of a column, or its letters ('H') where it has none."""
        heading = self.headings[column] if column < len(self.headings) else ""
        return heading or column_letters(column)


def column_letters(column: int) -> str:
    """A column counted from 0 as a spreadsheet shows it: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def plain(heading: Cell) -> str:
    """A heading as compared: lower case words with single spaces between them."""
    text = unicodedata.normalize("NFKC", str(heading if heading is not None else "")).lower()
    return " ".join(re.findall(r"[^\W_]+", text))


def guess_mapping(headings: Sequence[Cell], known: Known) -> Mapping:
    """The mapping that these headings suggest, for a person to correct and save."""
    titles = tuple(_text(heading) for heading in headings)
    columns = _guess(titles, known, {})
    return Mapping(columns={name: titles[column] for name, column in columns.items()})


def find_layout(sheet: Sheet, known: Known, mapping: Mapping) -> Layout:
    """Find the heading row of a sheet, title rows before it or not, and each field's column.

    Raises MappingError when there is none, or when it lacks a heading that the mapping names.
    """
    best: Layout | None = None
    for row in sheet.rows:
        if mapping.heading_row not in (None, row.number) or row.number > _last(mapping):
            continue
        headings = tuple(_text(cell) for cell in row.cells)
        layout = Layout(row.number, headings, _guess(headings, known, mapping.columns))
        if best is None or len(layout.columns) > len(best.columns):
            best = layout
    where = f"The sheet '{sheet.name}'" if sheet.name else "The file"
    if best and (mapping.heading_row or len(best.columns) >= FEWEST_COLUMNS):
        _require_headings(best, mapping, where)
        return best
    raise NoHeadings(
        f"{where} has no row of headings that we know. Say in a mapping file which column is "
        'which, as {"heading_row": 1, "columns": {"' + next(iter(known)) + '": "Your heading"}}.'
    )


def _last(mapping: Mapping) -> int:
    return mapping.heading_row or SEARCHED_ROWS


def _text(cell: Cell) -> str:
    return " ".join(str(cell if cell is not None else "").split())


def _guess(
    headings: Sequence[str], known: Known, told: MappingLike[str, str | None]
) -> dict[str, int]:
    """Columns by field: first those told, then exact synonyms, then synonyms within a heading."""
    titles = [plain(heading) for heading in headings]
    columns: dict[str, int] = {}
    for name, heading in told.items():
        if heading is not None and plain(heading) in titles:
            columns[name] = titles.index(plain(heading))
    synonyms = [(name, plain(words)) for name in known for words in known[name]]
    # 'Hospitality accepted or declined' is the decision: the longer phrase says more.
    longest_first = sorted(synonyms, key=lambda pair: -len(pair[1].split()))
    for pairs, fits in ((synonyms, _is), (longest_first, _contains)):
        for name, synonym in pairs:
            if name not in told and name not in columns:
                taken = set(columns.values())
                free = (column for column in range(len(titles)) if column not in taken)
                found = next((column for column in free if fits(titles[column], synonym)), None)
                columns |= {} if found is None else {name: found}
    return columns


def _is(title: str, synonym: str) -> bool:
    return title == synonym


def _contains(title: str, synonym: str) -> bool:
    return len(title) <= LONGEST_HEADING and f" {synonym} " in f" {title} "


def _require_headings(layout: Layout, mapping: Mapping, where: str) -> None:
    titles = [plain(heading) for heading in layout.headings]
    for name, heading in mapping.columns.items():
        if heading is None:
            continue
        if (count := titles.count(plain(heading))) != 1:
            found = "no column" if not count else f"{count} columns"
            raise MappingError(
                f"{where} has {found} headed '{heading}', which the mapping gives as '{name}'. "
                f"Row {layout.heading_row} has: {', '.join(filter(None, layout.headings))}."
            )


def dump_mapping(mapping: Mapping) -> str:
    """A mapping as the JSON of a mapping file."""
    return json.dumps(asdict(mapping), indent=2, ensure_ascii=False) + "\n"


def load_mapping(text: str, known: Known) -> Mapping:
    """Read a mapping file. Raises MappingError with the first thing that is wrong in it."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise MappingError(f"The mapping file is not JSON: {error}.") from error
    if not isinstance(told, dict):
        raise MappingError("The mapping file must hold one JSON object.")
    checks = {
        "columns": lambda value: _is_texts(value, allow_none=True),
        "sheet": lambda value: value is None or isinstance(value, str),
        "heading_row": lambda value: value is None or _is_row(value),
        "day_first": lambda value: isinstance(value, bool),
        "defaults": lambda value: _is_texts(value, allow_none=False),
    }
    for name, value in told.items():
        if name not in checks:
            raise MappingError(f"A mapping file has no '{name}'; it has {_listed(checks)}.")
        if not checks[name](value):
            raise MappingError(f"The mapping file's '{name}' is not of the right kind: {value!r}.")
    for name in (*told.get("columns", {}), *told.get("defaults", {})):
        if name not in known:
            raise MappingError(f"There is no field '{name}'; the fields are {_listed(known)}.")
    return Mapping(**told)


def _is_row(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_texts(value: Any, *, allow_none: bool) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) or (allow_none and text is None) for text in value.values()
    )


def _listed(names: MappingLike[str, Any]) -> str:
    return ", ".join(names)
