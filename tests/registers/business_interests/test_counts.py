# ruff: noqa: S608 - the statements are whole and our own
"""The register's counts equal a recount in SQL that shares no code with them.

Applications go through the real actions by a seeded walk: decided this way and that, appealed,
reviewed in time and late, their conditions checked, their refusals followed up or left lying.
"""

import random
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from integrity.people.enums import Role
from integrity.people.models import User
from registers.business_interests.actions.daily import daily
from registers.business_interests.counts import LABELS, counts
from registers.business_interests.enums import (
    AppealOutcome,
    CheckOutcome,
    FollowUpOutcome,
    IfBroken,
    Status,
    Verb,
)
from registers.business_interests.models import Interest
from tests import interests
from tests.builders import NOW, World, grant
from tests.interests import HOURS, NO_UNIFORM, fresh, perform

pytestmark = pytest.mark.django_db

MANY = 30
SEEDS = (6, 7, 8)
SHARES = {"approve": 12, "conditions": 10, "refuse": 6, "withdraw": 2, "pending": 3, "against": 3}


class Walk:
    """Applications by the officers of one force, each led some way by chance."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)  # noqa: S311 - the same each time
        self.people: list[User] = [world.constable, world.colleague]
        self.acting = world.deputy_chief
        grant(self.acting, Role.ACTING_CHIEF_OFFICER, force=world.northmoor)

    def go(self) -> None:
        for number in range(MANY):
            begin = NOW - timedelta(days=self.chance.randrange(30, 500))
            self.lead(self.people[number % 2], begin)
        daily(now=NOW)
        for interest in Interest.objects.filter(reviews__closed_at=None, reviews__isnull=False):
            if self.chance.random() < 0.5:
                self.review(fresh(interest), NOW)

    def do(
        self, verb: Verb, interest: Interest, by: User, at: datetime, **more: object
    ) -> Interest:
        return perform(verb, interest, by=by, in_world=self.world, now=at, **more)

    def lead(self, person: User, at: datetime) -> None:
        who = self.world
        way = self.chance.choices(list(SHARES), list(SHARES.values()))[0]
        occupation = "Door supervisor" if way == "against" else "Gardener"
        small = Decimal("0.1")  # so that nobody’s week grows past the limit
        interest = fresh(interests.apply(person, now=at, occupation=occupation, hours_a_week=small))
        if way == "withdraw":
            self.do(Verb.WITHDRAW, interest, person, at)
            return
        interest = self.do(Verb.GIVE_VIEW, interest, who.sergeant, at)
        at += timedelta(days=self.chance.randrange(1, 20))
        match way:
            case "approve":
                interest = self.do(Verb.APPROVE, interest, who.reviewer, at)
            case "conditions":
                both = (HOURS, NO_UNIFORM)
                interest = self.do(Verb.APPROVE, interest, who.reviewer, at, conditions=both)
            case "against":
                rationale = "He has done it for years."
                interest = self.do(Verb.APPROVE, interest, who.reviewer, at, rationale=rationale)
                if self.chance.random() < 0.3:
                    return
                interest = self.do(Verb.SECOND_APPROVE, interest, who.other_reviewer, at)
            case "refuse":
                interest = self.do(Verb.REFUSE, interest, who.reviewer, at)
            case "pending":
                return
        self.afterwards(interest, person, at)

    def afterwards(self, interest: Interest, person: User, at: datetime) -> None:
        who, chance = self.world, self.chance
        adverse = (Status.REFUSED, Status.APPROVED_WITH_CONDITIONS)
        if interest.status in adverse and chance.random() < 0.4:
            interest = self.appeal(interest, person, at)
        if interest.status == Status.REFUSED:
            for _ in range(chance.randrange(0, 3)):
                outcome = chance.choice(list(FollowUpOutcome))
                self.do(Verb.FOLLOW_UP, interest, who.reviewer, at, outcome=outcome)
            if chance.random() < 0.3:
                interest = self.do(Verb.REOPEN, interest, who.reviewer, at)
                self.do(Verb.APPROVE, interest, who.reviewer, at)
                return
        if interest.status == Status.APPROVED_WITH_CONDITIONS and chance.random() < 0.7:
            broken = {"outcome": CheckOutcome.BROKEN, "if_broken": IfBroken.REFER}
            found = broken if chance.random() < 0.3 else {}
            interest = self.do(Verb.CHECK_CONDITION, interest, who.reviewer, at, **found)
        at += timedelta(days=chance.randrange(0, 25))
        if interest.status in (Status.APPROVED, Status.APPROVED_WITH_CONDITIONS):
            self.keep(interest, person, at)

    def keep(self, interest: Interest, person: User, at: datetime) -> None:
        match self.chance.randrange(6):
            case 0:
                self.do(Verb.CEASE, interest, person, at)
            case 1:
                interest = self.do(Verb.REVOKE, interest, self.world.reviewer, at)
                if self.chance.random() < 0.6:
                    self.appeal(interest, person, at)
            case 2:
                self.do(Verb.VARY, interest, self.world.reviewer, at)
            case 3:
                interest = self.do(Verb.OPEN_REVIEW, interest, self.world.reviewer, at)
                late = timedelta(days=self.chance.choice((3, 28, 29, 60)))
                self.review(interest, at + late)

    def review(self, interest: Interest, at: datetime) -> None:
        subject = interest.case.subject
        assert subject is not None
        interest = self.do(Verb.ANSWER_REVIEW, interest, subject, at)
        self.do(Verb.RENEW, interest, self.world.reviewer, at)

    def appeal(self, interest: Interest, person: User, at: datetime) -> Interest:
        interest = self.do(Verb.APPEAL, interest, person, at)
        way = self.chance.choice([*AppealOutcome, None])
        if way is None:
            return interest
        if way == AppealOutcome.WITHDRAWN:
            return self.do(Verb.WITHDRAW_APPEAL, interest, person, at)
        conditions = (NO_UNIFORM,) if way == AppealOutcome.VARIED else ()
        heard = interest.case.decisions.filter(decided_by=self.world.chief).exists()
        by = self.acting if heard else self.world.chief  # nobody hears the same case twice
        return self.do(Verb.DECIDE_APPEAL, interest, by, at, outcome=way, conditions=conditions)


# What became of an application first: its first written notice, which is of its first final decision.
FIRST = """
WITH first AS (
  SELECT c.id AS case_id, i.id AS interest_id, i.status, (
    SELECT d.outcome FROM casework_decision d
    WHERE d.case_id = c.id AND d.outcome IN ('approved', 'approved_with_conditions', 'refused')
    ORDER BY d.decided_at, d.id LIMIT 1
  ) AS outcome
  FROM casework_case c JOIN business_interests_interest i ON i.case_id = c.id
)
"""
LONDON = "AT TIME ZONE 'Europe/London'"
RECOUNT = {
    "received": "SELECT count(*) FROM casework_case WHERE register = 'business_interests'",
    "approved": FIRST + "SELECT count(*) FROM first WHERE outcome = 'approved'",
    "with_conditions": FIRST
    + "SELECT count(*) FROM first WHERE outcome = 'approved_with_conditions'",
    "refused": FIRST + "SELECT count(*) FROM first WHERE outcome = 'refused'",
    "withdrawn": "SELECT count(*) FROM audit_event WHERE name = 'application withdrawn'",
    "pending": FIRST + "SELECT count(*) FROM first WHERE outcome IS NULL AND status <> 'withdrawn'",
    "against_guidance": """
        SELECT count(*) FROM casework_decision
        WHERE stage = 'second_approval' AND outcome LIKE 'approved%%'""",
    # the last word on it, whether or not an appeal waits to be heard
    "revoked": """
        SELECT count(*) FROM business_interests_interest i
        WHERE 'revoked' = (
            SELECT d.outcome FROM casework_decision d
            WHERE d.case_id = i.case_id AND d.outcome NOT IN ('dismissed', 'second_approval')
            ORDER BY d.id DESC LIMIT 1)""",
    "ceased": "SELECT count(*) FROM audit_event WHERE name = 'interest ceased'",
    "appeals": "SELECT count(*) FROM audit_event WHERE name = 'appeal made'",
    "appeals_upheld": """
        SELECT count(*) FROM casework_decision
        WHERE stage = 'appeal' AND outcome IN ('upheld', 'varied')""",
    "appeals_dismissed": """
        SELECT count(*) FROM casework_decision WHERE stage = 'appeal' AND outcome = 'dismissed'""",
    "reviews_closed": """
        SELECT count(*) FROM business_interests_review WHERE closed_at IS NOT NULL""",
    "reviews_on_time": f"""
        SELECT count(*) FROM business_interests_review
        WHERE (closed_at {LONDON})::date <= due_on""",
    "reviews_overdue": """
        SELECT count(*) FROM business_interests_review
        WHERE closed_at IS NULL AND due_on < %(today)s""",
    "checks": "SELECT count(*) FROM audit_event WHERE name = 'condition checked'",
    "checks_broken": """
        SELECT count(*) FROM audit_event
        WHERE name = 'condition checked' AND facts ->> 'outcome' = 'broken'""",
    "conditions_overdue": """
        SELECT count(*) FROM business_interests_condition
        WHERE ended_at IS NULL AND next_check_on < %(today)s""",
    "follow_ups_done": "SELECT count(*) FROM audit_event WHERE name = 'refusal followed up'",
    "follow_ups_overdue": """
        SELECT count(*) FROM business_interests_followup
        WHERE done_at IS NULL AND dropped_at IS NULL AND due_on < %(today)s""",
}


def recount(today: date) -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for name, statement in RECOUNT.items():
            cursor.execute(statement, {"today": today})
            (found[name],) = cursor.fetchone()
    return found


def test_the_counts_equal_a_recount_in_sql(world: World) -> None:
    """Three walks, one upon the other, which leave something to count in every figure."""
    today, reached = timezone.localdate(NOW), set[str]()
    for number, seed in enumerate(SEEDS, start=1):
        Walk(world, seed).go()
        counted = asdict(counts(Interest.objects.all(), today=today))
        assert counted == recount(today)
        assert counted["received"] == number * MANY
        decided = ("approved", "with_conditions", "refused", "withdrawn", "pending")
        assert sum(counted[name] for name in decided) == number * MANY, "each is counted once"
        reached |= {name for name, count in counted.items() if count}
    assert reached == set(LABELS) == set(RECOUNT)


def test_the_counts_are_of_the_interests_asked_about(world: World) -> None:
    Walk(world, 4).go()
    today = timezone.localdate(NOW)
    whole = asdict(counts(Interest.objects.all(), today=today))
    parts = [
        asdict(counts(Interest.objects.filter(case__subject=person), today=today))
        for person in (world.constable, world.colleague)
    ]
    assert whole == {name: sum(part[name] for part in parts) for name in whole}
