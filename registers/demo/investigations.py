"""Eighteen months of PSD's integrity investigations, in the national proportions (HMIC 2012).

Of 2,207 investigations 708 continued, 45 had been referred to an external body, 744 ended with no
further action, 643 with advice or a warning, and in 67 whoever it was about left the force.
"""

from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from integrity.casework.enums import ReferralSource
from integrity.people.models import User
from registers.demo.data import investigations as said
from registers.demo.data.accounts import SIGN_INS
from registers.demo.data.disclosures import FENCE, FORTY, PERSONAL
from registers.demo.data.investigations import Matter, Sort
from registers.demo.data.matters import MATTERS
from registers.demo.data.places import CHIEFS, SILENT_UNIT, STANDARDS
from registers.demo.timeline import Story
from registers.demo.world import DAYS, World
from registers.investigations import actions
from registers.investigations.enums import Factor, Outcome, Standing
from registers.investigations.facts import InvestigationFacts
from registers.investigations.models import Investigation

type Stage = Generator[datetime, None, tuple[Investigation, datetime]]
type Cast = dict[str, Iterator[User]]

ALLIANCE = ("head.alliance", "reviewer.alliance", "reviewer2.alliance")
PSD = {
    "NMR": ALLIANCE,
    "EVL": ALLIANCE,
    "HTP": ("head.htp", "reviewer.htp", "reviewer2.htp"),
}
DEALT = {"NMR": 20, "EVL": 14, "HTP": 13}  # of those that could be any force’s
NAMED = frozenset(entry.username for entry in SIGN_INS)
CONTINUING_DAYS, ENDED_DAYS = (4, 210), (60, DAYS - 5)
NOBODYS_DAYS = 8  # what is newer, nobody has taken yet
FOUND_LATER, SORTED_LATER, WITHOUT_NAME = 0.2, 0.12, 0.15


def ordinary_investigations(world: World, cast: Cast) -> list[Story]:
    deck = [code for code, count in DEALT.items() for _ in range(count)]
    world.chance.shuffle(deck)
    told = [
        _matter(world, cast, each, sort, each.force or deck.pop())
        for sort, rows in MATTERS.items()
        for each in rows
    ]
    return [*told, *_twice(world, cast)]


def people_investigated(world: World) -> Cast:
    """Whom investigations are about, force by force: nobody of a story, and each once."""
    return {code: iter(_ordinary_people(world, code)) for code in PSD}


def _ordinary_people(world: World, code: str) -> list[User]:
    found = [
        user
        for user in world.of_force(code)
        if user.username not in NAMED
        and user.unit.name not in (SILENT_UNIT, STANDARDS, CHIEFS)
        and user.leaves_on is None
        and user.starts_on <= world.today - timedelta(days=DAYS)
    ]
    return world.chance.sample(found, k=len(found))


def _twice(world: World, cast: Cast) -> list[Story]:
    """Warned, and investigated again within two years, which is among the risks."""
    subject = next(cast["EVL"])
    return [tell(world, each, PERSONAL, subject, each.days) for each in (FENCE, FORTY)]


def _matter(world: World, cast: Cast, matter: Matter, sort: Sort, code: str) -> Story:
    if matter.standing == Standing.LEFT:
        return _left(world, matter, sort, code)
    span = CONTINUING_DAYS if matter.standing == Standing.CONTINUING else ENDED_DAYS
    return tell(world, matter, sort, next(cast[code]), matter.days or world.chance.randint(*span))


def tell(world: World, matter: Matter, sort: Sort, subject: User, days: int) -> Story:
    """An investigation from the day it was opened to where it stands today."""
    investigation, at = yield from _begin(world, matter, sort, subject, days)
    by = investigation.case.owner
    if by is None:
        return
    if matter.standing == Standing.REFERRED or matter.came_back:
        yield (at := world.later(at, 12, 30))
        investigation = refer_out(world, investigation, by, at)
    if matter.came_back:
        yield (at := world.later(at, 60, 90))
        investigation = actions.return_from_referral(
            investigation, returned_on=at.date(), reason=said.RETURNED, **done(by, at)
        )
    if matter.ended:
        yield (at := _before_today(world, at))
        outcome = Outcome(matter.standing)
        close(investigation, by, at, outcome, matter.ended, lessons=matter.lesson)


def _left(world: World, matter: Matter, sort: Sort, code: str) -> Story:
    """Whoever it was about left the force before it ended, or because of how it did."""
    last_day, username = min(
        (user.leaves_on, user.username)
        for user in world.of_force(code)
        if user.leaves_on and user.unit.name != SILENT_UNIT
    )
    subject, days = world[username], (world.today - last_day).days
    investigation, at = yield from _begin(
        world, matter, sort, subject, days + world.chance.randint(80, 120)
    )
    by = investigation.case.owner
    if by is None:
        return
    yield (at := world.ago(days, 15))
    close(investigation, by, at, matter.outcome, matter.ended, lessons=matter.lesson)


def _begin(world: World, matter: Matter, sort: Sort, subject: User, days: int) -> Stage:
    """Opened, assigned, and what is not known at first found out."""
    code = subject.force.code
    first, owner = world.chance.sample([world[name] for name in PSD[code]], k=2)
    facts = known = _facts(world, matter, sort, subject)
    if facts.subject and world.happens(FOUND_LATER):
        facts = replace(facts, subject=None)
    if facts.category and world.happens(SORTED_LATER):
        facts = replace(facts, category="", sub_category="")
    yield (at := world.later(world.ago(days), 1))
    investigation = actions.open_investigation(
        facts=facts, home=world.forces[code], by=first, now=at
    )
    if days < NOBODYS_DAYS:
        return investigation, at
    yield (at := world.later(at, 1, 2))
    investigation = actions.assign(investigation, owner=owner, **done(first, at))
    if facts.category != known.category:
        yield (at := world.later(at, 2, 6))
        sorted_as = {"category": known.category, "sub_category": known.sub_category}
        investigation = actions.classify(investigation, **sorted_as, **done(owner, at))
    if facts.subject != known.subject:
        yield (at := world.later(at, 2, 9))
        investigation = actions.identify(investigation, subject=subject, **done(owner, at))
    if matter.limit:
        yield (at := world.later(at, 1, 3))
        investigation = limit(world, investigation, matter, owner, at)
    return investigation, at


def _facts(world: World, matter: Matter, sort: Sort, subject: User) -> InvestigationFacts:
    category, kind = sort
    source = ReferralSource.ANONYMOUS if world.happens(WITHOUT_NAME) else ReferralSource.PERSON
    return InvestigationFacts(
        title=matter.title,
        source=source,
        category=category,
        sub_category=kind,
        subject=None if matter.nobody_known else subject,
        still_has_access=Factor.STILL_HAS_ACCESS in matter.risks,
        harm=Factor.HARM in matter.risks,
        evidence=Factor.EVIDENCE in matter.risks,
    )


def done(by: User, at: datetime) -> dict[str, Any]:
    """By whom and when, by somebody who has just read the investigation."""
    return {"by": by, "now": at, "version": None}


def limit(
    world: World, investigation: Investigation, matter: Matter, by: User, at: datetime
) -> Investigation:
    """Suspended or on restricted duties, and so without the access there may have been."""
    reason = world.pick(said.LIMITS)
    investigation = actions.restrict(
        investigation, kind=matter.limit, from_on=at.date(), reason=reason, **done(by, at)
    )
    if not investigation.still_has_access:
        return investigation
    risks = {"still_has_access": False, "harm": investigation.harm}
    return actions.assess(investigation, **risks, evidence=investigation.evidence, **done(by, at))


def refer_out(world: World, investigation: Investigation, by: User, at: datetime) -> Investigation:
    number = world.chance.randint(200, 900)
    return actions.refer_out(
        investigation,
        body=said.EXTERNAL,
        referred_on=at.date(),
        external_reference=f"NCO/{at:%Y}/{number:05d}",
        reason=said.REFER_OUT,
        **done(by, at),
    )


def close(
    investigation: Investigation,
    by: User,
    at: datetime,
    outcome: str,
    reason: str,
    *,
    lessons: str = "",
) -> Investigation:
    """Whatever runs still ends the same day."""
    today = timezone.localdate(at)
    for running in investigation.restrictions.filter(ended_at=None):
        investigation = actions.end_restriction(
            investigation, restriction=running, to_on=today, **done(by, at)
        )
    return actions.close(
        investigation,
        outcome=outcome,
        outcome_on=today,
        reason=reason,
        lessons=lessons,
        **done(by, at),
    )


def _before_today(world: World, at: datetime) -> datetime:
    """Weeks or months later, as far as today allows."""
    left = max(1, (world.today - timezone.localdate(at)).days - 4)
    return world.later(at, min(14, left), min(130, left))
