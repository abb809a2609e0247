"""Second jobs and business interests, from application to the end, with what keeps them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from integrity.casework.enums import Phase, Stage
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    CeasedBecause,
    CheckOutcome,
    FollowUpOutcome,
    Ground,
    ReviewOutcome,
    Status,
)
from registers.business_interests.models import (
    Appeal,
    Condition,
    ConditionCheck,
    FollowUp,
    Interest,
    Review,
    WrittenNotice,
)
from registers.business_interests.workflow import APPEALABLE, ENDED, LIVE, PENDING
from tests.oversight_world.cases import Opened, Writer
from tests.oversight_world.places import Place

DECIDED = (
    (Status.APPROVED, 52), (Status.APPROVED_WITH_CONDITIONS, 26), (Status.REFUSED, 10),
    (Status.CEASED, 12), (Status.REVOKED, 9), (Status.WITHDRAWN, 6),
)  # fmt: skip
APPEALS = ((Status.APPEALED, 6),)
WAITS = tuple((status, 10 if status == Status.WITH_PSD else 3) for status in sorted(PENDING))
CATEGORIES = list(Category)
EVIDENCE = {"evidence": "Payslips of May."}


@dataclass
class Told:
    """What was decided in writing of one interest, in order."""

    notices: list[tuple[int, Status, datetime]] = field(default_factory=list)
    round: int = 1


def add_interest(writer: Writer, place: Place) -> None:
    case, row = writer.open("business_interests", place)
    pending = not case.imported and not case.settled
    status = Status(writer.pick(*DECIDED, *((*WAITS, *APPEALS) if pending else ())))
    phase = Phase.OPEN
    if status == Status.QUERIED:
        phase = Phase.WAITING
    elif status not in (*PENDING, Status.APPEALED):
        phase = Phase.WITHDRAWN if status == Status.WITHDRAWN else Phase.CLOSED
    writer.close(row, case, phase)
    first, stood_at = _path(writer, status)
    values = _interest(writer, case, status, first, stood_at)
    key = writer.rows.add(Interest, **values)
    told = _notices(writer, case, key, status, first, stood_at)
    standing = Status(stood_at or status)
    if first in LIVE or standing in LIVE:
        _kept(writer, case, key, lives=standing in LIVE)
    if standing in ENDED:
        _follow_ups(writer, case, key)
    if told.notices:
        _appeals(writer, case, key, told, is_open=status == Status.APPEALED)
    writer.challenge(case)


def _path(writer: Writer, status: Status) -> tuple[Status | None, str]:
    """What was decided first, and where it stood before a question or an appeal came between."""
    match status:
        case Status.APPEALED:
            stood_at = writer.pick((Status.REFUSED, 3), *((each, 1) for each in sorted(APPEALABLE)))
            first = Status.APPROVED if stood_at == Status.REVOKED else Status(stood_at)
            return first, str(stood_at)
        case Status.QUERIED:
            return None, str(Status.WITH_PSD)
        case Status.CEASED | Status.REVOKED:
            return writer.random.choice(sorted(LIVE)), ""
        case Status.WITHDRAWN | Status.WITH_PSD if writer.oddly():
            return Status.REFUSED, ""  # it was refused, then reopened
        case _ if status in PENDING or status == Status.WITHDRAWN:
            return None, ""
    if status in LIVE and writer.oddly(0.4):
        return writer.random.choice((*sorted(LIVE), Status.REFUSED)), ""
    return status, ""


def _interest(
    writer: Writer, case: Opened, status: Status, first: Status | None, stood_at: str
) -> dict[str, Any]:
    decided_on = writer.moments.after(case.received_at.date(), 40)
    was_live = status in LIVE or stood_at in LIVE or first in LIVE
    approved_on: date | None = decided_on if was_live else None
    if case.imported and status not in LIVE and writer.oddly():
        approved_on = None  # the legacy register does not say
    against = was_live and writer.chance(0.08)
    ended = status in ENDED or stood_at in ENDED
    ceased = status == Status.CEASED
    return {
        "case_id": case.id,
        "policy_id": case.place.policies["business_interests"],
        "status": str(status),
        "stood_at": stood_at,
        "legal_basis": "police_regulations",
        "category": str(writer.random.choice(CATEGORIES)),
        "occupation": "Gardener",
        "listed_id": writer.random.choice(case.place.listed) if writer.chance(0.3) else None,
        "organisation_id": writer.random.choice(case.place.organisations),
        "starts_on": case.happened_on,
        "hours_a_week": 4,
        "complete_at": case.received_at,
        "grounds": str(Ground.ROLE_CONFLICT) if ended else "",
        "against_guidance": against,
        "guidance_rationale": "They have done it for years." if against else "",
        "proposed": {"conditions": []} if status == Status.SECOND_APPROVAL else None,
        "approved_on": approved_on,
        "review_on": approved_on + timedelta(days=365) if approved_on else None,
        "ceased_on": writer.moments.after(decided_on, 400) if ceased else None,
        "ceased_because": str(writer.random.choice(list(CeasedBecause))) if ceased else "",
    }


def _notices(
    writer: Writer,
    case: Opened,
    interest: int,
    status: Status,
    first: Status | None,
    stood_at: str,
) -> Told:
    """The written notices: none of what a legacy register decided, but of what came after."""
    told = Told()
    if status == Status.SECOND_APPROVAL:  # decided once, which is not told
        writer.decide(case, Stage.PSD, Status.SECOND_APPROVAL)
    if first is not None and not case.imported:
        _notice(writer, case, interest, first, told)
    ends = Status(stood_at or status)
    later = (LIVE | ENDED) if case.imported else {Status.REVOKED}
    if ends in later and (case.imported or first != ends):
        if not case.imported or writer.oddly(0.6):
            _notice(writer, case, interest, ends, told)
    elif ends in LIVE | ENDED and ends != first:
        _notice(writer, case, interest, ends, told)
    return told


def _notice(writer: Writer, case: Opened, interest: int, outcome: Status, told: Told) -> None:
    decision, at = writer.decide(case, Stage.PSD, outcome, round=told.round, by=told.round % 2)
    told.round += 1
    key = writer.rows.add(
        WrittenNotice,
        interest_id=interest,
        decision_id=decision,
        outcome=str(outcome),
        conditions=[],
        given_at=at,
    )
    told.notices.append((key, outcome, at))


def _kept(writer: Writer, case: Opened, interest: int, *, lives: bool) -> None:
    """Conditions with their checks, and reviews, done or not."""
    day, by = case.received_at.date(), case.place.reviewers[0]
    for _ in range(int(writer.random.random() * 2.4)):
        set_on = writer.moments.after(day, 30)
        set_at = writer.moments.instant(set_on)
        condition = writer.rows.add(
            Condition,
            interest_id=interest,
            kind="no_uniform",
            text="No use of uniform.",
            check_method="payslips",
            check_months=6,
            next_check_on=_next(writer, set_on + timedelta(days=180)),
            set_at=set_at,
            ended_at=None if lives else set_at,
        )
        while writer.chance(0.4):
            outcome = writer.random.choice(list(CheckOutcome))
            writer.rows.add(
                ConditionCheck,
                condition_id=condition,
                outcome=str(outcome),
                method="payslips",
                if_broken="challenge" if outcome == CheckOutcome.BROKEN else "",
                checked_at=writer.moments.instant(writer.moments.after(set_on, 400)),
                checked_by_id=by,
                **EVIDENCE,
            )
    while writer.chance(0.35):
        due = writer.moments.after(day, 500)
        closed = writer.moments.instant(writer.moments.after(due - timedelta(days=10), 20))
        _review(writer, interest, due, closed, by)
    if lives and writer.chance(0.1):
        _review(writer, interest, _next(writer, day + timedelta(days=365)), None, None)


def _next(writer: Writer, due: date) -> date:
    """When it is due again: what is long past was done meanwhile, but for a few."""
    last = writer.moments.last
    if due >= last or writer.oddly():
        return due
    return last + timedelta(days=int(writer.random.random() * 180))


def _review(
    writer: Writer, interest: int, due: date, closed: datetime | None, by: int | None
) -> None:
    writer.rows.add(
        Review,
        interest_id=interest,
        cause="scheduled",
        due_on=due,
        opened_at=writer.moments.instant(due - timedelta(days=20)),
        outcome=str(writer.random.choice(list(ReviewOutcome))) if closed else "",
        closed_at=closed,
        closed_by_id=by,
    )


def _follow_ups(writer: Writer, case: Opened, interest: int) -> None:
    for months in (6, 12)[: int(writer.random.random() * 3)]:
        due = case.received_at.date() + timedelta(days=30 * months)
        past = due < writer.moments.last - timedelta(days=60)
        done = writer.chance(0.6) or (past and not writer.oddly())
        at = writer.moments.instant(writer.moments.after(due, 30))
        found = {"evidence": "The venue does not know them.", "done_at": at}
        writer.rows.add(
            FollowUp,
            interest_id=interest,
            months=months,
            due_on=due,
            outcome=str(writer.random.choice(list(FollowUpOutcome))) if done else "",
            dropped_at=at if not done and writer.chance(0.2) else None,
            **({**found, "done_by_id": case.place.reviewers[0]} if done else {}),
        )


def _appeals(writer: Writer, case: Opened, interest: int, told: Told, *, is_open: bool) -> None:
    assert case.subject is not None
    for key, outcome, at in told.notices:
        last = key == told.notices[-1][0]
        if outcome not in APPEALABLE or not ((is_open and last) or writer.chance(0.15)):
            continue
        ended = "" if is_open and last else str(writer.random.choice(list(AppealOutcome)))
        made = writer.moments.instant(writer.moments.after(at.date(), 10))
        writer.rows.add(
            Appeal,
            interest_id=interest,
            notice_id=key,
            stood_at=str(outcome),
            grounds="It is unfair.",
            made_at=made,
            made_by_id=case.subject.id,
            papers_by=made.date(),
            decide_by=made.date(),
            outcome=ended,
            ended_at=made if ended else None,
            ended_by_id=case.place.people[0].id if ended else None,
        )
