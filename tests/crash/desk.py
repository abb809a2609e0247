"""What the desk and the worker write while servers die: referrals of matches, merges, imports, checks.

Beside the declarations and decisions of harness.py. Everything is made anew before each kill, so that
it is written, or not, by what the kill cuts off; none of it is a case, so that the census stays as it is.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from itertools import count
from typing import Any, ClassVar

import psycopg
from django.db import connection
from django.utils import timezone

from integrity.audit.scope import everywhere
from integrity.casework.actions.import_uploads import import_queued
from integrity.casework.importing.mapping import Mapping as Columns
from integrity.casework.models import ImportUpload
from registers.crosschecks.enums import Check
from registers.crosschecks.models import Match
from tests import builders, matches, procurement
from tests.crash.own_server import DATABASE, OwnServer
from tests.crash.web import Write

AT_ONCE = 4  # of each, for one kill
ROWS, ROWS_OF_WORKER = 15, 60
WEDNESDAY = date(2026, 6, 10)
EVENT = """(SELECT count(*) FROM audit_payload e WHERE e.kind = 'event' AND e.name = '{name}'
            AND e.about_id = {of}.id)"""
# What is written by halves: each query gives the rows that are.
HALVES = {
    "match": f"""
        SELECT m.id FROM crosschecks_match m
        WHERE (SELECT count(*) FROM crosschecks_matchreferral r JOIN casework_referral x
               ON x.id = r.referral_id WHERE r.match_id = m.id) <> (m.disposition = 'referred')::int
           OR {EVENT.format(name="match disposed of", of="m")} <> (m.disposition <> '')::int""",  # noqa: S608
    "referral": """
        SELECT x.id FROM casework_referral x LEFT JOIN crosschecks_matchreferral r
        ON r.referral_id = x.id WHERE r.id IS NULL""",
    "organisation": f"""
        SELECT o.id FROM organisations_organisation o
        WHERE (SELECT count(*) FROM organisations_merge g WHERE g.organisation_id = o.id)
              <> (o.merged_into_id IS NOT NULL)::int
           OR {EVENT.format(name="organisations merged", of="o")}
              <> (o.merged_into_id IS NOT NULL)::int
                 * (SELECT count(*) FROM people_force f WHERE f.department_id = o.department_id)""",  # noqa: S608
    "purchase": f"""
        SELECT p.id FROM procurement_purchase p
        WHERE {EVENT.format(name="purchase justified", of="p")} <> (p.justification <> '')::int""",  # noqa: S608
    "import": f"""
        SELECT b.id FROM casework_importbatch b LEFT JOIN casework_importupload u ON u.batch_id = b.id
        WHERE b.register = 'spend' AND (u.imported_at IS NULL
           OR {EVENT.format(name="spend imported", of="b")} <> 1
           OR (SELECT count(*) FROM procurement_payment p WHERE p.batch_id = b.id)
              <> (b.result ->> 'rows')::int)""",  # noqa: S608
    "upload": """
        SELECT u.id FROM casework_importupload u
        WHERE (u.imported_at IS NULL) <> (u.batch_id IS NULL)""",
    "run of checks of the cards": """
        SELECT split_part(c.identifier, '-', 2) FROM procurement_card c
        WHERE c.identifier LIKE 'split-%' GROUP BY 1
        HAVING (SELECT count(*) FROM crosschecks_match m JOIN procurement_purchase p
                ON p.id = m.purchase_id JOIN procurement_card k ON k.id = p.card_id
                WHERE split_part(k.identifier, '-', 2) = split_part(min(c.identifier), '-', 2)
                AND k.identifier LIKE 'split-%') NOT IN (0, count(*))""",
}


@dataclass
class DeskWrite(Write):
    """A form of the desk, and the query that says whether what it asks for stands."""

    asked: str = ""
    # Sent again, what stands already is refused: on a page of its own, or on the form.
    refusals: ClassVar[tuple[int, ...]] = (403, 422)


class Hands:
    """People of the desk with their work for one kill, and what is done behind them."""

    def __init__(self, server: OwnServer, world: builders.World, sign_in: Callable[[Any], str]):
        self.server, self.world = server, world
        self.numbers = count(1)
        buyer, analyst, merger = world.procurement_officer, world.reviewer, world.other_reviewer
        self.holder = world.colleague
        self.sessions = {
            "refer": sign_in(analyst),
            "merge": sign_in(merger),
            "justify": sign_in(self.holder),
            "import": sign_in(buyer),
        }
        self.work: dict[str, list[DeskWrite]] = {}
        self.queued: ImportUpload | None = None

    def refill(self) -> None:
        """Finish what the last kill left, and lay out new work."""
        with everywhere():
            matches.run(self.world.northmoor)
        self._work_off()
        with everywhere():
            number = next(self.numbers)
            self.work = {
                "refer": list(self._referrals()),
                "merge": list(self._merges(number)),
                "justify": list(self._purchases()),
                "import": [self._import(f"{number}-{n}") for n in range(AT_ONCE)],
            }
            self.queued = self._upload(f"{number}-worker", ROWS_OF_WORKER)
            self.queued.queued_at = self.queued.heard_at = timezone.now()
            self.queued.save()
            for n in range(AT_ONCE):
                card = procurement.card(self.world.constable, identifier=f"split-{number}-{n}")
                for amount in (480, 490):
                    procurement.purchase(card, amount, bought_on=WEDNESDAY)

    def people(self) -> list[Callable[[], Write | None]]:
        def next_of(kind: str) -> Callable[[], Write | None]:
            return lambda: self.work[kind].pop() if self.work[kind] else None

        return [next_of(kind) for kind in self.sessions]

    def behind(self) -> threading.Thread:
        """A run of the checks and an import of the worker's, which a kill of the database cuts off."""

        def work() -> None:
            try:
                with suppress(Exception):
                    matches.run(self.world.northmoor)
                with suppress(Exception):
                    self._work_off()
            finally:
                connection.close()

        return threading.Thread(target=work)

    def halves(self) -> Iterator[str]:
        """A sentence for each thing that is written by halves."""
        with psycopg.connect(**self.server.admin, dbname=DATABASE) as superuser:
            for what, query in HALVES.items():
                for (which,) in superuser.execute(query.encode()):
                    yield f"The {what} {which} is not whole."

    def stands(self, write: DeskWrite) -> bool:
        with psycopg.connect(**self.server.admin, dbname=DATABASE) as superuser:
            row = superuser.execute(write.asked.encode(), [write.about]).fetchone()
        return bool(row and row[0])

    def _work_off(self) -> None:
        """The worker takes the upload that waits; one that was given back is asked for again."""
        if self.queued is None:
            return
        with everywhere():
            waits = ImportUpload.objects.filter(pk=self.queued.pk, imported_at=None)
            waits.update(queued_at=timezone.now(), heard_at=timezone.now())
        import_queued(self.queued.pk, now=timezone.now())

    def _referrals(self) -> Iterator[DeskWrite]:
        found = Match.objects.filter(check_name=Check.CARD_SPLIT, disposition="")
        for pk, version in found.order_by("pk").values_list("pk", "version")[:AT_ONCE]:
            yield self._write(
                "refer", f"/psd/crosschecks/match/{pk}/refer/", pk,
                {"reason": "Twice before.", "version": version},
                r"/psd/crosschecks/match/([0-9]+)/change/",
                "SELECT disposition = 'referred' FROM crosschecks_match WHERE id = %s",
            )  # fmt: skip

    def _merges(self, number: int) -> Iterator[DeskWrite]:
        for n in range(AT_ONCE):
            one, into = (
                matches.organisation(f"{name} {number} {n}", self.world.alliance_psd).pk
                for name in ("Alder", "Birch")
            )
            yield self._write(
                "merge", f"/psd/organisations/{one}/merge/?with={into}", one,
                {"stays": into, "reason": "One firm."}, r"/psd/organisations/([0-9]+)/",
                "SELECT merged_into_id IS NOT NULL FROM organisations_organisation WHERE id = %s",
            )  # fmt: skip

    def _purchases(self) -> Iterator[DeskWrite]:
        card = procurement.card(self.holder)
        for _ in range(AT_ONCE):
            pk = procurement.purchase(card, bought_on=WEDNESDAY).pk
            yield self._write(
                "justify", f"/cards/{pk}/", pk, {"text": "Paper."}, r"(/cards/)",
                "SELECT justification <> '' FROM procurement_purchase WHERE id = %s",
            )  # fmt: skip

    def _import(self, name: str) -> DeskWrite:
        pk = self._upload(name, ROWS).pk
        return self._write(
            "import", f"/psd/import/files/{pk}/import/", pk, {},
            r"/psd/import/batches/([0-9]+)/",
            "SELECT imported_at IS NOT NULL FROM casework_importupload WHERE id = %s",
        )  # fmt: skip

    def _upload(self, name: str, rows: int) -> ImportUpload:
        lines = ["Date,Supplier,Amount,Description,Transaction No"]
        lines += [f"03/03/2026,Rowan {name} {n},{n}.10,Pens,{name}-{n}" for n in range(rows)]
        return ImportUpload.objects.create(
            register="spend", force=self.world.northmoor, name=f"{name}.csv",
            content="\n".join(lines).encode(), mapping=asdict(Columns()),
            uploaded_at=timezone.now(), uploaded_by=self.world.procurement_officer,
        )  # fmt: skip

    def _write(
        self, kind: str, path: str, about: object, typed: dict[str, Any], done: str, asked: str
    ) -> DeskWrite:
        said = {name: str(value) for name, value in typed.items()}
        return DeskWrite(self.sessions[kind], path, said, re.compile(done), str(about), asked=asked)
