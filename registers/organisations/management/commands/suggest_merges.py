"""manage.py suggest_merges --force CODE | --all"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from integrity.audit.commands import RegisterCommand
from integrity.people.models import Force, StandardsDepartment
from registers.organisations.actions.suggesting import suggest_merges


class Command(RegisterCommand):
    help = (
        "Compare the names of a department’s organisations with each other and suggest which are "
        "one. A force’s organisations are those of its department."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--force", metavar="CODE", dest="code")
        which.add_argument("--all", action="store_true", dest="every", help="of every department")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON alone")

    def handle(
        self, *args: Any, code: str | None, every: bool, as_json: bool, **options: Any
    ) -> None:
        done = {
            department.name: suggest_merges(department, now=timezone.now())
            for department in departments(code)
        }
        figures = {
            "compared": sum(each.compared for each in done.values()),
            "new": sum(each.new for each in done.values()),
            "changed": sum(each.changed for each in done.values()),
        }
        if as_json:
            self.stdout.write(json.dumps(figures))
            return
        for name, each in done.items():
            self.stdout.write(
                f"{name}: {each.compared} organisations compared; {each.new} pairs suggested, "
                f"{each.changed} scored anew."
            )


def departments(code: str | None) -> list[StandardsDepartment]:
    """The department of a force, or every one. Raises CommandError for a code nobody has."""
    if code is None:
        return list(StandardsDepartment.objects.order_by("name"))
    force = Force.objects.filter(code=code.upper()).select_related("department").first()
    if force is None:
        raise CommandError(f"No force has the code {code}.")
    return [force.department]
