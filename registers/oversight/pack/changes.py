"""What changed since the period before, in sentences worked out of the printed table and nothing else.

So the public is told differences of published figures alone.
"""

from collections.abc import Sequence

from integrity.ui.tables import Cell, Table
from integrity.ui.wording import listed
from registers.oversight.marks import Mark

WITHHELD = (Mark.FEW, Mark.AT_LEAST)
SAME = "Unchanged"
NONE = "None in this period, and {before} in the one before"
HIDDEN = "No change can be told, because figures are withheld"
NOW, BEFORE = 1, 2  # columns of the table of comparisons


def changes(compared: Table) -> list[str]:
    """A sentence for each figure that changed; the others gathered by why none is told of them."""
    told: list[str] = []
    gathered: dict[str, list[str]] = {SAME: [], HIDDEN: []}
    for row in compared.rows:
        label, now, before = row[0].shown, row[NOW], row[BEFORE]
        if now.mark in WITHHELD or before.mark in WITHHELD:
            gathered[HIDDEN].append(label)
        elif (now.value, now.mark) == (before.value, before.mark):
            gathered[SAME].append(f"{label} ({said(now)})")
        elif now.mark == Mark.ZERO and not isinstance(before.value, int):
            gathered.setdefault(NONE.format(before=said(before)), []).append(label)
        else:
            told.append(f"{label}: {difference(now, before)}.")
    return told + [_gathered(what, labels) for what, labels in gathered.items() if labels]


def _gathered(what: str, labels: Sequence[str]) -> str:
    return f"{what}: {listed([label[:1].lower() + label[1:] for label in labels])}."


def difference(now: Cell, before: Cell) -> str:
    """'43, which is 5 more than before (38)'; where one is no number, both as they are."""
    if isinstance(now.value, int) and isinstance(before.value, int):
        apart = now.value - before.value
        if apart:
            words = "more" if apart > 0 else "fewer"
            return f"{now.value:,}, which is {abs(apart):,} {words} than before ({before.value:,})"
    return f"{said(now)}; before, {said(before)}"


def said(cell: Cell) -> str:
    return cell.spoken or cell.shown
