"""The words of an axis: what fits below or beside a figure, in lines, and which of many are left out."""

from __future__ import annotations

import re
import textwrap
from calendar import month_name
from collections.abc import Sequence
from itertools import pairwise

LETTER = 8.7  # pixels of an average letter, of 16 pixels
BESIDE = 16  # letters of a line beside a bar
MOST_SHOWN = 24
MONTH = "|".join(month_name[1:])
PERIOD = re.compile(
    rf"(?:(?:{MONTH}|[A-Z][a-z]{{2}}|Q[1-4])(?:(?: to |–)(?:{MONTH}|[A-Z][a-z]{{2}}))? )?(?:19|20)\d\d"
    r"(?:[-–/]\d{1,4})?"
)
Lines = list[str]


def are_periods(labels: Sequence[str]) -> bool:
    """Whether the labels are months, quarters or years, which run along and may be thinned."""
    return all(PERIOD.fullmatch(label) for label in labels)


def below(labels: Sequence[str], width: float) -> list[Lines]:
    """Lines below each figure of a row so many pixels wide; none where labels are thinned out."""
    shown = [_short(label) for label in labels]
    for step in range(1, len(labels) + 1):
        taken = range(0, len(labels), step)
        if len(taken) > MOST_SHOWN:
            continue
        lines = _in_lines([shown[at] for at in taken])
        if _longest(_beside_another(lines)) * LETTER + 5 <= width / len(labels) * step:
            break
    by_place = dict(zip(taken, lines, strict=True))
    return [by_place.get(at, [""]) for at in range(len(labels))]


def fit_below(labels: Sequence[str], width: float) -> bool:
    """Whether every label has room below its figure, in two lines."""
    column = int((width / len(labels) - 5) / LETTER)
    return column > 2 and all(_fits(label, column) for label in labels)


def wrapped_below(labels: Sequence[str], width: float) -> list[Lines]:
    column = int((width / len(labels) - 5) / LETTER)
    return [textwrap.wrap(label, column) or [""] for label in labels]


def beside(labels: Sequence[str]) -> list[Lines]:
    """Up to two lines beside each bar, the rest left out; none where there are too many bars."""
    step = -(-len(labels) // MOST_SHOWN)
    return [_two(label) if at % step == 0 else [""] for at, label in enumerate(labels)]


def cut(label: str, most: int) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _two(label: str) -> Lines:
    lines = textwrap.wrap(label, BESIDE) or [""]
    return lines if len(lines) <= 2 else [lines[0], cut(" ".join(lines[1:]), BESIDE)]


def _fits(label: str, column: int) -> bool:
    lines = textwrap.wrap(label, column, break_long_words=False)
    return len(lines) <= 2 and _longest(lines) <= column


def _beside_another(lines: Sequence[Lines]) -> Lines:
    """What needs room: names, and a year only where the next label has one too."""
    years = [a[-1] for a, b in pairwise(lines) if len(a) == len(b) == 2]
    return [each[0] for each in lines] + years


def _longest(lines: Sequence[str]) -> int:
    return max(map(len, lines), default=0)


def _short(label: str) -> str:
    """'April to June 2026' as 'Apr–Jun 2026'; any other label up to a line."""
    if not PERIOD.fullmatch(label):
        return cut(label, BESIDE)
    months = re.sub(MONTH, lambda month: month[0][:3], label)
    return months.replace(" to ", "–")


def _in_lines(labels: Sequence[str]) -> list[Lines]:
    """A year stands on a line of its own below, where it first shows."""
    lines, before = [], ""
    for label in labels:
        name, _, year = label.rpartition(" ")
        if not name or not PERIOD.fullmatch(label):
            lines.append([label])
            continue
        lines.append([name] if year == before else [name, year])
        before = year
    return lines
