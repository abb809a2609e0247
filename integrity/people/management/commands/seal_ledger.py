"""manage.py seal_ledger: sign a checkpoint of every log that has grown, now, and mail it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from integrity.audit.sealing import Sealer, seal_all
from integrity.people.checkpoints import mail_checkpoints


class Command(BaseCommand):
    help = (
        "Sign a checkpoint of every log that has grown since its last. A log that does not continue "
        "what was signed of it is not signed, and the command exits 1. With --mail the newest "
        "checkpoints go at once to the addresses that their forces set."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON alone")

        parser.add_argument("--mail", action="store_true", help="mail what was not mailed yet")

    def handle(self, *args: Any, as_json: bool, mail: bool, **options: Any) -> None:
        try:
            sealer = Sealer.open()
        except (FileNotFoundError, ValueError) as error:
            raise CommandError(str(error)) from error
        made, refused = seal_all(sealer, now=timezone.now())
        mailed, failed = mail_checkpoints(now=timezone.now()) if mail else ([], [])
        if as_json:
            signed = [{"origin": c.origin, "size": c.size, "root": c.root.hex()} for c in made]
            told = {"signed": signed, "refused": refused, "mailed": mailed, "not_mailed": failed}
            self.stdout.write(json.dumps(told, indent=2))
        else:
            for checkpoint in made:
                self.stdout.write(f"{checkpoint.origin}: {checkpoint.size} entries signed.")
            for sentence in mailed:
                self.stdout.write(sentence)
            for sentence in [*refused, *failed]:
                self.stderr.write(sentence)
            self.stdout.write(f"{len(made)} checkpoints signed, {len(refused)} refused.")
            if mail:
                self.stdout.write(f"{len(mailed)} mailed, {len(failed)} not.")
        if refused or failed:
            raise SystemExit(1)
