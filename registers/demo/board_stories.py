"""What boards and PSD ask chief officers about their entries, and what becomes of it; docs/demo.md tells it."""

from integrity.casework.enums import ChallengeDisposal
from integrity.people.models import User
from registers.demo import acts
from registers.demo.acts import TAKEN, about, meal
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts import actions
from registers.gifts.enums import PeerView, ProviderKind
from registers.gifts.models import Offer
from registers.governance import actions as governance


def board_stories(world: World) -> list[Story]:
    return [_dish(world), _theatre(world), _overnight(world)]


def _offer_of(subject: User, what: str) -> Offer:
    return Offer.objects.get(case__subject=subject, items__description=what)


def _answer(offer: Offer, subject: User, text: str, world: World, days: int) -> Story:
    yield (at := world.ago(days, 12))
    challenge = acts.open_challenge(offer)
    actions.answer_challenge(
        offer, challenge=challenge, answer=text, by=subject, now=at, version=None
    )


def _dish(world: World) -> Story:
    """The silver dish: the commissioner's office asks, is answered, and is content."""
    subject, member = world["dcc.nmr"], world["governance.nmr"]
    yield (at := world.ago(127, 11))
    offer = _offer_of(subject, "Engraved silver dish")
    offer = acts.challenge(
        offer,
        subject,
        member,
        at,
        "Who has put a value on the dish, where is it now, and is it on the inventory?",
    )
    yield from _answer(
        offer,
        subject,
        "It is number 311 on the inventory of headquarters, in the cabinet by the lift. The museum "
        "will value it with the next loan.",
        world,
        118,
    )
    yield (at := world.ago(112, 16))
    actions.dispose_challenge(
        offer,
        challenge=acts.open_challenge(offer),
        disposal=ChallengeDisposal.JUSTIFIED,
        note="Seen in the cabinet, with its number. The panel has no further question.",
        by=member,
        now=at,
        version=None,
    )


def _theatre(world: World) -> Story:
    """Found compliant although a colleague would have declined; the board asks, and has an answer to read."""
    subject, member = world["dcc.evl"], world["governance.evl"]
    yield (at := world.ago(74, 9))
    offer = acts.declare(
        world,
        subject,
        meal("Supper and two seats at the theatre’s reopening", about(46), TAKEN, alcohol=True),
        at=at,
        by="Eastvale District Council",
        kind=ProviderKind.PARTNER,
        days_before=3,
        occasion="As deputy for the chief constable, who was away.",
    )
    for days, peer, view, words in (
        (71, "chief.evl", PeerView.ACCEPT, "I would have gone myself."),
        (69, "acc.evl", PeerView.DECLINE, "One seat would have done."),
    ):
        yield (at := world.ago(days, 10))
        offer = acts.give_view(
            offer,
            world[peer],
            at,
            view,
            words,
            "It was talked about.",
            "A public evening, at least.",
        )
    yield (at := world.ago(60, 14))
    offer = acts.decide(
        offer, world["reviewer.alliance"], at, "A civic evening in the public diary."
    )
    yield (at := world.ago(16, 11))
    offer = acts.challenge(
        offer, subject, member, at, "What was the second seat for, and who used it?"
    )
    yield from _answer(
        offer,
        subject,
        "The council sent two. My staff officer used the other and took notes of what was agreed.",
        world,
        7,
    )


def _overnight(world: World) -> Story:
    """The stay declared after 110 days: PSD has an answer to weigh, and the board puts it on its agenda."""
    subject, reviewer = world["acc.nmr"], world["reviewer.alliance"]
    yield (at := world.ago(15, 11))
    offer = _offer_of(subject, "Overnight stay and dinner")
    offer = acts.challenge(
        offer,
        subject,
        reviewer,
        at,
        "The bill went to the bidder in the week of the stay. When did you first ask who paid?",
    )
    yield from _answer(
        offer,
        subject,
        "When I put in my expenses, which was late. I should have asked at the desk.",
        world,
        11,
    )
    yield (at := world.ago(8, 15))
    member = world["governance.nmr"]
    (meeting,) = world.bodies["NMPCC"].boards.get().meetings.planned()
    governance.add_agenda_note(
        meeting,
        case=offer.case,
        note="A prospective supplier, a night’s stay, and 110 days. The panel will want to know what "
        "PSD made of it, and whether others were there.",
        by=member,
        now=at,
    )
