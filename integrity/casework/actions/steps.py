"""How each action of a register begins and ends, and the verbs that every register has.

The challenge, which a register of declarations has besides, is in ``challenging.py``.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Protocol

from django.utils import timezone

from integrity.audit.actions import action
from integrity.audit.models import Audience, Event
from integrity.casework.actions import cases, conversation, work
from integrity.casework.enums import DeadlineKind, Phase
from integrity.casework.models import Case
from integrity.casework.permissions import Rules, check_may_own
from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.ui.wording import with_capital

SETTLED = (Phase.CLOSED, Phase.WITHDRAWN)
# Tasks that a decision does not end: they are a person's own, or follow from it.
OUTLIVE_A_DECISION = frozenset(
    {
        DeadlineKind.CONFIRM,
        DeadlineKind.ACT,
        DeadlineKind.ANSWER_CHALLENGE,
        DeadlineKind.DISPOSE_CHALLENGE,
        DeadlineKind.PAPERS,
        DeadlineKind.HEAR_APPEAL,
        DeadlineKind.CHECK_CONDITION,
        DeadlineKind.FOLLOW_UP,
        DeadlineKind.REVIEW,
        DeadlineKind.ANSWER_REVIEW,
        DeadlineKind.ASSESS_REVIEW,
        DeadlineKind.DECLARE_OFFER,
    }
)


class Record(Protocol):
    """A register's own part of a case."""

    pk: Any
    case: Any
    case_id: int
    status: str
    policy: Any

    def save(self) -> None: ...
    def get_status_display(self) -> str: ...


class Steps[R: Any]:
    """One register's way of acting on its records; a register fills in what is its own.

    ``phases`` says where each status stands for queues (open, unless it says otherwise), ``asked``
    is the status that waits for an answer.
    """

    rules: ClassVar[Rules[Any]]
    phases: ClassVar[Mapping[str, Phase]]
    asked: ClassVar[str]

    def read(self, pk: int) -> R:
        """The record with what its actions need."""
        raise NotImplementedError

    def path(self, case: Case) -> str:
        """Where the case's page on the site is."""
        raise NotImplementedError

    def after_answers(self, record: R) -> str:
        """The status to go back to once every question is answered."""
        raise NotImplementedError

    def restart_clock(self, record: R, *, now: datetime) -> None:
        """Set the task of whoever the record waits for, from now."""
        raise NotImplementedError

    def assigned(self, record: R, *, owner: User) -> None:
        """What else goes to a new owner; the task of deciding does."""
        record.case.deadlines.open().filter(kind=DeadlineKind.DECIDE).update(owner=owner)

    # What every action is made of

    def take(self, verb: str, record: R, *, by: User, version: int | None) -> R:
        """The record, locked and fresh, once the verb is allowed. Raises Conflict or Denied."""
        case = cases.lock_case(record.case_id, version=version)
        fresh = self.read(record.pk)
        fresh.case = case
        self.rules.check(verb, by, fresh)
        return fresh

    def finish(
        self,
        verb: str,
        record: R,
        target: str,
        *,
        by: User | None,
        now: datetime,
        reason: str = "",
        facts: Mapping[str, Any] | None = None,
        audience: Audience = Audience.CASE,
        risk: int | None = None,
    ) -> Event:
        """Land on the target status, count the change and write its event.

        What only PSD may see leaves the version as it is: a declarant's open form must not betray it.
        """
        transitions = self.rules.transitions
        record.status = transitions.land(verb, record.status, target)
        record.save()
        phase = self.phases.get(record.status, Phase.OPEN)
        if audience == Audience.CASE:
            cases.advance(record.case, phase=phase, risk=risk)
        elif risk is not None:
            record.case.risk = risk
            record.case.save(update_fields=["risk"])
        if phase in SETTLED:
            ended = [kind for kind in DeadlineKind if kind not in OUTLIVE_A_DECISION]
            work.meet_deadlines(record.case, *ended, now=now)
        return cases.record_on_case(
            record.case,
            transitions[verb].event,
            by=by,
            now=now,
            reason=reason,
            facts={"status": record.status, **(facts or {})},
            audience=audience,
        )

    def day_to_answer(self, record: R, now: datetime) -> date:
        return timezone.localdate(now) + timedelta(days=record.policy.answer_within_days)

    # What every register's cases have done to them

    @action
    def assign(self, record: R, *, owner: User, by: User, now: datetime, version: int | None) -> R:
        """Give the case to a reviewer, who is told."""
        record = self.take("assign", record, by=by, version=version)
        case = record.case
        check_may_own(owner, case)
        cases.assign_owner(case, owner=owner)
        self.assigned(record, owner=owner)
        event = self.finish(
            "assign", record, record.status, by=by, now=now, facts={"owner": owner.display}
        )
        work.notify(
            [owner],
            case=case,
            event=event,
            subject="a case was assigned to you",
            body="It is in your queue on the PSD desk.",
            path=self.path(case),
        )
        return record

    @action
    def ask(
        self, record: R, *, field: str, text: str, by: User, now: datetime, version: int | None
    ) -> R:
        """Ask the declarant about one field; the entry waits for the answer."""
        record = self.take("ask", record, by=by, version=version)
        case = record.case
        if case.subject is None:
            raise Denied("This entry was imported and its declarant is not known here.")
        due_on = self.day_to_answer(record, now)
        asker = self.asker(record, by)
        conversation.ask_question(
            case, field=field, text=text, due_on=due_on, by=by, now=now, asker=asker
        )
        self.asking(record, by=by, now=now)
        event = self.finish("ask", record, self.asked, by=by, now=now, facts={"field": field})
        work.notify(
            [case.subject, case.author],
            case=case,
            event=event,
            subject=f"{with_capital(asker)} asks you a question",
            body=f"Please answer by {due_on:%-d %B %Y}.",
            path=self.path(case),
        )
        return record

    def asking(self, record: R, *, by: User, now: datetime) -> None:
        """What a register keeps when a question is asked; nothing, unless it says so."""

    def asker(self, record: R, by: User) -> str:
        """Who asks, as the declarant reads it within a sentence."""
        return "PSD"

    @action
    def answer(
        self,
        record: R,
        *,
        answers: Mapping[int, str],
        by: User,
        now: datetime,
        version: int | None,
    ) -> R:
        """Answer questions; with the last one answered the entry goes back to whoever had it."""
        record = self.take("answer", record, by=by, version=version)
        case = record.case
        done = conversation.answer_questions(case, answers=answers, by=by, now=now)
        target = self.after_answers(record) if done else self.asked
        event = self.finish("answer", record, target, by=by, now=now)
        if done:
            self.restart_clock(record, now=now)
        askers = [q.asked_by for q in case.questions.select_related("asked_by") if q.pk in answers]
        work.notify(
            [*askers, case.owner],
            case=case,
            event=event,
            subject="the declarant has answered",
            body="Read the answer on the entry’s page.",
            path=self.path(case),
        )
        return record
