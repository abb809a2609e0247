"""The planted stories of media contacts a demonstrator can find; docs/demo.md tells them."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from integrity.casework.actions import discard_draft
from integrity.casework.models import Draft
from registers.demo import acts
from registers.demo.data import media as said
from registers.demo.data.places import RESPONSE
from registers.demo.media_acts import acknowledge, agreement, ask, log, press_of, somebody
from registers.demo.media_checks import checks
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts import actions as gifts
from registers.gifts.enums import ProviderKind
from registers.media_contacts import actions
from registers.media_contacts.enums import Basis, Channel, OffRecord, PressCard
from registers.media_contacts.facts import RequestFacts
from registers.media_contacts.models import Contact


def planted_contacts(world: World) -> list[Story]:
    return [
        _routed_now(world),
        _came_to_nothing(world),
        _embargo(world),
        *(_old_embargo(world, *row) for row in (("acc.evl", 210), ("dcc.nmr", 95))),
        _off_the_record(world),
        _media_day(world),
        _lunch(world),
        _three_and_two(world),
        _typed_for_the_chief(world),
        *checks(world),
        _asked(world),
        _logged_twice(world),
        *(_overlooked(world, *row) for row in (("roads.evl", 9), ("officer.htp", 10))),
    ]


def _routed_now(world: World) -> Story:
    """The Lantern asked the press office, which passed it on yesterday."""
    yield (at := world.ago(1, 15))
    about = "How many shops in the market place have been burgled since the spring"
    request = RequestFacts(timezone.localdate(at), said.OTTILIE, about)
    by = press_of(world, "NMR")
    actions.route(facts=request, officer=world["sergeant.nmr"], by=by, now=at)


def _came_to_nothing(world: World) -> Story:
    yield (at := world.ago(52, 10))
    request = RequestFacts(timezone.localdate(at), said.OTTILIE, "What the new vehicles cost")
    by, officer = press_of(world, "NMR"), world["fleet.nmr"]
    contact = actions.route(facts=request, officer=officer, by=by, now=at)
    yield (at := world.later(at, 1))
    reason = "She found the figures on our website and did not ring."
    actions.no_contact(contact, reason=reason, by=officer, now=at, version=None)


def _embargo(world: World) -> Story:
    """Under embargo now, with its signed agreement; it lifts in three days, a minute past midnight."""
    yield (at := world.ago(1, 12))
    lifts = world.today + timedelta(days=3)
    log(
        world["acc.nmr"],
        at,
        "Warrants to be carried out across the city against a burglary gang",
        said.INES,
        channel=Channel.IN_PERSON,
        place="Headquarters",
        press_card=PressCard.SEEN,
        basis=Basis.EMBARGOED,
        embargo_until=timezone.make_aware(datetime.combine(lifts, time(0, 1))),
        agreement=agreement(),
    )


def _old_embargo(world: World, username: str, days: int) -> Story:
    """An embargo that lifted long ago."""
    subject = world[username]
    code = subject.force.code
    yield (at := world.ago(days, 13))
    contact = log(
        subject,
        at,
        "Figures of the year, before their publication",
        said.CORDELIA,
        basis=Basis.EMBARGOED,
        embargo_until=at + timedelta(days=2),
        agreement=agreement(),
    )
    yield (at := world.later(at, 1))
    acknowledge(contact, press_of(world, code), at)


def _off_the_record(world: World) -> Story:
    """Something was said off the record, which is no basis: recorded, flagged, and on the list."""
    by = press_of(world, "EVL")
    yield (at := world.ago(3, 18))
    contact = log(
        world["sergeant.evl"],
        at,
        "Why two arrests at the festival took so long",
        said.MARNIE,
        off_record=OffRecord.HAPPENED,
        basis=Basis.NON_REPORTABLE,
        responsible=False,
        explanation="She has my number from years ago. I said more than I meant to.",
        press_office_told=False,
    )
    yield (at := world.ago(2, 11))
    reason = "Said off the record, by somebody who does not speak for the festival. Who rings him?"
    actions.put_on_the_list(contact, reason=reason, by=by, now=at, version=None)


def _media_day(world: World) -> Story:
    """Sandwiches at a broadcaster's road safety day: the contact opened an offer, and it is declared."""
    subject, about = world["roads.nmr"], "Road safety day with the radio’s breakfast show"
    yield (at := world.ago(44, 15))
    contact = log(
        subject,
        at,
        about,
        said.SASKIA,
        channel=Channel.EVENT,
        place="The studio",
        press_card=PressCard.KNOWN,
        hospitality=True,
    )
    yield (at := at + timedelta(minutes=20))
    item = acts.meal("Sandwiches and coffee", acts.exactly(4), acts.TAKEN, light=True)
    facts = acts.offer_of(
        world,
        subject,
        [item],
        day=contact.contacted_on,
        by=said.RADIO,
        kind=ProviderKind.MEDIA,
        occasion=f"Offered during a media contact, {contact.case.reference}: {about}",
    )
    gifts.declare(facts=facts, subject=subject, by=subject, now=at, opened_from=contact.case)
    for draft in Draft.objects.filter(user=subject, opened_from=contact.case):
        discard_draft(draft)
    yield (at := world.later(at, 1))
    acknowledge(contact, press_of(world, "NMR"), at)


def _lunch(world: World) -> Story:
    """A lunch was offered too; the offer is begun and not declared yet."""
    yield (at := world.ago(2, 17))
    log(
        world["detective.nmr"],
        at,
        "Her part in a programme on cold cases",
        said.INES,
        channel=Channel.IN_PERSON,
        place="The Gilded Heron",
        press_card=PressCard.SEEN,
        hospitality=True,
    )


def _three_and_two(world: World) -> Story:
    """One briefing, three of the force and two journalists, logged once."""
    subject = somebody(world, "NMR", RESPONSE, "CI")
    others = (world["sergeant.nmr"].pk, world["officer.nmr"].pk)
    yield (at := world.ago(8, 16))
    contact = log(
        subject,
        at,
        "Briefing on the policing of the city’s bonfire night",
        said.OTTILIE,
        said.SASKIA,
        channel=Channel.EVENT,
        place="Headquarters",
        press_card=PressCard.SEEN,
        officers=others,
    )
    yield (at := world.later(at, 1))
    acknowledge(contact, press_of(world, "NMR"), at)


def _typed_for_the_chief(world: World) -> Story:
    """The staff officer logs what the chief constable said; the chief confirms it."""
    chief, by = world["chief.nmr"], press_of(world, "NMR")
    yield (at := world.ago(16, 14))
    contact = log(
        chief,
        at,
        "The year’s first hundred recruits",
        said.OTTILIE,
        channel=Channel.IN_PERSON,
        place="The training school",
        press_card=PressCard.KNOWN,
        author=world["staff.officer.nmr"],
    )
    yield (at := world.later(at, 1))
    contact = actions.confirm(contact, by=chief, now=at, version=None)
    yield (at := world.later(at, 1))
    acknowledge(contact, by, at)


def _asked(world: World) -> Story:
    """A question from the press office waits for its answer."""
    yield (at := world.ago(5, 13))
    contact = log(world["pcso.nmr"], at, "Litter and quad bikes on the moor", said.OTTILIE)
    yield (at := world.ago(4, 10))
    ask(contact, press_of(world, "NMR"), at, "about", "Did you give the name of the farm?")


def _logged_twice(world: World) -> Story:
    subject, about = world["officer.evl"], "A lorry stuck under the railway bridge"
    yield (at := world.ago(33, 15))
    log(subject, at, about, said.MARNIE)
    yield (at := world.ago(33, 16))
    again = log(subject, at, about, said.MARNIE)
    yield (at := world.ago(33, 17))
    actions.withdraw(again, reason="Logged twice.", by=subject, now=at, version=None)
    yield (at := world.ago(31, 11))
    first = Contact.objects.filter(case__subject=subject, about=about).earliest("pk")
    acknowledge(first, press_of(world, "EVL"), at)


def _overlooked(world: World, username: str, days: int) -> Story:
    """Not acknowledged, though the day for it has passed."""
    yield (at := world.ago(days, 16))
    speaker = said.LEONIE if username.endswith("htp") else said.MARNIE
    log(world[username], at, "A near miss at a crossing", speaker, basis=Basis.NON_REPORTABLE)
