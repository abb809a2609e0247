"""manage.py check_figures: whether what oversight counts is what the records say."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registers.oversight.counting import recount, strays


class Command(BaseCommand):
    help = (
        "Count every case anew and compare it with the figures that are kept. "
        "With --recount, replace what is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--recount", action="store_true", help="Count everything anew first.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["recount"]:
            recount()
        facts, sums = strays()
        if facts or sums:
            raise CommandError(
                f"{facts} facts differ from the records, and {sums} sums from the facts. Somebody "
                "changed a table behind the register’s back, or a definition changed: look into it, "
                "then run check_figures --recount."
            )
        self.stdout.write("Every figure is what the records say.")
