"""The base of the commands that import a feed's file: manage.py import_… FILE --force CODE"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandError
from django.utils import timezone

from integrity.audit.commands import RegisterCommand
from integrity.casework.actions.feeds import FeedFile, take_feed
from integrity.casework.actions.imports import check_none_refused
from integrity.casework.importing.feed import Feed
from integrity.casework.importing.mapping import Mapping, MappingError, load_mapping
from integrity.casework.importing.sheets import UnreadableFile
from integrity.casework.management.commands.import_register import (
    content_of,
    find_force,
    find_user,
)
from integrity.casework.permissions import check_may_feed
from integrity.casework.workflow import Denied

LONG = 2000  # rows; a file of fewer is done before anybody wonders


class FeedCommand(RegisterCommand):
    """Rows that can be read are taken, the others refused one by one.

    Importing a file again adds nothing; a corrected file updates what it identifies and says what
    changed. Says how far it is on standard error.
    """

    feed: ClassVar[Feed]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--force", required=True, metavar="CODE", dest="code")
        parser.add_argument(
            "--mapping",
            metavar="FILE",
            type=Path,
            help="JSON that says which column is which field",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="import nothing if any row is refused"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON alone")
        parser.add_argument("--by", metavar="USERNAME", help="whose import the record says it is")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(**options)
        except (Denied, MappingError, UnreadableFile) as error:
            raise CommandError(str(error)) from error

    def _import(
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
        source = FeedFile(self.feed, force, file.name, content_of(file), self._mapping(mapping))
        found = source.read()
        self._say(f"{file.name}: {found.read} rows read.", found.read)
        if all_or_nothing and found.refused:
            nothing = {"imported": 0, "updated": 0, "changes": [], "dry_run": dry_run}
            self._print(source.report(found) | nothing, as_json)
            check_none_refused(found.refused)
        if dry_run:
            told = source.report(found)
        else:
            now = timezone.now()
            told = take_feed(source, found, by=user, now=now, tell=self._tell).report
        self._print(told, as_json)

    def _mapping(self, file: Path | None) -> Mapping:
        if file is None:
            return Mapping()
        try:
            return load_mapping(content_of(file).decode("utf-8-sig"), self.feed.fields)
        except UnicodeDecodeError:
            raise CommandError(f"The mapping file {file} is not text in UTF-8.") from None

    def _tell(self, done: int, many: int) -> None:
        self._say(f"{done} of {many} rows added.", many)

    def _say(self, sentence: str, many: int) -> None:
        if many >= LONG:
            self.stderr.write(self.style.NOTICE(sentence))
            self.stderr.flush()

    def _print(self, told: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        would = "would be " if told["dry_run"] else ""
        self.stdout.write(
            f"{told['file']}: {told['rows']} rows. {told['imported']} entries {would}imported, "
            f"{told['updated']} {would}updated, {told['unchanged']} unchanged, "
            f"{len(told['refused'])} refused."
        )
        for name, label in self.feed.figures.items():
            if name in told:
                figure = told[name]
                self.stdout.write(
                    f"{label}: {f'£{figure}' if isinstance(figure, str) else figure}."
                )
        for change in told["changes"]:
            place = ", ".join(filter(None, (change["where"], change["field"])))
            self.stdout.write(f"Changed: {place}: “{change['from']}” to “{change['to']}”.")
        for title, key in (("Refused", "refused"), ("Warning", "warnings")):
            for line in told[key]:
                place = ", ".join(filter(None, (line["where"], line["column"])))
                self.stdout.write(f"{title}: {place}: {line['reason']}")
