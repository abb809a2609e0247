"""What the business interests register tells the platform, each thing as its reader may see it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from integrity.casework.models import Case, Draft
from integrity.casework.registry import Appearance, PolicyCard, Start, Summary, Unfinished
from integrity.people.enums import Role
from integrity.people.models import User
from registers.business_interests.counts import counts
from registers.business_interests.enums import Category, Status
from registers.business_interests.models import Interest, InterestPolicy
from registers.business_interests.permissions import reads_refusals
from registers.business_interests.workflow import APPEALABLE

PLAIN = {
    Status.WITH_SUPERVISOR: ("Waiting for the supervisor’s view", "blue"),
    Status.WITH_HR: ("Waiting for HR’s view", "blue"),
    Status.WITH_VETTING: ("Waiting for vetting’s view", "blue"),
    Status.WITH_PSD: ("Waiting for PSD", "blue"),
    Status.QUERIED: ("Returned with a question", "yellow"),
    Status.SECOND_APPROVAL: ("Waiting for PSD", "blue"),
    Status.APPROVED: ("Approved", "green"),
    Status.APPROVED_WITH_CONDITIONS: ("Approved with conditions", "purple"),
    Status.REFUSED: ("Refused", "red"),
    Status.REVOKED: ("Approval revoked", "red"),
    Status.APPEALED: ("Under appeal", "yellow"),
    Status.CEASED: ("Ended", "grey"),
    Status.WITHDRAWN: ("Withdrawn", "grey"),
}


def path_of(case: Case) -> str:
    return reverse("business_interests:case", args=[case.reference])


def summary(interest: Interest) -> Summary:
    words, tone = PLAIN[Status(interest.status)]
    return Summary(
        case=interest.case,
        title=interest.title,
        status=words,
        tone=tone,
        path=path_of(interest.case),
        note=note_of(interest),
    )


def note_of(interest: Interest) -> str:
    """Until when one may appeal, how many conditions hold and when it is reviewed, for lists."""
    words = []
    last = next(reversed(interest.notices.all()), None)
    until = last.appeal_by if last is not None and interest.status in APPEALABLE else None
    if until is not None and until >= timezone.localdate():
        words.append(f"appeal possible until {until:%-d %B %Y}")
    if not interest.is_live:
        return "".join(words)
    many = len(interest.standing_conditions)
    words += [f"{many} {'condition' if many == 1 else 'conditions'}"] if many else []
    if interest.review_on is not None:
        words.append(f"review due {interest.review_on:%-d %B %Y}")
    return ", ".join(words)


def summaries(reader: User, cases: Iterable[Case]) -> Sequence[Summary]:
    found = Interest.objects.visible_to(reader).filter(case__in=list(cases)).with_all()
    return [summary(interest) for interest in found]


def team(reader: User) -> Sequence[Summary]:
    return [summary(interest) for interest in Interest.objects.of_team(reader).with_all()]


def team_pages(reader: User) -> Sequence[Start]:
    """The PDR pack of each person of the reader's team that has something in it."""
    found = Interest.objects.of_team(reader).values("case__subject")
    people = User.objects.filter(pk__in=found, line_manager=reader).select_related("grade")
    return [
        Start(
            f"PDR pack of {person.display}",
            reverse("business_interests:pdr", args=[person.pk]),
            pdr_words(person),
        )
        for person in people
        if person.is_active
    ]


def pdr_words(person: User) -> str:
    last = person.pdr_records.first()
    return f"Covered in the PDR of {last.held_on:%-d %B %Y}" if last else "Not covered in a PDR yet"


def starts(user: User) -> Sequence[Start]:
    """What somebody can begin, and the lists that their roles read."""
    found = [
        Start(
            "Apply for a second job or other interest",
            reverse("business_interests:start"),
            "A job, a business, a letting, a licence: yours or a relative’s",
        )
    ]
    if user.holds(Role.HR, Role.VETTING):
        found.append(
            Start(
                "Applications that wait for a view",
                reverse("business_interests:views"),
                "As HR or vetting",
            )
        )
    if reads_refusals(user):
        found.append(
            Start(
                "Refusals since the last meeting",
                reverse("business_interests:refusals"),
                "For the integrity subgroup and boards",
            )
        )
    return found


def unfinished(draft: Draft) -> Unfinished:
    """A draft by what it is about."""
    said = draft.data.get("work", {}).get("occupation", [""])[0]
    title = f"Application: {Truncator(said).chars(60)}" if said else "Application"
    return Unfinished(draft, title, reverse("business_interests:draft", args=[draft.pk, "holder"]))


def current_policy(user: User) -> InterestPolicy | None:
    try:
        return InterestPolicy.objects.for_person(user).in_force(timezone.localdate())
    except InterestPolicy.DoesNotExist:
        return None


def policy_card(user: User) -> PolicyCard | None:
    """The policy in numbers and words, as it binds this person."""
    policy = current_policy(user)
    if policy is None:
        return None
    points = ["Apply before you begin; nothing is approved until you have it in writing."]
    rule = policy.member_rules.filter(member_type=user.member_type).first()
    if rule is not None:
        days = "working days" if rule.working_days else "days"
        points += [
            f"You apply under: {rule.get_legal_basis_display()}.",
            f"PSD decides within {rule.decide_within} {days} of a complete application.",
            f"You may appeal within {rule.appeal_within} {days} of the written notice.",
        ]
    if policy.letting_needs_agent:
        points.append("Property is let through a managing agent.")
    points += [
        f"{row.name}: {row.get_stance_display().lower()}." for row in policy.occupations.all()
    ]
    return PolicyCard(
        title=policy.title,
        summary=policy.summary,
        points=points,
        since=policy.effective_from,
        joint=policy.department_id is not None,
    )


def about_person(reader: User, case: Case) -> Sequence[Appearance]:
    """The subject's other entries in this register."""
    same = (
        Q(case__subject=case.subject_id)
        if case.subject_id
        else Q(case__subject_name=case.subject_name, case__force=case.force_id)
    )
    found = Interest.objects.visible_to(reader).filter(same).exclude(case=case).with_all()[:20]
    return [
        Appearance(
            reference=interest.case.reference,
            path=path_of(interest.case),
            title=interest.title,
            on=timezone.localdate(interest.case.received_at),
            status=interest.get_status_display(),
        )
        for interest in found
    ]


def for_sign_off(reader: User, force_id: int, starts_on: date, ends_on: date) -> dict[str, object]:
    """The register of a period as whoever signs it sees it: counts, and entries without names.

    Chief officers are named; everybody else is their rank or grade and unit (RULES, Publication).
    """
    found = Interest.objects.filter(
        case__force=force_id, case__claimed_on__range=(starts_on, ends_on)
    )
    rows = list(found.with_all().order_by("case__claimed_on", "pk"))
    readable = set(
        Interest.objects.visible_to(reader)
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    statuses = Counter(PLAIN[Status(row.status)][0] for row in rows)
    return {
        "figures": counts(found, today=timezone.localdate()).figures(),
        "statuses": sorted(statuses.items()),
        "columns": ["Reference", "Date", "Person", "What", "Kind", "Status"],
        "rows": [
            {
                "reference": row.case.reference,
                "path": path_of(row.case) if row.pk in readable else "",
                "on": row.case.claimed_on,
                "recipient": person_words(row.case),
                "title": row.occupation,
                "outcome": Category(row.category).label,
                "status": PLAIN[Status(row.status)][0],
            }
            for row in rows
        ],
    }


def person_words(case: Case) -> str:
    """A chief officer by name; anybody else by rank or grade and unit."""
    if case.subject_is_chief_officer:
        return case.subject_name
    grade = case.subject_grade or case.get_subject_member_type_display() or "Not known"
    return f"{grade}, {case.subject_unit}" if case.subject_unit else grade
