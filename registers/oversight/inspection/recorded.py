"""What the return reads of a force's arrangements, for all its forces in a few statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.utils import timezone

from integrity.casework.enums import SignOffCapacity
from integrity.casework.models import NilReturn, SignOff
from integrity.casework.registry import Register, registers
from registers.crosschecks.models import Cursor, Match
from registers.governance.models import ForceStatement, HealthCheck, PlanItem
from registers.investigations.models import SocialMediaPost
from registers.media_contacts.models import MeetingItem, SampledWeek
from registers.oversight.spans import Period
from registers.procurement.models import Card, Purchase

Number = Mapping[int, int]


@dataclass(frozen=True)
class Recorded:
    """Of each force (by its key): what it states, who signed off, what was compared and looked at."""

    forces: Sequence[int]
    before: Mapping[int, ForceStatement] = field(default_factory=dict)
    after: Mapping[int, ForceStatement] = field(default_factory=dict)
    signed: Mapping[tuple[int, str, str], date] = field(default_factory=dict)
    compared_at: Mapping[int, datetime] = field(default_factory=dict)
    policies: Mapping[tuple[str, int, str], date] = field(default_factory=dict)
    numbers: Mapping[tuple[int, str], int] = field(default_factory=dict)

    def policy_since(self, force: int, register: str) -> date | None:
        return self.policies.get(("force", force, register))

    def number(self, what: str, forces: Iterable[int]) -> int:
        return sum(self.numbers.get((force, what), 0) for force in forces)


def read(forces: Sequence[int], bodies: Sequence[int], period: Period, *, today: date) -> Recorded:
    before, after = _statements(forces, period)
    return Recorded(
        forces=forces,
        before=before,
        after=after,
        signed=_signed(forces, period),
        compared_at=_compared(forces),
        policies=_policies(forces, bodies, period),
        numbers=_numbers(forces, period, today),
    )


def _compared(forces: Sequence[int]) -> dict[int, datetime]:
    """When every cross-check last ran over everything."""
    rows = Cursor.objects.filter(force__in=forces).values_list("force", "whole_at")
    return {force: whole_at for force, whole_at in rows if whole_at is not None}


def moments(period: Period) -> tuple[datetime, datetime]:
    """London's midnights: from the first day's, up to and without the last's."""
    ends = (period.starts_on, period.ends_on + date.resolution)
    begins, stops = (timezone.make_aware(datetime.combine(day, time.min)) for day in ends)
    return begins, stops


def within(name: str, period: Period) -> Q:
    begins, stops = moments(period)
    return Q(**{f"{name}__gte": begins, f"{name}__lt": stops})


def _statements(
    forces: Sequence[int], period: Period
) -> tuple[dict[int, ForceStatement], dict[int, ForceStatement]]:
    """What stood on the first day and on the last."""
    before: dict[int, ForceStatement] = {}
    after: dict[int, ForceStatement] = {}
    rows = ForceStatement.objects.filter(force__in=forces, as_of__lte=period.ends_on)
    for statement in rows.order_by("as_of", "stated_at", "pk"):
        after[statement.force_id] = statement
        if statement.as_of <= period.starts_on:
            before[statement.force_id] = statement
    return before, after


def _signed(forces: Sequence[int], period: Period) -> dict[tuple[int, str, str], date]:
    """Up to which day of the period each register is signed off, by its owner and by the body."""
    found: dict[tuple[int, str, str], date] = {}
    rows = SignOff.objects.filter(
        force__in=forces, starts_on__lte=period.ends_on, ends_on__gte=period.starts_on
    ).values_list("force", "register", "capacity", "ends_on")
    for force, register, capacity, ends_on in rows:
        name = (force, register, capacity)
        found[name] = max(min(ends_on, period.ends_on), found.get(name, date.min))
    return found


def _policies(
    forces: Sequence[int], bodies: Sequence[int], period: Period
) -> dict[tuple[str, int, str], date]:
    """Since when the policy in force on the last day has been, of each register: a force's or a body's."""
    found: dict[tuple[str, int, str], date] = {}
    homes = {"force": forces, "joint_forces": forces, "oversight_body": bodies}
    parts: list[Any] = [
        _rows_of(register, name, keys, period)
        for register in registers()
        if register.policies is not None
        for name, keys in homes.items()
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by()
    for home, pk, slug, since in rows:
        key = ("body" if home == "oversight_body" else "force", pk, slug)
        found[key] = max(since, found.get(key, date.min))
    return found


def _rows_of(register: Register, name: str, keys: Sequence[int], period: Period) -> QuerySet[Any]:
    rows = register.policies().filter(  # type: ignore[misc]
        **{f"{name}__in": keys}, effective_from__lte=period.ends_on
    )
    return (
        rows.order_by()
        .annotate(home=Value(name), of=F(name), slug=Value(register.slug))
        .values_list("home", "of", "slug", "effective_from")
    )


def _numbers(forces: Sequence[int], period: Period, today: date) -> dict[tuple[int, str], int]:
    """Everything that is a number of rows, each counted by force, in one statement."""
    days = (period.starts_on, period.ends_on)
    of = Q(force__in=forces)
    held_on = Q(opened_on__isnull=True)

    def held(day: date) -> QuerySet[Card]:
        opened = held_on | Q(opened_on__lte=day)
        return Card.objects.filter(of, opened).exclude(closed_on__lt=day)

    posts = SocialMediaPost.objects.filter(
        investigation__case__force__in=forces, found_on__range=days
    )
    kept: dict[str, tuple[QuerySet[Any], str]] = {
        "cards_before": (held(period.starts_on), "force"),
        "cards_after": (held(period.ends_on), "force"),
        "purchases_reviewed": (
            Purchase.objects.filter(of, within("reviewed_at", period)), "force",
        ),
        "purchases_wrong": (
            Purchase.objects.filter(of, within("reviewed_at", period), ~Q(verdict="right")),
            "force",
        ),
        "matches_found": (Match.objects.filter(of, within("found_at", period)), "force"),
        "matches_decided": (Match.objects.filter(of, within("disposed_at", period)), "force"),
        "nil_returns": (
            NilReturn.objects.standing().filter(of, within("stated_at", period)), "force",
        ),
        "media_meeting": (
            MeetingItem.objects.filter(of, within("discussed_at", period)), "force",
        ),
        "weeks_sampled": (
            SampledWeek.objects.filter(
                within("checked_at", period), sample__force__in=forces
            ),
            "sample__force",
        ),
        "health_checks": (
            HealthCheck.objects.filter(of, within("finished_at", period)), "force",
        ),
        "plan_open": (PlanItem.objects.open().filter(of), "force"),
        "plan_overdue": (PlanItem.objects.overdue(today).filter(of), "force"),
        "plan_closed": (PlanItem.objects.closed().filter(of), "force"),
        "posts": (posts, "investigation__case__force"),
        **{
            f"posts_{behaviour}": (
                posts.filter(behaviour=behaviour), "investigation__case__force",
            )
            for behaviour in BEHAVIOURS
        },
    }  # fmt: skip
    parts = [
        rows.order_by()
        .annotate(of=F(force), what=Value(what))
        .values_list("of", "what")
        .annotate(many=Count("pk"))
        for what, (rows, force) in kept.items()
    ]
    found: Counter[tuple[int, str]] = Counter()
    for force, what, many in parts[0].union(*parts[1:], all=True).order_by():
        found[force, what] += many
    return dict(found)


BEHAVIOURS = ("offensive", "protocol", "negativity", "extreme")


def signed_by(capacity: SignOffCapacity, recorded: Recorded, force: int) -> dict[str, date]:
    """Up to which day each register of a force is signed off in one capacity."""
    found: dict[str, date] = defaultdict()
    for (of, register, signed_as), day in recorded.signed.items():
        if (of, signed_as) == (force, capacity):
            found[register] = day
    return found
