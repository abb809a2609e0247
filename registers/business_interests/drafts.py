"""A draft of an application: the answers of the steps its category has, and the facts they make."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from integrity.casework.drafting import StepDraft, errors_of
from integrity.casework.models import Draft
from integrity.people.models import User
from registers.business_interests.enums import Category
from registers.business_interests.facts import InterestFacts
from registers.business_interests.forms.apply import FORMS
from registers.business_interests.hours import (
    average_week,
    duty_hours,
    other_hours,
    undecided,
)
from registers.business_interests.models import Interest, InterestPolicy, ListedOccupation
from registers.business_interests.policies import (
    Problem,
    average_hours,
    listed_in,
    over_hours,
    problems,
    steps_for,
)

TITLES = {
    "holder": "Whose it is, and what kind",
    "work": "What it is",
    "organisation": "For whom, and from when",
    "property": "The property",
    "licence": "The licence",
    "hours": "The hours",
    "working-time": "Your average week",
    "conflict": "Your role and the force",
}
KIND = ("category", "holder")


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One line of the sum of an average week."""

    what: str
    hours: Decimal
    note: str = ""


class InterestDraft(StepDraft):
    """A draft read with the policy that binds its writer.

    What was answered to a step that its category does not have counts for nothing.
    """

    def __init__(self, draft: Draft, policy: InterestPolicy, *, by: User, today: date) -> None:
        super().__init__(draft, by=by, today=today)
        self.policy = policy

    def make_form(self, step: str, data: QueryDict | None, **kwargs: Any) -> Any:
        kind = Category.OTHER if step == "holder" else Category(self.category or Category.OTHER)
        return FORMS[step](data, policy=self.policy, kind=kind, **kwargs)

    @property
    def kind(self) -> dict[str, str]:
        """The category and whose it is, once both are answered."""
        form = self.saved_form("holder")
        return {name: form.cleaned_data[name] for name in KIND} if form.is_valid() else {}

    @property
    def category(self) -> str:
        return self.kind.get("category", "")

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of this application, in order; one alone until its category is known."""
        if not (kind := self.kind):
            return ("holder",)
        steps = ["holder", *steps_for(**kind)]
        if "hours" in steps and over_hours(self.policy, self.average()):
            steps.insert(steps.index("hours") + 1, "working-time")
        return tuple(steps)

    def after(self, step: str) -> tuple[str, ...]:
        steps = self.steps
        return steps[steps.index(step) + 1 :] if step in steps else steps

    def next_step(self, step: str) -> str:
        """The step after this one; none where it is the last, or the change of a whole draft."""
        if all(self._is_answered(each) for each in self.steps):
            return ""
        return next(iter(self.after(step)), "")

    def _is_answered(self, step: str) -> bool:
        return step in self.draft.data and self.saved_form(step).is_valid()

    def _hours(self) -> dict[str, Any]:
        """What was said of the hours, where the category asks for them and they make sense."""
        kind = self.kind
        if not kind or "hours" not in steps_for(**kind):
            return {}
        form = self.saved_form("hours")
        return form.said() if form.is_valid() else {}

    def average(self) -> Decimal | None:
        """The average week with this interest in it; none where it adds no hours, or none yet."""
        if not (said := self._hours()):
            return None
        return average_week(
            self.policy, self.by, hours=said["hours_a_week"], weeks=said["weeks_worked"]
        )

    def undecided(self) -> list[Interest]:
        """What else was applied for and is not in the sum, since nobody has decided it yet."""
        return undecided(self.by)

    def week(self) -> list[WeekLine]:
        """The sum of the average week: duty, each approved interest, and this one."""
        if not (said := self._hours()):
            return []
        duty = WeekLine("Duty", duty_hours(self.policy, self.by))
        approved = [
            self._line(each.title, each.hours_a_week, each.weeks_worked, "approved")
            for each in other_hours(self.by)
        ]
        return [duty, *approved, self._line("This one", said["hours_a_week"], said["weeks_worked"])]

    def _line(self, what: str, hours: Decimal | None, weeks: int | None, *notes: str) -> WeekLine:
        hours, many = hours or Decimal(0), self.policy.hours_over_weeks
        share = average_hours(Decimal(0), [(hours, weeks)], over_weeks=many)
        worked = [f"{hours.normalize():f} hours in {weeks} of {many} weeks"] if weeks else []
        return WeekLine(what, share, ", ".join([*notes, *worked]))

    def listed(self) -> list[ListedOccupation]:
        """What the force's list says of the words typed so far."""
        said = self.values("work") if "work" in self.steps else None
        text = f"{said.get('occupation', '')} {said.get('description', '')}" if said else ""
        return listed_in(self.policy.occupations.all(), text)

    def facts(self) -> InterestFacts | None:
        """The interest as stated, or None while a step is missing or wrong."""
        forms = [self.saved_form(step) for step in self.steps]
        if len(forms) == 1 or not all(form.is_valid() for form in forms):
            return None
        return InterestFacts(
            **{name: value for form in forms for name, value in form.said().items()}
        )

    def problems(self) -> list[Problem]:
        """What is missing, each with the step where it is put right."""
        found = [
            Problem(step, "", f"{TITLES[step]}: {sentences[0]}")
            for step in self.steps
            if (sentences := errors_of(self.saved_form(step)))
        ]
        facts = self.facts()
        if found or facts is None:
            return found
        return problems(self.policy, facts, average=self.average())

    def answers(self) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
        """Each step with its title and what was answered; nothing of one that is not right yet."""
        for step in self.steps:
            form = self.saved_form(step)
            yield step, TITLES[step], list(form.answers()) if form.is_valid() else []
