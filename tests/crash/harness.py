"""kill -9 of PostgreSQL and of the web server while people declare, decide, import and merge (ASSURANCE).

What a person was told stands, stands once and whole; what they were not told stands whole or not at
all, and sending it again makes no second. Imported once Django is set up (tests/crash/__main__.py).
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client

from integrity.audit.scope import everywhere
from integrity.audit.verifier import verify
from integrity.people.models import User
from registers.gifts.enums import Status, Verb
from tests import builders
from tests.crash.census import Held, census
from tests.crash.desk import DeskWrite, Hands
from tests.crash.own_server import OwnServer
from tests.crash.web import Burst, Web, Write

DECLARANTS = 4
BURST_SECONDS = (0.4, 1.4)
VERIFIED = 10  # how often in a series the whole ledger is recomputed; always at its end
DONE = re.compile(r"/gifts/(GH-[0-9]+-[0-9]+)/done/")
DECIDED_ON_SITE = re.compile(r"/gifts/(GH-[0-9]+-[0-9]+)/")
DECIDED_ON_DESK = re.compile(r"/psd/gifts/offer/([0-9]+)/change/")


@dataclass
class Tally:
    """What a series of kills did."""

    database_kills: int = 0
    web_kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unanswered: int = 0  # sent, and cut off before an answer
    stood: int = 0  # of those, what stood all the same
    retried: int = 0
    half_written: int = 0
    doubled: int = 0
    entries: int = 0
    faults: list[str] = field(default_factory=list)

    def find(self, kind: str, sentence: str) -> None:
        setattr(self, kind, getattr(self, kind) + 1)
        self.faults.append(sentence)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Harness:
    """A small world, its people signed in, and what each of them was told."""

    def __init__(self, server: OwnServer, web: Web, seed: int) -> None:
        self.server, self.web = server, web
        self.chance = random.Random(seed)  # noqa: S311
        self.numbers = count(1)
        self.writes: list[Write] = []
        self.work: list[Held] = []
        with everywhere():
            world = builders.world()
            people = [world.constable, world.colleague] + [
                builders.person(
                    f"constable_{n}", force=world.northmoor, line_manager=world.sergeant
                )
                for n in range(DECLARANTS - 2)
            ]
            self.declarants = [signed_in(person) for person in people]
            self.reviewers = [signed_in(world.reviewer), signed_in(world.other_reviewer)]
            self.hands = Hands(server, world, signed_in)
        self.web.start()
        self.web.wait()
        self.whole = self._whole_shapes()
        self.server.command("CHECKPOINT")  # what is here now, no kill takes away

    # --- what people send ---------------------------------------------------------------------

    def declaration(self, session: str) -> Write:
        key, number = str(uuid4()), next(self.numbers)
        typed = {
            "key": key,
            "what": f"A hamper, number {number}",
            "provider": f"Supplier {number % 7}",
            "provider_is": "organisation",
            "decision": "declined",
            "value": "150",  # from £100 on it goes to PSD
            "when": "today",
        }
        return Write(session, "/gifts/quick/", typed, DONE, key)

    def decision(self, session: str, held: Held, *, on_desk: bool) -> Write:
        typed = {"reason": "It complies.", "version": str(held.version)}
        if on_desk:
            path, done = f"/psd/gifts/offer/{held.offer}/{Verb.ACCEPT}/", DECIDED_ON_DESK
        else:
            path, done = f"/gifts/{held.reference}/{Verb.ACCEPT}/", DECIDED_ON_SITE
        return Write(session, path, typed, done, held.reference)

    def burst(self) -> Burst:
        """Everybody at once: declarants without end, reviewers while there is work of former bursts."""

        def declares(session: str) -> Callable[[], Write]:
            return lambda: self.declaration(session)

        def decides(session: str, *, on_desk: bool) -> Callable[[], Write | None]:
            def next_write() -> Write | None:
                if not self.work:
                    return None
                return self.decision(session, self.work.pop(), on_desk=on_desk)

            return next_write

        people: list[Callable[[], Write | None]] = [declares(each) for each in self.declarants]
        people += [decides(who, on_desk=bool(n)) for n, who in enumerate(self.reviewers)]
        return Burst(self.web, [*people, *self.hands.people()])

    def _whole_shapes(self) -> set[Any]:
        """How a declaration and a decision look that nothing disturbed: the measure of all others."""
        for session in self.declarants:
            write = self.declaration(session)
            write.told = write.retry(self.web)
            self.writes.append(write)
        first, second, *_ = held = census(self.server)
        (declared,) = {each.shape for each in held}
        for on_desk, each in enumerate((first, second)):
            write = self.decision(self.reviewers[on_desk], each, on_desk=bool(on_desk))
            write.told = write.retry(self.web)
            assert write.acknowledged, f"{write.path} was answered {write.status}"
            self.writes.append(write)
        shapes = {each.shape for each in census(self.server)}
        (decided,) = shapes - {declared}
        return {declared, decided}

    # --- kills ----------------------------------------------------------------------------------

    def series(self, *, database: int = 0, web: int = 0) -> Tally:
        """As many kills of each, by turns at random moments, and what they did."""
        tally = Tally(database_kills=database, web_kills=web)
        kills = ["database"] * database + ["web"] * web
        for number, what in enumerate(kills, 1):
            burst = self._kill(what)
            self._compare(tally, burst)
            if number % max(1, len(kills) // VERIFIED) == 0 or number == len(kills):
                self._verify(tally)
        self._count(tally)
        return tally

    def lossy_series(self, at_most: int) -> Tally:
        """Kills of the database alone, until one takes away what somebody was told."""
        tally = Tally()
        while not tally.lost and tally.database_kills < at_most:
            tally.database_kills += 1
            self._kill("database")
            self.web.wait()
            self._count(tally)
        self._verify(tally)
        return tally

    def _kill(self, what: str) -> Burst:
        self.work = [h for h in census(self.server) if h.status == Status.WITH_PSD]
        self.chance.shuffle(self.work)
        self.hands.refill()
        burst, behind = self.burst(), self.hands.behind()
        burst.start()
        behind.start()
        time.sleep(self.chance.uniform(*BURST_SECONDS))
        if what == "database":
            self.server.kill()
            burst.end()
            behind.join()
            self.server.server.start()
            connection.close()  # ours ended with the server
        else:
            self.web.kill()
            burst.end()
            behind.join()
            self.web.start()
        self.writes += burst.writes
        return burst

    # --- comparing ------------------------------------------------------------------------------

    def _compare(self, tally: Tally, burst: Burst) -> None:
        """Before any retry, then after everybody has sent their last form again."""
        cut_off = [write for write in burst.writes if not write.acknowledged]
        tally.unanswered += len(cut_off)
        held = census(self.server)
        self._look_for_halves(tally, held)
        tally.stood += sum(self._stands(write, held) for write in cut_off)
        self.web.wait()
        last = {write.session: write for write in burst.writes if write.acknowledged}
        again = [*cut_off, *last.values()]
        tally.retried += len(again)
        with ThreadPoolExecutor(DECLARANTS) as browsers:
            answers = list(browsers.map(lambda write: write.retry(self.web), again))
        for write, told in zip(again, answers, strict=True):
            if write.acknowledged and told and told != write.told:
                tally.find("doubled", f"{write.about} is {write.told}, and sent again {told}.")
            write.told = write.told or told or ("stood" if write.status in write.refusals else "")
            if not write.acknowledged:
                tally.faults.append(f"{write.about}: sent again it is refused, {write.status}.")
        self._look_for_halves(tally, census(self.server))

    def _look_for_halves(self, tally: Tally, held: list[Held]) -> None:
        for each in held:
            if each.shape not in self.whole:
                tally.find("half_written", f"{each.reference} is not whole: {dict(each.shape)}.")
        for sentence in self.hands.halves():
            tally.find("half_written", sentence)

    def _count(self, tally: Tally) -> None:
        """Everything that anybody was ever told, against what there is."""
        held = census(self.server)
        keys = Counter(each.key for each in held)
        sent = {write.about for write in self.writes if write.done is DONE}
        told = [write for write in self.writes if write.acknowledged]
        tally.acknowledged = len(told)
        for write in told:
            if not self._stands(write, held):
                tally.find("lost", f"{write.path} {write.about} was acknowledged and is lost.")
        for key, many in keys.items():
            if many > 1 or key not in sent:
                tally.find("doubled", f"{many} entries have the key {key}.")
        for each in held:
            if each.decisions > 1:
                tally.find("doubled", f"{each.reference} has {each.decisions} decisions.")

    def _stands(self, write: Write, held: list[Held]) -> bool:
        if isinstance(write, DeskWrite):
            return self.hands.stands(write)
        return stands(write, held)

    def _verify(self, tally: Tally) -> None:
        verdict = verify()
        tally.entries = verdict.entries
        tally.faults += [str(broken) for broken in verdict.broken]
        tally.half_written += len(verdict.broken)


def stands(write: Write, held: list[Held]) -> bool:
    """Whether the database holds what a form asked for."""
    if write.done is DONE:
        same = [each for each in held if each.key == write.about]
        return bool(same) and write.told in ("", *(each.reference for each in same))
    return any(each.reference == write.about and each.decisions for each in held)


def signed_in(person: User) -> str:
    """The session of somebody who is signed in."""
    client = Client()
    client.force_login(person, backend="integrity.people.backends.ServingMemberBackend")
    return client.cookies["sessionid"].value
