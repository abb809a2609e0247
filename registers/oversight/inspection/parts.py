"""What the return is made of: figures under references that stay, each with its definition and source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from integrity.ui.tables import Cell, Column, Table, text

THEN = "2011–12, 44 forces"
NOT_SHOWN = text("Not shown to you")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the return. ``ref`` never changes its meaning; ``then`` is the 2012 report's figure."""

    ref: str
    title: str
    cells: Sequence[Cell]
    definition: str
    source: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under the same columns."""

    slug: str
    title: str
    columns: Sequence[str]
    lines: Sequence[Line]
    note: str = ""
    nothing: str = ""

    def table(self, place: Callable[[str], str] = lambda ref: "") -> Table:
        """The part as a page shows it: each line's figures, the report's, and the definition.

        ``place`` says by its reference where a line's records are kept, if no figure of it opens them.
        """
        figures = [Column(label, numeric=True) for label in self.columns]
        rows = [
            [
                text(f"{line.ref} {line.title}"),
                *(linked(cell, place(line.ref)) for cell in line.cells),
                text(line.then),
                text(f"{line.definition} ({line.source})"),
            ]
            for line in self.lines
        ]
        return Table(
            self.slug,
            self.title,
            [Column("Figure"), *figures, Column(THEN, numeric=True), Column("Definition")],
            rows,
            note=self.note,
            nothing=self.nothing,
        )


@dataclass(frozen=True, slots=True)
class Of:
    """The parts of one force, one oversight body, or of all the forces together; its code and name."""

    code: str
    name: str
    parts: Sequence[Part]


def linked(cell: Cell, path: str) -> Cell:
    """A figure that leads to where its records are kept; one that leads further, or is not told, stays."""
    return cell if cell.path or not path or cell == NOT_SHOWN else replace(cell, path=path)


def one(cell: Cell) -> Sequence[Cell]:
    return (cell,)


def side_by_side(everybody: Sequence[Of], at: int) -> Table:
    """One part of each force, a row for every line of every force, as a workbook holds it."""
    part = everybody[0].parts[at]
    columns = ["Code", "Name", "Reference", "Figure", *part.columns, THEN, "Definition", "Source"]
    rows = [
        [
            text(each.code),
            text(each.name),
            text(line.ref),
            text(line.title),
            *line.cells,
            text(line.then),
            text(line.definition),
            text(line.source),
        ]
        for each in everybody
        for line in each.parts[at].lines
    ]
    return Table(part.slug, part.title, [Column(label) for label in columns], rows, note=part.note)
