"""Do now what the worker does each morning: reviews open, leavers' interests end."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from integrity.casework.registry import chores, registers


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print what was done as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        done = {each.slug: dict(each.daily(timezone.now())) for each in registers()}
        done |= {name: dict(chore(timezone.now())) for name, chore in chores("day").items()}
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        for slug, counted in done.items():
            for name, many in counted.items():
                self.stdout.write(f"{slug}: {many} {name}")
