"""The base of the commands that import a feed's file: manage.py import_… FILE --force CODE"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.utils import timezone

from integrity.casework.actions.feeds import FeedFile, take_feed
from integrity.casework.actions.imports import check_none_refused
from integrity.casework.import_command import (
    ImportCommand,
    content_of,
    find_force,
    find_user,
    lines_of_rows,
    mapping_of,
)
from integrity.casework.importing.feed import Feed
from integrity.casework.permissions import check_may_feed

LONG = 2000  # rows; a file of fewer is done before anybody wonders


class FeedCommand(ImportCommand):
    """Rows that can be read are taken, the others refused one by one.

    Importing a file again adds nothing; a corrected file updates what it identifies and says what
    changed. Says how far it is on standard error.
    """

    feed: ClassVar[Feed]

    def bring(
        self,
        *,
        file: Path,
        code: str,
        mapping: Path | None,
        by: str | None,
        dry_run: bool,
        all_or_nothing: bool,
        as_json: bool,
        **options: Any,
    ) -> None:
        force, user = find_force(code), find_user(by)
        check_may_feed(user, force, self.feed.roles)
        content, columns = content_of(file), mapping_of(mapping, self.feed.fields)
        source = FeedFile(self.feed, force, file.name, content, columns)
        found = source.read()
        self._say(f"{file.name}: {found.read} rows read.", found.read)
        if all_or_nothing and found.refused:
            nothing = {"imported": 0, "updated": 0, "changes": [], "dry_run": dry_run}
            self.print(source.report(found) | nothing, as_json=as_json)
            check_none_refused(found.refused)
        if dry_run:
            told = source.report(found)
        else:
            now = timezone.now()
            told = take_feed(source, found, by=user, now=now, tell=self._tell).report
        self.print(told, as_json=as_json)

    def _tell(self, done: int, many: int) -> None:
        self._say(f"{done} of {many} rows added.", many)

    def _say(self, sentence: str, many: int) -> None:
        if many >= LONG:
            self.stderr.write(self.style.NOTICE(sentence))
            self.stderr.flush()

    def lines(self, told: Mapping[str, Any]) -> Iterator[str]:
        would = "would be " if told["dry_run"] else ""
        yield (
            f"{told['file']}: {told['rows']} rows. {told['imported']} entries {would}imported, "
            f"{told['updated']} {would}updated, {told['unchanged']} unchanged, "
            f"{len(told['refused'])} refused."
        )
        for name, label in self.feed.figures.items():
            if name in told:
                figure = told[name]
                yield f"{label}: {f'£{figure}' if isinstance(figure, str) else figure}."
        for change in told["changes"]:
            place = ", ".join(filter(None, (change["where"], change["entry"], change["field"])))
            yield f"Changed: {place}: “{change['from']}” to “{change['to']}”."
        if told["not_read"]:
            yield f"Not read: {', '.join(told['not_read'])}."
        yield from lines_of_rows(told)
