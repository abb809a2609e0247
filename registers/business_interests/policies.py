"""What a force's policy says of an interest: pure functions of its rows, the facts and the day.

Sources are in RULES, 'Business interests'. Nothing here is a number of the code's own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from integrity.casework.clocks import add_months, last_day
from registers.business_interests.enums import (
    AssessmentKind,
    Category,
    ConditionKind,
    Factor,
    Holder,
    Stance,
    Status,
    View,
)
from registers.business_interests.facts import AssessmentFacts, ConditionFacts, InterestFacts
from registers.business_interests.models import (
    InterestPolicy,
    ListedOccupation,
    MemberRule,
    ReviewInterval,
    WrittenNotice,
)

STRICTNESS = (Stance.REFUSE, Stance.CONDITIONS, Stance.ADVICE)
LICENCES = (Category.LICENCE, Category.RELATIVES_LICENCE)
# One question after another: which steps of the application a category has (RULES, Business interests 3).
WITH_ORGANISATION = (
    Category.WAGED,
    Category.SELF_EMPLOYED,
    Category.DIRECTORSHIP,
    Category.FAMILY_BUSINESS,
    Category.TRAINING,
    Category.CONSULTANCY,
    Category.PERFORMANCE,
    Category.VOLUNTARY,
    Category.OTHER,
)


def steps_for(category: str, holder: str = Holder.SELF) -> tuple[str, ...]:
    """The steps after the category, in their order; a letting is not asked about hours."""
    steps = ["work"]
    if category in WITH_ORGANISATION:
        steps.append("organisation")
    if category == Category.LETTING:
        steps.append("property")
    if category in LICENCES:
        steps.append("licence")
    if category not in (*LICENCES, Category.LETTING) and holder == Holder.SELF:
        steps.append("hours")
    return (*steps, "conflict")


# --- clocks ---------------------------------------------------------------------------------------


def rule_for(rules: Iterable[MemberRule], member_type: str) -> MemberRule | None:
    """The row that binds one kind of member."""
    return next((rule for rule in rules if rule.member_type == member_type), None)


def decide_by(rule: MemberRule, complete_at: datetime) -> date:
    """The last day for a decision on an application that was complete then (RULES, Business interests 2)."""
    return last_day(complete_at, rule.decide_within, working=rule.working_days)


def appeal_by(rule: MemberRule, given_at: datetime) -> date:
    return last_day(given_at, rule.appeal_within, working=rule.working_days)


def too_late_to_appeal(notice: WrittenNotice | None, today: date) -> str:
    """Why nobody appeals against a notice any more; empty while its clock runs."""
    if notice is None or notice.appeal_by is None or today <= notice.appeal_by:
        return ""
    return f"The last day to appeal was {notice.appeal_by:%-d %B %Y}."


def papers_by(rule: MemberRule, made_at: datetime) -> date:
    return last_day(made_at, rule.papers_within, working=rule.working_days)


def hear_by(rule: MemberRule, papers: datetime | date) -> date:
    """From the day the papers came or, until they come, from the last day for them."""
    return last_day(papers, rule.hear_within, working=rule.working_days)


def follow_up_days(policy: InterestPolicy, refused_on: date) -> list[tuple[int, date]]:
    """When it is looked that a refusal is kept: months after it, and the day."""
    return [(months, add_months(refused_on, months)) for months in policy.follow_up_months]


def review_months(
    intervals: Iterable[ReviewInterval],
    policy: InterestPolicy,
    *,
    posts: Collection[str],
    with_conditions: bool,
    risk: int,
) -> int:
    """The force's interval for the post, conditions and risk: of the rows that fit, the shortest."""
    named = {post.casefold() for post in posts if post}
    fits = [
        row.months
        for row in intervals
        if (not row.post or row.post.casefold() in named)
        and row.with_conditions in (None, with_conditions)
        and risk >= row.from_risk
    ]
    return min(fits, default=policy.review_months)


# --- the list of occupations ----------------------------------------------------------------------


def listed_in(occupations: Iterable[ListedOccupation], text: str) -> list[ListedOccupation]:
    """The entries of the force's list that a text speaks of, strictest first.

    A word of the list is found as a whole word or phrase, in the plural too, and however it is
    parted: 'door men' is a doorman.
    """
    words = _words(text)
    joined = [first + second for first, second in pairwise(words)]
    said = f" {' '.join(words)}   {'   '.join(joined)} "
    found = [
        row
        for row in occupations
        if any(_speaks_of(said, " ".join(_words(word))) for word in row.words)
    ]
    return sorted(found, key=lambda row: (STRICTNESS.index(Stance(row.stance)), row.name))


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _speaks_of(said: str, phrase: str) -> bool:
    plural = f"{phrase[:-3]}men" if phrase.endswith("man") else f"{phrase}s"
    return bool(phrase) and any(f" {form} " in said for form in (phrase, plural))


def against_guidance(
    policy: InterestPolicy,
    listed: ListedOccupation | None,
    facts: InterestFacts,
    conditions: Sequence[ConditionFacts],
) -> str:
    """Why approving would go against the force's guidance; empty where it would not (RULES, 5, 6)."""
    if listed is not None and listed.stance == Stance.REFUSE:
        return f"The force’s list says of {listed.name.lower()}: normally refused."
    if listed is not None and listed.stance == Stance.CONDITIONS and not conditions:
        return f"The force’s list allows {listed.name.lower()} with conditions only."
    through_agent = any(each.kind == ConditionKind.AGENT for each in conditions)
    if policy.letting_needs_agent and facts.lets_without_agent and not through_agent:
        return "The force’s policy has property let through a managing agent."
    return ""


# --- working time ---------------------------------------------------------------------------------


def average_hours(
    duty: Decimal, worked: Iterable[tuple[Decimal, int | None]], *, over_weeks: int
) -> Decimal:
    """Hours in an average week: duty, and each interest's in so many of the weeks (none: all)."""
    total = duty * over_weeks + sum(
        (
            hours * min(over_weeks, over_weeks if weeks is None else weeks)
            for hours, weeks in worked
        ),
        Decimal(0),
    )
    return (total / over_weeks).quantize(Decimal("0.01"))


def over_hours(policy: InterestPolicy, average: Decimal | None) -> bool:
    """Past the average that the policy prompts at: a prompt, never a verdict."""
    return average is not None and average > policy.hours_limit


# --- what an application lacks --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an application lacks: the step and field where it is put right, and a sentence."""

    step: str
    field: str
    sentence: str


def problems(
    policy: InterestPolicy, facts: InterestFacts, *, average: Decimal | None
) -> list[Problem]:
    """What an application lacks before it can be sent, in the order of the form."""
    found = []
    steps = steps_for(facts.category, facts.holder)
    if facts.holder == Holder.RELATIVE and not facts.relative:
        found.append(Problem("holder", "relative", "Say which relative’s it is."))
    if facts.category == Category.RELATIVES_LICENCE and facts.holder == Holder.SELF:
        found.append(
            Problem("holder", "holder", "A relative’s licence is a relative’s: say whose it is.")
        )
    if not facts.occupation:
        found.append(Problem("work", "occupation", "Say what the work or business is."))
    if "organisation" in steps and facts.category == Category.WAGED and not facts.organisation:
        found.append(Problem("organisation", "organisation", "Enter the name of the employer."))
    if "hours" in steps and facts.hours_a_week is None:
        found.append(Problem("hours", "hours_a_week", "Enter how many hours a week it takes."))
    if "property" in steps and not facts.property_address:
        found.append(Problem("property", "property_address", "Enter the address of the property."))
    if "licence" in steps and not (facts.licence_kind and facts.licensed_premises):
        found.append(
            Problem("licence", "licence_kind", "Say what the licence is for, and which premises.")
        )
    if facts.counts_hours and over_hours(policy, average) and facts.opted_out is None:
        found.append(
            Problem(
                "working-time",
                "opted_out",
                f"Say whether you have opted out of the {float(policy.hours_limit):g}-hour week.",
            )
        )
    answers = (facts.uses_police_knowledge, facts.supplies_force, facts.could_reflect)
    if None in answers:
        found.append(
            Problem("conflict", "uses_police_knowledge", "Answer the questions about your role.")
        )
    elif any(answers) and not facts.conflict_note:
        found.append(
            Problem("conflict", "conflict_note", "Say more about what you answered with yes.")
        )
    return found


# --- the way to a decision ------------------------------------------------------------------------


def contradicts(facts: AssessmentFacts) -> bool:
    """Whether somebody has a concern and says that there is none."""
    concerns = (facts.performance_concern, facts.welfare_concern, facts.role_conflict)
    return facts.view == View.SUPPORT and any(concerns)


def next_status(policy: InterestPolicy, *, after: Status | None, supervisor: bool) -> Status:
    """Whose turn it is next: supervisor, HR and vetting where the force asks for them, then PSD."""
    order = [
        (Status.WITH_SUPERVISOR, supervisor),
        (Status.WITH_HR, policy.asks_hr),
        (Status.WITH_VETTING, policy.asks_vetting),
        (Status.WITH_PSD, True),
    ]
    places = [status for status, _ in order]
    begin = 0 if after is None else places.index(after) + 1
    return next(status for status, asked in order[begin:] if asked)


def approved_status(conditions: Collection[object]) -> Status:
    return Status.APPROVED_WITH_CONDITIONS if conditions else Status.APPROVED


# --- risk -----------------------------------------------------------------------------------------


def factors(
    policy: InterestPolicy,
    facts: InterestFacts,
    listed: ListedOccupation | None,
    assessments: Mapping[str, AssessmentFacts],
    *,
    average: Decimal | None,
    refused_before: bool,
    broke_a_condition: bool,
    chief_officer: bool,
) -> tuple[Factor, ...]:
    """Which visible factors an interest shows; reviewers see this list, never the score alone."""
    supervisor = assessments.get(AssessmentKind.SUPERVISOR, AssessmentFacts())
    hr = assessments.get(AssessmentKind.HR, AssessmentFacts())
    vetting = assessments.get(AssessmentKind.VETTING, AssessmentFacts())
    shown = {
        Factor.LISTED_REFUSE: listed is not None and listed.stance == Stance.REFUSE,
        Factor.LISTED_OTHER: listed is not None and listed.stance != Stance.REFUSE,
        Factor.POLICE_KNOWLEDGE: facts.uses_police_knowledge,
        Factor.SUPPLIES_FORCE: facts.supplies_force,
        Factor.REPUTATION: facts.could_reflect,
        Factor.ROLE_CONFLICT: supervisor.role_conflict,
        Factor.PERFORMANCE: supervisor.performance_concern or hr.performance_concern,
        Factor.WELFARE: supervisor.welfare_concern or hr.welfare_concern,
        Factor.VETTING: vetting.view != View.SUPPORT,
        Factor.OVER_HOURS: over_hours(policy, average),
        Factor.NO_AGENT: policy.letting_needs_agent and facts.lets_without_agent,
        Factor.LICENCE: facts.category in LICENCES and facts.in_force_area,
        Factor.REFUSED_BEFORE: refused_before,
        Factor.BROKEN_BEFORE: broke_a_condition,
        Factor.CHIEF_OFFICER: chief_officer,
    }
    return tuple(factor for factor, present in shown.items() if present)
