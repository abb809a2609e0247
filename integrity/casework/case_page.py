"""What the desk shows of any case, whatever its register: the person, what was asked, what happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from integrity.audit.models import Audience, Event
from integrity.casework.models import (
    Attachment,
    Case,
    CaseVersion,
    Challenge,
    Deadline,
    Decision,
    ImportedRow,
    Referral,
)
from integrity.casework.permissions import reads_for_psd
from integrity.casework.receipts import receipt_path
from integrity.casework.registry import (
    Appearance,
    Fact,
    Opening,
    found_beside,
    named,
    opener,
    registers,
)
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.ui.wording import with_capital

VIEWS = ("entry viewed", "receipt viewed", "file downloaded")
VIEWS_SHOWN = 20
YES_NO = {True: "Yes", False: "No"}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the timeline draws it."""

    title: str
    at: datetime
    by: str
    text: str = ""
    url: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A case that belongs with another, and why."""

    reference: str
    path: str
    title: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Version:
    """What an entry said before a correction, line by line."""

    number: int
    replaced_at: datetime
    replaced_by: str
    reason: str
    facts: Sequence[Fact] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision in the register's own words."""

    stage: str
    outcome: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Points:
    """One factor of a risk score with what it adds."""

    factor: str
    points: int


def case_page(user: User, case: Case, *, today: date, words: Mapping[str, str]) -> dict[str, Any]:
    """Everything the platform knows of a case, as this reader of the desk may see it.

    ``words`` are what the register calls its outcomes and the actions that follow them.
    """
    events = events_for(user, case)
    imported = getattr(case, "imported_row", None)
    return {
        "case": case,
        "today": today,
        "person": list(person_facts(case)),
        "elsewhere": elsewhere(user, case),
        "beside": found_beside(user, case),
        "deadlines": Deadline.objects.open().filter(case=case).select_related("owner__grade"),
        "rulings": [
            ruling(each, words) for each in case.decisions.select_related("decided_by__grade")
        ],
        "questions": case.questions.select_related("asked_by__grade", "answered_by__grade"),
        "challenges": challenges_for(user, case),
        "reads_for_psd": reads_for_psd(user, case),
        "referrals": openings(user, referrals_for(user, case)),
        "attachments": attachments_of(user, case).select_related("attached_by__grade"),
        "versions": [version_of(v) for v in case.versions.select_related("replaced_by__grade")],
        "links": links_of(user, case),
        "imported": imported,
        "imported_cells": cells_of(imported),
        "timeline": [happening(event, case) for event in events if event.name not in VIEWS],
        "views": [happening(event, case) for event in events if event.name in VIEWS][-VIEWS_SHOWN:],
    }


def person_facts(case: Case) -> Iterator[Fact]:
    """The subject as they were when the entry was received."""
    yield Fact("Person", case.subject_name)
    yield Fact("Rank or grade", case.subject_grade or "Not known")
    yield Fact("Unit", str(case.subject_unit or "Not known"))
    yield Fact("Line manager", str(case.subject_manager or "Nobody is named"))
    if case.subject_member_type:
        yield Fact("Member type", case.get_subject_member_type_display())
    if case.subject_is_chief_officer:
        yield Fact("Chief officer", "Yes")
    yield Fact("Force or body", case.scope_name)
    if case.with_outside_decider and case.force is not None:
        decider = case.force.outside_decider or "Nobody is named yet"
        yield Fact("Outside decider", str(decider))
    if case.author_id != case.subject_id and case.author is not None:
        yield Fact("Typed by", f"{case.author.display}, {confirmation(case)}")


def confirmation(case: Case) -> str:
    if case.confirmed_at:
        return f"confirmed by {case.subject_name}"
    return f"not confirmed by {case.subject_name} yet" if case.awaits_confirmation else "imported"


def elsewhere(user: User, case: Case) -> list[Appearance]:
    """The person's entries in the other registers."""
    others = [register for register in registers() if register.slug != case.register]
    return [found for register in others for found in register.about_person(user, case)]


def links_of(user: User, case: Case) -> list[Link]:
    """The cases that belong with this one, whichever opened the other, as far as somebody may read."""
    ways = [(link.other, link.note) for link in case.links.select_related("other")]
    ways += [(link.case, link.note) for link in case.linked_from.select_related("case")]
    return [
        Link(other.reference, found.path, found.title, found.status, note)
        for other, note in ways
        for found in named(other.register).summaries(user, [other])
    ]


def events_for(user: User, case: Case) -> list[Event]:
    """The ledger of a case, oldest first; what is PSD's alone shows to PSD, never to a declarant."""
    events = Event.objects.filter(about="case", about_id=case.pk)
    if not reads_for_psd(user, case):
        events = events.filter(audience=Audience.CASE)
    return list(events.order_by("pk"))


def challenges_for(user: User, case: Case) -> QuerySet[Challenge]:
    visible = Challenge.objects.visible_to(user, *PSD_ROLES).filter(case=case)
    return visible.select_related("to__grade", "board", "made_by__grade", "disposed_by__grade")


def attachments_of(user: User, case: Case) -> QuerySet[Attachment]:
    """The files of a case; what PSD gathered for itself shows to PSD alone."""
    if reads_for_psd(user, case):
        return case.attachments.all()
    return case.attachments.filter(audience=Audience.CASE)


def referrals_for(user: User, case: Case) -> QuerySet[Referral]:
    """That a case was handed over for investigation is PSD's to know alone."""
    if not reads_for_psd(user, case):
        return Referral.objects.none()
    return case.referrals.select_related("made_by__grade")


def openings(user: User, referrals: QuerySet[Referral]) -> list[tuple[Referral, Opening | None]]:
    """Each hand-over with the way to its investigation, for whoever may open or read one."""
    open_ = opener("investigation")
    return [(each, open_(user, each) if open_ else None) for each in referrals]


def happening(event: Event, case: Case) -> Happening:
    owner = event.facts.get("owner", "")
    text = event.reason or (f"To {owner}." if owner else "")
    path = receipt_path(case, event)
    return Happening(with_capital(event.name), event.at, event.actor, text, receipt=path)


def ruling(decision: Decision, words: Mapping[str, str]) -> Ruling:
    said = [decision.outcome, decision.action_taken]
    conditions = f" Conditions: {decision.conditions}" if decision.conditions else ""
    return Ruling(
        stage=decision.stage,
        outcome=". ".join(words.get(each, with_capital(each)) for each in said if each),
        reason=decision.reason + conditions,
        by=decision.decided_by.display,
        at=decision.decided_at,
    )


def cells_of(row: ImportedRow | None) -> list[Fact]:
    """The row of the legacy file word for word, each cell by its heading or its column."""
    if row is None:
        return []
    cells = row.cells
    named = cells.items() if isinstance(cells, dict) else enumerate(cells, start=1)
    return [
        Fact(name if isinstance(name, str) else f"Column {name}", str(words or "–"))
        for name, words in named
    ]


def version_of(version: CaseVersion) -> Version:
    return Version(
        number=version.number,
        replaced_at=version.replaced_at,
        replaced_by=version.replaced_by.display,
        reason=version.reason,
        facts=list(lines(version.facts)),
    )


def lines(facts: Mapping[str, Any], prefix: str = "") -> Iterator[Fact]:
    """Stored facts as lines of words, those of each item after its number; what is empty is left out."""
    for name, value in facts.items():
        label = prefix + with_capital(name.replace("_", " "))
        if isinstance(value, list):
            for number, entry in enumerate(value, start=1):
                yield from lines(entry, f"Item {number}: ")
        elif isinstance(value, bool):
            yield Fact(label, YES_NO[value])
        elif value not in ("", None, "None"):
            yield Fact(label, str(value))
