"""The planted stories of business interests a demonstrator can find; docs/demo.md tells them."""

from registers.business_interests import actions
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    CheckOutcome,
    FollowUpOutcome,
    Ground,
    IfBroken,
)
from registers.demo import interest_acts as acts
from registers.demo.data import interests as said
from registers.demo.data.places import FLEET
from registers.demo.data.providers import HALCYON
from registers.demo.interest_casebook import interest_casebook
from registers.demo.interest_waiting import waiting_today
from registers.demo.interests import views
from registers.demo.timeline import Story
from registers.demo.world import World


def planted_interests(world: World) -> list[Story]:
    return [
        _doorman(world),
        _letting_without_agent(world),
        _driver(world),
        _past_48_hours(world),
        _moved_to_procurement(world),
        _charter(world),
        *waiting_today(world),
        *interest_casebook(world),
    ]


def _doorman(world: World) -> Story:
    """Refused, appealed, dismissed by the chief constable in person; six months on he is at the door."""
    subject, first, second = (world[u] for u in ("roads.nmr", "head.alliance", "reviewer.alliance"))
    yield (at := world.ago(255, 19))
    interest = acts.apply(
        subject,
        at,
        category=Category.WAGED,
        occupation="Door supervisor",
        organisation=said.DOOR,
        hours=12,
        when_worked="Fridays and Saturdays, 21:00 to 03:00",
        could_reflect=True,
        conflict_note="It is in the city centre; I would not work where I am posted.",
    )
    yield (at := world.later(at, 3))
    note = "He would turn away on Saturday whom he stops on Monday."
    interest = acts.view(world, interest, at, note, role_conflict=True, welfare_concern=True)
    yield (at := world.ago(240, 11))
    reason = "Door supervision is on the list, and the hours end where his early shifts begin."
    interest = acts.refuse(interest, first, at, Ground.LISTED, reason)
    yield (at := world.ago(234, 18))
    interest = actions.appeal(
        interest,
        grounds="Two colleagues do such work elsewhere. The reasons do not speak of me.",
        police_friend="PS Harriet Bellowby, staff association",
        by=subject,
        now=at,
        version=None,
    )
    yield (at := world.ago(228, 18))
    papers = "My appraisal, the rota of the Amberlight Rooms, and a letter from its manager."
    interest = actions.send_papers(interest, papers=papers, by=subject, now=at, version=None)
    yield (at := world.ago(214, 10))
    interest = actions.decide_appeal(
        interest,
        outcome=AppealOutcome.DISMISSED,
        reason="I heard him with his friend. The list is right: the same doors are policed by his unit.",
        by=world["chief.nmr"],
        now=at,
        version=None,
    )
    yield (at := world.ago(208, 15))
    evidence = "The venue’s manager says that he never began."
    interest = acts.follow_up(interest, second, at, FollowUpOutcome.NOT_DOING_IT, evidence)
    yield (at := world.ago(52, 23))
    evidence = (
        "Seen at the door by a licensing officer on two Saturdays, with a badge and an earpiece."
    )
    acts.follow_up(interest, second, at, FollowUpOutcome.DOING_IT, evidence)


def _letting_without_agent(world: World) -> Story:
    """The policy wants a managing agent and there is none: it waits for PSD with that among its risks."""
    subject = world["detective.nmr"]
    yield (at := world.ago(11, 20))
    interest = acts.apply(
        subject,
        at,
        category=Category.LETTING,
        occupation="Letting of my former flat",
        property_address="Flat 9, Weavers’ Row, Thornwick",
        description="The tenant pays me directly; I see to repairs myself.",
    )
    yield (at := world.later(at, 2))
    acts.view(world, interest, at, "I did not know of it. No concern for her work.")


def _driver(world: World) -> Story:
    """Approved against the guidance: a rationale, a second approver, and it is counted."""
    subject, first, second = (
        world[u] for u in ("special.evl", "reviewer2.alliance", "head.alliance")
    )
    yield (at := world.ago(160, 18))
    interest = acts.apply(
        subject,
        at,
        category=Category.WAGED,
        occupation="Taxi driver",
        organisation=said.TAXIS,
        hours=30,
        when_worked="Weekdays; no nights",
        could_reflect=True,
        conflict_note="It has been my living for eleven years, since before I joined.",
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.later(at, 6))
    interest = acts.approve(
        interest,
        first,
        at,
        "A special’s main living, declared when he was recruited.",
        conditions=acts.conditions(("uniform", "area", "notify")),
        rationale="A special serves four hours a week. The list was written for officers whose duty "
        "comes first; he drives for a firm outside his posting and is licensed by another council.",
    )
    yield (at := world.later(at, 3))
    reason = "I agree, with these conditions. To be counted as against the guidance."
    actions.second_approve(interest, reason=reason, by=second, now=at, version=None)


def _past_48_hours(world: World) -> Story:
    """Sixteen hours beside a full week: past 48 on average, which is a prompt and no verdict."""
    subject = world["pcso.nmr"]
    yield (at := world.ago(9, 17))
    interest = acts.apply(
        subject,
        at,
        category=Category.WAGED,
        occupation="Shelf stacker",
        organisation=said.SUPERMARKET,
        hours=16,
        when_worked="Four nights a week, 18:00 to 22:00",
        opted_out=False,
    )
    yield (at := world.later(at, 2))
    note = "A hard worker, but I would see her tired. She needs the money; can we find overtime?"
    acts.view(world, interest, at, note, welfare_concern=True)


def _moved_to_procurement(world: World) -> Story:
    """Approved while he was in IT; yesterday he moved to the unit that buys vehicles."""
    subject, at = world["buyer.nmr"], world.ago(120, 12)
    yield at
    interest = acts.apply(
        subject,
        at,
        category=Category.WAGED,
        occupation="Weekend vehicle valeter",
        organisation=HALCYON,
        hours=6,
        when_worked="Saturdays",
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.later(at, 5))
    by = world["reviewer.alliance"]
    reason = "No conflict with a post in IT."
    found = acts.conditions(("notify",))
    acts.approve(interest, by, at, reason, conditions=found)
    yield (at := world.ago(1, 14))
    manager = next(
        user
        for user in world.of_force("NMR")
        if user.unit.name == FLEET and user.grade.name.startswith("Manager")
    )
    moved = {"unit": world["fleet.nmr"].unit, "post": "Buyer of vehicles", "line_manager": manager}
    acts.change(world, subject, at, world["admin.nmr"], **moved)


def _charter(world: World) -> Story:
    """Eight hours a week were allowed; a check finds five trips a weekend, and a challenge is open."""
    subject, head = world["officer.htp"], world["head.htp"]
    yield (at := world.ago(228, 20))
    interest = acts.apply(
        subject,
        at,
        category=Category.SELF_EMPLOYED,
        occupation="Skipper of an angling boat",
        organisation=said.CHARTER,
        hours=8,
        when_worked="Rest days, April to September",
    )
    interest, at = yield from views(world, interest, at)
    yield (at := world.ago(200, 11))
    found = acts.conditions(("hours", "uniform"), hours=8)
    acts.approve(interest, head, at, "Approved within hours that leave rest.", conditions=found)
    yield (at := world.ago(5, 15))
    acts.check(
        interest.conditions.get(kind="hours"),
        world["reviewer.htp"],
        at,
        CheckOutcome.BROKEN,
        "The boat’s own calendar shows five trips of four hours on each of six weekends.",
        if_broken=IfBroken.CHALLENGE,
        challenge="Your approval allows eight hours a week. Please explain the calendar of the boat.",
    )
