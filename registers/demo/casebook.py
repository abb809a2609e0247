"""One of everything, so that each queue, status and button has something to show today."""

from datetime import timedelta

from integrity.people.models import User
from registers.demo import acts
from registers.demo.acts import DECLINED, TAKEN, UNDECIDED, about, exactly, meal, thing
from registers.demo.follow import follow
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts import actions
from registers.gifts.enums import ProviderKind

PUBLIC, PARTNER = ProviderKind.PUBLIC, ProviderKind.PARTNER


def casebook(world: World) -> list[Story]:
    return [
        *(_for_force(world, code) for code in ("nmr", "evl", "htp")),
        *(_queried(world, code) for code in ("nmr", "evl", "htp")),
        *(_on_behalf(world, code) for code in ("nmr", "evl", "htp")),
        *(_overdue(world, code, days) for code in ("nmr", "evl") for days in (44, 58)),
        *(_waiting(world, code) for code in ("nmr", "evl")),
        *(_disposed(world, *row) for row in DISPOSALS),
        *_authorisations(world),
    ]


def constable(world: World, code: str, nth: int) -> User:
    """A constable of the response unit who is not a named account."""
    unit = world[f"officer.{code}"].unit
    return [
        user
        for user in world.of_force(code.upper())
        if user.unit == unit
        and user.grade.name == "Constable"
        and user.is_active
        and not user.username.startswith("officer.")
    ][nth]


def _for_force(world: World, code: str) -> Story:
    """A correction and a withdrawal by the force's named officer, and what PSD noticed."""
    subject = world[f"officer.{code}"]
    yield (at := world.ago(66, 13))
    offer = acts.declare(
        world,
        subject,
        thing("Flowers", about(12)),
        at=at,
        by="Miss Ivy Sandleford",
        kind=PUBLIC,
        occasion="Sent to the station after a court case.",
    )
    yield (at := world.later(at, 1))
    facts = acts.offer_of(
        world,
        subject,
        [thing("Flowers and a card", exactly(14.99), because="Kind, but not needed.")],
        day=offer.offered_on,
        by="Miss Ivy Sandleford",
        kind=PUBLIC,
        occasion="Sent to the station after a court case; given to the hospice reception.",
    )
    actions.correct(
        offer,
        facts=facts,
        reason="The florist’s receipt gives the price.",
        by=subject,
        now=at,
        version=None,
    )
    yield (at := world.ago(31, 12))
    offer = acts.declare(
        world,
        subject,
        thing("Torch from the trade stand", about(7)),
        at=at,
        by="Tarnfield Uniforms Ltd" if code != "htp" else "Quillmere Software plc",
        kind=ProviderKind.CONTRACTOR,
        occasion="Handed to visitors at the equipment day.",
    )
    yield (at := world.later(at, 1))
    actions.withdraw(
        offer,
        reason="My sergeant has declared the same torches for the whole team.",
        by=subject,
        now=at,
        version=None,
    )


def _queried(world: World, code: str) -> Story:
    """A question waits for the force's named officer."""
    subject = world[f"officer.{code}"]
    reviewer = world["reviewer.htp" if code == "htp" else "reviewer.alliance"]
    yield (at := world.ago(8, 17))
    offer = acts.declare(
        world,
        subject,
        meal("Meal after the community awards", about(22)),
        at=at,
        by="Ravensholt Hall Hotel" if code != "htp" else "The Quayhouse at Saltgrave",
        occasion="The manager offered it to the officers on duty.",
    )
    yield (at := world.ago(4, 10))
    offer = actions.assign(offer, owner=reviewer, by=reviewer, now=at, version=None)
    acts.ask(offer, reviewer, at, "circumstances", "Which other officers were offered the meal?")


def _on_behalf(world: World, code: str) -> Story:
    """Typed by the staff officer; the first is confirmed, the second still waits for the chief."""
    chief, author = world[f"chief.{code}"], world[f"staff.officer.{code}"]
    for days, confirmed in ((150, True), (3, False)):
        yield (at := world.ago(days, 15))
        offer = acts.declare(
            world,
            chief,
            meal("Annual civic dinner", about(38), DECLINED, alcohol=True),
            at=at,
            by="Saltgrave Port Authority" if code == "htp" else "Eastvale and Moor Hospitals Trust",
            kind=PARTNER,
            author=author,
            occasion="Invitation by letter; declined with thanks.",
        )
        if confirmed:
            yield (at := world.later(at, 2))
            offer = actions.confirm(offer, by=chief, now=at, version=None)
            yield from follow(world, offer, at)


def _overdue(world: World, code: str, days: int) -> Story:
    """With PSD for longer than the policy allows."""
    subject = constable(world, code, days % 7)
    yield (at := world.ago(days, 11))
    offer = acts.declare(
        world,
        subject,
        meal("Dinner at the trade conference", about(48), TAKEN, alcohol=True),
        at=at,
        by="Vexleigh Body Cameras Ltd",
        kind=ProviderKind.PROSPECTIVE_SUPPLIER,
        occasion="All the delegates were invited after the demonstrations.",
    )
    if days > 50:
        owner = world["reviewer2.alliance"]
        yield (at := world.later(at, 2))
        actions.assign(offer, owner=owner, by=world["head.alliance"], now=at, version=None)


def _waiting(world: World, code: str) -> Story:
    """Two of the sergeant's team wait for a decision."""
    for days, subject, what, value in (
        (5, world[f"officer.{code}"], "Hand-made quilt for the family room", 18),
        (0, constable(world, code, 0), "Tin of biscuits and a cactus", 12),
    ):
        yield (at := world.ago(days, 18) if days else world.hours_ago(6))
        acts.declare(
            world,
            subject,
            thing(what, about(value), TAKEN),
            at=at,
            by="Mrs Olwen Prytherchy",
            kind=PUBLIC,
            occasion="Left at the front desk with a note of thanks.",
        )


DISPOSALS = (
    ("nmr", 1, 90, "raffled", "the children’s ward appeal", 86),
    ("nmr", 2, 110, "donated", "Moorland Air Rescue Trust", None),
    ("evl", 3, 130, "donated", "Eastvale Victims’ Companions", None),
    ("evl", 4, 100, "destroyed", "", None),
    ("evl", 5, 85, "surrendered", "the property store", None),
)


def _disposed(
    world: World, code: str, nth: int, days: int, how: str, to: str, proceeds: int | None
) -> Story:
    subject = constable(world, code, nth)
    manager = world.people[subject.line_manager.username]
    yield (at := world.ago(days, 14))
    offer = acts.declare(
        world,
        subject,
        thing(
            "Hamper from a grateful resident",
            about(19),
            TAKEN,
            because="Left without an address to return it to.",
        ),
        at=at,
        by="Dr Helen Marrowby",
        kind=PUBLIC,
        occasion="Found at the front counter.",
    )
    yield (at := world.later(at, 3))
    offer = actions.approve(
        offer, reason="Agreed what is to be done with it.", by=manager, now=at, version=None
    )
    yield (at := world.later(at, 9))
    acts.dispose(offer, at, how, to=to, proceeds=proceeds, by=subject)


def _authorisations(world: World) -> list[Story]:
    return [
        _request(world, 0, 3, 12, "", "Place at the port’s safety dinner"),
        _request(world, 1, 1, 20, "", "Concert tickets for the volunteers"),
        _request(world, 2, 9, 6, "yes", "Lunch at the opening of the ferry terminal"),
        _request(world, 3, 15, -8, "yes", "Visit to the signalling centre, with lunch"),
        _request(world, 4, 12, 4, "no", "Day’s sailing with the chandlery"),
    ]


def _request(world: World, nth: int, days: int, ahead: int, answered: str, what: str) -> Story:
    """Asked before accepting: unanswered, authorised, or refused, and the outcome not yet said."""
    subject = world["officer.htp"] if nth == 2 else constable(world, "htp", nth)
    yield (at := world.ago(days, 10) if days > 1 else world.hours_ago(9))
    offer = acts.ask_first(
        world,
        subject,
        meal(what, about(28 + nth), UNDECIDED),
        at=at,
        by="Saltgrave Port Authority",
        on=world.today + timedelta(days=ahead),
        occasion="Invited with the neighbourhood team.",
    )
    if answered:
        yield (at := world.ago(days - 3, 11))
        offer = actions.assign(
            offer, owner=world["reviewer.htp"], by=world["head.htp"], now=at, version=None
        )
        reviewer = world["reviewer.htp"]
        if answered == "yes":
            actions.authorise(
                offer,
                reason="A public event with a policing purpose.",
                conditions="In uniform; no alcohol; say afterwards who was there.",
                by=reviewer,
                now=at,
                version=None,
            )
        else:
            actions.refuse_authorisation(
                offer,
                reason="No policing purpose, and a whole day’s pleasure.",
                by=reviewer,
                now=at,
                version=None,
            )
