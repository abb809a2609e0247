"""manage.py seal_ledger: sign a checkpoint of every log that has grown, now."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from integrity.audit.sealing import Sealer, seal_all


class Command(BaseCommand):
    help = (
        "Sign a checkpoint of every log that has grown since its last. A log that does not continue "
        "what was signed of it is not signed, and the command exits 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON alone")

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        try:
            sealer = Sealer.open()
        except (FileNotFoundError, ValueError) as error:
            raise CommandError(str(error)) from error
        made, refused = seal_all(sealer, now=timezone.now())
        if as_json:
            signed = [{"origin": c.origin, "size": c.size, "root": c.root.hex()} for c in made]
            self.stdout.write(json.dumps({"signed": signed, "refused": refused}, indent=2))
        else:
            for checkpoint in made:
                self.stdout.write(f"{checkpoint.origin}: {checkpoint.size} entries signed.")
            for sentence in refused:
                self.stderr.write(sentence)
            self.stdout.write(f"{len(made)} checkpoints signed, {len(refused)} refused.")
        if refused:
            raise SystemExit(1)
