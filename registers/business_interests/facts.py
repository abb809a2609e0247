"""An interest as somebody states it, before it is stored: what forms make, policies judge and actions keep."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registers.business_interests.enums import (
    Category,
    CheckMethod,
    ConditionKind,
    Holder,
    View,
)


@dataclass(frozen=True, slots=True)
class InterestFacts:
    """What an application states; what its category does not ask stays empty."""

    category: str
    occupation: str
    holder: str = Holder.SELF
    relative: str = ""
    description: str = ""
    organisation: str = ""
    starts_on: date | None = None
    hours_a_week: Decimal | None = None
    weeks_worked: int | None = None
    when_worked: str = ""
    opted_out: bool | None = None
    property_address: str = ""
    managing_agent: str = ""
    licence_kind: str = ""
    licensed_premises: str = ""
    in_force_area: bool | None = None
    uses_police_knowledge: bool | None = None
    supplies_force: bool | None = None
    could_reflect: bool | None = None
    conflict_note: str = ""

    @property
    def counts_hours(self) -> bool:
        """Whether it adds to the person's own working time."""
        return self.holder == Holder.SELF and self.hours_a_week is not None

    @property
    def lets_without_agent(self) -> bool:
        return self.category == Category.LETTING and not self.managing_agent


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """What a supervisor, HR or vetting says of an application."""

    view: str = View.SUPPORT
    performance_concern: bool | None = None
    welfare_concern: bool | None = None
    role_conflict: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConditionFacts:
    """A condition as a decision sets it."""

    text: str
    kind: str = ConditionKind.OTHER
    hours: Decimal | None = None
    until: date | None = None
    check_method: str = CheckMethod.ASK_SUPERVISOR
    check_months: int = 6


@dataclass(frozen=True, slots=True)
class ReviewAnswers:
    """What the person says when their interest is reviewed."""

    circumstances_changed: bool
    hours_changed: bool
    role_changed: bool
    hours_a_week: Decimal | None = None
    answer: str = ""
