"""manage.py inspection_return: the inspectorate's data return, for one force or every one."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from integrity.audit import scope
from integrity.people.models import Force
from integrity.ui.tables import Table
from registers.oversight.asking import Asked
from registers.oversight.inspection.returns import (
    as_json,
    as_workbook,
    bodies_of,
    inspection_return,
    tables,
)
from registers.oversight.spans import Period
from registers.oversight.taking import RETURN, taken


def a_day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"“{words}” is no day. Write it as 2026-03-31.") from None


def write(out: Path, content: bytes) -> None:
    """Raises CommandError where it cannot be written."""
    try:
        out.write_bytes(content)
    except OSError as failure:
        raise CommandError(f"{out} cannot be written: {failure.strerror}.") from None


class Command(BaseCommand):
    help = "Print the inspection return of one force, or of all, over some days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--force", help="The code of a force.")
        whose.add_argument("--all", action="store_true", help="Every force.")
        parser.add_argument("--from", dest="starts_on", required=True, help="2026-04-01")
        parser.add_argument("--to", dest="ends_on", required=True, help="2027-03-31")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="Print JSON and nothing else.")
        form.add_argument("--xlsx", metavar="FILE", help="Write a workbook.")

    def handle(self, *args: Any, **options: Any) -> None:
        period = Period(a_day(options["starts_on"]), a_day(options["ends_on"]))
        if period.ends_on < period.starts_on:
            raise CommandError("The last day comes before the first.")
        now = timezone.now()
        with scope.everywhere():
            forces = self._forces(options["force"])
            asked = Asked(forces, period, bodies_of(forces), every_force=not options["force"])
            made = inspection_return(asked, trusted=None, today=timezone.localdate(now))
            if options["json"]:
                self.stdout.write(json.dumps(as_json(made), ensure_ascii=False, indent=2))
            elif options["xlsx"]:
                facts = {"forces": [force.code for force in forces]}
                out, content = Path(options["xlsx"]), as_workbook(made, made_at=now)
                taken(forces, out.name, about=RETURN, by=None, now=now, facts=facts)
                write(out, content)
                self.stdout.write(f"{made.title}: {len(forces)} forces, in {options['xlsx']}.")
            else:
                self.stdout.write(made.title)
                for table in tables(made):
                    self._print(table)

    def _forces(self, code: str | None) -> list[Force]:
        forces = list(Force.objects.filter(code=code) if code else Force.objects.all())
        if not forces:
            raise CommandError(f"There is no force {code}." if code else "There is no force yet.")
        return forces

    def _print(self, table: Table) -> None:
        self.stdout.write(f"\n{table.title}")
        for row in table.rows:
            code, _, ref, title, *cells = (cell.shown for cell in row)
            figures = "  ".join(cells[: len(table.columns) - 7])
            self.stdout.write(f"  {code:<8} {ref:<6} {title:<60} {figures}")
