"""What docs/demo.md says that forces find of themselves: checks, clauses, threats, quarters, statements."""

from datetime import timedelta

import pytest
from django.utils import timezone

from integrity.people.models import Force
from registers.demo.data import health
from registers.governance.enums import Finding
from registers.governance.findings import (
    health_of,
    latest_health,
    latest_policy_assessment,
    statement_change,
    threats,
)
from registers.governance.models import HealthCheck, QuarterlyAction, QuarterlyMeeting

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

FORCES = ("NMR", "EVL", "HTP")
TODAY = timezone.localdate()


def force_of(code: str) -> Force:
    return Force.objects.get(code=code)


@pytest.mark.parametrize("code", FORCES)
def test_two_health_checks_a_year_apart_better_under_most_headings_and_worse_under_one(
    code: str,
) -> None:
    checks = HealthCheck.objects.filter(force__code=code)
    assert [check.is_open for check in checks] == [False, False]
    assert 350 < (checks[0].started_on - checks[1].started_on).days < 380
    second = latest_health(force_of(code))
    assert second is not None
    assert second.last == checks[1]
    assert second.missing == health_of(checks[1]).missing == 0
    changes = [heading.change or 0 for heading in second.headings]
    assert sum(change > 0 for change in changes) >= 6
    assert sum(change < 0 for change in changes) == 1
    told = [int(score) for score in health.SCORES[code][1].replace(" ", "")]
    assert sum(heading.points for heading in second.headings) == sum(told)
    assert checks[0].answers.filter(plan_item__isnull=False).count() == 1


@pytest.mark.parametrize("code", FORCES)
def test_policies_fall_short_of_some_clauses_and_what_follows_is_planned(code: str) -> None:
    found = latest_policy_assessment(force_of(code))
    assert found is not None
    assert found.missing == 0
    for result in (Finding.MET, Finding.PARTLY, Finding.NOT_MET):
        assert sum(document.how_many(result) for document in found.documents) >= 1, result
    planned = found.assessment.findings.filter(plan_item__isnull=False)
    assert planned.count() == 2
    assert planned.filter(plan_item__closed_at__isnull=False).count() == 1


@pytest.mark.parametrize("code", FORCES)
def test_threats_are_of_posts_and_units_and_steer_something(code: str) -> None:
    picture = threats(force_of(code))
    assert picture is not None
    assert len(picture.threats) == 5
    assert all(threat.steers and threat.unit for threat in picture.threats)
    assert any(threat.post for threat in picture.threats)
    assert any(threat.sample for threat in picture.threats)
    assert not picture.assessment.is_overdue(TODAY)


@pytest.mark.parametrize("code", FORCES)
def test_two_quarterly_meetings_left_one_action_open(code: str) -> None:
    meetings = QuarterlyMeeting.objects.filter(force__code=code)
    assert meetings.count() == 2
    assert all(each.held_on > each.quarter + timedelta(days=90) for each in meetings)
    open_action = QuarterlyAction.objects.get(force__code=code, closed_at=None)
    assert open_action.meeting == meetings[0]


def test_counter_corruption_staff_changed_within_the_year() -> None:
    a_year_ago = TODAY - timedelta(days=365)
    changes = [statement_change(force_of(code), a_year_ago, TODAY).staff for code in FORCES]
    assert all(changes)
    assert min(change for change in changes if change) < 0 < max(c for c in changes if c)
    for code in FORCES:
        first, last = force_of(code).statements.order_by("as_of")
        assert (last.as_of - first.as_of).days == 365
        assert first.headcount is not None
        assert first.headcount > 200
