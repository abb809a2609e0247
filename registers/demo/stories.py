"""The planted stories a demonstrator can find; docs/demo.md tells them."""

from datetime import timedelta

from registers.demo import acts
from registers.demo.acts import TAKEN, about, exactly, meal, thing
from registers.demo.follow import follow, peers
from registers.demo.halcyon import halcyon
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts import actions
from registers.gifts.enums import Action, PeerView, ProviderKind
from registers.gifts.facts import GiftTest


def planted(world: World) -> list[Story]:
    return [
        *halcyon(world),
        _declined_wine(world),
        _chief_dinner(world),
        _chocolates_and_wine(world),
        _match_tickets(world),
        _whisky_returned(world),
        _cash(world),
        _very_late(world),
        _kestrian(world),
    ]


def _declined_wine(world: World) -> Story:
    yield (at := world.ago(9, 18))
    acts.declare(
        world,
        world["officer.nmr"],
        thing("Bottle of red wine", about(9), alcohol=True),
        at=at,
        by="Mrs Edith Larchmont",
        kind=ProviderKind.PUBLIC,
        occasion="Offered at her door after I found her stolen bicycle.",
    )


def _chief_dinner(world: World) -> Story:
    """A contractor's dinner fails the GIFT test; two colleagues differ; Harbour's PSD, the outside
    decider, challenges the chief.
    """
    chief, author = world["chief.nmr"], world["staff.officer.nmr"]
    reviewer = world["reviewer.htp"]
    yield (at := world.ago(26, 9))
    offer = acts.declare(
        world,
        chief,
        meal(
            "Dinner and a table at the industry awards",
            exactly(85),
            TAKEN,
            alcohol=True,
            because="Speaking after dinner about officer safety.",
        ),
        at=at,
        by="Quillmere Software plc",
        kind=ProviderKind.CONTRACTOR,
        days_before=2,
        author=author,
        occasion="Guest of the managing director; eleven other guests at the table.",
        test=GiftTest(True, False, True, True, "They hold our records contract until next year."),
    )
    yield (at := world.later(at, 1))
    offer = actions.confirm(offer, by=chief, now=at, version=None)
    yield (at := world.later(at, 1))
    offer = acts.give_view(
        offer,
        world["dcc.nmr"],
        at,
        PeerView.ACCEPT,
        "The speech was in the force’s interest and the evening was public.",
        "Most would think it part of the job.",
        "Explained by the speech, if we publish it.",
    )
    yield (at := world.later(at, 2))
    offer = acts.give_view(
        offer,
        world["acc.nmr"],
        at,
        PeerView.DECLINE,
        "The contract is up for renewal. He could have spoken and gone home.",
        "We discipline constables for less than this.",
        "A headline waiting to be written.",
    )
    yield (at := world.later(at, 1))
    offer = actions.assign(offer, owner=reviewer, by=world["head.htp"], now=at, version=None)
    yield (at := world.later(at, 3))
    acts.challenge(
        offer,
        chief,
        reviewer,
        at,
        "Please say why you stayed for the dinner, given the renewal, and who else was invited.",
    )


def _chocolates_and_wine(world: World) -> Story:
    """Keep the chocolates, decline the wine: each item is decided by itself."""
    subject = world["sergeant.nmr"]
    yield (at := world.ago(48, 15))
    offer = acts.declare(
        world,
        subject,
        thing(
            "Box of chocolates",
            about(6),
            TAKEN,
            because="Shared with the shift.",
            disposal="shared",
            disposal_on=world.today - timedelta(days=48),
        ),
        thing("Bottle of white wine", about(11), alcohol=True),
        at=at,
        by="The Pickering-Stowe family",
        kind=ProviderKind.PUBLIC,
        occasion="Brought to the station after their grandfather was found.",
    )
    yield (at := world.later(at, 30))
    acts.decide(offer, world["reviewer.alliance"], at, "Read in the monthly check. A model entry.")


def _match_tickets(world: World) -> Story:
    """Declared, found compliant, then reopened when the local paper asks."""
    subject, first, second = (world[u] for u in ("acc.evl", "reviewer.alliance", "head.alliance"))
    yield (at := world.ago(140, 10))
    offer = acts.declare(
        world,
        subject,
        meal("Two seats in the directors’ box", about(70), TAKEN),
        at=at,
        by="Eastvale Downs Racecourse",
        occasion="To see the policing of the day at first hand.",
    )
    for peer in (world["chief.evl"], world["dcc.evl"]):
        yield (at := world.later(at, 2))
        offer = acts.give_view(
            offer,
            peer,
            at,
            PeerView.UNSURE,
            "There was a briefing, and then there was lunch.",
            "Mixed.",
            "Hard to tell from a day out.",
        )
    yield (at := world.later(at, 6))
    offer = acts.decide(offer, first, at, "A policing purpose was shown; published in the diary.")
    yield (at := world.ago(60, 11))
    offer = actions.reopen(
        offer, reason="A newspaper asks who used the second seat.", by=second, now=at, version=None
    )
    yield (at := world.later(at, 4))
    acts.decide(
        offer, second, at, "The second seat was used by a relative. Referred.", Action.REFER
    )


def _whisky_returned(world: World) -> Story:
    subject = world["sergeant.evl"]
    yield (at := world.ago(75, 12))
    offer = acts.declare(
        world,
        subject,
        thing("Presentation case of whisky", exactly(64.5), TAKEN, alcohol=True),
        at=at,
        by="Skarrow Construction Ltd",
        kind=ProviderKind.CONTRACTOR,
        occasion="Given to me when the new custody wing was handed over.",
    )
    yield (at := world.later(at, 6))
    offer = acts.decide(
        offer, world["reviewer2.alliance"], at, "From a contractor. To go back.", Action.RETURN
    )
    yield (at := world.later(at, 4))
    acts.dispose(offer, at, "returned", to="Handed back at their site office.", by=subject)


def _cash(world: World) -> Story:
    """Cash is never acceptable: told to return it, and a fortnight overdue."""
    subject = world["officer.evl"]
    yield (at := world.ago(40, 20))
    offer = acts.declare(
        world,
        subject,
        thing(
            "£20 note inside a card",
            exactly(20),
            TAKEN,
            kind="cash",
            because="I only found it after he had gone.",
        ),
        at=at,
        by="Mr Sidney Partlock",
        kind=ProviderKind.PUBLIC,
        occasion="Left at the desk after I jump-started his car.",
        test=GiftTest(True, True, False, True, "Found later; I did not know how to return it."),
    )
    yield (at := world.later(at, 5))
    acts.decide(
        offer,
        world["reviewer.alliance"],
        at,
        "Cash is never kept. Return it in person.",
        Action.RETURN,
    )


def _very_late(world: World) -> Story:
    subject = world["acc.nmr"]
    yield (at := world.ago(33, 8))
    offer = acts.declare(
        world,
        subject,
        meal("Overnight stay and dinner", about(120), TAKEN),
        at=at,
        by="Corriemuir Telematics Ltd",
        kind=ProviderKind.PROSPECTIVE_SUPPLIER,
        days_before=110,
        occasion="A conference at which I was on the panel.",
        late="I thought the organisers had paid. Their accounts office told me last week.",
    )
    yield from peers(world, offer, subject, at)


def _kestrian(world: World) -> Story:
    """Pounds are never assumed from another currency; the gift goes to the force."""
    subject = world["dcc.nmr"]
    yield (at := world.ago(200, 9))
    offer = acts.declare(
        world,
        subject,
        thing(
            "Engraved silver dish",
            acts.foreign("400 Kestrian crowns"),
            "accepted_for_force",
            because="Refusing in public would have given offence.",
            disposal="surrendered",
            disposal_to="Display cabinet at headquarters",
            disposal_on=world.today - timedelta(days=200),
        ),
        at=at,
        by="Embassy of Kestria",
        kind=ProviderKind.FOREIGN,
        occasion="Exchange of gifts at the end of the ambassador’s visit.",
    )
    yield from follow(world, offer, at)
