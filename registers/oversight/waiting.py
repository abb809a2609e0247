"""The records behind a number of today: as many as it says, each as its reader may read it."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from integrity.casework.models import Case
from integrity.casework.registry import Summary
from integrity.people.enums import RankBand
from integrity.people.models import User
from integrity.ui.tables import Cell, Column, Table, of_day, text
from integrity.ui.wording import within
from registers.oversight.entries import NOT_YOURS, summaries
from registers.oversight.live import ANY, Here, Pile
from registers.oversight.piles import AGES, CLOCKS
from registers.oversight.words import said

OF_A_CASE = ("Entry", "Received", "What", "Unit", "Group of ranks", "Status")
BY_ITSELF = ("What", "Day")
SELF = "self"  # the records are cases


def records(pile: Pile, here: Here, key: str) -> QuerySet[Any]:
    """The records whose parts a key names, the oldest first."""
    found = pile.like(here, key).order_by("pk")
    if not pile.case:
        return found
    way = "" if pile.case == SELF else f"{pile.case}__"
    return found.select_related(f"{way}subject_unit")


def table(pile: Pile, found: Sequence[Any], reader: User) -> Table:
    """Some of them as rows."""
    if pile.row is not None:
        rows: list[Sequence[Cell]] = [pile.row(each, reader) for each in found]
        heads = [Column(each) for each in BY_ITSELF]
    else:
        cases = [each if pile.case == SELF else _case(pile, each) for each in found]
        told = summaries(dict.fromkeys(cases), reader)
        rows = [
            _row(each, case, told.get(case.pk)) for each, case in zip(found, cases, strict=True)
        ]
        heads = [Column(each) for each in OF_A_CASE]
    return Table("records", "What is counted", heads, rows, nothing="Nothing is counted here.")


def _case(pile: Pile, record: Any) -> Case:
    case: Case = attrgetter(pile.case.replace("__", "."))(record)
    return case


def _row(record: Any, case: Case, summary: Summary | None) -> list[Cell]:
    if summary is None:
        return [text(NOT_YOURS), of_day(case.received_at), *([text("")] * 4)]
    what = str(record)
    return [
        text(f"{case.reference}: {summary.title}", summary.path),
        of_day(case.received_at),
        text("" if case.reference in what else what),
        text(str(case.subject_unit or "")),
        text(str(RankBand(case.subject_band).label) if case.subject_band else ""),
        text(summary.status),
    ]


def words(pile: Pile, key: str) -> str:
    """What is counted: 'Open offers: with PSD, 8 to 28 days'. Numbers stand for records, and say nothing."""
    parts = [part for part in key.split("|") if part != ANY]
    told = [_said(pile, each) for part in parts for each in part.split(",") if not each.isdecimal()]
    named = ", ".join(filter(None, told))
    return f"{pile.label}: {named}" if named else pile.label


def _said(pile: Pile, part: str) -> str:
    of = CLOCKS if pile.slug == "clocks" else AGES
    return within(of.get(part) or said(part))
