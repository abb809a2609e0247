"""manage.py make_ledger_key NAME FOLDER: the key that signs checkpoints."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrity.audit.signing import make_key
from integrity.audit.verify_receipt import Invalid


class Command(BaseCommand):
    help = (
        "Make the key that signs checkpoints, in a folder that only the worker may read, and print "
        "its public half: set LEDGER_VERIFIER_KEY to it, publish it, and keep it outside."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the installation's name, such as register.example")
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, name: str, folder: Path, **options: Any) -> None:
        try:
            key = make_key(name, folder)
        except (Invalid, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(key))
