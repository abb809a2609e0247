"""A world in which a thousand private strings are planted, and the ways into every byte of a pack.

The body oversees Northmoor and Eastvale; Harbour is another's. Eastvale's rule has its chief officers
named to the board and not in public.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdf

from integrity.people.models import Grade, Unit, User
from registers.business_interests.enums import Status as InterestStatus
from registers.gifts import actions as gifts
from registers.gifts.enums import PeerView, Verb
from registers.gifts.facts import GiftTest
from registers.governance import actions as governance
from registers.governance.enums import HealthScore
from registers.governance.models import Recommendation
from registers.investigations.enums import Verb as InvestigationVerb
from registers.media_contacts.enums import Verb as MediaVerb
from registers.media_contacts.facts import Speaker
from registers.oversight.models import NamingRule
from registers.oversight.pack.pack import Pack, board_pack
from registers.oversight.seen import Audience
from registers.oversight.spans import Period
from tests import boards, builders, contacts, interests, investigations
from tests.builders import NOW, START, TODAY, World, accepted, item, person
from tests.registers.governance import assessed

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))
SOON = TODAY + timedelta(days=30)


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def days_of(period: Period, number: int) -> list[date]:
    """So many days, spread over a period."""
    length = (period.ends_on - period.starts_on).days
    return [period.starts_on + timedelta(days=n * length // number) for n in range(number)]


@dataclass
class Planted:
    """Strings that are nowhere else: all private; ``for_the_board`` those a private pack must hold."""

    private: list[str] = field(default_factory=list)
    for_the_board: list[str] = field(default_factory=list)

    def word(self, *, board: bool = False) -> str:
        """Letters alone, so that no paper breaks or changes them."""
        number = len(self.private)
        letters = "".join("bcdfghjkmp"[int(digit)] for digit in f"{number:04}")
        self.private.append(f"zqx{letters}vy")
        if board:
            self.for_the_board.append(self.private[-1])
        return self.private[-1]

    def text(self, words: int, *, board: bool = False) -> str:
        return " ".join(self.word(board=board) for _ in range(words))


def plant(world: World) -> Planted:
    planted = Planted()
    world.body.forces.set([world.northmoor, world.eastvale])
    NamingRule.objects.create(
        force=world.eastvale, effective_from=START, to_the_board=True, in_public=False
    )
    people = [*_people(world, planted), world.constable, world.colleague]
    _offers(people, planted)
    _chief_officers(world, planted)
    _interests(world, people[:4], planted)
    _contacts(world, people[:4], planted)
    _investigations(world, planted)
    _plan(world, planted)
    _checks(world, planted)
    return planted


def _people(world: World, planted: Planted) -> list[User]:
    """Units of few people in each force, each person with names of their own."""
    found = []
    for force in (world.northmoor, world.eastvale, world.harbour):
        for _ in range(12):
            unit = Unit.objects.create(force=force, name=f"Unit {planted.word()}")
            words = [planted.word() for _ in range(3)]
            names = {"first_name": words[1], "last_name": words[2]}
            found.append(person(words[0], force=force, unit=unit, **names))
    return found


def offer(subject: User, day: date, planted: Planted, *, board: bool = False) -> Any:
    """An offer with free text in every field; for the board's eyes what it reads of chief officers."""
    things = [
        accepted(50, description=planted.text(2, board=board), reason_text=planted.text(2)),
        item(5, kind="hospitality", description=planted.text(2, board=board)),
    ]
    test = GiftTest(
        genuine=True, independent=False, free=True, transparent=True, note=planted.text(2)
    )
    said = builders.facts(
        *things,
        offered_on=day,
        organisation="" if board else planted.word(),
        person=planted.text(2, board=board),
        provider_kind="member_of_public" if board else "local_business",
        circumstances=planted.text(4),
        gift_test=test,
    )
    return gifts.declare(facts=said, subject=subject, by=subject, now=at(day))


def _offers(people: list[User], planted: Planted) -> None:
    """Of each of them one, within the period."""
    for subject, day in zip(people, days_of(YEAR, len(people)), strict=True):
        offer(subject, day, planted)


def _chief_officers(world: World, planted: Planted) -> None:
    """Offers with their challenges and peers' words; Eastvale's chief officer is not named in public."""
    grade = Grade.objects.create(
        force=world.eastvale, name="Chief", short="CC", is_chief_officer=True
    )
    names = {"first_name": planted.word(board=True), "last_name": planted.word(board=True)}
    eastvale_chief = person("eastvale_chief", force=world.eastvale, grade=grade, **names)
    for subject in (world.assistant_chief, eastvale_chief):
        for day in days_of(YEAR, 3):
            made = offer(subject, day, planted, board=True)
            asked = {"to": subject, "text": planted.text(2, board=True)}
            _do(world, Verb.CHALLENGE, made, world.other_reviewer, **asked)
            answer = planted.text(2, board=True)
            _do(world, Verb.ANSWER_CHALLENGE, made, subject, answer=answer)
            note = planted.text(2, board=True)
            _do(world, Verb.DISPOSE_CHALLENGE, made, world.other_reviewer, note=note)
    reviewed = offer(world.assistant_chief, YEAR.ends_on, planted, board=True)
    words = ("propriety", "seen_from_inside", "seen_from_outside")
    view = {"view": PeerView.UNSURE, **{each: planted.text(2) for each in words}}
    _do(world, Verb.PEER_REVIEW, reviewed, world.deputy_chief, **view)
    about = planted.text(2, board=True)
    contacts.log(
        world.chief, contacted_on=YEAR.starts_on, now=at(YEAR.starts_on), about=about,
        speakers=(Speaker(planted.word(), planted.word()),),
    )  # fmt: skip


def _do(world: World, verb: Verb, offer: Any, by: User, **said: Any) -> None:
    builders.perform(verb, builders.fresh(offer), by=by, in_world=world, **said)


def _interests(world: World, people: list[User], planted: Planted) -> None:
    for subject, day in zip(people, days_of(YEAR, len(people)), strict=True):
        interests.apply(
            subject, now=at(day), occupation=planted.word(), organisation=planted.word(),
            description=planted.text(4), when_worked=planted.text(2),
            could_reflect=True, conflict_note=planted.text(3),
        )  # fmt: skip
    refused = interests.interest_in(InterestStatus.REFUSED, world, description=planted.text(4))
    assert refused.status == InterestStatus.REFUSED


def _contacts(world: World, people: list[User], planted: Planted) -> None:
    for subject, day in zip(people, days_of(YEAR, len(people)), strict=True):
        made = contacts.log(
            subject, contacted_on=day, now=at(day), about=planted.text(3),
            speakers=(Speaker(planted.text(2), planted.word()),),
            policing_purpose=False, explanation=planted.text(3), place=planted.word(),
        )  # fmt: skip
    withdrawn = contacts.log(world.constable, about=planted.text(2))
    contacts.perform(MediaVerb.WITHDRAW, withdrawn, by=world.constable, reason=planted.text(2))
    assert made.case_id


def _investigations(world: World, planted: Planted) -> None:
    for n in range(4):
        opened = investigations.open_one(world, title=planted.text(4))
        if n % 2:
            investigations.perform(
                InvestigationVerb.CLOSE, opened, by=world.other_reviewer, in_world=world,
                reason=planted.text(2),
            )  # fmt: skip


def _plan(world: World, planted: Planted) -> None:
    """Items with and without a recommendation, open and closed, and what a meeting asked for."""
    recommendations = [*Recommendation.objects.all()[:6], None, None]
    for n, recommendation in enumerate(recommendations):
        added = governance.add_plan_item(
            world.northmoor, action=planted.text(3, board=not n % 2), owner=world.psd_head,
            recommendation=recommendation, due_on=SOON, by=world.psd_head, now=NOW,
        )  # fmt: skip
        said = {"by": world.psd_head, "now": NOW, "version": None}
        noted = governance.note_progress(
            added, text=planted.text(2), evidence=planted.text(2), **said
        )
        if n % 2:
            governance.close(noted, evidence=planted.text(2), **said)
    board = boards.body_board(world)
    meeting = boards.meeting(board, world)
    boards.action(meeting, world.governance_member, world, what=planted.text(3, board=True))
    by: dict[str, Any] = {"by": world.governance_member, "now": NOW}
    governance.add_agenda_item(meeting, title=planted.word(), note=planted.text(3), **by)


def _checks(world: World, planted: Planted) -> None:
    check = governance.start_health_check(world.northmoor, by=world.reviewer, now=NOW)
    for question in check.questions:
        governance.answer_health_question(
            check, question=question, score=HealthScore.IN_PLACE, evidence=planted.text(3),
            by=world.reviewer, now=NOW,
        )  # fmt: skip
    governance.finish_health_check(check, by=world.reviewer, now=NOW)
    threats = assessed.threats_begun(world)
    for _ in range(4):
        assessed.a_threat(world, threats, description=planted.text(3), controls=planted.text(2))
    assessed.state(world, TODAY, note=planted.text(3))


def made(
    world: World,
    audience: Audience,
    *,
    period: Period = YEAR,
    reader: User | None = None,
) -> Pack:
    """A pack as a member of the body takes it, unless told."""
    reader = reader or builders.read_anew(world.governance_member)
    return board_pack(world.body, period, audience=audience, reader=reader, now=NOW)


# --- every byte -----------------------------------------------------------------------------------


def everything_in_pdf(content: bytes) -> str:
    """The text of its pages, and every string, name and stream of it, however they are written."""
    reader = pypdf.PdfReader(BytesIO(content))
    found = [page.extract_text() for page in reader.pages]
    found += [str(reader.metadata), str(dict(reader.attachments))]
    for table in (*reader.xref.values(), reader.xref_objStm):
        for number in table:
            found += strings(reader.get_object(number))
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        found.append(_inflated(stream))
    return squeezed(" ".join([*found, content.decode("latin-1")]))


def _inflated(stream: bytes) -> str:
    try:
        return zlib.decompressobj().decompress(stream).decode("latin-1")
    except zlib.error:
        return ""


def strings(value: Any) -> Iterator[str]:
    """Every string and name in an object, and what its stream holds."""
    if isinstance(value, pypdf.generic.StreamObject):
        yield value.get_data().decode("latin-1")
    if isinstance(value, dict):
        for name in value:
            yield str(name)
            yield from strings(value.raw_get(name) if hasattr(value, "raw_get") else value[name])
    elif isinstance(value, list):
        for part in list(value):
            yield from strings(part)
    elif isinstance(value, str):
        yield value


def everything_in_xlsx(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as files:
        return squeezed(" ".join(files.read(name).decode("utf-8") for name in files.namelist()))


def squeezed(words: str) -> str:
    """Without spaces, hyphens and letters of no width, at which a paper breaks a word."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", words).lower()


# --- its tags -------------------------------------------------------------------------------------


def tags(reader: pypdf.PdfReader) -> Iterator[Any]:
    """Every structure element, as a screen reader walks them."""
    root: Any = reader.trailer["/Root"]
    waiting = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        each = waiting.pop(0)
        each = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(each, list):
            waiting = [*each, *waiting]
        elif isinstance(each, dict) and "/S" in each:
            yield each
            waiting = [each["/K"], *waiting] if "/K" in each else waiting


def child(tag: Any, *kinds: str) -> list[Any]:
    """The elements of these kinds right below one."""
    below = tag.get("/K", [])
    below = [each.get_object() for each in (below if isinstance(below, list) else [below])
             if hasattr(each, "get_object")]  # fmt: skip
    return [each for each in below if isinstance(each, dict) and each.get("/S") in kinds]
