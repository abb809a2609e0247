"""Eighteen months of ordinary business interests, in the national proportions (RULES, Benchmarks).

Of 3,858 applications 3,714 were approved, over a third of them with conditions, 103 refused and 5
withdrawn. Refusals are few and each is a story of its own (``interest_stories.py``).
"""

from collections.abc import Generator
from datetime import date, datetime, timedelta
from typing import Any

from integrity.people.models import User
from registers.business_interests import actions
from registers.business_interests.enums import Category, Status
from registers.business_interests.facts import AssessmentFacts, ReviewAnswers
from registers.business_interests.models import Interest
from registers.demo import interest_acts as acts
from registers.demo.data import interests as said
from registers.demo.data.accounts import SIGN_INS
from registers.demo.data.interests import WORKS, Work
from registers.demo.data.places import SILENT_UNIT, STANDARDS
from registers.demo.timeline import Story
from registers.demo.world import DAYS, World

type Stage = Generator[datetime, None, tuple[Interest, datetime]]

PLAIN, LIMITED, WITHDRAWN = "plain", "limited", "withdrawn"
COUNTS = {"NMR": 58, "EVL": 44, "HTP": 28, "NMPCC": 2, "EVPCC": 2, "HTPA": 2}
OUTCOMES = {PLAIN: 86, LIMITED: 48, WITHDRAWN: 2}
UNDECIDED_DAYS = 46  # what is older was decided
# force, days ago, and at which status it waits still
PENDING = (
    ("NMR", 1, Status.WITH_SUPERVISOR),
    ("NMR", 11, Status.WITH_SUPERVISOR),
    ("EVL", 2, Status.WITH_SUPERVISOR),
    ("HTP", 5, Status.WITH_SUPERVISOR),
    ("HTP", 8, Status.WITH_HR),
    ("HTP", 22, Status.WITH_HR),
    ("HTP", 12, Status.WITH_VETTING),
    ("NMR", 17, Status.WITH_PSD),
    ("EVL", 25, Status.WITH_PSD),
    ("EVL", 41, Status.WITH_PSD),
    ("HTP", 19, Status.WITH_PSD),
    ("NMR", 13, Status.QUERIED),
    ("NMPCC", 15, Status.WITH_PSD),
)
NAMED = frozenset(entry.username for entry in SIGN_INS)
ASKED_TOO = ("hr.htp", "vetting.htp")  # who gives a supervisor's view gives no other
CONCERNED, ASKED, ASSIGNED = 0.1, 0.1, 0.15
STOPS, CHANGES, PDR = 0.09, 0.06, 0.18


def ordinary_interests(world: World) -> list[Story]:
    outcomes = [outcome for outcome, count in OUTCOMES.items() for _ in range(count)]
    codes = [code for code, count in COUNTS.items() for _ in range(count)]
    world.chance.shuffle(outcomes)
    decided = [
        _decided(world, code, outcome, world.chance.randint(UNDECIDED_DAYS, DAYS))
        for code, outcome in zip(codes, outcomes, strict=True)
    ]
    return decided + [_pending(world, *row) for row in PENDING]


def _decided(world: World, code: str, outcome: str, days: int) -> Story:
    """An application, what PSD made of it, and what became of it."""
    subject = _applicant(world, code, days)
    work = _work(world, code, limited=outcome == LIMITED)
    yield (at := world.ago(days, world.chance.randint(8, 21)))
    interest = _apply(world, subject, work, at)
    if outcome == WITHDRAWN:
        yield (at := world.later(at, 2, 6))
        reason = world.pick(said.WITHDRAWALS)
        actions.withdraw(interest, reason=reason, by=subject, now=at, version=None)
        return
    interest, at = yield from views(world, interest, at)
    interest, at = yield from _decision(world, interest, subject, at, work, outcome)
    yield from _afterwards(world, interest, subject, at)


def _pending(world: World, code: str, days: int, stop: Status) -> Story:
    """An application that waits today."""
    subject = _applicant(world, code, days)
    work = _work(world, code, limited=False)
    yield (at := world.ago(days, 9))
    interest = _apply(world, subject, work, at)
    if stop != Status.QUERIED:
        yield from views(world, interest, at, stop=stop)
        return
    interest, at = yield from views(world, interest, at)
    reviewer = acts.decider(world, interest)
    yield (at := world.later(at, 1, 2))
    acts.ask(interest, reviewer, at, *world.pick(said.QUESTIONS)[:2])


def _applicant(world: World, code: str, days: int) -> User:
    """Somebody who served then, has not applied before, and is of no story of their own."""
    day = world.today - timedelta(days=days)
    if code in world.bodies:
        home = [user for user in world.people.values() if user.oversight_body == world.bodies[code]]
        free = [user for user in home if not user.username.startswith("monitoring")]
    else:
        free = [user for user in world.of_force(code) if _may_apply(user, day)]
    subject = world.pick([user for user in free if user.username not in world.applied])
    world.applied.add(subject.username)
    return subject


def _may_apply(user: User, day: date) -> bool:
    return (
        user.username not in NAMED
        and user.is_active
        and user.starts_on <= day
        and user.unit.name not in (SILENT_UNIT, STANDARDS)
        and getattr(user.line_manager, "username", "") not in ASKED_TOO
    )


def _work(world: World, code: str, *, limited: bool) -> Work:
    """What they do: what carries conditions by its nature is chosen more often where it has some."""
    where = code if code in world.forces else world.bodies[code].forces.get().code
    fits = [work for work in WORKS if where in work.forces and (limited or not work.always)]
    weights = [len(work.conditions) + 2 * work.always if limited else 1 for work in fits]
    return world.chance.choices(fits, weights)[0]


def _apply(world: World, subject: User, work: Work, at: datetime) -> Interest:
    details: dict[str, Any] = {
        "holder": work.holder,
        "relative": work.relative,
        "organisation": work.organisation,
        "weeks_worked": work.weeks,
        "when_worked": work.when if work.hours else "",
        "starts_on": at.date() + timedelta(days=world.chance.randint(20, 60)),
        "licence_kind": work.licence,
        "licensed_premises": work.address if work.licence else "",
        "in_force_area": True if work.licence else None,
        "property_address": work.address if work.category == Category.LETTING else "",
        "managing_agent": work.agent,
        "uses_police_knowledge": work.category in (Category.TRAINING, Category.CONSULTANCY)
        and bool(work.said),
        "could_reflect": bool(work.said) and not work.licence,
        "conflict_note": work.said,
    }
    hours = world.chance.randint(*work.hours) if work.hours else None
    return acts.apply(
        subject, at, category=work.category, occupation=work.occupation, hours=hours, **details
    )


def views(
    world: World, interest: Interest, at: datetime, *, stop: Status = Status.WITH_PSD
) -> Stage:
    """The supervisor's view, then HR's and vetting's where they are asked, until somebody waits."""
    if interest.status == Status.WITH_SUPERVISOR != stop:
        yield (at := world.later(at, 1, 5))
        if world.happens(CONCERNED):
            note, worry = world.pick(said.CONCERNS), world.pick(("welfare", "performance"))
            interest = acts.view(world, interest, at, note, **{f"{worry}_concern": True})
        else:
            interest = acts.view(world, interest, at, world.pick(said.SUPPORTS))
    give = {
        Status.WITH_HR: (actions.give_hr_view, "hr"),
        Status.WITH_VETTING: (actions.give_vetting_view, "vetting"),
    }
    for waits, (give_view, office) in give.items():
        if interest.status == waits != stop:
            yield (at := world.later(at, 1, 3))
            by = world[f"{office}.{interest.case.force.code.lower()}"]
            interest = give_view(interest, facts=AssessmentFacts(), by=by, now=at, version=None)
    return interest, at


def _decision(
    world: World, interest: Interest, subject: User, at: datetime, work: Work, outcome: str
) -> Stage:
    """PSD takes it, may ask, and approves it."""
    by = acts.decider(world, interest)
    if by is None:
        raise LookupError(f"Nobody is free to decide {interest}.")
    if world.happens(ASSIGNED):
        yield (at := world.later(at, 1, 2))
        interest = actions.assign(interest, owner=by, by=by, now=at, version=None)
    if world.happens(ASKED):
        field, question, reply = world.pick(said.QUESTIONS)
        yield (at := world.later(at, 1, 3))
        interest = acts.ask(interest, by, at, field, question)
        yield (at := world.later(at, 1, 6))
        interest = acts.answer(interest, subject, at, reply)
    yield (at := world.later(at, 2, 15))
    limited = outcome == LIMITED
    names = work.conditions if limited else ()
    hours = (6, 8, 10)[world.chance.randrange(3)]
    reason = world.pick(said.WITH_CONDITIONS if limited else said.APPROVALS)
    found = acts.conditions(names, hours=hours)
    return acts.approve(interest, by, at, reason, conditions=found), at


def _afterwards(world: World, interest: Interest, subject: User, at: datetime) -> Story:
    """A PDR, a change that is reported, an end; checks and reviews are in ``interest_rounds.py``."""
    manager = subject.line_manager
    if manager is not None and world.happens(PDR):
        yield (at := world.later(at, 20, 160))
        actions.record_pdr(
            subject,
            held_on=at.date(),
            covered=[interest.case.reference],
            note=world.pick(said.PDR_NOTES),
            by=manager,
            now=at,
        )
    if world.happens(CHANGES):
        yield (at := world.later(at, 30, 150))
        interest = Interest.objects.get(pk=interest.pk)
        if interest.is_live and interest.open_review is None:
            moved = ReviewAnswers(
                True, False, False, answer="The business has moved to a new shop."
            )
            actions.report_change(interest, answers=moved, by=subject, now=at, version=None)
    if world.happens(STOPS):
        yield (at := world.later(at, 60, 300))
        note = world.pick(said.ENDINGS)
        actions.cease(interest, ceased_on=at.date(), note=note, by=subject, now=at, version=None)
