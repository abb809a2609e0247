"""What the desk shows of an interest: what is stated, how it is judged, what keeps it in order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from integrity.casework.case_page import YES_NO, Points
from integrity.casework.desk import cases_on_desk
from integrity.casework.permissions import is_outside_decider
from integrity.casework.registry import Appearance, Fact
from integrity.people.models import User
from integrity.ui.templatetags.ui import day
from registers.business_interests.actions.decide import read_proposal
from registers.business_interests.actions.stating import factors_of, stated
from registers.business_interests.enums import CheckMethod, Factor, Holder, Status
from registers.business_interests.facts_of import facts_of
from registers.business_interests.hours import average_week, duty_hours, other_hours, undecided
from registers.business_interests.models import Interest, InterestQuerySet, MemberRule
from registers.business_interests.permissions import may_read_views, member_rule
from registers.business_interests.policies import against_guidance, decide_by, over_hours
from registers.business_interests.precedents import outcomes, precedents, similar
from registers.business_interests.recorded import LABELS, stated_lines
from registers.business_interests.summaries import PLAIN
from registers.business_interests.workflow import PENDING
from registers.organisations.reading import page_for
from registers.organisations.whole import is_one_of

SHOWN = 10
IN_THEIR_OWN_SECTION = {"legal_basis", "hours_a_week", "weeks_worked", "opted_out"}


def interest_page(user: User, interest: Interest) -> dict[str, Any]:
    """The interest's own part of its case page."""
    score = risk_points(interest)
    desk = Interest.objects.filter(case__in=cases_on_desk(user)).exclude(pk=interest.pk).with_all()
    alike = similar(desk, interest)
    views = interest.assessments.order_by("round", "pk").select_related("assessed_by__grade")
    conditions = interest.conditions.prefetch_related(
        "checks__checked_by__grade", "checks__attachment"
    )
    return {
        "tone": tone(interest),
        "facts": [linked(fact, user, interest) for fact in interest_facts(interest)],
        "legal": list(legal_facts(user, interest)),
        "working_time": list(working_time(interest)),
        "guidance": list(guidance_facts(interest)),
        "views": views if may_read_views(user, interest) else views.none(),
        "proposal": list(proposal(interest)),
        "standing": [each for each in conditions if each.ended_at is None],
        "ended": [each for each in conditions if each.ended_at is not None],
        "reviews": interest.reviews.select_related("opened_by__grade", "answered_by__grade"),
        "follow_ups": interest.follow_ups.select_related("done_by__grade"),
        "appeals": interest.appeals.select_related("made_by__grade", "ended_by__grade"),
        "notices": [(each, notice_path(interest, each.pk)) for each in interest.notices.all()],
        "score": score,
        "score_total": sum(each.points for each in score),
        "of_person": links(same_person(desk, interest)),
        "of_organisation": links(same_organisation(desk, interest)),
        "similar": [(each, change_path(each.interest)) for each in precedents(alike, many=SHOWN)],
        "outcomes": outcomes(alike) if interest.status in PENDING else [],
    }


def tone(interest: Interest) -> str:
    """The colour of its status, which is that of the declarant's pages."""
    return PLAIN[Status(interest.status)][1]


# --- what is stated, and under which rules --------------------------------------------------------


def interest_facts(interest: Interest) -> Iterator[Fact]:
    said = stated(interest)
    yield from stated_lines({k: v for k, v in said.items() if k not in IN_THEIR_OWN_SECTION})
    yield Fact("Received", day(interest.case.received_at))
    if interest.approved_on:
        yield Fact("Approved on", day(interest.approved_on))
    if interest.review_on:
        yield Fact("Reviewed by", day(interest.review_on))
    if interest.grounds:
        yield Fact("Ground of the refusal", interest.get_grounds_display())
    if interest.ceased_on:
        because = interest.get_ceased_because_display()
        yield Fact("Ended on", f"{day(interest.ceased_on)}. {because}.")


def linked(fact: Fact, user: User, interest: Interest) -> Fact:
    """The employer or business leads to everything known of it, for who reads that."""
    if fact.label != LABELS["organisation"]:
        return fact
    return replace(fact, path=page_for(user, interest.organisation))


def legal_facts(user: User, interest: Interest) -> Iterator[Fact]:
    """Under what it was applied for, who decides, and where its clock stands."""
    yield Fact("Legal basis", interest.get_legal_basis_display())
    rule = member_rule(interest)
    if rule is not None and not interest.is_imported:
        who = "The head of PSD, as the appropriate officer" if rule.decided_by_head else "PSD"
        yield Fact("Who decides", who)
        yield Fact("Complete since", day(interest.complete_at))
        yield Fact("To be decided by", clock_words(interest, rule))
    last = interest.notices.order_by("-pk").first()
    if last is not None and last.appeal_by is not None:
        yield Fact("Last day to appeal", day(last.appeal_by))
    policy = f"{interest.policy.title}, in force from {day(interest.policy.effective_from)}"
    path = reverse("psd:business_interests_interestpolicy_change", args=[interest.policy_id])
    yield Fact("Policy row", policy, "" if is_outside_decider(user, interest.case) else path)


def clock_words(interest: Interest, rule: MemberRule) -> str:
    """The last day for the decision and how it is counted; then whether it was kept."""
    if interest.status == Status.QUERIED:
        return "The clock stands still until every question is answered."
    by = decide_by(rule, interest.complete_at)
    kind = "working days" if rule.working_days else "days"
    words = f"{day(by)}: {rule.decide_within} {kind} from the complete application"
    told = interest.notices.filter(given_at__gte=interest.complete_at).first()
    return f"{words}. {lateness(told.given_at, by)}" if told else f"{words}."


def lateness(decided_at: datetime, by: date) -> str:
    on = timezone.localdate(decided_at)
    late = (on - by).days
    if late <= 0:
        return f"Decided in time, on {day(on)}."
    return f"Decided on {day(on)}, {late} {'day' if late == 1 else 'days'} late."


# --- how it is judged -----------------------------------------------------------------------------


def hours_words(hours: Decimal) -> str:
    return f"{hours.normalize():f} {'hour' if hours == 1 else 'hours'}"


def week_words(interest: Interest) -> str:
    """What an interest takes of a week, and of how many weeks."""
    if interest.hours_a_week is None:
        return interest.hours_as_written or "Not stated"
    words = f"{hours_words(interest.hours_a_week)} a week"
    if interest.weeks_worked is None:
        return words
    return f"{words} in {interest.weeks_worked} of {interest.policy.hours_over_weeks} weeks"


def working_time(interest: Interest) -> Iterator[Fact]:
    """Duty and everything approved, added up as it is today: a prompt, never a verdict."""
    person, policy = interest.case.subject, interest.policy
    if interest.holder != Holder.SELF or person is None:
        yield Fact("This interest", week_words(interest))
        return
    yield Fact("Duty", f"{hours_words(duty_hours(policy, person))} a week")
    others = other_hours(person, without=interest)
    prefetch_related_objects(others, "case", "organisation", "policy")
    for other in others:
        yield Fact(f"{other.case.reference}: {other.title}", week_words(other))
    yield Fact("This interest", week_words(interest))
    for other in undecided(person, without=interest):
        words = f"{week_words(other)}; not counted, since it is not decided yet"
        yield Fact(f"{other.case.reference}: {other.title}", words)
    average = average_week(
        policy, person, hours=interest.hours_a_week, weeks=interest.weeks_worked, without=interest
    )
    limit = (
        f"the {policy.hours_limit.normalize():f}-hour average over {policy.hours_over_weeks} weeks"
    )
    how = "past" if over_hours(policy, average) else "within"
    yield Fact("Average week today", f"{hours_words(average)}, {how} {limit}.")
    if interest.average_hours not in (None, average):
        yield Fact("Average week when it was stated", hours_words(interest.average_hours))
    opted = "Not asked" if interest.opted_out is None else YES_NO[interest.opted_out]
    yield Fact("Opted out of the limit", opted)


def guidance_facts(interest: Interest) -> Iterator[Fact]:
    """What the force's list says of the occupation, and whether approving goes against it."""
    listed = interest.listed
    if listed is not None:
        yield Fact(listed.name, f"{listed.get_stance_display()}. {listed.says}")
    if interest.status in PENDING:
        against = against_guidance(interest.policy, listed, facts_of(interest), ())
        if against:
            yield Fact("If it is approved without conditions", against)
    if interest.against_guidance:
        yield Fact("Approved against it, because", interest.guidance_rationale)


def risk_points(interest: Interest) -> list[Points]:
    """The factors it shows today with their points in its policy row, largest first."""
    weights = {weight.factor: weight.points for weight in interest.policy.weights.all()}
    shown = [Points(Factor(each).label, weights.get(each, 0)) for each in factors_of(interest)]
    return sorted(shown, key=lambda each: -each.points)


def proposal(interest: Interest) -> Iterator[Fact]:
    """What a second approver is asked about; nothing where none is."""
    if interest.proposed is None:
        return
    conditions, review_on, rationale = read_proposal(interest)
    yield Fact("Why it is approved all the same", rationale)
    yield Fact("Reason of the approval", interest.proposed["reason"])
    yield Fact("Reviewed by", day(review_on))
    for each in conditions:
        how = f"{CheckMethod(each.check_method).label}, {months(each.check_months)}"
        yield Fact("Condition", f"{each.text}\n{how}")
    if not conditions:
        yield Fact("Conditions", "None")


def months(many: int) -> str:
    return "every month" if many == 1 else f"every {many} months"


# --- what else is known ---------------------------------------------------------------------------


def same_person(desk: InterestQuerySet, interest: Interest) -> InterestQuerySet:
    case = interest.case
    if case.subject_id:
        return desk.filter(case__subject=case.subject_id)
    return desk.filter(case__subject_name=case.subject_name, case__force=case.force_id)


def same_organisation(desk: InterestQuerySet, interest: Interest) -> InterestQuerySet:
    if interest.organisation is None:
        return desk.none()
    return desk.filter(is_one_of("organisation", interest.organisation))


def links(found: InterestQuerySet) -> Sequence[Appearance]:
    """Interests with their pages on the desk, the latest ten."""
    return [
        Appearance(
            reference=other.case.reference,
            path=change_path(other),
            title=f"{other.case.subject_name}, {other.title}",
            on=timezone.localdate(other.case.received_at),
            status=other.get_status_display(),
        )
        for other in found[:SHOWN]
    ]


def change_path(interest: Interest) -> str:
    return reverse("psd:business_interests_interest_change", args=[interest.pk])


def notice_path(interest: Interest, pk: int) -> str:
    return reverse("business_interests:notice", args=[interest.case.reference, pk])
