"""The base of the commands that import a file: manage.py import_… FILE --force CODE"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from integrity.audit.commands import RegisterCommand
from integrity.casework.importing.mapping import Known, MappingError, load_mapping
from integrity.casework.importing.mapping import Mapping as ColumnMapping
from integrity.casework.importing.sheets import MAX_FILE_BYTES, UnreadableFile
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from integrity.ui.wording import listed


class ImportCommand(RegisterCommand):
    """What every import is asked, and how it answers: a refusal is a sentence and a non-zero exit."""

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
            self.bring(**options)
        except (Denied, MappingError, UnreadableFile) as error:
            raise CommandError(str(error)) from error

    def bring(self, *args: Any, **options: Any) -> None:
        """Import the file. Raises Denied, MappingError, UnreadableFile, CommandError."""
        raise NotImplementedError

    def lines(self, told: Mapping[str, Any]) -> Iterator[str]:
        """What the import did, in sentences."""
        raise NotImplementedError

    def print(self, told: Mapping[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for line in self.lines(told):
            self.stdout.write(line)


def find_force(code: str) -> Force:
    force = Force.objects.select_related("department").filter(code=code).first()
    if force is None:
        codes = listed(list(Force.objects.order_by("code").values_list("code", flat=True)))
        raise CommandError(
            f"There is no force “{code}”; the codes are {codes or 'not set up yet'}."
        )
    return force


def find_user(username: str | None) -> User | None:
    if username is None:
        return None
    try:
        return User.objects.get_by_natural_key(username)
    except User.DoesNotExist:
        raise CommandError(f"There is nobody with the sign-in name “{username}”.") from None


def content_of(file: Path) -> bytes:
    """The bytes of a file, but for what is past the size that is read."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error


def mapping_of(file: Path | None, fields: Known) -> ColumnMapping:
    """What a mapping file says, or nothing, so that columns are guessed from their headings."""
    if file is None:
        return ColumnMapping()
    try:
        return load_mapping(content_of(file).decode("utf-8-sig"), fields)
    except UnicodeDecodeError:
        raise CommandError(f"The mapping file {file} is not text in UTF-8.") from None


def lines_of_rows(told: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Each row that was refused or that was warned of: where, in which column, and why."""
    for title, key in (("Refused", "refused"), ("Warning", "warnings")):
        for line in told[key]:
            place = ", ".join(filter(None, (f"{before}{line['where']}", line["column"])))
            yield f"{title}: {place}: {line['reason']}"
