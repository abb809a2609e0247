"""Legacy registers of business interests: entries of a file to cases, interests and conditions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from integrity.casework.actions.imported_cases import (
    ImportedEntry,
    find_subject,
    open_imported_cases,
    policies_by_day,
)
from integrity.casework.enums import DeadlineKind, Phase
from integrity.casework.importing.importer import Importer, Reading
from integrity.casework.importing.limits import nil_too_long
from integrity.casework.importing.mapping import Mapping
from integrity.casework.importing.rows import NilReturnRow, Refusal
from integrity.casework.importing.sheets import Sheet
from integrity.casework.matching import People
from integrity.casework.models import Case, Deadline
from integrity.casework.workflow import Denied
from integrity.people.models import Force
from integrity.ui.templatetags.ui import day
from registers.business_interests.actions.apply import PREFIX, REGISTER
from registers.business_interests.actions.import_judging import Judged, LegacyInterest, judges
from registers.business_interests.actions.step import PHASES
from registers.business_interests.enums import Category, CeasedBecause, Status
from registers.business_interests.facts_of import KEPT
from registers.business_interests.import_interests import (
    conditions_of,
    facts_of_row,
    ground_of_row,
    interest_too_long,
    long_titles,
)
from registers.business_interests.import_rows import InterestRow
from registers.business_interests.import_words import INTEREST_FIELDS
from registers.business_interests.importing import parse_interests
from registers.business_interests.models import Condition, FollowUp, Interest, InterestPolicy
from registers.business_interests.policies import follow_up_days
from registers.business_interests.workflow import ENDED, LIVE
from registers.organisations.actions import find_or_create_all

IN_ONE_STATEMENT = 1000


def read(sheets: Sequence[Sheet], mapping: Mapping, force: Force) -> Reading:
    """A file as this register reads it for a force. Raises MappingError, or Denied without a policy."""
    if not InterestPolicy.objects.for_force(force.pk).exists():
        raise Denied(
            f"{force} has no policy on business interests yet; add one at the PSD desk first."
        )
    parsed = parse_interests(sheets, mapping, today=timezone.localdate())
    people = People(force)
    rows: list[LegacyInterest | NilReturnRow] = []
    refused, warnings = list(parsed.refused), list(parsed.warnings)
    for row in parsed.rows:
        nil = isinstance(row, NilReturnRow)
        if refusal := nil_too_long(row) if nil else interest_too_long(row):
            refused.append(refusal)
        else:
            rows.append(row if nil else _legacy_interest(row, people, warnings))
    entries = [entry for entry in rows if isinstance(entry, LegacyInterest)]
    return Reading(rows, refused, warnings, parsed.read, _figures(entries))


def _legacy_interest(row: InterestRow, people: People, warnings: list[Refusal]) -> LegacyInterest:
    subject = find_subject(people, row, number=row.person_number, name=row.person)
    if isinstance(subject, Refusal):
        warnings.append(subject)
        subject = None
    warnings += long_titles(row)
    return LegacyInterest(row, subject, people.unit(row.unit), facts_of_row(row))


def _figures(entries: Sequence[LegacyInterest]) -> dict[str, int]:
    """What the file's entries became, and how many conditions PSD has to confirm."""
    names = {
        "approved": Status.APPROVED,
        "approved_with_conditions": Status.APPROVED_WITH_CONDITIONS,
        "refused_applications": Status.REFUSED,
        "revoked": Status.REVOKED,
        "ceased": Status.CEASED,
        "withdrawn": Status.WITHDRAWN,
    }
    found = [entry.row.status for entry in entries]
    many = {name: found.count(status) for name, status in names.items()}
    return {**many, "conditions": sum(len(entry.row.conditions) for entry in entries)}


def take(entries: Sequence[LegacyInterest], *, force: Force, now: datetime) -> list[Case]:
    """A case of each entry, with its interest under the policy of its day and what follows from it."""
    judge_on = judges(policies_by_day(InterestPolicy.objects.for_force(force.pk)))
    judged = [judge_on(entry.row.applied_on)(entry) for entry in entries]
    cases = open_imported_cases(
        [_entry(each) for each in judged], register=REGISTER, prefix=PREFIX, force=force, now=now
    )
    organisation = find_or_create_all(
        names=(entry.facts.organisation for entry in entries), department=force.department
    )
    made = []
    for case, each in zip(cases, judged, strict=True):
        interest = _interest(case, each, now=now)
        if name := each.entry.facts.organisation:
            interest.organisation = organisation(name)
        made.append(interest)
    interests = Interest.objects.bulk_create(made, batch_size=IN_ONE_STATEMENT)
    _add_conditions(interests, entries, now=now)
    _add_follow_ups(interests, entries, now=now)
    return cases


def _entry(judged: Judged) -> ImportedEntry:
    entry = judged.entry
    return ImportedEntry(
        name=entry.name,
        claimed_on=entry.row.applied_on,
        subject=entry.subject,
        grade=entry.row.rank,
        unit=entry.unit,
        phase=PHASES.get(entry.row.status, Phase.CLOSED),
        risk=judged.risk,
    )


def _interest(case: Case, judged: Judged, *, now: datetime) -> Interest:
    """As it stands by the register; whether it kept to guidance was judged elsewhere and long ago."""
    row, facts = judged.entry.row, judged.entry.facts
    return Interest(
        case=case,
        policy=judged.policy,
        status=row.status,
        legal_basis=judged.legal_basis,
        listed=judged.listed,
        complete_at=now,
        grounds=ground_of_row(row) if row.status in ENDED else "",
        hours_as_written=row.hours.words,
        approved_on=row.approved_on,
        review_on=judged.review_on if row.status in LIVE else None,
        ceased_on=row.ceased_on,
        ceased_because=CeasedBecause.STOPPED if row.ceased_on else "",
        **{name: getattr(facts, name) for name in KEPT},
    )


def _add_conditions(
    interests: Sequence[Interest], entries: Sequence[LegacyInterest], *, now: datetime
) -> None:
    """'Approved subject to …' as conditions that PSD confirms; until then nothing is checked."""
    Condition.objects.bulk_create(
        (
            Condition(
                interest=interest,
                kind=facts.kind,
                text=facts.text,
                check_method=facts.check_method,
                check_months=facts.check_months,
                to_confirm=True,
                set_at=now,
            )
            for interest, entry in zip(interests, entries, strict=True)
            for facts in conditions_of(entry.row, check_months=interest.policy.check_months)
        ),
        batch_size=IN_ONE_STATEMENT,
    )


def _add_follow_ups(
    interests: Sequence[Interest], entries: Sequence[LegacyInterest], *, now: datetime
) -> None:
    """The follow-ups of refusals that still lie ahead, and the first of each as PSD's task."""
    follow_ups = [
        follow_up
        for interest, entry in zip(interests, entries, strict=True)
        if interest.status in ENDED
        for follow_up in _ahead(interest, entry.row.decided_on, timezone.localdate(now))
    ]
    FollowUp.objects.bulk_create(follow_ups, batch_size=IN_ONE_STATEMENT)
    first: dict[int, FollowUp] = {}
    for follow_up in follow_ups:
        first.setdefault(follow_up.interest.case_id, follow_up)
    kind = DeadlineKind.FOLLOW_UP
    Deadline.objects.bulk_create(
        (
            Deadline(case_id=case, kind=kind, what=kind.label, due_on=each.due_on, set_at=now)
            for case, each in first.items()
        ),
        batch_size=IN_ONE_STATEMENT,
    )


def _ahead(interest: Interest, refused_on: date, today: date) -> Iterator[FollowUp]:
    for months, due_on in sorted(follow_up_days(interest.policy, refused_on)):
        if due_on >= today:
            yield FollowUp(interest=interest, months=months, due_on=due_on)


def preview(entry: LegacyInterest) -> Sequence[str]:
    """An entry as it will be kept, cell by cell under COLUMNS."""
    row, facts = entry.row, entry.facts
    by_name = f"{entry.name} (by name alone)" if row.person else entry.name
    hours = "" if facts.hours_a_week is None else f"{facts.hours_a_week.normalize():f}"
    employer = f", {facts.organisation}" if facts.organisation else ""
    return (
        day(row.applied_on),
        entry.subject.display if entry.subject else by_name,
        f"{facts.occupation}{employer}",
        str(Category(row.category).label),
        str(Status(row.status).label),
        "; ".join(row.conditions),
        hours or (f"Not known: {row.hours.words}" if row.hours.words else "Not known"),
    )


COLUMNS = ("Date", "Applicant", "What", "Kind", "Outcome", "Conditions to confirm", "Hours a week")

LABELS = {
    "applied_on": "Date of the application",
    "person": "Applicant",
    "person_number": "Applicant’s collar or staff number",
    "rank": "Rank or grade",
    "unit": "Unit",
    "category": "Kind of interest",
    "occupation": "Occupation or business",
    "organisation": "Employer or business name",
    "description": "Description",
    "relative": "Relative whose it is",
    "hours": "Hours",
    "starts_on": "Start date",
    "decision": "Approved or refused",
    "status": "How it stands",
    "decided_on": "Date of the decision",
    "approved_on": "Date approved",
    "refused_on": "Date refused",
    "decided_by": "Decided by",
    "conditions": "Conditions",
    "reason": "Reason",
    "review_on": "Review date",
    "ended_on": "End date",
    "period": "Period of a nil return",
    "reference": "Reference",
    "comments": "Comments",
}

IMPORTER = Importer(
    fields=INTEREST_FIELDS,
    labels=LABELS,
    defaults={
        "decision": [("approved", "Approved"), ("refused", "Refused")],
        "category": [(str(value), str(label)) for value, label in Category.choices],
    },
    columns=COLUMNS,
    read=read,
    preview=preview,
    take=take,
)
