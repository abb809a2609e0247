"""manage.py verify_ledger: recompute everything, and name what is not as it was recorded."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrity.audit.verifier import Verdict, verify

HELP = """Recompute the ledger and compare it with the registers, its tree and every checkpoint.

Exits 1 when anything is broken, and names it. Give the checkpoints that lie outside the database
(the mails that a force receives, the public page kept by somebody else) with --checkpoint: a ledger
rewritten by whoever runs the server, signatures aside, shows against them alone.

logs, entries, rows, checkpoints   what was checked
erased                             entries whose content was disposed of; their proofs still hold
broken                             a list of {where, column, reason}, empty when sound
"""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--checkpoint",
            metavar="FILE",
            type=Path,
            action="append",
            default=[],
            help="a signed checkpoint kept outside; as many as there are",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON alone")

    def handle(self, *args: Any, **options: Any) -> None:
        given = []
        for path in options["checkpoint"]:
            try:
                given.append(path.read_text("utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
                raise CommandError(f"{path} cannot be read: {reason}.") from error
        verdict = verify(given)
        if options["as_json"]:
            self.stdout.write(json.dumps(verdict.as_dict(), ensure_ascii=False, indent=2))
        else:
            self._tell(verdict)
        if not verdict.sound:
            raise SystemExit(1)

    def _tell(self, verdict: Verdict) -> None:
        for broken in verdict.broken:
            self.stdout.write(f"{broken.where}, {broken.column}: {broken.reason}")
        found = f"{len(verdict.broken)} broken." if verdict.broken else "All sound."
        self.stdout.write(
            f"{verdict.entries} entries in {verdict.logs} logs ({verdict.erased} erased), "
            f"{verdict.rows} rows, {verdict.checkpoints} checkpoints. {found}"
        )
