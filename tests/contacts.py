"""Makes the media contacts that tests speak of; states are reached by the real actions.

The world, its people and the clock are those of tests.builders; `media_world` gives it policies on
media contacts, a press office and outlets.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from integrity.casework.enums import ChallengeDisposal
from integrity.casework.models import Challenge
from integrity.people.models import Force, User
from registers.media_contacts import actions
from registers.media_contacts.enums import (
    Basis,
    Channel,
    Factor,
    OffRecord,
    PressCard,
    Reach,
    Scope,
    Status,
    Verb,
)
from registers.media_contacts.facts import ContactFacts, CoverageFacts, RequestFacts, Speaker
from registers.media_contacts.models import Contact, MediaPolicy, MediaWeight, Outlet
from registers.media_contacts.names import outlet_of
from tests.builders import NOW, START, TODAY, World

GAZETTE = "Northmoor Gazette"
PRIYA = Speaker("Priya Nair", GAZETTE)
TOM = Speaker("Tom Hale", "Daily Courier")
WEIGHTS = {
    Factor.OFF_RECORD: 30,
    Factor.OFF_RECORD_ASKED: 5,
    Factor.NOT_RESPONSIBLE: 15,
    Factor.NO_PURPOSE: 20,
    Factor.NO_CARD: 3,
    Factor.NOT_TOLD: 10,
    Factor.NON_REPORTABLE: 8,
    Factor.HOSPITALITY: 12,
    Factor.LATE: 4,
    Factor.CHIEF_OFFICER: 6,
}
CALL = ContactFacts(
    contacted_on=TODAY,
    contacted_at=time(0, 1),  # past whenever a test runs
    speakers=(PRIYA,),
    about="Bike marking on Saturday",
    channel=Channel.PHONE,
    basis=Basis.REPORTABLE,
    responsible=True,
    policing_purpose=True,
    press_card=PressCard.REMOTE,
    press_office_told=True,
)
COVERAGE = CoverageFacts(
    published_on=TODAY,
    headline="Bikes marked in the park",
    outlet=GAZETTE,
    address="https://gazette.example/bikes",
    text="“Come along on Saturday,” said Constable Casey Brook.",
)
LATER = NOW + timedelta(days=3)


def media_policy(*, joint: list[Force] | None = None, **details: Any) -> MediaPolicy:
    """A policy row with its weights."""
    policy = MediaPolicy.objects.create(
        **{
            "title": "Contact with the media",
            "effective_from": START,
            "summary": "Tell the press office of every contact, and log it.",
            "press_office": "01632 960 100, day and night",
            "scope": Scope.EVERYTHING,
            **details,
        }
    )
    policy.joint_forces.set(joint or [])
    MediaWeight.objects.bulk_create(
        MediaWeight(policy=policy, factor=factor, points=points)
        for factor, points in WEIGHTS.items()
    )
    return policy


def outlets(world: World) -> None:
    """The Gazette, which is local, and the Courier, which is national."""
    for name, reach in ((GAZETTE, Reach.LOCAL), ("Daily Courier", Reach.NATIONAL)):
        outlet = outlet_of(name, world.alliance_psd)
        Outlet.objects.filter(organisation=outlet).update(reach=reach)


def agreement() -> SimpleUploadedFile:
    return SimpleUploadedFile("agreement.pdf", b"%PDF-1.7 signed")


def embargoed(until: datetime = LATER, **fields: Any) -> ContactFacts:
    return replace(
        CALL, basis=Basis.EMBARGOED, embargo_until=until, agreement=agreement(), **fields
    )


def log(
    subject: User,
    facts: ContactFacts = CALL,
    *,
    by: User | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Contact:
    """A contact logged by its officer, or typed by somebody else."""
    said = replace(facts, **fields) if fields else facts
    return actions.log(facts=said, subject=subject, by=by or subject, now=now)


def route(officer: User, *, by: User, now: datetime = NOW, on: date = TODAY) -> Contact:
    facts = RequestFacts(received_on=on, speaker=PRIYA, about="The burglary in Mill Lane")
    return actions.route(facts=facts, officer=officer, by=by, now=now)


def contact_in(status: Status, world: World) -> Contact:
    """A contact of the constable at a status, as its verbs lead there."""
    match status:
        case Status.ROUTED | Status.NO_CONTACT:
            contact = route(world.constable, by=world.press_officer)
            if status == Status.NO_CONTACT:
                contact = perform(Verb.NO_CONTACT, contact, by=world.constable)
        case _:
            contact = log(world.constable)
            if status == Status.QUERIED:
                contact = perform(Verb.ASK, contact, by=world.press_officer)
            elif status == Status.ACKNOWLEDGED:
                contact = perform(Verb.ACKNOWLEDGE, contact, by=world.press_officer)
            elif status == Status.WITHDRAWN:
                contact = perform(Verb.WITHDRAW, contact, by=world.constable)
    assert contact.status == status
    return contact


def perform(
    verb: Verb, contact: Contact, *, by: User, now: datetime = NOW, **particulars: Any
) -> Contact:
    """Carry a verb out with what it asks for, unless told otherwise."""
    action, given = _particulars(verb, contact)
    version = particulars.pop("version", None)
    return action(contact, by=by, now=now, version=version, **{**given, **particulars})


def _particulars(verb: Verb, contact: Contact) -> tuple[Any, Mapping[str, Any]]:
    case = contact.case
    match verb:
        case Verb.COMPLETE:
            return actions.complete, {"facts": CALL}
        case Verb.NO_CONTACT:
            return actions.no_contact, {"reason": "They did not ring again."}
        case Verb.CONFIRM:
            return actions.confirm, {}
        case Verb.ACKNOWLEDGE:
            return actions.acknowledge, {}
        case Verb.CORRECT_NAMES:
            return actions.correct_names, {"speakers": (TOM,), "reason": "It was the Courier."}
        case Verb.LINK_COVERAGE:
            return actions.link_coverage, {"facts": COVERAGE}
        case Verb.FLAG_LEAK:
            return actions.flag_leak, {"why": "It names the victim, whom nobody had named."}
        case Verb.LIST:
            return actions.put_on_the_list, {"reason": "Talk over who answers the Gazette."}
        case Verb.ASK:
            return actions.ask, {"field": "about", "text": "Was the operation mentioned?"}
        case Verb.ANSWER:
            open_ = case.questions.filter(answered_at=None)
            return actions.answer, {"answers": {q.pk: "It was not." for q in open_}}
        case Verb.CHALLENGE:
            return actions.challenge, {
                "to": case.subject,
                "text": "Why was this said?",
                "silent": False,
                "silent_reason": "",
            }
        case Verb.ANSWER_CHALLENGE:
            mine = Challenge.objects.filter(case=case, answered_at=None, silent=False).last()
            return actions.answer_challenge, {"challenge": mine, "answer": "It was planned."}
        case Verb.DISPOSE_CHALLENGE:
            last = Challenge.objects.filter(case=case, disposed_at=None).last()
            return actions.dispose_challenge, {
                "challenge": last,
                "disposal": ChallengeDisposal.JUSTIFIED,
                "note": "It was.",
            }
        case Verb.CORRECT:
            facts = replace(CALL, about="Bike marking on Sunday")
            return actions.correct, {"facts": facts, "reason": "It is on Sunday."}
        case Verb.WITHDRAW:
            return actions.withdraw, {"reason": "Logged twice."}
    raise LookupError(verb)


OFF_RECORD = replace(CALL, off_record=OffRecord.HAPPENED, press_office_told=False)
