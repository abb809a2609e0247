"""What the gifts register tells the platform, each thing as its reader may see it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from integrity.casework.models import Case, Draft, NilReturn
from integrity.casework.registry import Appearance, PolicyCard, Start, Summary, Unfinished
from integrity.people.models import User
from registers.gifts.enums import (
    ItemDecision,
    ItemKind,
    ProviderKind,
    Purpose,
    Refreshments,
    Route,
    Status,
)
from registers.gifts.models import GiftPolicy, Offer

PLAIN = {
    Status.AUTHORISATION_SOUGHT: ("Waiting for PSD to authorise it", "blue"),
    Status.AUTHORISED: ("PSD has authorised it; say afterwards what happened", "yellow"),
    Status.AUTHORISATION_REFUSED: ("PSD has not authorised it; say what happened", "yellow"),
    Status.PEER_REVIEW: ("Chief officer colleagues are giving their view", "blue"),
    Status.WITH_SUPERVISOR: ("Waiting for the line manager", "blue"),
    Status.WITH_PSD: ("Waiting for PSD", "blue"),
    Status.QUERIED: ("PSD has asked a question", "yellow"),
    Status.RECORDED: ("Recorded; nothing more to do", "green"),
    Status.COMPLIANT: ("Found to comply with the policy", "green"),
    Status.NON_COMPLIANT: ("Found not to comply with the policy", "red"),
    Status.WITHDRAWN: ("Withdrawn", "grey"),
}


def summary(offer: Offer) -> Summary:
    words, tone = PLAIN[Status(offer.status)]
    return Summary(
        case=offer.case,
        title=offer.title,
        status=words,
        tone=tone,
        path=reverse("gifts:case", args=[offer.case.reference]),
    )


def summaries(reader: User, cases: Iterable[Case]) -> Sequence[Summary]:
    offers = Offer.objects.visible_to(reader).filter(case__in=list(cases)).with_all()
    return [summary(offer) for offer in offers]


def team(reader: User) -> Sequence[Summary]:
    return [summary(offer) for offer in Offer.objects.of_team(reader).with_all()]


def starts(user: User) -> Sequence[Start]:
    """What a declarant can begin; the shortest first."""
    found = [
        Start(
            "Log an offer quickly",
            reverse("gifts:quick"),
            "One thing, declined or light refreshments",
            True,
        ),
        Start(
            "Can I accept this?", reverse("gifts:guide"), "Three questions and your force’s answer"
        ),
        Start("Declare an offer", reverse("gifts:start"), "Several things, or something accepted"),
    ]
    policy = current_policy(user)
    if policy and policy.requires_authorisation:
        found.append(
            Start(
                "Ask before accepting",
                reverse("gifts:start") + "?purpose=authorise",
                "Your force asks you to seek authorisation first",
            )
        )
    if policy and policy.light_refreshments == Refreshments.COUNT:
        found.append(
            Start("Count light refreshments", reverse("gifts:refreshments"), "Ten seconds a month")
        )
    return found


def unfinished(draft: Draft) -> Unfinished:
    """A draft by what it will be and the first thing it speaks of."""
    words = Purpose(draft.purpose).label
    steps = sorted(name for name in draft.data if name.startswith("items/"))
    described = [draft.data[step].get("description", [""])[0] for step in steps]
    about = next((text for text in described if text), "")
    if draft.case is not None:
        words += f" of {draft.case.reference}"
    title = f"{words}: {Truncator(about).chars(60)}" if about else words
    return Unfinished(draft, title, reverse("gifts:draft", args=[draft.pk, "offer"]))


def current_policy(user: User) -> GiftPolicy | None:
    try:
        return GiftPolicy.objects.for_person(user).in_force(timezone.localdate())
    except GiftPolicy.DoesNotExist:
        return None


def policy_card(user: User) -> PolicyCard | None:
    """The policy in numbers and words, as the force's row has them."""
    policy = current_policy(user)
    if policy is None:
        return None
    points = [
        f"Report every offer within {policy.report_within_days} days, accepted or declined.",
        f"Light refreshments up to £{policy.light_refreshments_up_to:.2f} a person: "
        f"{policy.get_light_refreshments_display().lower()}.",
    ]
    if policy.requires_authorisation:
        points.append("Ask PSD before you accept anything else.")
    for band in policy.bands.all():
        side = band.get_decision_display()
        points.append(f"{side}, from £{band.from_value:.2f}: {_said(Route(band.route))}.")
    if policy.psd_provider_kinds:
        kinds = ", ".join(ProviderKind(kind).label.lower() for kind in policy.psd_provider_kinds)
        points.append(f"Whatever it is worth, PSD decides what is accepted from: {kinds}.")
    if policy.never_accepted:
        never = ", ".join(ItemKind(kind).label.lower() for kind in policy.never_accepted)
        points.append(f"Never accepted: {never}.")
    return PolicyCard(
        title=policy.title,
        summary=policy.summary,
        points=points,
        since=policy.effective_from,
        joint=policy.department_id is not None,
    )


def _said(route: Route) -> str:
    return {
        Route.RECORD: "it is recorded",
        Route.SUPERVISOR: "your supervisor decides whether it complies",
        Route.PSD: "PSD decides whether it complies",
        Route.REFUSE: "the policy says to decline it",
    }[route]


def about_person(reader: User, case: Case) -> Sequence[Appearance]:
    """The subject's other entries in this register."""
    same = (
        Q(case__subject=case.subject_id)
        if case.subject_id
        else Q(case__subject_name=case.subject_name, case__force=case.force_id)
    )
    offers = Offer.objects.visible_to(reader).filter(same).exclude(case=case).with_all()[:20]
    return [appearance(offer) for offer in offers]


def appearance(offer: Offer) -> Appearance:
    return Appearance(
        reference=offer.case.reference,
        path=reverse("gifts:case", args=[offer.case.reference]),
        title=offer.title,
        on=offer.offered_on,
        status=offer.get_status_display(),
    )


def for_sign_off(reader: User, force_id: int, starts_on: date, ends_on: date) -> dict[str, object]:
    """The register of a period as whoever signs it sees it: counts, and entries without names.

    Chief officers are named; everybody else is their rank or grade and unit (RULES, Publication).
    An entry opens for whoever may read it.
    """
    offers = (
        Offer.objects.filter(case__force=force_id, offered_on__range=(starts_on, ends_on))
        .with_all()
        .annotate(
            open_challenges=Count(
                "case__challenges",
                filter=Q(case__challenges__disposed_at=None, case__challenges__silent=False),
            )
        )
    )
    rows = list(offers.order_by("offered_on", "pk"))
    readable = set(
        Offer.objects.visible_to(reader)
        .filter(pk__in=[offer.pk for offer in rows])
        .values_list("pk", flat=True)
    )
    statuses = Counter(PLAIN[Status(offer.status)][0] for offer in rows)
    accepted = sum(1 for offer in rows if any(i.accepted for i in offer.items.all()))
    figures = [
        ("Offers", len(rows)),
        ("With something accepted", accepted),
        ("Declined altogether", len(rows) - accepted),
        ("Declared late", sum(1 for offer in rows if offer.days_late)),
        ("Open challenges", sum(offer.open_challenges for offer in rows)),
        ("Nil returns for these days", nil_returns(force_id, starts_on, ends_on)),
    ]
    return {
        "figures": figures,
        "statuses": sorted(statuses.items()),
        "columns": ["Reference", "Date", "Recipient", "What and from whom", "Outcome", "Status"],
        "rows": [
            {
                "reference": offer.case.reference,
                "path": reverse("gifts:case", args=[offer.case.reference])
                if offer.pk in readable
                else "",
                "on": offer.offered_on,
                "recipient": recipient(offer),
                "title": offer.title,
                "outcome": outcome(offer),
                "status": PLAIN[Status(offer.status)][0],
            }
            for offer in rows
        ],
    }


def outcome(offer: Offer) -> str:
    """What was accepted of an offer: all, some or nothing."""
    taken = [item.accepted for item in offer.items.all()]
    if any(item.decision == ItemDecision.UNDECIDED for item in offer.items.all()):
        return "Not decided"
    return "Accepted" if all(taken) else "Partly accepted" if any(taken) else "Declined"


def nil_returns(force_id: int, starts_on: date, ends_on: date) -> int:
    """How many say there was nothing in these days; one that names no days counts for none."""
    return (
        NilReturn.objects.standing()
        .filter(register="gifts", force=force_id, starts_on__lte=ends_on, ends_on__gte=starts_on)
        .count()
    )


def recipient(offer: Offer) -> str:
    case = offer.case
    if case.subject_is_chief_officer:
        return case.subject_name
    grade = case.subject_grade or case.get_subject_member_type_display() or "Not known"
    return f"{grade}, {case.subject_unit}" if case.subject_unit else grade
