"""manage.py make_ledger_key NAME FOLDER: the key that signs checkpoints."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrity.audit.signing import KEY_FILE, SignerKey, make_key
from integrity.audit.verify_receipt import Invalid, VerifierKey


class Command(BaseCommand):
    help = (
        "Make the key that signs checkpoints, in a folder that only the worker may read, and print "
        "its public half: set LEDGER_VERIFIER_KEY to it, publish it, and keep it outside. A key "
        "that is there already is never overwritten; its public half is printed again."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the installation's name, such as register.example")
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, name: str, folder: Path, **options: Any) -> None:
        try:
            self.stdout.write(str(self._key(name, folder)))
        except PermissionError as error:
            raise CommandError(f"{error.filename} may not be read or written.") from error
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror or error}.") from error
        except (Invalid, ValueError) as error:
            raise CommandError(str(error)) from error

    def _key(self, name: str, folder: Path) -> VerifierKey:
        path = folder / KEY_FILE
        if not path.exists():
            return make_key(name, folder)
        found = SignerKey.load(path).verifier()
        if found.name != name:
            raise CommandError(
                f"{path} is the key of {found.name} and is not overwritten: what it signed could "
                "not be continued. Give that name, or another folder."
            )
        return found
