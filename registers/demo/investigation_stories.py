"""The planted stories of investigations a demonstrator can find; docs/demo.md tells them.

Most began in another register: a leak that the press office flagged, a refusal that was not obeyed,
a condition that was not kept, a seat in a directors' box.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from integrity.casework.enums import ReferralSource
from integrity.casework.models import Referral
from integrity.people.models import User
from registers.demo import acts
from registers.demo.data import investigations as said
from registers.demo.investigations import Cast, close, done
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts.enums import Action, ProviderKind
from registers.investigations import actions
from registers.investigations.actions.concerns import add_message, send_concern
from registers.investigations.enums import Behaviour, Category, Outcome, Platform
from registers.investigations.facts import InvestigationFacts, PostFacts, facts_from
from registers.investigations.models import Concern, Investigation
from registers.investigations.policies import hash_of


def planted_investigations(world: World, cast: Cast) -> list[Story]:
    return [
        _leak(world),
        _doorman(world),
        _seen_at_the_door(world),
        _fuel(world),
        _parking(world),
        _dinner(world, next(cast["EVL"])),
        _advertised(world),
        _directors_box(world),
        _post_gone(world, next(cast["NMR"])),
        _post_still_there(world, next(cast["EVL"])),
    ]


def _take(referral: Referral, by: User, at: datetime) -> Investigation:
    """Opened from what was handed over, with nothing typed twice."""
    return actions.open_investigation(
        facts=facts_from(referral),
        home=referral.force,
        referrals=[referral],
        by=by,
        now=at,
    )


def _noon(world: World, days: int) -> datetime:
    """Of a concern the register keeps a day and no hour: its entry in the ledger says noon."""
    return world.ago(days, 12).replace(minute=0, second=0)


def _leak(world: World) -> Story:
    """The press office flagged a contact; PSD opened it from the flag, and it is linked to the contact."""
    first, owner = world["head.alliance"], world["reviewer.alliance"]
    yield (at := world.ago(12, 10))
    flagged = Referral.objects.get(
        source=ReferralSource.LEAK_FLAG, case__isnull=False, force=world.forces["NMR"]
    )
    investigation = _take(flagged, first, at)
    yield (at := world.ago(12, 14))
    investigation = actions.assign(investigation, owner=owner, **done(first, at))
    yield (at := world.ago(9, 11))
    risks = {"still_has_access": False, "harm": True, "evidence": True}
    actions.assess(investigation, **risks, **done(owner, at))


def _doorman(world: World) -> Story:
    """Refused, and at the door all the same: opened from the follow-up that found him there."""
    by = world["reviewer.alliance"]
    yield (at := world.later(world.ago(52), 1, 2))
    found = Referral.objects.get(source=ReferralSource.FOLLOW_UP, case__subject=world["roads.nmr"])
    investigation = _take(found, by, at)
    yield (at := world.later(at, 1))
    actions.assign(investigation, owner=by, **done(by, at))


def _seen_at_the_door(world: World) -> Story:
    """A concern without a name about the same doorman: answered, added, and its sender wrote again."""
    by, code = world["reviewer.alliance"], said.ANSWERED_CODE
    yield (at := _noon(world, 31))
    send_concern(force=world.forces["NMR"], text=said.SEEN_AT_THE_DOOR, now=at, code=code)
    concern = Concern.objects.get(code_hash=hash_of(code))
    yield (at := world.ago(29, 9))
    actions.reply(concern, text=said.WHICH_SATURDAYS, by=by, now=at)
    yield (at := world.ago(29, 10))
    investigation = Investigation.objects.get(case__subject=world["roads.nmr"])
    actions.add_referral(investigation, referral=concern.referral, **done(by, at))
    yield (at := world.ago(3, 20))
    add_message(code=code, text=said.THESE_SATURDAYS, now=at)


def _fuel(world: World) -> Story:
    """A concern without a name that nobody has answered yet."""
    yield (at := _noon(world, 4))
    send_concern(force=world.forces["HTP"], text=said.FUEL, now=at, code=said.WAITING_CODE)


def _parking(world: World) -> Story:
    """A concern that was answered, and set aside as none of integrity."""
    by = world["reviewer2.alliance"]
    yield (at := _noon(world, 118))
    code = send_concern(force=world.forces["NMR"], text=said.PARKING, now=at)
    concern = Concern.objects.get(code_hash=hash_of(code))
    yield (at := world.later(at, 2, 3))
    actions.reply(concern, text=said.PARKING_ANSWER, by=by, now=at)
    yield (at := at + timedelta(minutes=10))
    actions.set_aside(concern.referral, reason=said.SET_ASIDE, by=by, now=at)


def _dinner(world: World, subject: User) -> Story:
    """Handed over by the decision on an offer; nobody has opened or set it aside yet."""
    yield (at := world.ago(27, 18))
    offer = acts.declare(
        world,
        subject,
        acts.meal("Dinner for two and a room", acts.about(90), acts.TAKEN),
        at=at,
        by="Skarrow Construction Ltd",
        kind=ProviderKind.CONTRACTOR,
        occasion="To mark the end of the building works.",
    )
    yield (at := world.ago(10, 11))
    why = "It was offered for signing off the works, says the firm’s own invitation."
    acts.decide(offer, world["reviewer2.alliance"], at, why, Action.REFER)


def _advertised(world: World) -> Story:
    """Rank used to sell cars, which a condition forbade: advice, and a lesson for everybody."""
    first, owner = world["reviewer2.alliance"], world["head.alliance"]
    yield (at := world.later(world.ago(99), 1, 2))
    broken = Referral.objects.get(source=ReferralSource.CONDITION_CHECK, force=world.forces["EVL"])
    investigation = _take(broken, first, at)
    yield (at := world.later(at, 1, 2))
    investigation = actions.assign(investigation, owner=owner, **done(first, at))
    yield (at := world.ago(44, 14))
    close(
        investigation,
        owner,
        at,
        Outcome.ADVICE,
        "The garage wrote the advertisement; he saw it and let it stand. A written warning.",
        lessons="You answer for how others use your rank to sell something. Ask for it to be taken down.",
    )


def _directors_box(world: World) -> Story:
    """A chief officer's second seat, used by a relative: referred by the decision on the offer."""
    first, owner = world["reviewer.alliance"], world["reviewer2.alliance"]
    yield (at := world.ago(48, 10))
    referred = Referral.objects.get(source=ReferralSource.DECISION, case__subject=world["acc.evl"])
    investigation = _take(referred, first, at)
    yield (at := world.later(at, 1))
    investigation = actions.assign(investigation, owner=owner, **done(first, at))
    yield (at := world.ago(16, 15))
    close(
        investigation,
        owner,
        at,
        Outcome.ADVICE,
        "The briefing was real and the second seat was not for it. Advice; its price was paid back.",
        lessons="An invitation for two is two offers. The second has no policing purpose of its own.",
    )


def _post_gone(world: World, subject: User) -> Story:
    """Still to be seen after a fortnight, gone after a month, and closed with advice."""
    owner = world["reviewer2.alliance"]
    yield (at := world.ago(96, 11))
    investigation = _social(world, subject, "Posts about “another pointless shift”", owner, at)
    yield (at := at + timedelta(minutes=30))
    facts = PostFacts(
        platform=Platform.TWITTER,
        account="@thornwick_offshift",
        address="https://posts.example/thornwick_offshift/4471",
        behaviour=Behaviour.NEGATIVITY,
        found_on=timezone.localdate(at),
        action="Their supervisor asked for it to be taken down",
    )
    investigation = actions.record_post(investigation, facts=facts, **done(owner, at))
    yield (at := world.ago(82, 10))
    investigation = _look(investigation, owner, at, still_there=True, note="Asked again.")
    yield (at := world.ago(68, 10))
    investigation = _look(investigation, owner, at, still_there=False)
    yield (at := world.ago(61, 14))
    close(
        investigation,
        owner,
        at,
        Outcome.ADVICE,
        "Tired and foolish, and no more. Management advice; the supervisor looks at the rota.",
        lessons="A page that says where you work speaks for the force, at home as well.",
    )


def _post_still_there(world: World, subject: User) -> Story:
    """It was there at the last look; the next is due tomorrow."""
    owner = world["reviewer.alliance"]
    yield (at := world.ago(27, 11))
    title = "A page that laughs at people met on duty"
    investigation = _social(world, subject, title, owner, at)
    yield (at := at + timedelta(minutes=30))
    facts = PostFacts(
        platform=Platform.FACEBOOK,
        account="Eastvale After Dark",
        address="https://posts.example/eastvale-after-dark",
        behaviour=Behaviour.OFFENSIVE,
        found_on=timezone.localdate(at) - timedelta(days=1),
        action="The page’s owner was asked to take down four pictures",
    )
    investigation = actions.record_post(investigation, facts=facts, **done(owner, at))
    yield (at := world.ago(13, 10))
    _look(investigation, owner, at, still_there=True, note="One picture of four is left.")


def _social(world: World, subject: User, title: str, owner: User, at: datetime) -> Investigation:
    facts = InvestigationFacts(title=title, category=Category.SOCIAL_MEDIA, subject=subject)
    by = world["head.alliance"]
    investigation = actions.open_investigation(facts=facts, home=subject.force, by=by, now=at)
    return actions.assign(investigation, owner=owner, **done(by, at))


def _look(
    investigation: Investigation, by: User, at: datetime, *, still_there: bool, note: str = ""
) -> Investigation:
    (post,) = investigation.posts.filter(gone_on=None)
    return actions.recheck(
        investigation, post=post, still_there=still_there, note=note, **done(by, at)
    )
