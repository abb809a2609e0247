"""Nobody outside PSD can learn that a person, unit or case is investigated, from any page.

Every page is asked for by everybody twice: before anything was referred for investigation, and after
everybody was investigated. What is told, and how much the database was asked for it, stays the same.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from integrity.casework import actions as casework
from integrity.casework.enums import ReferralSource
from integrity.casework.models import Case, Referral
from integrity.casework.models.case import CaseQuerySet
from integrity.casework.workflow import Denied
from integrity.people import scope
from registers.investigations.actions.concerns import send_concern
from registers.investigations.enums import Verb
from registers.investigations.models import Investigation, InvestigationQuerySet
from tests import investigations
from tests.access.matrix import Caller, Cell, Matrix, Reply
from tests.access.media_things import opener_for
from tests.access.named import Named
from tests.access.oracle import CAST, codes
from tests.access.routes import PAGES, Page, Route, routes
from tests.access.things import SECRETS, Things, missing
from tests.builders import World

TRUSTED = {name for name, actor in CAST.items() if codes(actor.psd, actor.trusted)}
OTHERS = tuple(name for name in CAST if name not in TRUSTED)
# How somebody may stand to the entry a page names; PSD's own people stand so to each other's.
NEAREST = ("own", "their team's", "in scope by role", "same force, no relation")
# These count the entries of every log, whatever they are about, and are asked about in test_ledger.
COUNTS_ENTRIES = {"ledger:index", "ledger:checkpoint", "ledger:consistency"}


@dataclass(frozen=True)
class Seen:
    """What a page told, and with how many questions to the database."""

    told: tuple[int, str, str]
    queries: int


class Watcher(Matrix):
    """The matrix's addresses, each asked for and kept instead of judged."""

    def look(self) -> dict[str, Seen]:
        logging.disable(logging.ERROR)
        try:
            return dict(self._look())
        finally:
            logging.disable(logging.NOTSET)

    def _look(self) -> Iterator[tuple[str, Seen]]:
        for who in self.cast:
            caller = Caller(self.things.people.get(who))
            for cell in self.nearest(who):
                reset_queries()  # only so many are kept
                ContentType.objects.clear_cache()  # which whoever asks first fills
                with CaptureQueriesContext(connection) as queries:
                    reply: Reply = caller.ask("GET", cell.path, {})
                yield str(cell), Seen(reply.told, len(queries))

    def named(self, page: Page, who: str) -> Iterator[tuple[str, Named]]:
        """What is confidential is not there yet: its pages are asked for by numbers that nobody has."""
        if page.of in SECRETS:
            yield "", missing(page.of)
            return
        yield from super().named(page, who)

    def nearest(self, who: str) -> Iterator[Cell]:
        """One thing of each kind that stands near to somebody, and each page that names none."""
        found: set[str] = set()
        for cell in self.cells_of(who):
            if cell.request.method == "GET" and cell.relation in ("", *NEAREST):
                key = f"{cell.route.key} {cell.request.verb} {cell.relation in NEAREST[2:]}"
                if key not in found:
                    found.add(key)
                    yield cell


def watched() -> Sequence[Route]:
    return [route for route in routes() if route.key not in COUNTS_ENTRIES]


def investigate_everybody(things: Things) -> int:
    """An investigation of everybody in a force, with all that PSD can do in one; from their entries."""
    world, now, count = things.world, timezone.now(), 0
    for person in list(things.people.values()):
        by = opener_for(things, person)
        if by is None or person.force is None:
            continue
        entry = Case.objects.filter(subject=person, author=person).first()
        common = {"reason": "He knew of it.", "by": by, "now": now}
        if entry is None:
            sent = casework.refer_without_case(
                person.force,
                source=ReferralSource.PERSON,
                about="A leak",
                person=person,
                **common,
            )
        else:
            sent = casework.refer(entry, source=ReferralSource.DECISION, about="A leak", **common)
        opened = investigations.open_one(
            world, by=by, home=person.force, referrals=[sent], subject=person, now=now
        )
        for verb in (Verb.CLASSIFY, Verb.ASSESS, Verb.SUSPEND, Verb.RECORD_POST, Verb.REFER_OUT):
            with suppress(Denied):  # of the chief, whose case an outside decider would work
                opened = investigations.perform(verb, opened, by=by, in_world=world, now=now)
        send_concern(force=person.force, text=f"About {person.display}.", now=now)
        count += 1
    return count


def differences(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> list[str]:
    assert before.keys() == after.keys()
    return [
        f"{page}: {'tells something else' if seen.told != after[page].told else 'asks more or less'}"
        for page, seen in before.items()
        if seen != after[page]
    ]


@pytest.mark.usefixtures("media", "ledger_key")
def test_nobody_outside_psd_learns_of_an_investigation(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    things = Things(world)
    watcher = Watcher(things, watched(), OTHERS)
    kinds = {PAGES[route.key].of for route in watcher.routes} - {"", *SECRETS}
    things.make_all(kinds, list(CAST))
    assert not Referral.objects.exists()
    before = watcher.look()
    count = investigate_everybody(things)
    assert count > len(CAST) / 2
    after = watcher.look()
    found = differences(before, after)
    assert not found, "\n".join([f"{len(found)} pages betray it:", *found[:40]])
    record_property(
        "measured",
        f"unknowable: {len(before):,} of {len(before):,} pages tell {len(OTHERS)} actors the same "
        f"before and after {count} investigations, with as many queries",
    )


@contextmanager
def everything_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The fault: all three locks are open, in the database, on cases and on investigations."""
    reach, own = scope._reach, CaseQuerySet.own

    def reach_all(person_id: int, today: object) -> dict[str, str]:
        lists = reach(person_id, today)
        return {**lists, "confidential_forces": lists["forces"]}

    with monkeypatch.context() as planted:
        planted.setattr(scope, "_reach", reach_all)
        planted.setattr(InvestigationQuerySet, "visible_to", lambda found, user: found.all())
        planted.setattr(
            CaseQuerySet, "own", lambda cases, user: own(cases, user) | cases.filter(subject=user)
        )
        yield


def test_an_investigation_shown_to_its_subject_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    things = Things(world)
    home = [route for route in routes() if route.key == "home"]
    with everything_open(monkeypatch):
        watcher = Watcher(things, home, ("constable", "sergeant"))
        before = watcher.look()
        investigate_everybody(things)
        found = differences(before, watcher.look())
    assert any(page.startswith("constable: GET /: tells") for page in found)
    assert Investigation.objects.exists()
