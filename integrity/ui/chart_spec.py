"""The Vega-Lite specification of a chart: layers of marks, figures beside them, gaps at the baseline.

No text of a chart reaches an expression: data and axes hold places (0, 1, 2 …), and names are parameters.
Sizes are pixels of a drawing 400 wide, which a phone shows 290 wide: letters of 16 are then 11.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from integrity.ui.chart_labels import (
    LETTER,
    MOST_SHOWN,
    Lines,
    are_periods,
    below,
    beside,
    cut,
    fit_below,
    wrapped_below,
)
from integrity.ui.chart_looks import (
    DASHES,
    FONT,
    LINES,
    LOOKS,
    SHAPES,
    SMALL,
    TEXT,
    WIDTH,
    Spec,
    legend_of,
)
from integrity.ui.chart_markup import DARK, WHITE, fills, writable

if TYPE_CHECKING:
    from integrity.ui.charts import Chart, Figure

BELOW_AXIS = 340  # what an axis of figures leaves of the width
BAR, GROUPED_BAR = 30, 21


def said(figure: int | float, unit: str) -> str:
    """'1,234', '12.5%' or '£40'."""
    number = f"{figure:,}" if isinstance(figure, int) else f"{figure:,.1f}".removesuffix(".0")
    return f"£{number}" if unit == "£" else f"{number}%" if unit == "%" else number


def spec_of(chart: Chart) -> Spec:
    """One chart, whatever its kind; names run across where they have no room below."""
    labels = [writable(label) for label in chart.labels]
    if not labels:
        return _assembled(chart, [], [[""]], flat=False, told=False)
    upright = chart.kind == "lines" or are_periods(labels) or fit_below(labels, BELOW_AXIS)
    told = _has_room(chart, flat=not upright)
    width = WIDTH - 20 if told else BELOW_AXIS
    if not upright:
        names = beside(labels)
    elif chart.kind != "lines" and not are_periods(labels):
        names = wrapped_below(labels, width)
    else:
        names = below(labels, width)
    return _assembled(chart, _rows(chart, told=told), names, flat=not upright, told=told)


def _has_room(chart: Chart, *, flat: bool) -> bool:
    """Whether every figure can stand beside its mark; then the axis of figures is not needed."""
    many, across = len(chart.labels), 1 if chart.kind == "stacked" else len(chart.series)
    if chart.kind == "lines":
        return across == 1 and many <= 8
    if flat:
        return many * across <= MOST_SHOWN
    longest = max((len(said(f, chart.unit)) for f in _totals(chart)), default=1)
    return (WIDTH - 20) / (many * across) * 0.85 >= longest * LETTER


def _totals(chart: Chart) -> list[int | float]:
    """How high the chart goes: each figure, or where they are stacked, each sum."""
    if chart.kind == "stacked":
        return [sum(f or 0 for f in at) for at in zip(*_figures(chart), strict=True)]
    return [figure for each in _figures(chart) for figure in each if figure is not None]


def _figures(chart: Chart) -> list[Sequence[Figure]]:
    return [each.values for each in chart.series]


def _rows(chart: Chart, *, told: bool) -> list[Spec]:
    """A row for each figure and each gap; a figure that stands in words has them."""
    rows, letters = [], chart.letters
    for of, series in enumerate(chart.series):
        for at, figure in enumerate(series.values):
            row: Spec = {"at": at, "of": of, "n": figure, "top": max(figure or 0, 0)}
            if figure is None:
                row["gap"] = letters[chart.gap(series, at)]
            elif figure == 0 and not told and chart.kind == "bars":
                row["gap"] = "0"
            elif told:
                row["says"] = said(figure, chart.unit)
            rows.append(row)
    return rows if chart.kind == "bars" else [*rows, *_for_each_label(chart, rows, told=told)]


def _for_each_label(chart: Chart, rows: list[Spec], *, told: bool) -> list[Spec]:
    """What stands once for a label: the sum of a stack, and which of its figures are missing."""
    ends = []
    for at in range(len(chart.labels)):
        of_label = [row for row in rows if row["at"] == at]
        gaps = sorted({row.pop("gap") for row in of_label if "gap" in row})
        figures = [row["n"] for row in of_label if row["n"] is not None]
        end: Spec = {"at": at, "of": 0, "n": None, "top": 0, "end": True}
        if chart.kind == "stacked":
            for row in of_label:
                row.pop("says", None)
            end["top"] = sum(figures)
            total = (
                [said(sum(figures), chart.unit)] if figures and (told or sum(figures) == 0) else []
            )
            gaps = total + gaps
        if gaps:
            end["says" if chart.kind == "stacked" else "gap"] = " + ".join(gaps)
        ends.append(end)
    return ends


def _assembled(
    chart: Chart, rows: list[Spec], names: list[Lines], *, flat: bool, told: bool
) -> Spec:
    series = [cut(writable(each.label), 27 if flat else 42) for each in chart.series]
    layers = _lines(series) if chart.kind == "lines" else [_bars(chart, series, flat=flat)]
    spec: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": _height(chart, names, flat=flat),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 6, "right": 10, "top": 8, "bottom": 8},
        "background": WHITE,
        "params": [{"name": "names", "value": names}, {"name": "series", "value": series}],
        "data": {"values": rows},
        "encoding": _places(chart, len(names), flat=flat, told=told),
        "layer": [*layers, *_words(chart, flat=flat)],
        "config": LOOKS,
    }
    if key := [f"{letter} = {writable(gap)}" for gap, letter in chart.letters.items()]:
        spec["title"] = {"text": _key(key), "orient": "bottom", "anchor": "start", "offset": 8}
    return spec


def _key(meanings: list[str]) -> Lines:
    """What the letters mean, as many on a line as have room."""
    lines: Lines = []
    for meaning in meanings:
        joined = f"{lines[-1]},  {meaning}" if lines else ""
        if joined and len(joined) * LETTER <= WIDTH:
            lines[-1] = joined
        else:
            lines.append(cut(meaning, 48))
    return lines


def _height(chart: Chart, names: list[Lines], *, flat: bool) -> int | Spec:
    if not flat:
        return 200
    lines = 2 if any(len(each) > 1 for each in names) else 1
    across = len(chart.series) if chart.kind == "bars" else 1
    least = {1: BAR, 2: 44}[lines] if len(names) <= MOST_SHOWN else 14
    return {"step": max(least, across * GROUPED_BAR + 8)}


def _places(chart: Chart, many: int, *, flat: bool, told: bool) -> Spec:
    """Where marks stand: labels along one axis, in their order, and figures along the other, from nought."""
    place: Spec = {
        "field": "at",
        "type": "ordinal",
        "scale": {"domain": list(range(many))},
        "title": None,
        "axis": {
            "labelExpr": "names[datum.value]",
            "labelAngle": 0,
            "labelOverlap": False,
            "ticks": False,
        },
    }
    if chart.kind != "lines":
        place["scale"] |= {"paddingInner": 0.25, "paddingOuter": 0.12}
    if not flat:
        place["axis"]["labelFontSize"] = FONT - 1  # so that the names of twelve months have room
    else:
        up = "length(names[datum.value]) > 1 ? -9 : 0"
        place["axis"] |= {"encoding": {"labels": {"dy": {"value": {"signal": up}}}}}
    figure: Spec = {
        "field": "n",
        "type": "quantitative",
        "title": None,
        "stack": "zero" if chart.kind == "stacked" else None,
        "scale": {"domain": _domain(chart, flat=flat, told=told), "nice": not told},
        "axis": None if told else _axis_of_figures(chart),
    }
    offset = {"field": "of", "type": "ordinal", "scale": {"domain": list(range(len(chart.series)))}}
    grouped = chart.kind == "bars" and len(chart.series) > 1
    across, along = ("y", "x") if flat else ("x", "y")
    return {across: place, along: figure, **({f"{across}Offset": offset} if grouped else {})}


def _domain(chart: Chart, *, flat: bool, told: bool) -> list[float]:
    """From nought, or the least below it, to the most, with room for its words."""
    totals = _totals(chart)
    most, least = max([*totals, 0]), min([*totals, 0])
    if most == least:
        return [0, 1]
    words = max((len(said(each, chart.unit)) for each in totals), default=1)
    if chart.kind == "stacked":
        words += 4 * bool(chart.letters)
    room = (words * LETTER + 8) / 240 if flat else 0.12
    return [least, most * (1 + room) if told else most]


def _axis_of_figures(chart: Chart) -> Spec:
    number = "format(datum.value, ',~f')"
    before, after = ("'£' + " * (chart.unit == "£"), " + '%'" * (chart.unit == "%"))
    return {"tickCount": 4, "tickMinStep": 1, "labelExpr": f"{before}{number}{after}", "grid": True}


def _bars(chart: Chart, series: list[str], *, flat: bool) -> Spec:
    scale = {"domain": list(range(len(series))), "range": fills(len(series))}
    stroke = {"stroke": DARK, "strokeWidth": 1}
    return {
        "transform": [{"filter": "isValid(datum.n)"}],
        "mark": {"type": "bar", "orient": "horizontal" if flat else "vertical", **stroke},
        "encoding": {
            "color": {
                "field": "of",
                "type": "ordinal",
                "scale": scale,
                "legend": legend_of(series),
            },
            "order": {"field": "of"},
        },
    }


def _lines(series: list[str]) -> list[Spec]:
    domain = list(range(len(series)))

    def channel(values: Sequence[Any], *, told: bool = True) -> Spec:
        scale = {"domain": domain, "range": list(values[: len(series)])}
        legend = legend_of(series) if told else None
        return {"field": "of", "type": "ordinal", "scale": scale, "legend": legend}

    color, drawn = channel(LINES), [{"filter": "!datum.end"}]
    return [
        {
            "transform": drawn,
            "mark": {"type": "line", "strokeWidth": 2.5, "invalid": "break-paths-show-domains"},
            "encoding": {"color": color, "strokeDash": channel(DASHES, told=False)},
        },
        {
            "transform": [{"filter": "isValid(datum.n)"}],
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {"color": color, "shape": channel(SHAPES)},
        },
    ]


def _words(chart: Chart, *, flat: bool) -> list[Spec]:
    """The figures at the ends of their marks, and the letters of gaps at the baseline."""
    at_end: Spec = {"align": "left", "dx": 5} if flat else {"baseline": "bottom", "dy": -4}
    above: Spec = {"dy": -8} if chart.kind == "lines" else {}
    top: Spec = {"field": "top", "type": "quantitative", "stack": None, "title": None}
    text: Spec = {"type": "text", "fontSize": FONT, "color": TEXT}

    def layer(shown: str, mark: Spec, filtered: str = "true") -> Spec:
        return {
            "transform": [{"filter": f"isValid(datum.{shown}) && {filtered}"}],
            "mark": {**text, **at_end, **mark},
            "encoding": {"x" if flat else "y": top, "text": {"field": shown}},
        }

    letters = [
        layer("gap", {"fontWeight": "bold", **_small(chart, of, flat=flat)}, f"datum.of == {of}")
        for of in range(len(chart.series))
    ]
    return [layer("says", above), *letters]


def _small(chart: Chart, of: int, *, flat: bool) -> Spec:
    """Where marks are narrower than a letter, letters are smaller, and one above another."""
    across = len(chart.series) if chart.kind == "bars" else 1
    room = BELOW_AXIS / max(1, len(chart.labels) * across)
    if flat or room >= FONT:
        return {}
    return {"fontSize": SMALL if room < SMALL else FONT - 2, "dy": -4 - SMALL * of * (room < SMALL)}
