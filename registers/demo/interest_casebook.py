"""What else happens to business interests, once each: refusals, appeals, ends, and meetings."""

from datetime import timedelta

from integrity.people.models import User
from registers.business_interests import actions
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    CheckOutcome,
    FollowUpOutcome,
    Ground,
    IfBroken,
)
from registers.business_interests.models import Interest
from registers.demo import interest_acts as acts
from registers.demo.data import interests as said
from registers.demo.data.places import SILENT_UNIT
from registers.demo.data.providers import HALCYON
from registers.demo.interests import NAMED, views
from registers.demo.timeline import Story
from registers.demo.world import World


def interest_casebook(world: World) -> list[Story]:
    return [
        _inquiries(world),
        _upheld(world),
        _never_followed_up(world),
        _varied(world),
        _revoked(world),
        _until_a_day(world),
        _left(world),
        _chief_officer(world),
        _discussion(world),
    ]


def somebody(world: World, code: str, unit: str, nth: int, *, grade: str = "") -> User:
    """The n-th person of a unit who leads nobody, has no easy name, and serves."""
    managers = {user.line_manager_id for user in world.of_force(code)}
    subject = [
        user
        for user in world.of_force(code)
        if user.unit.name == unit
        and user.pk not in managers
        and user.username not in NAMED
        and user.is_active
        and user.grade.name.startswith(grade)
    ][nth]
    world.applied.add(subject.username)
    return subject


def _inquiries(world: World) -> Story:
    """Refused as on the list; the follow-up after a month found that it was kept."""
    subject = somebody(world, "NMR", "Criminal Investigation", 3, grade="Detective")
    yield (at := world.ago(80, 18))
    interest = acts.apply(
        subject,
        at,
        category=Category.CONSULTANCY,
        occupation="Private investigator for law firms",
        organisation=said.INQUIRIES,
        hours=6,
        uses_police_knowledge=True,
        conflict_note="Interviewing is what I am trained in.",
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(68, 11))
    reason = "It would sell what the office gives access to."
    interest = acts.refuse(interest, world["head.alliance"], at, Ground.LISTED, reason)
    yield (at := world.ago(36, 15))
    evidence = "Not among the firm’s people on its website; her supervisor knows of nothing."
    by = world["reviewer.alliance"]
    acts.follow_up(interest, by, at, FollowUpOutcome.NOT_DOING_IT, evidence)


def _upheld(world: World) -> Story:
    """Refused for sickness; the chief constable finds that it was over, and upholds the appeal."""
    subject = somebody(world, "EVL", "Custody", 2, grade="Assistant")
    yield (at := world.ago(190, 18))
    interest = acts.apply(
        subject, at, category=Category.HOBBY, occupation="Candles made and sold at fairs", hours=4
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(176, 11))
    reason = "Eleven days of sickness this year."
    by = world["reviewer.alliance"]
    interest = acts.refuse(interest, by, at, Ground.PERFORMANCE, reason)
    yield (at := world.ago(170, 18))
    interest = actions.appeal(
        interest,
        grounds="All eleven days were one broken wrist, which has healed.",
        police_friend="",
        by=subject,
        now=at,
        version=None,
    )
    yield (at := world.ago(150, 10))
    actions.decide_appeal(
        interest,
        outcome=AppealOutcome.UPHELD,
        reason="An injury says nothing of attendance. Nobody had asked her.",
        by=world["chief.evl"],
        now=at,
        version=None,
    )


def _never_followed_up(world: World) -> Story:
    """Refused eight months ago, and nobody has looked since: two follow-ups are overdue."""
    subject = somebody(world, "HTP", "Docks and Terminals", 4, grade="Constable")
    yield (at := world.ago(262, 18))
    interest = acts.apply(
        subject,
        at,
        category=Category.WAGED,
        occupation="Event security at the arena",
        organisation=said.CROWDS,
        hours=8,
        could_reflect=True,
        conflict_note="The arena is on the quay.",
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(240, 11))
    reason = "The work needs a licence of the Security Industry Authority, which is on the list."
    acts.refuse(interest, world["head.htp"], at, Ground.LISTED, reason)


def _varied(world: World) -> Story:
    """An appeal against conditions: the chief constable sets another in their place."""
    subject = somebody(world, "NMR", "Digital and Information", 2, grade="Officer")
    yield (at := world.ago(130, 18))
    interest = acts.apply(
        subject,
        at,
        category=Category.SELF_EMPLOYED,
        occupation="Repair of computers",
        hours=7,
        could_reflect=True,
        conflict_note="Customers might think that the police recommend me.",
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(114, 11))
    by, found = world["reviewer2.alliance"], acts.conditions(("area", "hours"), hours=5)
    interest = acts.approve(interest, by, at, "To keep it apart from the force.", conditions=found)
    yield (at := world.ago(108, 18))
    interest = actions.appeal(
        interest,
        grounds="All my customers live in the force area; the condition is a refusal.",
        police_friend="Ms Odile Farthingay, staff union",
        by=subject,
        now=at,
        version=None,
    )
    yield (at := world.ago(90, 10))
    kept = interest.conditions.get(kind="hours", ended_at=None).pk
    actions.decide_appeal(
        interest,
        outcome=AppealOutcome.VARIED,
        reason="Hours stay. In place of the area: nothing about the police in advertising.",
        keep=[kept],
        conditions=acts.conditions(("quiet",)),
        by=world["chief.nmr"],
        now=at,
        version=None,
    )


def _revoked(world: World) -> Story:
    """Rank used in advertising, which a condition forbade: handed over, and the approval revoked."""
    subject = somebody(world, "EVL", "Roads and Operations", 5, grade="Constable")
    first, second = world["reviewer2.alliance"], world["head.alliance"]
    yield (at := world.ago(300, 18))
    interest = acts.apply(
        subject,
        at,
        category=Category.SELF_EMPLOYED,
        occupation="Vehicle inspections for buyers of used cars",
        organisation="Wexcombe Cars",
        hours=6,
        could_reflect=True,
        conflict_note="I examine vehicles at work as well.",
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(281, 11))
    found = acts.conditions(("uniform", "quiet"))
    reason = "Approved where it stays apart from his post."
    interest = acts.approve(interest, first, at, reason, conditions=found)
    yield (at := world.ago(99, 15))
    interest = acts.check(
        interest.conditions.get(kind="no_uniform"),
        first,
        at,
        CheckOutcome.BROKEN,
        "The garage advertises ‘checked by a serving traffic officer’, with his photograph.",
        if_broken=IfBroken.REFER,
    )
    yield (at := world.ago(85, 11))
    actions.revoke(
        interest,
        ground=Ground.CONDITIONS_BROKEN,
        reason="The office was used to sell cars, which the conditions forbade.",
        by=second,
        now=at,
        version=None,
    )
    yield (at := world.ago(50, 11))
    evidence = "The advertisement is gone and the garage has another examiner."
    acts.follow_up(interest, first, at, FollowUpOutcome.NOT_DOING_IT, evidence)


def _until_a_day(world: World) -> Story:
    """Approved until a day, which came: the daily round ended it."""
    subject = somebody(world, "EVL", "Fleet and Procurement", 1, grade="Officer")
    yield (at := world.ago(220, 18))
    interest = acts.apply(
        subject,
        at,
        category=Category.WAGED,
        occupation="Book-keeper, covering for a leave",
        organisation=HALCYON,
        hours=5,
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(205, 11))
    found = acts.conditions(("until",), until=world.today - timedelta(days=45))
    reason = "While the cover lasts. He buys no vehicles."
    acts.approve(interest, world["reviewer2.alliance"], at, reason, conditions=found)


def _left(world: World) -> Story:
    """Somebody leaves the force, and the interest ends with their last day."""
    last_day, username = max(
        (user.leaves_on, user.username)
        for user in world.of_force("NMR")
        if user.leaves_on and user.unit.name != SILENT_UNIT
    )
    subject, before = world[username], (world.today - last_day).days
    yield (at := world.ago(before + 90, 18))
    interest = acts.apply(
        subject, at, category=Category.HOBBY, occupation="Garden benches made to order", hours=3
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.later(at, 4))
    acts.approve(interest, world["reviewer.alliance"], at, said.APPROVALS[1])


def _chief_officer(world: World) -> Story:
    """A chief officer's, which the oversight body reads."""
    yield (at := world.ago(70, 18))
    interest = acts.apply(
        world["acc.evl"],
        at,
        category=Category.VOLUNTARY,
        occupation="Trustee",
        organisation="Eastvale Victims’ Companions",
        hours=2,
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.later(at, 6))
    by = acts.decider(world, interest)
    acts.approve(interest, by, at, "Unpaid, open, and no decision of his touches the charity.")


def _discussion(world: World) -> Story:
    """The integrity subgroup of Northmoor goes through the refusals since it last met."""
    yield (at := world.ago(60, 15))
    force = world.forces["NMR"]
    refused = Interest.objects.filter(case__force=force).refused().order_by("pk")
    actions.record_discussion(
        force,
        held_on=at.date(),
        references=list(refused.values_list("case__reference", flat=True)),
        present="Deputy chief constable; head of professional standards; register owner",
        note="Both are on the list and the reasons are sound. Supervisors are to be told each time.",
        by=world["owner.nmr"],
        now=at,
    )
