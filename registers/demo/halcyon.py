"""Halcyon Fleet Ltd, whose lunches come before a contract: one firm in four spellings."""

from integrity.casework.enums import ChallengeDisposal
from registers.demo import acts
from registers.demo.acts import TAKEN, about, exactly, meal, thing
from registers.demo.data.providers import HALCYON_SPELLINGS, HALCYON_TRADING_NAME
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts import actions
from registers.gifts.enums import Action, ProviderKind

BIDDER = ProviderKind.PROSPECTIVE_SUPPLIER
# days ago, spelling, pounds, what was found
LUNCHES = (
    (430, 0, 18, ""),
    (350, 1, 21, ""),
    (262, 2, 23, ""),
    (170, 3, 26, Action.ADVICE),
    (95, 0, 29, ""),
    (18, 2, 34, None),
)


def halcyon(world: World) -> list[Story]:
    return [*(_lunch(world, *lunch) for lunch in LUNCHES), _hamper(world)]


def _lunch(world: World, days: int, spelling: int, value: int, found: str | None) -> Story:
    """Halcyon Fleet takes the head of fleet to lunch, again and again; a tender is being drafted."""
    subject, reviewer = world["fleet.nmr"], world["reviewer.alliance"]
    yield (at := world.ago(days, 16))
    offer = acts.declare(
        world,
        subject,
        meal("Lunch at the Gilded Heron", exactly(value), TAKEN),
        at=at,
        by=HALCYON_SPELLINGS[spelling],
        kind=BIDDER,
        days_before=1,
        occasion="To hear about their leasing scheme for response vehicles.",
    )
    if found is None:
        yield (at := world.later(at, 1))
        offer = actions.assign(
            offer, owner=world["head.alliance"], by=world["head.alliance"], now=at, version=None
        )
        yield (at := world.later(at, 1))
        acts.challenge(
            offer,
            subject,
            world["head.alliance"],
            at,
            "Sixth lunch from one bidder; the vehicle contract is about to be tendered.",
            silent="Counter-corruption is looking at the tender. Asking now would tip somebody off.",
        )
        return
    yield (at := world.later(at, 4, 8))
    said = (
        "Third lunch this year from a likely bidder. Advice given: decline from now on."
        if found
        else "A working lunch, declared at once. No tender is open with them."
    )
    offer = acts.decide(offer, reviewer, at, said, found)
    if found:
        yield (at := world.later(at, 1))
        offer = acts.challenge(
            offer,
            subject,
            reviewer,
            at,
            "What did these four meetings give the force that a visit to our offices would not?",
        )
        yield (at := world.later(at, 5))
        offer = actions.answer_challenge(
            offer,
            challenge=acts.open_challenge(offer),
            by=subject,
            now=at,
            version=None,
            answer="They bring the engineer and the figures. I will hold them at the depot from now on.",
        )
        yield (at := world.later(at, 2))
        actions.dispose_challenge(
            offer,
            challenge=offer.case.challenges.get(),
            disposal=ChallengeDisposal.ADVICE,
            note="Advice accepted: meetings at the depot, no meals.",
            by=reviewer,
            now=at,
            version=None,
        )


def _hamper(world: World) -> Story:
    """The same firm by its trading name tries a buyer, who declines."""
    head = world["fleet.nmr"]
    buyer = next(
        user
        for user in world.of_force("NMR")
        if user.unit == head.unit and user.grade.name.startswith("Officer") and user.is_active
    )
    yield (at := world.ago(120, 9))
    acts.declare(
        world,
        buyer,
        thing("Luxury food hamper", about(60), alcohol=True),
        at=at,
        by=HALCYON_TRADING_NAME,
        kind=BIDDER,
        occasion="Delivered to the depot addressed to me.",
    )
