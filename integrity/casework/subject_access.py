"""Everything that the registers hold about one person, for that person (UK GDPR, Article 15).

It tells what a declarant's own pages tell and no more. What is PSD's alone leaves no trace in it: made
before and after a silent challenge, a referral or an investigation, it is the same.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Prefetch, Q, prefetch_related_objects

from integrity.audit.models import Audience, Event
from integrity.casework.models import Case, CaseVersion, Challenge, Decision, NilReturn
from integrity.casework.registry import (
    Register,
    Summary,
    also_held,
    entries_of,
    named,
    registers,
)
from integrity.people.models import User

# all that is told of a case, in a fixed number of queries
TOLD = (
    "links",
    "linked_from",
    "questions__asked_by__grade",
    Prefetch("challenges", Challenge.objects.filter(silent=False)),
    "challenges__to__grade",
    "decisions__decided_by__grade",
    "attachments",
    "versions__replaced_by__grade",
)
AS_THEY_WERE = ("subject_unit", "subject_manager__grade", "author__grade")


def held_about(person: User, *, now: datetime) -> dict[str, Any]:
    """What the registers hold about somebody, in plain values of JSON."""
    found = shown_entries(person)
    events = events_of([case for case, _ in found])
    known = {case.pk: case.reference for case, _ in found}
    return plain(
        {
            "made_at": now,
            "person": details(person),
            "entries": [entry(case, summary, events[case.pk], known) for case, summary in found],
            "notices": notices_of(person, known, events),
            "drafts": drafts_of(person, known),
            "nil_returns": [nil_return(each) for each in person.nil_returns.all()],
            "also_held": also_held(person),
        }
    )


def plain(held: Mapping[str, Any]) -> dict[str, Any]:
    """Dates as ISO 8601 writes them, numbers with a point as text."""
    return json.loads(json.dumps(held, cls=DjangoJSONEncoder))


def shown_entries(person: User) -> list[tuple[Case, Summary]]:
    """What they declared, or somebody for them, as far as each register shows it to them."""
    cases = list(entries_of(person).select_related(*AS_THEY_WERE).prefetch_related(*TOLD))
    summaries: dict[int, Summary] = {}
    for register in registers():
        mine = [case for case in cases if case.register == register.slug]
        prefetch_related_objects(mine, *register.stated_from)
        summaries |= {found.case.pk: found for found in register.summaries(person, mine)}
    return [(case, summaries[case.pk]) for case in cases if case.pk in summaries]


def events_of(cases: Sequence[Case]) -> Mapping[int, list[Event]]:
    """What happened to each case that a declarant may read, oldest first."""
    found: dict[int, list[Event]] = defaultdict(list)
    about = [case.pk for case in cases]
    told = Event.objects.filter(about="case", about_id__in=about, audience=Audience.CASE)
    for event in told.order_by("pk"):
        found[event.about_id or 0].append(event)
    return found


def details(person: User) -> dict[str, Any]:
    grants = person.role_grants.select_related("force", "department", "oversight_body")
    return {
        "name": person.name,
        "sign_in_name": person.username,
        "number": person.number,
        "email": person.email,
        "rank_or_grade": text(person.grade),
        "member_type": person.get_member_type_display(),
        "belongs_to": text(person.force or person.oversight_body),
        "unit": text(person.unit),
        "line_manager": text(person.line_manager),
        "post": person.post,
        "weekly_hours": person.weekly_hours,
        "starts_on": person.starts_on,
        "leaves_on": person.leaves_on,
        "roles": [
            {"role": str(grant), "starts_on": grant.starts_on, "ends_on": grant.ends_on}
            for grant in grants
        ],
    }


def entry(
    case: Case, summary: Summary, events: Sequence[Event], known: Mapping[int, str]
) -> dict[str, Any]:
    """One entry; ``known`` are the references of all of the person's."""
    register = named(case.register)
    alone = register.for_psd_alone
    return {
        "reference": case.reference,
        "register": register.name,
        "title": summary.title,
        "status": summary.status,
        "path": summary.path,
        "about": case.subject_name,
        "rank_or_grade_then": case.subject_grade,
        "unit_then": text(case.subject_unit),
        "line_manager_then": text(case.subject_manager),
        "made_by": text(case.author),
        "received_at": case.received_at,
        "confirmed_at": case.confirmed_at,
        "claimed_on": case.claimed_on,
        "stated": register.stated(case),
        "earlier_versions": [version(each) for each in case.versions.all()],
        "belongs_with": belongs_with(case, known),
        "events": [
            {"name": each.name, "at": each.at, "by": each.actor, "reason": each.reason}
            for each in events
        ],
        "questions": [
            {
                "field": each.field,
                "text": each.text,
                "asked_by": each.asked_by.display,
                "asked_at": each.asked_at,
                "answer": each.answer,
                "answered_at": each.answered_at,
            }
            for each in case.questions.all()
        ],
        "challenges": [challenge(each) for each in case.challenges.all()],
        "decisions": [
            decision(each, register) for each in case.decisions.all() if each.outcome not in alone
        ],
        "attachments": [
            {
                "name": each.name,
                "size": each.size,
                "sha256": each.sha256,
                "about": each.about,
                "attached_at": each.attached_at,
            }
            for each in case.attachments.all()
            if each.audience == Audience.CASE
        ],
    }


def version(each: CaseVersion) -> dict[str, Any]:
    return {
        "stated": each.facts,
        "replaced_at": each.replaced_at,
        "replaced_by": each.replaced_by.display,
        "reason": each.reason,
    }


def belongs_with(case: Case, known: Mapping[int, str]) -> list[dict[str, str]]:
    """Their other entries that this one opened, or that opened it."""
    ways = [(link.other_id, link.note) for link in case.links.all()]
    ways += [(link.case_id, link.note) for link in case.linked_from.all()]
    return [{"reference": known[pk], "note": note} for pk, note in ways if pk in known]


def challenge(each: Challenge) -> dict[str, Any]:
    """One that led to a referral reads as one that has not ended."""
    ended = each.disposed_at is not None and each.ends_openly
    return {
        "to": each.to.display,
        "text": each.text,
        "made_at": each.made_at,
        "answer": each.answer,
        "answered_at": each.answered_at,
        "ended": each.get_disposal_display() if ended else "",
        "ended_note": each.disposal_note if ended else "",
        "ended_at": each.disposed_at if ended else None,
    }


def decision(each: Decision, register: Register) -> dict[str, Any]:
    action = "" if each.action_taken in register.for_psd_alone else each.action_taken
    return {
        "stage": each.stage,
        "outcome": register.rulings.get(each.outcome, each.outcome),
        "action_taken": register.rulings.get(action, action),
        "reason": each.reason,
        "conditions": each.conditions,
        "decided_by": each.decided_by.display,
        "decided_at": each.decided_at,
    }


def notices_of(
    person: User, known: Mapping[int, str], events: Mapping[int, list[Event]]
) -> list[dict[str, Any]]:
    """What they were told of their own entries; what tells of somebody else's is about that person.

    One of an event that they may not read is left out with it.
    """
    told = {f"event:{event.pk}" for found in events.values() for event in found}
    notices = person.notices.filter(case__in=known, key__in=told)
    return [
        {
            "subject": each.subject,
            "body": each.body,
            "made_at": each.made_at,
            "read_at": each.read_at,
        }
        for each in notices
    ]


def drafts_of(person: User, known: Mapping[int, str]) -> list[dict[str, Any]]:
    """What they have not sent yet: new entries, and what restates one of theirs."""
    own = Q(case=None) | Q(case__in=known)
    return [
        {
            "register": named(each.register).name,
            "purpose": each.purpose,
            "data": each.data,
            "started_at": each.started_at,
            "saved_at": each.saved_at,
            "kept_until": each.expires_on,
        }
        for each in person.drafts.filter(own)
    ]


def nil_return(each: NilReturn) -> dict[str, Any]:
    return {
        "register": named(each.register).name,
        "stated_for": each.stated_for,
        "starts_on": each.starts_on,
        "ends_on": each.ends_on,
        "stated_at": each.stated_at,
    }


def text(thing: Model | None) -> str:
    return "" if thing is None else str(thing)
