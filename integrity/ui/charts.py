"""Charts: one Vega-Lite specification each, drawn as SVG that needs no script and no style.

A chart is read in colour, in grey, on paper, at 320 pixels and by a screen reader, and it always stands
beside its table, which has every figure. Zero is drawn as a 0; a gap (None) as a letter at the baseline
with what it means below the chart, so that no figure, a nil return and a zero are never alike.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import vl_convert
from django.utils.safestring import SafeString

from integrity.ui.chart_markup import MOST_SERIES, cleaned
from integrity.ui.chart_spec import said, spec_of
from integrity.ui.wording import listed

Kind = Literal["bars", "stacked", "lines"]
Figure = int | float | None

NO_FIGURE = "no figure"
MOST_TOLD = 24  # figures that the description says one by one
DRAWINGS_KEPT = 512
PASSED_OVER = {"NOT", "AT"}  # words whose letters tell no meanings apart
KINDS = {"bars": "Bar chart", "stacked": "Stacked bar chart", "lines": "Line chart"}


@dataclass(frozen=True)
class Series:
    """One figure for each label of the chart; None is a gap.

    ``gaps``, where a series has gaps of its own, says for each label what a gap there means.
    """

    label: str
    values: Sequence[Figure]
    gaps: Sequence[str] = ()


@dataclass(frozen=True)
class Chart:
    """What is drawn. ``gaps`` says for each label what a gap there means ('' where there is none).

    Raises ValueError where the figures and the labels are not equally many, or the series too many to
    tell apart without colour.
    """

    kind: Kind
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    gaps: Sequence[str] = ()

    def __post_init__(self) -> None:
        many = len(self.labels)
        if any(len(each.values) != many for each in self.series):
            raise ValueError(f"Each series of “{self.title}” needs a figure for each label.")
        if any(len(gaps) not in (0, many) for gaps in self._all_gaps()):
            raise ValueError(f"The gaps of “{self.title}” need a meaning for each label.")
        if not 0 < len(self.series) <= MOST_SERIES:
            raise ValueError(f"A chart shows up to {MOST_SERIES} series; a table shows more.")

    def _all_gaps(self) -> list[Sequence[str]]:
        return [self.gaps, *(each.gaps for each in self.series)]

    @property
    def caption(self) -> str:
        """The title, with the unit where no figure bears it."""
        return self.title if self.unit in ("", "£", "%") else f"{self.title} ({self.unit})"

    def gap(self, series: Series, at: int) -> str:
        """What it means that a series has no figure for a label; '' where it has one."""
        if series.values[at] is not None:
            return ""
        gaps = series.gaps or self.gaps
        return (gaps[at] if gaps else "") or NO_FIGURE

    @property
    def letters(self) -> dict[str, str]:
        """A letter for each meaning of a gap: 'not recorded' is R, 'not asked' A, 'nil returned' N."""
        meanings = {self.gap(each, at) for each in self.series for at in range(len(self.labels))}
        letters: dict[str, str] = {}
        for meaning in sorted(meanings - {""}):
            letters[meaning] = _letter(meaning, taken=set(letters.values()))
        return letters

    @property
    def in_words(self) -> str:
        """The figures in sentences, or where there are many, what the table has."""
        kind, many = KINDS[self.kind], len(self.labels)
        if many * len(self.series) > MOST_TOLD:
            names = listed([each.label for each in self.series])
            ends = f"from {self.labels[0]} to {self.labels[-1]}"
            return f"{kind} of {names}, {many} figures each, {ends}. The table has every figure."
        told = [f"{each.label}: {', '.join(self._told(each))}." for each in self.series]
        return " ".join([f"{kind}.", *told])

    def _told(self, series: Series) -> list[str]:
        return [
            f"{label} {said(value, self.unit) if value is not None else self.gap(series, at)}"
            for at, (label, value) in enumerate(zip(self.labels, series.values, strict=True))
        ]


def _letter(meaning: str, *, taken: set[str]) -> str:
    """The first letter of its words that is not taken; of 'not recorded' that of what was not done."""
    if meaning == NO_FIGURE:
        return "–"
    words = [word for word in meaning.upper().split() if word not in PASSED_OVER]
    letters = [word[0] for word in words] + [letter for word in words for letter in word]
    return next((each for each in letters if each.isalnum() and each not in taken), "?")


def svg(chart: Chart, name: str = "") -> SafeString:
    """The chart as an SVG element. ``name`` keeps ids apart where a page has the same chart twice."""
    spec = json.dumps(spec_of(chart), sort_keys=True)
    return _drawn(spec, chart.title, chart.in_words, len(chart.series), name)


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawn(spec: str, title: str, description: str, series: int, name: str) -> SafeString:
    """Drawn once for the same data: what it shows is its key, so that no drawing is ever out of date."""
    key = "\0".join((name, title, spec)).encode("utf-8", "replace")
    ids = f"chart-{hashlib.sha256(key).hexdigest()[:12]}"
    drawing = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return cleaned(drawing, ids=ids, title=title, description=description, series=series)
