"""What usually becomes of an entry: its supervisor, its peers and PSD do their part, in their time."""

from collections.abc import Generator
from datetime import datetime, timedelta

from integrity.people.models import User
from registers.demo import acts
from registers.demo.data import words
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts import actions
from registers.gifts.enums import Action, Disposal, ItemKind, PeerView, Status
from registers.gifts.models import Offer
from registers.investigations.actions import set_aside
from registers.investigations.models import waiting_referrals

type Stage = Generator[datetime, None, tuple[Offer, datetime]]

VIEWS = (
    (
        PeerView.ACCEPT,
        "A normal part of the post, openly hosted.",
        "Staff would expect us to go.",
        "Easy to explain: it is in the public diary.",
    ),
    (
        PeerView.DECLINE,
        "I would have declined; the host has business with us.",
        "Officers are told to refuse less than this.",
        "It would look like a favour.",
    ),
    (
        PeerView.UNSURE,
        "The purpose is good but the value is high.",
        "Some would ask why we take what they may not.",
        "Fair if it is published at once.",
    ),
)
NEVER_REVIEWED = 0.12
RECENT_DAYS = 75
LOOKED_INTO = timedelta(weeks=5)


def follow(world: World, offer: Offer, at: datetime) -> Story:
    """Carry an entry to where it usually ends."""
    subject = world.people[offer.case.subject.username]
    if offer.status == Status.PEER_REVIEW:
        offer, at = yield from peers(world, offer, subject, at)
    if offer.status == Status.WITH_SUPERVISOR:
        offer, at = yield from supervisor(world, offer, subject, at)
    if offer.status == Status.WITH_PSD:
        yield from psd(world, offer, subject, at)
    elif offer.status == Status.RECORDED:
        yield from afterwards(world, offer, subject, at)


def peers(world: World, offer: Offer, subject: User, at: datetime) -> Stage:
    """Colleagues give their views until there are enough."""
    for peer in world.chance.sample(world.chiefs(subject), k=len(world.chiefs(subject))):
        if offer.status != Status.PEER_REVIEW:
            break
        yield (at := world.later(at, 1, 5))
        offer = acts.give_view(offer, peer, at, *world.chance.choices(VIEWS, (6, 2, 2))[0])
    return offer, at


def supervisor(world: World, offer: Offer, subject: User, at: datetime) -> Stage:
    """The line manager approves, or now and then passes it on."""
    yield (at := world.later(at, 1, 12))
    manager = world.people[subject.line_manager.username]
    verb, said = (
        (actions.escalate, words.ESCALATIONS)
        if world.happens(0.08)
        else (actions.approve, words.SUPERVISOR_FINDINGS)
    )
    return verb(offer, reason=world.pick(said), by=manager, now=at, version=None), at


def psd(world: World, offer: Offer, subject: User, at: datetime) -> Story:
    """A reviewer takes it, may ask, and decides; a few of the recent ones they have not reached."""
    if (world.now - at).days < RECENT_DAYS and world.happens(NEVER_REVIEWED):
        return
    decided = offer.case.decisions.values_list("decided_by", flat=True)
    reviewer = world.reviewer(offer.case, without=decided)
    if reviewer is None:
        return  # whoever may decide has decided at an earlier stage: it waits
    if world.happens(0.6):
        yield (at := world.later(at, 1, 3))
        offer = actions.assign(offer, owner=reviewer, by=reviewer, now=at, version=None)
    if world.happens(0.2):
        field, question, reply = world.pick(words.QUESTIONS)
        yield (at := world.later(at, 1, 4))
        offer = acts.ask(offer, reviewer, at, field, question)
        yield (at := world.later(at, 1, 8))
        offer = acts.answer(offer, subject, at, reply)
    yield (at := world.later(at, 3, 22))
    action = _finding(world, offer)
    said = words.NOT_COMPLIANT[action] if action else words.COMPLIANT
    offer = acts.decide(offer, reviewer, at, world.pick(said), action)
    if action == Action.RETURN:
        yield (at := world.later(at, 2, 9))
        to = world.pick(words.RETURNS)
        acts.dispose(offer, at, Disposal.RETURNED, to=to, by=subject, position=_accepted(offer))
    elif action == Action.REFER:
        yield (at := at + LOOKED_INTO)
        _look_into(world, offer, at)
    elif not action:
        yield from afterwards(world, offer, subject, at)


def _look_into(world: World, offer: Offer, at: datetime) -> None:
    """Somebody of the force's PSD, who need not be whoever decided, opens nothing and says why."""
    for by in world.standards:
        if referral := waiting_referrals(by).filter(case=offer.case).first():
            set_aside(referral, reason=words.NOTHING_MORE, by=by, now=at)


def _finding(world: World, offer: Offer) -> str:
    """What follows, more often where something is wrong with the entry; empty for compliant."""
    items = list(offer.items.all())
    taken = [item for item in items if item.accepted]
    if not taken:
        return ""
    doubtful = offer.fails_gift_test or any(item.kind == ItemKind.CASH for item in taken)
    if not world.happens(0.7 if doubtful else 0.12):
        return ""
    eaten = all(item.disposal == Disposal.CONSUMED for item in taken)
    if eaten:
        return world.chance.choices([Action.ADVICE, Action.REFER], (9, 1))[0]
    return world.chance.choices([Action.ADVICE, Action.RETURN, Action.REFER], (5, 4, 1))[0]


def _accepted(offer: Offer) -> int:
    return next(item.position for item in offer.items.all() if item.accepted)


def afterwards(world: World, offer: Offer, subject: User, at: datetime) -> Story:
    """What became of a gift that was kept back at first."""
    for item in offer.items.all():
        if not item.accepted or item.disposal or not world.happens(0.7):
            continue
        yield (at := world.later(at, 3, 25))
        how, to, proceeds = world.pick(
            (
                (Disposal.DONATED, "Fallow Hill Hospice", None),
                (Disposal.RAFFLED, "the station’s Christmas raffle", world.chance.randint(12, 60)),
                (Disposal.SHARED, "", None),
                (Disposal.SURRENDERED, "the property store", None),
                (Disposal.KEPT, "", None),
            )
        )
        offer = acts.dispose(
            offer, at, how, to=to, proceeds=proceeds, position=item.position, by=subject
        )
