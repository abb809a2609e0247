"""Importing the files of a feed: what is new is added, what a corrected file changed is updated.

source = FeedFile(feed, force, "spend.xlsx", content, mapping)
found = source.read()
source.report(found)                               # changes nothing
take_feed(source, found, by=user, now=now)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import PurePath
from typing import Any

from integrity.audit.actions import record
from integrity.casework.actions.imports import (
    Taken,
    check_none_refused,
    importing,
    open_batch,
)
from integrity.casework.importing.documents import SUFFIXES
from integrity.casework.importing.feed import Feed, Found, Plan, Tell
from integrity.casework.importing.importer import Preview
from integrity.casework.importing.mapping import Mapping
from integrity.casework.importing.rows import Refusal
from integrity.casework.permissions import check_may_feed
from integrity.people.models import Force, User


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file of one force's feed, and how its columns are to be read."""

    feed: Feed
    force: Force
    name: str
    content: bytes
    mapping: Mapping

    @property
    def slug(self) -> str:
        return self.feed.slug

    @property
    def importer(self) -> Feed:
        return self.feed

    @property
    def has_columns(self) -> bool:
        """Whether somebody can say which column is which: JSON says so itself."""
        return PurePath(self.name).suffix.lower() not in SUFFIXES

    def read(self) -> Found:
        """What the file holds. Raises UnreadableFile or MappingError, each with its sentence."""
        found: Found = self.feed.read(self.content, PurePath(self.name).name, self.mapping)
        return found

    def report(self, found: Found) -> dict[str, Any]:
        """What importing the file now would do, as DESIGN §8 prints it. Changes nothing."""
        return _report(self, found, self.feed.plan(found, self.force), dry_run=True)

    def preview(self, found: Found, rows: int) -> Preview:
        """The report and the first rows, each with what would become of it."""
        plan = self.feed.plan(found, self.force)
        shown = [list(cells) for cells in islice(self.feed.preview(found, plan), rows + 1)]
        told = _report(self, found, plan, dry_run=True)
        return Preview(
            told, ["Row", *self.feed.columns, "In the register"], shown[:rows], len(shown) > rows
        )


def take_feed(
    source: FeedFile,
    found: Found,
    *,
    by: User | None,
    now: datetime,
    all_or_nothing: bool = False,
    tell: Tell = lambda done, many: None,
) -> Taken:
    """Put what is new or corrected in the file into the register.

    Raises Denied for whoever may not, and RowsRefused, with nothing changed, where a row was
    refused and `all_or_nothing` is asked for. A file that brings nothing leaves no batch.
    """
    check_may_feed(by, source.force, source.feed.roles)
    if all_or_nothing:
        check_none_refused(found.refused)
    with importing(source.force, by=by) as batches:
        plan = source.feed.plan(found, source.force)
        result = _report(source, found, plan, dry_run=False)
        if plan.anything:
            batch = open_batch(source, result, by=by, now=now)
            batches.append(batch)
            plan.keep(batch, by=by, now=now, tell=tell)
            told = {key: result[key] for key in ("register", "rows", "imported", "updated")}
            file = {"file": batch.name, "sha256": batch.sha256}
            record(
                source.feed.event,
                by=by,
                now=now,
                force_id=batch.force_id,
                about="import",
                about_id=batch.pk,
                facts=file | told,
            )
    return Taken(result, next(iter(batches), None))


def _report(source: FeedFile, found: Found, plan: Plan, *, dry_run: bool) -> dict[str, Any]:
    return {
        "register": source.feed.slug,
        "force": source.force.code,
        "file": source.name,
        "rows": found.read,
        "imported": plan.imported,
        "updated": plan.updated,
        "unchanged": plan.unchanged,
        **plan.counts,
        "changes": [change.as_dict() for change in plan.changes],
        "warnings": [each.as_dict() for each in _whole_file_first(found, plan)],
        "refused": [refusal.as_dict() for refusal in found.refused],
        "not_read": list(found.not_read),
        **dict(_plain(found)),
        "dry_run": dry_run,
    }


def _whole_file_first(found: Found, plan: Plan) -> list[Refusal]:
    """The warnings, those of no row before those of rows: of the latter there may be hundreds."""
    return sorted((*found.warnings, *plan.warnings), key=lambda each: bool(each.where))


def _plain(found: Found) -> Iterator[tuple[str, Any]]:
    """Figures as JSON holds them: money as a plain decimal string."""
    for name, figure in found.figures.items():
        yield name, f"{figure:.2f}" if isinstance(figure, Decimal) else figure
