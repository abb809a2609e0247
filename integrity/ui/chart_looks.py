"""How charts look: letters, lines and marks that differ without colour, and the legend."""

from __future__ import annotations

from typing import Any

from integrity.ui.chart_markup import DARK

Spec = dict[str, Any]

WIDTH, FONT, SMALL = 400, 16, 12
TEXT, GRID = "#0b0c0c", "#d5d9dd"
# Papers have Libertinus; typst and browsers take the first that they have.
FONTS = "Arial, Libertinus Serif, sans-serif"
LINES = (DARK, "#a8480b", "#1a7a5e", "#5b5f66", "#7a3b86", "#2f6fb0")
DASHES = ([1, 0], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [14, 4])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
WORDS: Spec = {"labelFontSize": FONT, "labelColor": TEXT, "titleFontSize": FONT}
LOOKS: Spec = {
    "aria": False,
    "font": FONTS,
    "view": {"stroke": None},
    "axis": {
        **WORDS,
        "gridColor": GRID,
        "domainColor": TEXT,
        "tickColor": TEXT,
        "labelPadding": 6,
        "grid": False,
    },
    "legend": {
        **WORDS,
        "symbolSize": 220,
        "rowPadding": 4,
    },
    "title": {"fontSize": FONT, "fontWeight": "normal", "color": TEXT},
    "text": {"font": FONTS},
}


def legend_of(series: list[str]) -> Spec | None:
    """What each mark is, above the chart; none for one alone, which the caption names."""
    if len(series) < 2:
        return None
    return {
        "title": None,
        "orient": "top",
        "columns": 2 if max(map(len, series)) <= 18 else 1,
        "labelExpr": "series[datum.value]",
        "labelLimit": WIDTH - 50,
        "symbolType": "square",
        "symbolStrokeWidth": 1,
        "symbolDash": [],
    }
