"""Tables and charts that the tests of figures draw, and a reader of drawings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

from integrity.ui.charts import Chart, Series, svg
from integrity.ui.tables import Cell, Column, Table, number, of_day, pounds, text

HOSTILE = '"><script>alert(1)</script></svg><a href=\'javascript:x\' onload=x style="y"> =1+1 \x00\x07 &amp; 中'
ZERO = Cell("0", 0, "/entries/?zero", "zero")
NIL = Cell("nil", "nil returned", "", "nil")
NOT_RECORDED = Cell("–", "not recorded", "", "not-recorded", "not recorded")
NOT_ASKED = Cell("n/a", "not asked", "/units/", "not-asked", "not asked")
FEW = Cell("under 5", "under 5", "", "few")
KEY = [
    (ZERO, "none, where the register is kept"),
    (NIL, "the head of the unit said that there was none"),
    (NOT_RECORDED, "nobody recorded it"),
    (NOT_ASKED, "nobody was asked"),
    (FEW, "fewer than five, and not shown"),
]
MONTHS = [
    "April 2026", "May 2026", "June 2026", "July 2026", "August 2026", "September 2026",
]  # fmt: skip
ENTRIES = Chart(
    "bars",
    "Entries by month",
    MONTHS,
    [Series("Entries", [12, 0, None, 24, None, None])],
    "entries",
    gaps=["", "", "nil returned", "", "not recorded", "not asked"],
)
TABLE = Table(
    "by-month",
    "Entries & offers",
    [Column("Month"), Column("Entries", True), Column("Value", True), Column("Last")],
    [
        [text("April"), number(1234, "/entries/?m=4"), pounds(Decimal("1234.5")), of_day(date(2026, 4, 9))],
        [text("May"), ZERO, NIL, text("")],
        [text("June"), NOT_RECORDED, NOT_ASKED, FEW],
    ],
    note="Of the force.",
    definition="Every entry received.\n\nNot what was withdrawn.",
    chart=ENTRIES,
)  # fmt: skip


def drawn(chart: Chart, name: str = "") -> ElementTree.Element:
    """The drawing as XML, which it is; without its namespace."""
    root = ElementTree.fromstring(svg(chart, name))  # noqa: S314
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def words(root: ElementTree.Element) -> list[str]:
    """What is written in a drawing, each line for itself."""
    lines = [e for e in root.iter() if e.tag in ("text", "tspan")]
    return [line.text for line in lines if line.text]
