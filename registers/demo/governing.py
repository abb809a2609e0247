"""The boards of the demo world: who sits, what they met about, what they asked for, and the action plans."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from integrity.people.enums import MemberType
from integrity.people.models import (
    Force,
    OversightBody,
    RoleGrant,
    StandardsDepartment,
    Unit,
    User,
)
from registers.demo.assessing import assessed
from registers.demo.board_stories import board_stories
from registers.demo.data.body_boards import BODY_BOARDS
from registers.demo.data.force_boards import FORCE_BOARDS
from registers.demo.data.governing import (
    FINANCE,
    JOINT,
    JOINT_ROLES,
    KEEPERS,
    Committee,
    Paper,
    Sitting,
)
from registers.demo.data.plans import PLANS, Planned
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.governance import actions
from registers.governance.models import BoardAction, PlanItem, Recommendation

JOINT_SINCE = 680
OPENED = 540
CALLED = 60  # days before a meeting

type Step = tuple[
    int, bool, str, BoardAction | PlanItem
]  # days ago, whether it was done, in whose words


def joint_committee(world: World) -> None:
    """The body over both forces of the alliance, after all others, so that their chances stay as they were."""
    department = StandardsDepartment.objects.get(name=JOINT.department)
    body = OversightBody.objects.create(code=JOINT.code, name=JOINT.name, department=department)
    body.forces.set(world.forces[code] for code in JOINT.forces)
    world.bodies[JOINT.code] = body
    since = world.today - timedelta(days=JOINT_SINCE)
    people = [
        User(
            username=username,
            password=world["governance.nmr"].password,
            first_name=first,
            last_name=last,
            member_type=MemberType.BODY,
            oversight_body=body,
            starts_on=since,
        )
        for username, first, last in JOINT.people
    ]
    User.objects.bulk_create(people)
    world.people.update({person.username: person for person in people})
    RoleGrant.objects.bulk_create(
        RoleGrant(user=world[username], role=role, starts_on=since, oversight_body=body)
        for username, role, _, _ in JOINT_ROLES
    )


def governing(world: World) -> list[Story]:
    boards = (*FORCE_BOARDS, *BODY_BOARDS)
    return [
        *(_board(world, committee) for committee in boards),
        *(
            _meeting(world, committee, sitting)
            for committee in boards
            for sitting in committee.sittings
        ),
        *(_item(world, code, item) for code, items in PLANS.items() for item in items),
        *assessed(world),
        *board_stories(world),
    ]


def _home(world: World, code: str) -> Force | OversightBody:
    return world.forces[code] if code in world.forces else world.bodies[code]


def _who(world: World, code: str, said: str) -> User:
    """Whom a name of the data means: a sign-in name, a force's chief officer for finance, or a unit's head."""
    if said in world.people:
        return world[said]
    if said == FINANCE:
        return next(u for u in world.of_force(code) if u.grade.short == FINANCE)
    return world[Unit.objects.get(force=world.forces[code], name=said).head.username]


def _board(world: World, committee: Committee) -> Story:
    """Opened a year and a half ago, and everybody takes their seat."""
    yield (at := world.on(world.workday(OPENED), 10))
    keeper = world[committee.keeper]
    board = actions.open_board(
        home=_home(world, committee.home),
        name=committee.name,
        purpose=committee.purpose,
        by=keeper,
        now=at,
    )
    for said, capacity in committee.seats:
        actions.seat(
            board,
            person=_who(world, committee.home, said),
            capacity=capacity,
            starts_on=timezone.localdate(at),
            by=keeper,
            now=at,
        )


def _meeting(world: World, committee: Committee, sitting: Sitting) -> Story:
    """Called, held, and what it asked for followed as far as it goes."""
    day, keeper = world.workday(sitting.days), world[committee.keeper]
    yield (at := world.on(world.workday(sitting.days + CALLED), 11))
    board = _home(world, committee.home).boards.get(name=committee.name)
    meeting = actions.plan_meeting(board, held_on=day, place=committee.place, by=keeper, now=at)
    items = [
        actions.add_agenda_item(meeting, title=title, note=note, by=keeper, now=at)
        for title, note in sitting.agenda
    ]
    paper = sitting.paper
    actions.add_paper(
        meeting,
        title=paper.title,
        item=items[0],
        path=paper.path,
        file=_file(paper),
        by=keeper,
        now=at,
    )
    if sitting.days < 0:
        return
    yield (at := world.on(day, 15))
    actions.hold(meeting, by=keeper, now=at, version=None)
    for place, what in sitting.decided:
        actions.record_decision(meeting, what=what, item=items[place - 1], by=keeper, now=at)
    steps: list[Step] = []
    for asked in sitting.asked:
        task = actions.give_action(
            meeting,
            what=asked.what,
            owner=_who(world, committee.home, asked.owner),
            due_on=day + timedelta(days=asked.due),
            by=keeper,
            now=at,
        )
        steps += [(sitting.days - after, False, said, task) for after, said in _told(asked.noted)]
        steps += [(sitting.days - after, True, said, task) for after, said in _told(asked.done)]
    yield from _follow(world, steps, keeper)


def _told(said: tuple[int, str] | None) -> list[tuple[int, str]]:
    return [said] if said else []


def _file(paper: Paper) -> SimpleUploadedFile | None:
    """A paper of some sentences, under its title; none where it is a page of this site."""
    if paper.path:
        return None
    name = paper.title.lower().replace(" ", "-")
    words = f"{paper.title}\n\n{paper.text}\n"
    return SimpleUploadedFile(f"{name}.txt", words.encode(), "text/plain")


def _item(world: World, code: str, item: Planned) -> Story:
    """A line of a plan: added, told of by its owner, and perhaps closed with what shows it."""
    keeper = world[KEEPERS[code]]
    yield (at := world.on(world.workday(item.added), 14))
    added = actions.add_plan_item(
        world.forces[code],
        action=item.what,
        owner=_who(world, code, item.owner),
        due_on=world.workday(item.due),
        recommendation=Recommendation.objects.get(report=item.report, number=item.number),
        by=keeper,
        now=at,
    )
    steps: list[Step] = [(days, False, said, added) for days, said in item.notes]
    steps += [(days, True, said, added) for days, said in _told(item.closed)]
    yield from _follow(world, steps, keeper)


def _follow(world: World, steps: Sequence[Step], keeper: User) -> Story:
    """What owners say of what they were asked to do, and that it was done, in the order of days."""
    for days, done, said, task in sorted(steps, key=lambda step: (-step[0], step[1])):
        yield (at := world.on(world.workday(days), 15 if done else 12))
        if done:
            actions.close(task, evidence=said, by=keeper, now=at, version=None)
        else:
            owner = world[task.owner.username]
            actions.note_progress(task, text=said, by=owner, now=at, version=None)
