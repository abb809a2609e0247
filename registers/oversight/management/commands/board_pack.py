"""manage.py board_pack: a body's pack as a PDF, in private or for the public, with its tables as files."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from integrity.audit import scope
from integrity.people.enums import Role
from integrity.people.models import OversightBody, RoleGrant, User
from integrity.people.scope import of_person
from integrity.ui.exports import as_csv
from registers.oversight.forms.published import NOT_OVER, QUARTERS_ONLY
from registers.oversight.pack import files
from registers.oversight.pack.pack import Pack, board_pack, facts_of
from registers.oversight.published import quarters
from registers.oversight.seen import Audience
from registers.oversight.spans import Period
from registers.oversight.taking import PACK, taken

Written = dict[Path, bytes]


class Command(BaseCommand):
    help = "Write the board pack of a body over some days, private unless --public."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--body", required=True, help="The code of an oversight body.")
        parser.add_argument("--from", dest="starts_on", required=True, help="2026-04-01")
        parser.add_argument("--to", dest="ends_on", required=True, help="2027-03-31")
        parser.add_argument("--out", required=True, metavar="FILE.pdf", help="Where the PDF goes.")
        parser.add_argument("--public", action="store_true", help="The version for the public.")
        parser.add_argument("--xlsx", metavar="FILE", help="Also a workbook of every table.")
        parser.add_argument("--csv", metavar="FOLDER", help="Also each table as CSV.")
        parser.add_argument("--json", action="store_true", help="Print JSON and nothing else.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        audience = Audience.PUBLIC if options["public"] else Audience.BOARD
        period = period_of(options["starts_on"], options["ends_on"])
        if options["public"]:
            check_public(period, timezone.localdate(now))
        check_place(options["out"])
        with scope.everywhere():
            body = body_named(options["body"])
            reader = None if options["public"] else member_of(body)
        with as_read_by(reader, today=timezone.localdate(now)):
            pack = board_pack(body, period, audience=audience, reader=reader, now=now)
            written = files_of(pack, options)
        with scope.everywhere():
            for path in written:
                of = pack.asked.forces
                taken(of, path.name, about=PACK, by=None, now=now, facts=facts_of(pack))
            write(written)
        self._say(pack, written, in_json=options["json"])

    def _say(self, pack: Pack, written: Written, *, in_json: bool) -> None:
        if in_json:
            self.stdout.write(json.dumps(said(pack, written), ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{pack.title}: {len(pack.tables)} tables.")
        for path, content in written.items():
            self.stdout.write(f"  {path}, {len(content):,} bytes")


def a_day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise CommandError(f"“{words}” is no day. Write it as 2026-03-31.") from None


def period_of(first: str, last: str) -> Period:
    period = Period(a_day(first), a_day(last))
    if period.ends_on < period.starts_on:
        raise CommandError("The last day comes before the first.")
    return period


def check_public(period: Period, today: date) -> None:
    """Raises CommandError unless it is of whole quarters that are over."""
    try:
        quarters(period)
    except ValueError:
        raise CommandError(QUARTERS_ONLY) from None
    if period.ends_on >= today:
        raise CommandError(NOT_OVER)


def check_place(out: str) -> None:
    path = Path(out)
    if path.suffix.lower() != ".pdf":
        raise CommandError(f"“{out}” does not end in .pdf, which the pack is.")
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder “{path.parent}” to write the pack to.")


def body_named(code: str) -> OversightBody:
    body = OversightBody.objects.filter(code=code).first()
    if body is None:
        raise CommandError(f"There is no oversight body {code}.")
    if not body.forces.exists():
        raise CommandError(f"{body} oversees no force, so there is nothing to tell it.")
    return body


def member_of(body: OversightBody) -> User:
    """A member of the body's board: a private pack holds what they would be shown, and no more."""
    members = RoleGrant.objects.holding(Role.GOVERNANCE_MEMBER).of_body(body.pk).order_by("pk")
    found = members.people()
    if not found:
        raise CommandError(
            f"{body} has no governance member for whom a private pack could be made. Grant somebody "
            "the role, or make the public version with --public."
        )
    return found[0]


@contextmanager
def as_read_by(reader: User | None, *, today: date) -> Iterator[None]:
    """Reaching no further than the member; what is published is cut out of everything."""
    with scope.everywhere() if reader is None else of_person(reader.pk, today=today):
        yield


def files_of(pack: Pack, options: dict[str, Any]) -> Written:
    """Everything that is to be written, made before any of it is."""
    written = {Path(options["out"]): files.pdf(pack)}
    if options["xlsx"]:
        written[Path(options["xlsx"])] = files.workbook(pack)
    if options["csv"]:
        folder = Path(options["csv"])
        written |= {folder / f"{table.slug}.csv": as_csv(table) for table in pack.tables}
    return written


def write(written: Written) -> None:
    """All of them or none: what was written goes again where another cannot be. Raises CommandError."""
    done: list[Path] = []
    for path, content in written.items():
        beside = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(exist_ok=True)
            beside.write_bytes(content)
        except OSError as failure:
            for each in [*done, beside]:
                each.unlink(missing_ok=True)
            raise CommandError(f"{path} cannot be written: {failure.strerror}.") from None
        done.append(beside)
    for part, path in zip(done, written, strict=True):
        part.replace(path)


def said(pack: Pack, written: Written) -> dict[str, Any]:
    made: datetime = pack.made_at
    return {
        "body": pack.body.code,
        "forces": [force.code for force in pack.asked.forces],
        "from": pack.period.starts_on.isoformat(),
        "to": pack.period.ends_on.isoformat(),
        "public": pack.public,
        "made_at": made.isoformat(),
        "tables": [table.slug for table in pack.tables],
        "checkpoints": [
            {"force": each.code, "entries": each.size, "root": each.root} for each in pack.sealed
        ],
        "written": [
            {"file": str(path), "bytes": len(content), "sha256": sha256(content).hexdigest()}
            for path, content in written.items()
        ],
    }
