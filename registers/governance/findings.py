"""What checks, assessments and statements found, for pages, packs and the inspection return.

Nothing here asks who reads it: whoever calls has found the force within their reader's reach.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from integrity.people.models import Force
from registers.governance.enums import Finding, Guidance, Heading, HealthScore
from registers.governance.models import (
    ClauseFinding,
    ForceStatement,
    GuidanceClause,
    HealthAnswer,
    HealthCheck,
    HealthQuestion,
    PolicyAssessment,
    Threat,
    ThreatAssessment,
)

# --- the health check ----------------------------------------------------------------------------


def change_words(change: int | None) -> str:
    """A change in points as it is read; a question that one check alone asked is not compared."""
    if change is None:
        return "Not compared"
    if change == 0:
        return "No change"
    return f"{abs(change)} {'up' if change > 0 else 'down'}"


@dataclass(frozen=True, slots=True)
class Scored:
    """One question of a check, beside what the last finished check said of it."""

    question: HealthQuestion
    answer: HealthAnswer | None
    before: HealthAnswer | None

    @property
    def change(self) -> int | None:
        """Points gained (negative: lost) since the last check; None where it is not in both."""
        if self.answer is None or self.before is None:
            return None
        return self.answer.score - self.before.score

    @property
    def changed(self) -> str:
        return change_words(self.change)


@dataclass(frozen=True, slots=True)
class HeadingScore:
    """A heading of a check: its points, of how many, and the change since the last check."""

    heading: Heading
    questions: Sequence[Scored]

    @property
    def points(self) -> int:
        return sum(each.answer.score for each in self.questions if each.answer)

    @property
    def answered(self) -> int:
        return sum(1 for each in self.questions if each.answer)

    @property
    def of(self) -> int:
        """The most points that what is answered could have."""
        return HealthScore.CHECKED * self.answered

    @property
    def change(self) -> int | None:
        """Over the questions that both checks answered; None where there is none."""
        changes = [each.change for each in self.questions if each.change is not None]
        return sum(changes) if changes else None

    @property
    def changed(self) -> str:
        return change_words(self.change)


@dataclass(frozen=True, slots=True)
class HealthResult:
    check: HealthCheck
    last: HealthCheck | None
    headings: Sequence[HeadingScore]

    @property
    def missing(self) -> int:
        return sum(len(each.questions) - each.answered for each in self.headings)


def latest_health(force: Force) -> HealthResult | None:
    """The last finished check with scores by heading and their change; None where there is none."""
    check = HealthCheck.objects.filter(force=force, finished_at__isnull=False).first()
    return health_of(check) if check else None


def health_of(check: HealthCheck) -> HealthResult:
    """A check, open or finished, beside the last that was finished before it began."""
    last = (
        HealthCheck.objects.filter(force=check.force_id, finished_at__lte=check.started_at)
        .exclude(pk=check.pk)
        .first()
    )
    now, before = answers_of(check), answers_of(last) if last else {}
    by_heading: dict[str, list[Scored]] = {}
    for question in check.questions:
        scored = Scored(question, now.get(question.pk), before.get(question.pk))
        by_heading.setdefault(question.heading, []).append(scored)
    headings = [HeadingScore(each, by_heading[each]) for each in Heading if each in by_heading]
    return HealthResult(check, last, headings)


def answers_of(check: HealthCheck) -> dict[int, HealthAnswer]:
    answers = check.answers.select_related(
        "plan_item__owner__grade", "plan_item__force", "question"
    )
    return {answer.question_id: answer for answer in answers}


# --- policies against guidance -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """A clause, with what the assessment found and what the last one had."""

    clause: GuidanceClause
    finding: ClauseFinding | None
    before: ClauseFinding | None


@dataclass(frozen=True, slots=True)
class DocumentResult:
    document: Guidance
    clauses: Sequence[Held]

    def how_many(self, result: Finding) -> int:
        return sum(1 for each in self.clauses if each.finding and each.finding.result == result)

    @property
    def met(self) -> int:
        return self.how_many(Finding.MET)

    @property
    def apply(self) -> int:
        """Of how many clauses: those that apply to the force."""
        return len(self.clauses) - self.how_many(Finding.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class AssessmentResult:
    assessment: PolicyAssessment
    last: PolicyAssessment | None
    documents: Sequence[DocumentResult]

    @property
    def missing(self) -> int:
        return sum(1 for each in self.documents for held in each.clauses if held.finding is None)


def latest_policy_assessment(force: Force) -> AssessmentResult | None:
    """The last finished assessment, clause by clause; None where there is none."""
    found = PolicyAssessment.objects.filter(force=force, finished_at__isnull=False).first()
    return assessment_of(found) if found else None


def assessment_of(assessment: PolicyAssessment) -> AssessmentResult:
    last = (
        PolicyAssessment.objects.filter(
            force=assessment.force_id, finished_at__lte=assessment.started_at
        )
        .exclude(pk=assessment.pk)
        .first()
    )
    now, before = findings_of(assessment), findings_of(last) if last else {}
    by_document: dict[str, list[Held]] = {}
    for clause in assessment.clauses:
        held = Held(clause, now.get(clause.pk), before.get(clause.pk))
        by_document.setdefault(clause.document, []).append(held)
    documents = [
        DocumentResult(each, by_document[each]) for each in Guidance if each in by_document
    ]
    return AssessmentResult(assessment, last, documents)


def findings_of(assessment: PolicyAssessment) -> dict[int, ClauseFinding]:
    findings = assessment.findings.select_related(
        "plan_item__owner__grade", "plan_item__force", "clause"
    )
    return {finding.clause_id: finding for finding in findings}


# --- threats -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ThreatPicture:
    """The last finished assessment, the worst threats first."""

    assessment: ThreatAssessment
    threats: Sequence[Threat]


def threats(force: Force) -> ThreatPicture | None:
    """What the force’s last finished threat assessment names; None where there is none."""
    found = ThreatAssessment.objects.filter(force=force, finished_at__isnull=False).first()
    return ThreatPicture(found, threats_of(found)) if found else None


def threats_of(assessment: ThreatAssessment) -> list[Threat]:
    return worst_first(
        assessment.threats.select_related("unit", "plan_item__owner__grade", "plan_item__force")
    )


def worst_first(found: Iterable[Threat]) -> list[Threat]:
    return sorted(found, key=lambda threat: (-threat.score, threat.place, threat.pk))


# --- what a force states -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StatementChange:
    """The statements that stood on two days, and the change in counter-corruption staff (FTE)."""

    before: ForceStatement | None
    after: ForceStatement | None

    @property
    def staff(self) -> Decimal | None:
        """Negative: fewer. None where either day has no statement, or both have the same one."""
        if self.before is None or self.after is None or self.before == self.after:
            return None
        return self.after.counter_corruption_staff - self.before.counter_corruption_staff


def latest_statement(force: Force, on: date) -> ForceStatement | None:
    """What stood on a day: of the last day stated by then, what was stated last; None before any."""
    return ForceStatement.objects.filter(force=force, as_of__lte=on).first()


def statement_change(force: Force, starts_on: date, ends_on: date) -> StatementChange:
    """How a force's figures changed between two days."""
    return StatementChange(latest_statement(force, starts_on), latest_statement(force, ends_on))
