"""Run the cross-checks of a force, or of all, now and whole."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from integrity.audit.commands import RegisterCommand
from integrity.people.models import Force
from registers.crosschecks.actions import run_checks

NAMES = ("found", "new", "changed", "gone", "open")


class Command(RegisterCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--force", metavar="CODE", help="The force, by its code.")
        which.add_argument("--all", action="store_true", help="Every force.")
        parser.add_argument("--json", action="store_true", help="Print the counts as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        said: dict[str, Any] = {}
        for force in self._forces(options):
            counts = run_checks(force, now=timezone.now())
            checks = {
                str(check): {name: getattr(count, name) for name in NAMES}
                for check, count in counts.by_check.items()
            }
            said[force.code] = {**counts.total(), "checks": checks}
        if options["json"]:
            self.stdout.write(json.dumps({"forces": said}))
            return
        for code, counted in said.items():
            for check, each in counted["checks"].items():
                self.stdout.write(f"{code} {check}: {_words(each)}")
            self.stdout.write(f"{code} in all: {_words(counted)}")

    def _forces(self, options: dict[str, Any]) -> list[Force]:
        if options["all"]:
            return list(Force.objects.order_by("code"))
        force = Force.objects.filter(code__iexact=options["force"]).first()
        if force is None:
            raise CommandError(f"There is no force with the code {options['force']}.")
        return [force]


def _words(counted: dict[str, Any]) -> str:
    return ", ".join(f"{counted[name]} {name}" for name in NAMES)
