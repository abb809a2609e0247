"""The PDR pack: everything a supervisor goes through with somebody once a year (HMIC 2012, p. 45)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from integrity.casework.models import Case
from integrity.people.models import User
from integrity.ui.templatetags.ui import day
from registers.business_interests.enums import Status
from registers.business_interests.models import Condition, Interest, PdrRecord
from registers.business_interests.summaries import PLAIN


@dataclass(frozen=True, slots=True)
class PackedCondition:
    """A condition with when it is checked next and what its last check found."""

    text: str
    next_check: str
    last_check: str


@dataclass(frozen=True, slots=True)
class PackedInterest:
    """One interest or refusal, in words."""

    case: Case
    title: str
    kind: str
    status: str
    lines: Sequence[tuple[str, str]]
    conditions: Sequence[PackedCondition]


@dataclass(frozen=True, slots=True)
class Pack:
    """What stands, what is pending and what was refused, of one person."""

    person: User
    made_on: date
    interests: Sequence[PackedInterest]
    last: PdrRecord | None

    @property
    def references(self) -> list[str]:
        return [each.case.reference for each in self.interests]


def pack_of(person: User, *, today: date) -> Pack:
    """Every interest of somebody but what was withdrawn or has ended."""
    found = (
        Interest.objects.filter(case__subject=person)
        .exclude(status__in=(Status.WITHDRAWN, Status.CEASED))
        .with_all()
        .prefetch_related("conditions__checks", "follow_ups", "reviews")
    )
    return Pack(
        person, today, [packed(each) for each in found], person.pdr_records.order_by("-pk").first()
    )


def packed(interest: Interest) -> PackedInterest:
    return PackedInterest(
        case=interest.case,
        title=interest.title,
        kind=interest.get_category_display(),
        status=PLAIN[Status(interest.status)][0],
        lines=list(lines_of(interest)),
        conditions=[condition_words(each) for each in interest.standing_conditions],
    )


def lines_of(interest: Interest) -> Iterator[tuple[str, str]]:
    """What there is to say of an interest in a PDR; what does not apply is left out."""
    if interest.hours_a_week is not None:
        yield "Hours a week", f"{interest.hours_a_week.normalize():f}"
    if interest.approved_on and interest.is_live:
        yield "Approved", day(interest.approved_on)
    if interest.review_on:
        yield "Next review", day(interest.review_on)
    if interest.grounds:
        yield "Refused or revoked because of", interest.get_grounds_display()
    yield from follow_up_lines(interest)
    open_reviews = [each for each in interest.reviews.all() if each.closed_at is None]
    for review in open_reviews:
        yield "Review open", f"{review.get_cause_display()}, due {day(review.due_on)}"


def follow_up_lines(interest: Interest) -> Iterator[tuple[str, str]]:
    follow_ups = [each for each in interest.follow_ups.all() if each.dropped_at is None]
    done = [each for each in follow_ups if each.done_at]
    ahead = [each for each in follow_ups if not each.done_at]
    for each in done:
        yield f"After {months(each.months)}", each.get_outcome_display()
    if ahead:
        yield "Looked at next", day(ahead[0].due_on)


def months(many: int) -> str:
    return "1 month" if many == 1 else f"{many} months"


def condition_words(condition: Condition) -> PackedCondition:
    checks = list(condition.checks.all())
    last = checks[-1] if checks else None
    return PackedCondition(
        text=condition.text,
        next_check=day(condition.next_check_on) if condition.next_check_on else "To be confirmed",
        last_check=f"{last.get_outcome_display()}, {day(last.checked_at)}" if last else "Not yet",
    )


def pdf_data(pack: Pack) -> dict[str, object]:
    """The pack as the PDF's template takes it: plain words alone."""
    return {
        "person": pack.person.display,
        "unit": str(pack.person.unit or ""),
        "manager": str(pack.person.line_manager or ""),
        "made_on": day(pack.made_on),
        "last": day(pack.last.held_on) if pack.last else "Never",
        "interests": [_plain(each) for each in pack.interests],
    }


def _plain(interest: PackedInterest) -> dict[str, object]:
    return {
        "reference": interest.case.reference,
        "title": interest.title,
        "kind": interest.kind,
        "status": interest.status,
        "lines": [list(line) for line in interest.lines],
        "conditions": [_cells(each) for each in interest.conditions],
    }


def _cells(condition: PackedCondition) -> list[str]:
    return [condition.text, condition.last_check, condition.next_check]
