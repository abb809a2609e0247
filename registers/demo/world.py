"""What every story knows: today, chance, the people, and where to find who acts."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from integrity.casework.models import Case
from integrity.casework.permissions import is_decider
from integrity.people.models import Force, OversightBody, User
from integrity.people.policies import conflict_of_interest
from registers.gifts.enums import ACCEPTED, ItemDecision
from registers.gifts.models import GiftPolicy, Reason

MONTHS = 18
DAYS = 548


@dataclass
class World:
    """The demo world while it is being made."""

    now: datetime
    chance: random.Random
    forces: dict[str, Force] = field(default_factory=dict)
    bodies: dict[str, OversightBody] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    standards: list[User] = field(default_factory=list)
    applied: set[str] = field(default_factory=set)  # for a business interest, each once
    _policies: dict[tuple[int | None, int | None], list[GiftPolicy]] = field(default_factory=dict)
    _reasons: dict[tuple[int, str], list[Reason]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def __getitem__(self, username: str) -> User:
        return self.people[username]

    def of_force(self, code: str) -> list[User]:
        return [user for user in self.people.values() if user.force_id == self.forces[code].pk]

    def pick[T](self, choices: Sequence[T]) -> T:
        return self.chance.choice(choices)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def on(self, day: date, hour: int) -> datetime:
        """A minute of an hour of a day."""
        minute = timedelta(minutes=self.chance.randrange(60), seconds=self.chance.randrange(60))
        return timezone.make_aware(datetime.combine(day, time(hour % 24))) + minute

    def ago(self, days: int, hour: int = 10) -> datetime:
        return self.on(self.today - timedelta(days=days), hour)

    def workday(self, days: int) -> date:
        """So many days ago, ahead where negative; at a weekend the Monday after."""
        day = self.today - timedelta(days=days)
        return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)

    def hours_ago(self, hours: int) -> datetime:
        return self.now - timedelta(hours=hours, minutes=self.chance.randrange(60))

    def later(self, moment: datetime, first: int, last: int | None = None) -> datetime:
        """Some working day after a moment, in office hours."""
        day = timezone.localdate(moment) + timedelta(
            days=max(1, self.chance.randint(first, first if last is None else last))
        )
        while day.weekday() > 4:
            day += timedelta(days=1)
        return self.on(day, self.chance.randint(8, 16))

    def policy(self, subject: User, day: date) -> GiftPolicy:
        """The row in force for somebody on a day, as the register will find it."""
        key = (subject.force_id, subject.oversight_body_id)
        if key not in self._policies:
            rows = GiftPolicy.objects.for_person(subject)
            days = {row.effective_from for row in rows}
            self._policies[key] = [rows.in_force(start) for start in sorted(days)]
        return [row for row in self._policies[key] if row.effective_from <= day][-1]

    def reason(self, policy: GiftPolicy, decision: str, position: int | None = None) -> int | None:
        """One of the policy's listed reasons for what was decided; none while undecided."""
        side = ItemDecision.ACCEPTED if decision in ACCEPTED else ItemDecision.DECLINED
        if decision == ItemDecision.UNDECIDED:
            return None
        if (policy.pk, side) not in self._reasons:
            self._reasons[policy.pk, side] = list(policy.reasons.filter(decision=side))
        listed = self._reasons[policy.pk, side]
        return (self.pick(listed) if position is None else listed[position]).pk

    def reviewer(self, case: Case, *, without: Iterable[int] = ()) -> User | None:
        """One of PSD, or of the outside decider where it went there, who is free to decide a case."""
        subject = self.people[case.subject.username]
        free = [
            user
            for user in self.standards
            if user.pk not in set(without)
            and is_decider(user, case)
            and not conflict_of_interest(user, subject)
        ]
        return self.pick(free) if free else None

    def chiefs(self, subject: User) -> list[User]:
        """The other chief officers of somebody's force."""
        return [
            user
            for user in self.people.values()
            if user.force_id == subject.force_id and user.is_chief_officer and user != subject
        ]


def pounds(value: int | float | str) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))
