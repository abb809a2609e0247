"""manage.py import_register REGISTER FILE --force CODE"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from integrity.casework.actions.imports import (
    RegisterFile,
    check_none_refused,
    read,
    report,
    take,
)
from integrity.casework.import_command import (
    ImportCommand,
    content_of,
    find_force,
    find_user,
    lines_of_rows,
    mapping_of,
)
from integrity.casework.importing.importer import Importer
from integrity.casework.permissions import check_may_import
from integrity.casework.registry import Register, registers
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


class Command(ImportCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        lines_as_they_are = partial(RawDescriptionHelpFormatter, max_help_position=30)
        return super().create_parser(
            prog_name, subcommand, formatter_class=lines_as_they_are, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("register", help="the register's name in addresses, such as gifts")
        super().add_arguments(parser)

    def bring(
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
        found, importer = find_register(register)
        force, user = find_force(code), find_user(by)
        check_may_import(user, force)
        content, columns = content_of(file), mapping_of(mapping, importer.fields)
        source = RegisterFile(found, force, file.name, content, columns)
        reading = read(source)
        told = report(source, reading)
        if all_or_nothing and reading.refused:
            nothing = {"imported": 0, "nil_returns": 0, "dry_run": dry_run}
            self.print(told | nothing, as_json=as_json)
            check_none_refused(reading.refused)
        if not dry_run:
            told = take(
                source, reading, by=user, now=timezone.now(), all_or_nothing=all_or_nothing
            ).report
        self.print(told, as_json=as_json)

    def lines(self, told: Mapping[str, Any]) -> Iterator[str]:
        verb = "would be imported" if told["dry_run"] else "imported"
        yield (
            f"{told['file']}: {told['rows']} rows. {told['imported']} entries and "
            f"{told['nil_returns']} nil returns {verb}, {told['unchanged']} unchanged, "
            f"{len(told['refused'])} refused."
        )
        yield from lines_of_rows(told, "row ")
        if "total_exact" in told:
            kinds = ", ".join(f"{many} {kind}" for kind, many in told["values"].items())
            yield f"Values: {kinds}. The exact ones come to £{told['total_exact']}."


def find_register(slug: str) -> tuple[Register, Importer]:
    known = {entry.slug: (entry, entry.importer) for entry in registers() if entry.importer}
    if slug not in known:
        raise CommandError(
            f"There is no register “{slug}” to import into; there is {listed(list(known))}."
        )
    return known[slug]
