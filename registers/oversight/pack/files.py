"""The pack as a PDF to read and as a workbook; both hold the pack's tables, columns and nothing else."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from integrity.ui import exports
from integrity.ui.pdf import render
from integrity.ui.tables import Table
from integrity.ui.templatetags.ui import day
from registers.oversight.marks import key
from registers.oversight.pack import plan
from registers.oversight.pack.checkpoints import footer
from registers.oversight.pack.definitions import definitions
from registers.oversight.pack.pack import Pack
from registers.oversight.sections.section import Section

UPRIGHT = 107  # letters that a line of a table holds on an upright page
LONGEST, BETWEEN = 24, 2  # letters of a cell that is not broken, and between two
SHORT_ROWS, SHORT_CELL = 14, 80  # rows, and letters of a cell, of a table kept on one page
APART = ("chiefs", plan.SLUG)  # chapters that begin a page
PRIVATE = (
    "Private: for members of the body",
    "This version has true counts and what was written about entries. Do not pass it on; there is a "
    "public version of the same pack.",
)
PUBLIC = (
    "Public version",
    "Numbers under five are withheld, and so is every number from which one could be worked out. What was "
    "written in entries, and the names of private people, are not in this file.",
)
NOTHING_CHANGED = "Nothing can be compared with the period before."


@lru_cache(maxsize=1)
def version() -> str:
    """Which release of the register made it."""
    told = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())
    return f"Integrity Register {told['project']['version']}"


def pdf(pack: Pack) -> bytes:
    """Tagged, in A4, the same bytes for the same pack."""
    label, warning = PUBLIC if pack.public else PRIVATE
    data = {
        "title": pack.title,
        "body": str(pack.body),
        "period": pack.period.words,
        "label": label,
        "warning": warning,
        "facts": about(pack),
        "before": pack.period.before().words,
        "changes": pack.changes or [NOTHING_CHANGED],
        "chapters": [chapter(section) for section in pack.sections],
        "words": definitions(public=pack.public),
        "key": exports.key_for_paper(key(public=pack.public)),
        "checkpoints": exports.for_paper(pack.checkpoints),
        "footer": footer(pack.sealed),
        "running": f"{pack.body}, board pack. {label}",
    }
    return render("board_pack.typ", data, made_at=pack.made_at)


def chapter(section: Section) -> dict[str, Any]:
    """A section as a chapter; across the page where a table of it is too wide for it upright."""
    return {
        "title": section.title,
        "note": section.note,
        "apart": section.slug in APART,
        "wide": any(letters(table) > UPRIGHT for table in section.tables),
        "tables": [
            {**exports.for_paper(table), "short": is_short(table)} for table in section.tables
        ],
    }


def letters(table: Table) -> int:
    """How wide a table is in letters, its long cells broken into lines; nothing without rows."""
    if not table.rows:
        return 0
    shown = [[column.label for column in table.columns]]
    shown += [[cell.spoken or cell.shown for cell in row] for row in table.rows]
    columns = zip(*shown, strict=True)
    return sum(min(max(map(len, cells)), LONGEST) + BETWEEN for cells in columns)


def is_short(table: Table) -> bool:
    """Whether a table is kept on one page: a few rows without anything long in them."""
    longest = max((len(cell.shown) for row in table.rows for cell in row), default=0)
    return len(table.rows) <= SHORT_ROWS and longest <= SHORT_CELL


def about(pack: Pack) -> list[tuple[str, str]]:
    """What the pack is of, as its cover and its workbook say."""
    return [
        ("Body", str(pack.body)),
        ("Forces", ", ".join(force.name for force in pack.asked.forces)),
        ("Period", pack.period.words),
        ("Made on", day(pack.made_at)),
        ("Made by", version()),
    ]


def workbook(pack: Pack) -> bytes:
    """What it is of and what its marks mean, then a sheet for each table."""
    label, _ = PUBLIC if pack.public else PRIVATE
    return exports.workbook(
        pack.tables,
        title=pack.title,
        made_at=pack.made_at,
        about=[("Board pack", label), *about(pack), ("Ledger", footer(pack.sealed))],
        key=key(public=pack.public),
    )
