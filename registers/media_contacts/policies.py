"""What a force's policy says of a media contact: pure functions of its row, the facts and the day.

Sources are in RULES, 'Media contacts'. Nothing here is a number of the code's own.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from integrity.casework.clocks import add_months
from registers.media_contacts.enums import Basis, Factor, OffRecord, PressCard, Scope
from registers.media_contacts.facts import ContactFacts
from registers.media_contacts.models import MediaPolicy

WEEK = timedelta(days=7)

SCOPE_SAID = {
    Scope.EVERYTHING: "Log every contact with a journalist, whether or not it led to coverage.",
    Scope.WITHOUT_COVERAGE: (
        "Log contact with a journalist that did not lead to coverage; of contact that did, "
        "telling the press office is enough."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a contact lacks: the field where it is put right, and a sentence."""

    field: str
    sentence: str


def scope_said(policy: MediaPolicy) -> str:
    """What must be logged, in a sentence (RULES, Media contacts 1 and 6)."""
    return SCOPE_SAID[Scope(policy.scope)]


def must_log(policy: MediaPolicy, *, led_to_coverage: bool) -> bool:
    return policy.scope == Scope.EVERYTHING or not led_to_coverage


def days_late(policy: MediaPolicy, *, contacted_on: date, received_on: date) -> int:
    """How many days after the policy's last day a contact was logged; 0 in time."""
    return max(0, (received_on - contacted_on).days - policy.log_within_days)


def problems(
    policy: MediaPolicy, facts: ContactFacts, *, received_on: date, now: datetime, today: date
) -> list[Problem]:
    """What a contact lacks before it can be logged, in the order of the form."""
    return list(_problems(policy, facts, received_on, now, today))


def _problems(
    policy: MediaPolicy, facts: ContactFacts, received_on: date, now: datetime, today: date
) -> Iterable[Problem]:
    if not any(speaker.journalist or speaker.outlet for speaker in facts.speakers):
        yield Problem("journalist", "Say with which journalist or outlet.")
    if facts.contacted_on > today:
        yield Problem("contacted_on", "The day of the contact must be today or earlier.")
    this_minute = timezone.localtime(now).time()
    if facts.contacted_on == today and facts.contacted_at and facts.contacted_at > this_minute:
        yield Problem("contacted_at", "The time of the contact must not be still to come.")
    if not facts.about:
        yield Problem("about", "Say what it was about.")
    if facts.basis == Basis.EMBARGOED and facts.embargo_until is None:
        yield Problem("embargo_until", "Say when the embargo lifts.")
    if facts.basis == Basis.EMBARGOED and facts.agreement is None:
        yield Problem("agreement", "Attach the signed embargo agreement.")
    if facts.basis != Basis.EMBARGOED and facts.embargo_until is not None:
        yield Problem("embargo_until", "Only an embargoed contact has a time at which it lifts.")
    if not (facts.responsible and facts.policing_purpose) and not facts.explanation:
        yield Problem("explanation", "Say why you spoke to them all the same.")
    if facts.press_card == PressCard.OTHER and not facts.press_card_reason:
        yield Problem("press_card_reason", "Say why no press card was seen.")
    late = days_late(policy, contacted_on=facts.contacted_on, received_on=received_on)
    if late and not facts.late_reason:
        within = "1 day" if policy.log_within_days == 1 else f"{policy.log_within_days} days"
        yield Problem(
            "late_reason",
            f"Your force asks you to log contacts within {within}; say why it is late.",
        )


def flags(facts: ContactFacts) -> tuple[Factor, ...]:
    """What the press office looks at twice, from what was stated; what nobody asked is no answer of no."""
    shown = {
        Factor.OFF_RECORD: facts.off_record == OffRecord.HAPPENED,
        Factor.OFF_RECORD_ASKED: facts.off_record == OffRecord.ASKED,
        Factor.NOT_RESPONSIBLE: facts.responsible is False,
        Factor.NO_PURPOSE: facts.policing_purpose is False,
        Factor.NO_CARD: facts.press_card == PressCard.OTHER,
        Factor.NOT_TOLD: facts.press_office_told is False,
        Factor.NON_REPORTABLE: facts.basis == Basis.NON_REPORTABLE,
        Factor.HOSPITALITY: facts.hospitality,
    }
    return tuple(factor for factor, present in shown.items() if present)


def factors(facts: ContactFacts, *, late: bool, chief_officer: bool) -> tuple[Factor, ...]:
    """Which visible factors a contact shows; readers see this list, never the score alone."""
    more = {Factor.LATE: late, Factor.CHIEF_OFFICER: chief_officer}
    return (*flags(facts), *(factor for factor, present in more.items() if present))


def embargo_stands(basis: str, embargo_until: datetime | None, *, now: datetime) -> bool:
    return basis == Basis.EMBARGOED and embargo_until is not None and now < embargo_until


# --- compliance -----------------------------------------------------------------------------------


def mondays(starts_on: date, ends_on: date) -> list[date]:
    """The weeks that lie wholly within a period, by their Mondays."""
    first = starts_on + timedelta(days=-starts_on.weekday() % 7)
    found = []
    while first + WEEK - timedelta(days=1) <= ends_on:
        found.append(first)
        first += WEEK
    return found


def draw(
    people: Sequence[int], weeks: Sequence[date], *, size: int, seed: int
) -> list[tuple[int, date]]:
    """So many different person-weeks, at random; the same seed draws the same ones again."""
    every = [(person, week) for person in sorted(people) for week in sorted(weeks)]
    return random.Random(seed).sample(every, min(size, len(every)))  # noqa: S311 - no secret


def quarter_of(day: date) -> date:
    """The first day of a day's quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def end_of_quarter(quarter: date) -> date:
    return add_months(quarter, 3) - timedelta(days=1)


def words_of(text: str) -> list[str]:
    """A pasted text as lower-case words, for finding names in it."""
    return re.findall(r"[\w’'-]+", text.casefold())
