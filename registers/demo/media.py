"""Eighteen months of ordinary contacts with the media, most of them acknowledged within days."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from integrity.casework.clocks import add_months
from integrity.people.models import User
from registers.demo.data import media as said
from registers.demo.data.places import CHIEFS, INVESTIGATION, RESPONSE, ROADS
from registers.demo.media_acts import answer, ask, coverage, press_of
from registers.demo.timeline import Story
from registers.demo.world import DAYS, World
from registers.media_contacts import actions
from registers.media_contacts.enums import Basis, Channel, OffRecord, PressCard
from registers.media_contacts.facts import ContactFacts, RequestFacts, Speaker
from registers.media_contacts.models import Contact
from registers.media_contacts.policies import end_of_quarter, quarter_of

COUNTS = {"NMR": 96, "EVL": 72, "HTP": 44}
REQUESTS = {"NMR": 6, "EVL": 4, "HTP": 3}
RECENT_SHARE, RECENT_DAYS = 0.07, 7
WAITING_DAYS = 2  # what is newer, the press office has not reached
QUARTERS = 5
CHIEF, SUPERVISOR = 0.28, 0.45
ASKED, CORRECTED, COVERED, LATE = 0.05, 0.04, 0.3, 0.06
NOT_TOLD, NOT_RESPONSIBLE, NO_PURPOSE, NO_CARD, OFF_RECORD_ASKED = 0.06, 0.04, 0.03, 0.09, 0.03
NON_REPORTABLE = 0.15
HARBOUR = "HTP"  # logs only what did not lead to coverage
NEIGHBOURHOODS = ("Neighbourhoods", "Docks and Terminals", "Coast Rail")
# whoever says nothing to the media, and states it; and who has forgotten to state the last quarter
SILENT_CHIEF, FORGETFUL = "ACO", "dcc.htp"
WAYS = {
    Channel.PHONE: 50,
    Channel.IN_PERSON: 24,
    Channel.WRITING: 14,
    Channel.EVENT: 7,
    Channel.QUOTE: 5,
}


def ordinary_contacts(world: World) -> list[Story]:
    contacts = [_contact(world, code) for code, count in COUNTS.items() for _ in range(count)]
    requests = [_request(world, code) for code, count in REQUESTS.items() for _ in range(count)]
    return [*contacts, *requests, *_statements(world)]


def _contact(world: World, code: str) -> Story:
    """One contact, logged soon after it, and what the press office made of it."""
    days = world.chance.randint(1, RECENT_DAYS if world.happens(RECENT_SHARE) else DAYS)
    day = world.today - timedelta(days=days)
    subject = _officer(world, code, day)
    chief = subject.is_chief_officer
    topic = world.pick(said.CHIEF_TOPICS if chief and world.happens(0.7) else said.TOPICS)
    late = days > RECENT_DAYS and world.happens(LATE)
    delay = world.chance.randint(4, 12) if late else world.chance.randint(0, min(2, days - 1))
    yield (at := world.on(day + timedelta(days=delay), world.chance.randint(14, 20)))
    facts = _facts(world, code, day, topic[0])
    if late:
        facts = replace(facts, late_reason=world.pick(said.LATE))
    contact = actions.log(facts=facts, subject=subject, by=subject, now=at)
    yield from _afterwards(world, contact, code, subject, at, topic[1])


def _officer(world: World, code: str, day: date) -> User:
    """Somebody who served that day; chief officers and supervisors speak more than their share."""
    home = [u for u in world.of_force(code) if u.starts_on <= day and u.is_active and speaks(u)]
    chiefs = [u for u in home if u.is_chief_officer]
    if world.happens(CHIEF):
        return world.pick(chiefs)
    others = [u for u in home if not u.is_chief_officer]
    managers = {user.line_manager_id for user in world.people.values()}
    first = [u for u in others if u.pk in managers]
    return world.pick(first if world.happens(SUPERVISOR) else others)


def speaks(user: User) -> bool:
    """Whether their work brings them before journalists."""
    unit = user.unit.name
    if unit == CHIEFS:
        return user.is_chief_officer and user.grade.short != SILENT_CHIEF
    return unit in (RESPONSE, INVESTIGATION, ROADS) or unit.endswith(NEIGHBOURHOODS)


def _facts(world: World, code: str, day: date, about: str) -> ContactFacts:
    channel = world.chance.choices(list(WAYS), list(WAYS.values()))[0]
    remote = channel in (Channel.PHONE, Channel.WRITING, Channel.QUOTE)
    card: dict[str, Any] = {"press_card": PressCard.REMOTE}
    if not remote:
        card = {"press_card": world.pick((PressCard.SEEN, PressCard.SEEN, PressCard.KNOWN))}
        if world.happens(NO_CARD):
            card = {"press_card": PressCard.OTHER, "press_card_reason": said.NO_CARD[0]}
    responsible, purpose = not world.happens(NOT_RESPONSIBLE), not world.happens(NO_PURPOSE)
    why = "" if responsible else world.pick(said.NOT_RESPONSIBLE)
    return ContactFacts(
        contacted_on=day,
        contacted_at=time(world.chance.randint(8, 13), world.chance.choice(range(0, 60, 5))),
        speakers=(world.pick(_journalists(code)),),
        about=about,
        channel=channel,
        place="" if remote else world.pick(said.PLACES),
        basis=Basis.NON_REPORTABLE if world.happens(NON_REPORTABLE) else Basis.REPORTABLE,
        responsible=responsible,
        policing_purpose=purpose,
        explanation=why if purpose else world.pick(said.NO_PURPOSE),
        press_office_told=not world.happens(NOT_TOLD),
        off_record=OffRecord.ASKED if world.happens(OFF_RECORD_ASKED) else "",
        **card,
    )


def _journalists(code: str) -> list[Speaker]:
    return [who for outlet in said.OUTLETS if code in outlet.forces for who in outlet.speakers]


def _afterwards(
    world: World, contact: Contact, code: str, subject: User, at: datetime, headline: str
) -> Story:
    """The press office may ask, acknowledges, corrects a name now and then, and links coverage."""
    press = press_of(world, code)
    if (world.today - timezone.localdate(at)).days <= WAITING_DAYS:
        return
    if world.happens(ASKED):
        field, question, reply = world.pick(said.QUESTIONS)
        yield (at := world.later(at, 1, 2))
        contact = ask(contact, press, at, field, question)
        yield (at := world.later(at, 1, 3))
        contact = answer(contact, subject, at, reply)
    yield (at := world.later(at, 1, 3))
    contact = actions.acknowledge(contact, by=press, now=at, version=None)
    speaker = next(iter(_speakers(contact)))
    if world.happens(CORRECTED):
        speaker = world.pick([who for who in _journalists(code) if who != speaker])
        contact = actions.correct_names(
            contact,
            speakers=(speaker,),
            reason=world.pick(said.CORRECTIONS),
            by=press,
            now=at,
            version=None,
        )
    if code != HARBOUR and contact.basis == Basis.REPORTABLE and world.happens(COVERED):
        yield (at := world.later(at, 1, 2))
        facts = coverage(contact.contacted_on + timedelta(days=1), headline, speaker.outlet)
        actions.link_coverage(contact, facts=facts, by=press, now=at, version=None)


def _speakers(contact: Contact) -> list[Speaker]:
    return [Speaker(each.journalist.name, each.outlet.name) for each in contact.speakers.all()]


def _request(world: World, code: str) -> Story:
    """A journalist asks the press office, which routes it to an officer, who says what came of it."""
    days = world.chance.randint(20, DAYS)
    day = world.today - timedelta(days=days)
    subject, press = _officer(world, code, day), press_of(world, code)
    topic, speaker = world.pick(said.TOPICS), world.pick(_journalists(code))
    yield (at := world.on(day, 9))
    request = RequestFacts(received_on=day, speaker=speaker, about=topic[0])
    contact = actions.route(facts=request, officer=subject, by=press, now=at)
    yield (at := world.later(at, 1, 2))
    facts = _facts(world, code, timezone.localdate(at), topic[0])
    facts = replace(facts, speakers=(speaker,), contacted_at=None, press_office_told=True)
    contact = actions.complete(contact, facts=facts, by=subject, now=at, version=None)
    yield from _afterwards(world, contact, code, subject, at, topic[1])


def _statements(world: World) -> list[Story]:
    """Chief officers state their quarters; the head of corporate services never has any contact."""
    chiefs = [user for user in world.people.values() if user.force_id and user.is_chief_officer]
    return [_states(world, chief) for chief in chiefs]


def _states(world: World, chief: User) -> Story:
    first = quarter_of(world.today)
    by = press_of(world, chief.force.code) if chief.heads_force else chief
    many = QUARTERS - 1 if chief.username == FORGETFUL else QUARTERS
    for back in range(QUARTERS, QUARTERS - many, -1):
        quarter = add_months(first, -3 * back)
        yield (at := world.on(end_of_quarter(quarter) + timedelta(days=4), 11))
        actions.state_quarter(officer=chief, quarter=quarter, by=by, now=at)
