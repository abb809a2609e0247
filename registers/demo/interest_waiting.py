"""Business interests that wait today for one person each: a second approver, a chief, a supervisor."""

from registers.business_interests import actions
from registers.business_interests.enums import Category, Ground
from registers.demo import interest_acts as acts
from registers.demo.data import interests as said
from registers.demo.interests import views
from registers.demo.timeline import Story
from registers.demo.world import World


def waiting_today(world: World) -> list[Story]:
    return [
        _classes(world),
        _croupier(world),
        _new_to_the_sergeant(world),
        _reviewed_in_the_team(world),
    ]


def _classes(world: World) -> Story:
    """Police skills taught outside: one reviewer would approve, somebody else must agree."""
    subject, by = world["sergeant.evl"], world["reviewer.alliance"]
    yield (at := world.ago(20, 18))
    interest = acts.apply(
        subject,
        at,
        category=Category.TRAINING,
        occupation="Self-defence classes for nurses",
        organisation=said.CLASSES,
        hours=3,
        when_worked="Wednesday evenings",
        uses_police_knowledge=True,
        conflict_note="I teach what any instructor teaches, and nothing of police tactics.",
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(3, 11))
    acts.approve(
        interest,
        by,
        at,
        "A public benefit, unpaid but for the room.",
        conditions=acts.conditions(("uniform", "quiet")),
        rationale="The hospital asked for it, the syllabus was read, and nothing in it is police training.",
    )


def _croupier(world: World) -> Story:
    """Refused; her appeal waits for the chief constable, or whoever acts for them, with papers in."""
    subject, by = world["roads.evl"], world["reviewer2.alliance"]
    yield (at := world.ago(34, 19))
    interest = acts.apply(
        subject,
        at,
        category=Category.WAGED,
        occupation="Croupier at charity evenings",
        organisation=said.CASINO,
        hours=5,
        could_reflect=True,
        conflict_note="The club is licensed in the force area.",
    )
    yield (at := world.later(at, 3))
    note = "Keen and careful. But the club is on our patch."
    interest = acts.view(world, interest, at, note, role_conflict=True)
    yield (at := world.ago(21, 10))
    reason = "Gaming is licensed in the force area, and her unit is called to the club."
    interest = acts.refuse(interest, by, at, Ground.ROLE_CONFLICT, reason)
    yield (at := world.ago(14, 18))
    interest = actions.appeal(
        interest,
        grounds="The evenings are for charity and no stakes are paid out.",
        police_friend="PC Ralph Quenshaw, staff association",
        by=subject,
        now=at,
        version=None,
    )
    yield (at := world.ago(7, 18))
    papers = "The club’s letter, last year’s accounts of the evenings, and my sergeant’s e-mail."
    actions.send_papers(interest, papers=papers, by=subject, now=at, version=None)


def _new_to_the_sergeant(world: World) -> Story:
    yield (at := world.ago(5, 20))
    acts.apply(
        world["officer.nmr"],
        at,
        category=Category.TRAINING,
        occupation="Tutor in mathematics",
        organisation=said.TUITION,
        hours=3,
        when_worked="Sunday afternoons",
    )


def _reviewed_in_the_team(world: World) -> Story:
    """Approved nearly a year ago; its review is answered and waits for the sergeant's view."""
    subject, by = world["officer.nmr"], world["reviewer.alliance"]
    yield (at := world.ago(375, 18))
    interest = acts.apply(
        subject,
        at,
        category=Category.WAGED,
        occupation="Steward at agricultural shows",
        organisation=said.CROWDS,
        hours=4,
        weeks_worked=8,
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(360, 11))
    found = acts.conditions(("uniform",))
    acts.approve(interest, by, at, "Seasonal, and far from duty.", conditions=found)
    yield (at := world.ago(8, 19))
    acts.answer_unchanged(interest, at)
