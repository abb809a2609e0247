"""The planted stories of media contacts a demonstrator can find; docs/demo.md tells them."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from integrity.casework.actions import discard_draft
from integrity.casework.models import Draft
from integrity.people.models import User
from registers.demo import acts
from registers.demo.data import media as said
from registers.demo.data.places import CUSTODY, INVESTIGATION, RESPONSE
from registers.demo.media import agreement, ask, coverage, press_of
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.gifts import actions as gifts
from registers.gifts.enums import ProviderKind
from registers.media_contacts import actions
from registers.media_contacts.compliance import contacts_of, named_in, quoted_in
from registers.media_contacts.enums import Basis, Channel, Evidence, OffRecord, PressCard
from registers.media_contacts.facts import ContactFacts, RequestFacts, Speaker
from registers.media_contacts.models import Contact, SampledWeek

WEEKS, CHECKED = 12, 6
MISSING = (1, 4)  # of the weeks that were checked, those in which one call was never logged
SEED = 1903


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
        _sample(world),
        _quoted(world),
        _leak(world),
        _asked(world),
        _logged_twice(world),
        _talked_over(world),
        *(_overlooked(world, *row) for row in (("roads.evl", 9), ("officer.htp", 10))),
    ]


def log(
    subject: User,
    at: datetime,
    about: str,
    *speakers: Speaker,
    days_before: int = 0,
    author: User | None = None,
    **fields: Any,
) -> Contact:
    """A reportable call of that morning, unless told."""
    facts = ContactFacts(
        **{
            "contacted_on": timezone.localdate(at) - timedelta(days=days_before),
            "contacted_at": time(9, 40),
            "speakers": speakers,
            "about": about,
            "channel": Channel.PHONE,
            "press_card": PressCard.REMOTE,
            **fields,
        }
    )
    return actions.log(facts=facts, subject=subject, by=author or subject, now=at)


def _acknowledge(contact: Contact, by: User, at: datetime) -> Contact:
    return actions.acknowledge(contact, by=by, now=at, version=None)


def _somebody(world: World, code: str, unit: str, grade: str) -> User:
    """The first of a grade in a unit."""
    return next(u for u in world.of_force(code) if u.unit.name == unit and u.grade.short == grade)


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
    _acknowledge(contact, press_of(world, code), at)


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
    _acknowledge(contact, press_of(world, "NMR"), at)


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
    subject = _somebody(world, "NMR", RESPONSE, "CI")
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
    _acknowledge(contact, press_of(world, "NMR"), at)


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
    _acknowledge(contact, by, at)


def _sample(world: World) -> Story:
    """Twelve weeks drawn at random, half of them checked; two calls had not been logged."""
    by, force = press_of(world, "NMR"), world.forces["NMR"]
    yield (at := world.ago(26, 10))
    sample = actions.draw_sample(
        force=force,
        starts_on=world.today - timedelta(days=90),
        ends_on=world.today - timedelta(days=30),
        size=WEEKS,
        seed=SEED,
        by=by,
        now=at,
    )
    for number, week in enumerate(sample.weeks.all()[:CHECKED]):
        yield (at := world.ago(22 - number, 11))
        missing = number in MISSING
        actions.check_week(
            week,
            evidence=Evidence.DIARY if number % 3 == 0 else Evidence.TELEPHONE,
            shown=_logged(week) + missing,
            note="A call of nine minutes to the Lantern’s newsdesk." if missing else "",
            by=by,
            now=at,
        )


def _logged(week: SampledWeek) -> int:
    last = week.starts_on + timedelta(days=6)
    return contacts_of(week.officer, week.starts_on, last).count()


def _quoted(world: World) -> Story:
    """The Lantern quotes a custody inspector who logged nothing, and knows an hour that few knew."""
    by, force = press_of(world, "NMR"), world.forces["NMR"]
    quoted = _somebody(world, "NMR", CUSTODY, "Insp")
    yield (at := world.ago(6, 9))
    text = (
        "The two men were brought in at ten to three and one was taken to hospital within the hour. "
        f"“We followed every rule,” said Inspector {quoted.name}, who runs the cells."
    )
    facts = coverage(world.today - timedelta(days=7), "Ten to three: a night in the cells",
                     said.LANTERN, text)  # fmt: skip
    found = actions.add_coverage(facts=facts, force=force, by=by, now=at)
    named = quoted_in(
        named_in(text, force), published_on=found.published_on, outlet=found.outlet, days=7
    )
    explained = {each.officer: next(iter(each.contacts), None) for each in named}
    actions.keep_quotations(found, found=explained, by=by, now=at)
    yield (at := world.ago(6, 10))
    why = "The hour of the arrests is only in the custody record, and no contact was logged."
    actions.flag_coverage(found, why=why, by=by, now=at)
    yield (at := world.ago(5, 15))
    line = "Who in custody knew the hour? The press office has asked nobody yet."
    actions.add_meeting_item(force=force, text=line, coverage=found, by=by, now=at)


def _leak(world: World) -> Story:
    """A contact that was logged, and coverage the next day with what the call should not have told."""
    by = press_of(world, "NMR")
    yield (at := world.ago(15, 17))
    contact = log(
        _somebody(world, "NMR", INVESTIGATION, "DCI"),
        at,
        "The search of a house in Weavers’ Row",
        said.CORDELIA,
        basis=Basis.NON_REPORTABLE,
    )
    yield (at := world.ago(14, 10))
    contact = _acknowledge(contact, by, at)
    headline = "Neighbour tells of dawn search"
    facts = coverage(timezone.localdate(at), headline, said.LODESTAR)
    contact = actions.link_coverage(contact, facts=facts, by=by, now=at, version=None)
    yield (at := world.ago(13, 11))
    actions.flag_leak(
        contact,
        why="It names the family, whom nobody had named, a day after a call that was not reportable.",
        coverage=contact.coverage_links.get().coverage,
        by=by,
        now=at,
        version=None,
    )


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
    _acknowledge(first, press_of(world, "EVL"), at)


def _talked_over(world: World) -> Story:
    """A line of an earlier meeting, with what came of it."""
    by, force = press_of(world, "NMR"), world.forces["NMR"]
    yield (at := world.ago(70, 10))
    text = (
        "The radio rings response sergeants at night. Do they know the number of the press office?"
    )
    item = actions.add_meeting_item(force=force, text=text, by=by, now=at)
    yield (at := world.ago(63, 14))
    result = "The number goes on the back of every sergeant’s card."
    actions.close_meeting_item(item, result=result, by=world["head.alliance"], now=at)


def _overlooked(world: World, username: str, days: int) -> Story:
    """Not acknowledged, though the day for it has passed."""
    yield (at := world.ago(days, 16))
    speaker = said.LEONIE if username.endswith("htp") else said.MARNIE
    log(world[username], at, "A near miss at a crossing", speaker, basis=Basis.NON_REPORTABLE)
