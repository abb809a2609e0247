"""What every case has, whichever register it is in, and what PSD and boards did with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, cast

from integrity.casework.enums import ChallengeDisposal, DeadlineKind, Phase, Source, Stage
from integrity.casework.models import Case, Challenge, Deadline, Decision
from tests.oversight_world.moments import Moments
from tests.oversight_world.places import Person, Place
from tests.oversight_world.rows import Rows

CODES = {
    "gifts": "GH",
    "business_interests": "BI",
    "media_contacts": "MC",
    "investigations": "IN",
}
DISPOSALS = [str(each) for each in ChallengeDisposal]


@dataclass(frozen=True)
class Shape:
    """How a world differs from another: the odd corners' share, and since when cases stand open."""

    odd: float
    undecided_since: date
    busy: float = 0.2  # the share of cases that somebody challenged
    chiefs: float = 0.2  # the share of offers that are chief officers'


@dataclass(frozen=True)
class Opened:
    """A case that was added, and what its register's rows need of it."""

    id: int
    place: Place
    subject: Person | None
    happened_on: date
    received_at: datetime
    imported: bool
    settled: bool  # too old to stand open


class Writer:
    """Adds cases and what hangs on them; each register's module adds its own rows."""

    def __init__(self, rows: Rows, random: Random, moments: Moments, shape: Shape) -> None:
        self.rows, self.random, self.moments, self.shape = rows, random, moments, shape
        self._made = 0

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def oddly(self, share: float = 1.0) -> bool:
        return self.random.random() < self.shape.odd * share

    def pick(self, *weighted: tuple[Any, int]) -> Any:
        at = self.random.random() * sum(weight for _, weight in weighted)
        for value, weight in weighted:
            at -= weight
            if at < 0:
                return value
        return weighted[-1][0]

    def open(
        self,
        register: str,
        place: Place,
        *,
        subject: Person | None = None,
        confidential: bool = False,
    ) -> tuple[Opened, dict[str, Any]]:
        """A case, and its row, whose phase and owner the register says."""
        day = self.moments.day()
        received_at = self.moments.instant(self.moments.after(day, 20))
        imported = not confidential and self.oddly(0.5)
        person = subject or (None if confidential else self.random.choice(place.people))
        unit = person.unit if person and not self.oddly(0.2) else None
        claimed = None if self.oddly(0.4) else day
        self._made += 1
        row = {
            "reference": f"{CODES[register]}-{place.code}-{self._made}",
            "register": register,
            "force_id": place.force,
            "oversight_body_id": place.body,
            "source": str(Source.IMPORTED if imported else Source.DECLARED),
            "subject_id": person.id if person else None,
            "author_id": None if confidential or person is None else person.id,
            "subject_name": person.name if person else "Not known",
            "subject_grade": person.grade if person else "",
            "subject_unit_id": unit,
            "subject_manager_id": person.manager if person else None,
            "subject_member_type": person.kind if person else "",
            "subject_is_chief_officer": bool(person and person.is_chief_officer),
            "subject_band": "" if person is None or self.oddly(0.2) else person.band,
            "confidential": confidential,
            "risk": int(self.random.random() * 60),
            "claimed_on": claimed,
            "received_at": received_at,
        }
        key = self.rows.add(Case, **row)
        opened = Opened(
            key,
            place,
            person,
            day,
            received_at,
            imported,
            settled=received_at.date() < self.shape.undecided_since,
        )
        return opened, dict(self.rows.kept[Case][-1])

    def close(self, row: dict[str, Any], case: Opened, phase: Phase) -> None:
        """Say where the case stands; an open one waits for PSD, mostly for somebody there."""
        row["phase"] = str(phase)
        is_open = phase in (Phase.OPEN, Phase.WAITING)
        if is_open and self.chance(0.6):
            row["owner_id"] = self.random.choice(case.place.reviewers)
        self.rows.kept[Case][-1] = row
        due = case.received_at.date() + timedelta(days=28)
        met = None if is_open else self.moments.instant(self.moments.after(due, 10))
        self.rows.add(
            Deadline,
            case_id=case.id,
            kind=DeadlineKind.DECIDE,
            what="Decide",
            due_on=due,
            set_at=case.received_at,
            met_at=met,
            owner_id=row.get("owner_id"),
        )

    def decide(
        self, case: Opened, stage: str, outcome: str, *, round: int = 1, by: int = 0
    ) -> tuple[int, datetime]:
        """A decision after the case was received; its number, and when it was made."""
        at = self.moments.instant(self.moments.after(case.received_at.date(), 40))
        subject, decider = case.subject, case.place.reviewers[by]
        if stage == Stage.SUPERVISOR and subject is not None:
            decider = subject.manager or decider
        row = cast("dict[str, Any]", self.rows.kept[Case][-1])
        row["round"] = max(round, row.get("round", 1))
        key = self.rows.add(
            Decision,
            case_id=case.id,
            round=round,
            stage=stage,
            outcome=outcome,
            reason="Because the policy says so.",
            subject_id=subject.id if subject else None,
            decided_at=at,
            decided_by_id=decider,
        )
        return key, at

    def challenge(self, case: Opened) -> None:
        """None, one or several challenges, each somewhere between being held and closed."""
        while case.subject is not None and self.chance(self.shape.busy):
            first, second, _ = case.place.reviewers
            at = self.moments.instant(self.moments.after(case.received_at.date(), 90))
            silent = self.chance(0.2)
            closed = self.chance(0.5) or (case.settled and not self.oddly())
            disposal = self.random.choice(DISPOSALS) if closed else ""
            answered = not silent and (bool(disposal) or self.chance(0.5))
            self.rows.add(
                Challenge,
                case_id=case.id,
                to_id=case.subject.id,
                text="Why did you go?",
                silent=silent,
                silent_reason="It would tip them off." if silent else "",
                made_at=at,
                made_by_id=first,
                answer="It was a wake." if answered else "",
                answered_at=at if answered else None,
                answered_by_id=case.subject.id if answered else None,
                disposal=disposal,
                disposal_note="It was." if disposal else "",
                disposed_at=at if disposal else None,
                disposed_by_id=second if disposal else None,
            )
