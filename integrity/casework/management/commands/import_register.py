"""manage.py import_register REGISTER FILE --force CODE"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from integrity.audit.commands import RegisterCommand
from integrity.casework.actions.imports import (
    RegisterFile,
    check_none_refused,
    read,
    report,
    take,
)
from integrity.casework.importing.mapping import Mapping, MappingError, load_mapping
from integrity.casework.importing.sheets import MAX_FILE_BYTES, UnreadableFile
from integrity.casework.permissions import check_may_import
from integrity.casework.registry import Register, registers
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from integrity.ui.wording import listed

HELP = """Import a legacy register from a CSV, XLSX or ODS file.

Rows that can be read are taken, each linked to its original; the others are refused with row,
column and reason. Importing the same file again adds nothing.

imported      entries added that are not nil returns (with --dry-run: that would be)
nil_returns   nil returns added
unchanged     rows that the register holds already from an earlier import

Figures of the file's own entries, whether or not they were added by this run:

values, total_exact   of gifts, by the kind of their value, and the pounds of the exact ones
approved, approved_with_conditions, refused_applications, revoked, ceased, withdrawn
                      of business interests, by what became of them
conditions            of business interests, that PSD confirms at the desk
"""


class Command(RegisterCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        lines_as_they_are = partial(RawDescriptionHelpFormatter, max_help_position=30)
        return super().create_parser(
            prog_name, subcommand, formatter_class=lines_as_they_are, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("register", help="the register's name in addresses, such as gifts")
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
        register: str,
        file: Path,
        code: str,
        mapping: Path | None,
        by: str | None,
        dry_run: bool,
        all_or_nothing: bool,
        as_json: bool,
        **options: Any,
    ) -> None:
        found, force, user = find_register(register), find_force(code), find_user(by)
        check_may_import(user, force)
        source = RegisterFile(found, force, file.name, content_of(file), mapping_of(mapping, found))
        reading = read(source)
        told = report(source, reading)
        if all_or_nothing and reading.refused:
            nothing = {"imported": 0, "nil_returns": 0, "dry_run": dry_run}
            self._print(told | nothing, as_json)
            check_none_refused(reading.refused)
        if not dry_run:
            told = take(
                source, reading, by=user, now=timezone.now(), all_or_nothing=all_or_nothing
            ).report
        self._print(told, as_json)

    def _print(self, told: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        verb = "would be imported" if told["dry_run"] else "imported"
        self.stdout.write(
            f"{told['file']}: {told['rows']} rows. {told['imported']} entries and "
            f"{told['nil_returns']} nil returns {verb}, {told['unchanged']} unchanged, "
            f"{len(told['refused'])} refused."
        )
        for title, key in (("Refused", "refused"), ("Warning", "warnings")):
            for line in told[key]:
                place = ", ".join(filter(None, (f"row {line['where']}", line["column"])))
                self.stdout.write(f"{title}: {place}: {line['reason']}")
        if "total_exact" in told:
            kinds = ", ".join(f"{many} {kind}" for kind, many in told["values"].items())
            self.stdout.write(f"Values: {kinds}. The exact ones come to £{told['total_exact']}.")


def find_register(slug: str) -> Register:
    known = {entry.slug: entry for entry in registers() if entry.importer}
    if slug not in known:
        raise CommandError(
            f"There is no register “{slug}” to import into; there is {listed(list(known))}."
        )
    return known[slug]


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


def mapping_of(file: Path | None, register: Register) -> Mapping:
    """What a mapping file says, or nothing, so that columns are guessed from their headings."""
    if file is None or register.importer is None:
        return Mapping()
    try:
        return load_mapping(content_of(file).decode("utf-8-sig"), register.importer.fields)
    except UnicodeDecodeError:
        raise CommandError(f"The mapping file {file} is not text in UTF-8.") from None
