"""The demo's business interests: in the national proportions, and every planted story to be found."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from integrity.casework.models import Case, Challenge, Deadline, Referral
from integrity.people.enums import MemberType, Role
from integrity.people.models import Force, OversightBody, RoleGrant, Unit, User
from registers.business_interests.counts import counts
from registers.business_interests.enums import (
    AppealOutcome,
    Category,
    CeasedBecause,
    CheckOutcome,
    Factor,
    FollowUpOutcome,
    LegalBasis,
    ReviewCause,
    Stance,
    Status,
)
from registers.business_interests.models import (
    Appeal,
    ConditionCheck,
    Interest,
    InterestPolicy,
    PdrRecord,
    RefusalDiscussion,
    Review,
)
from registers.business_interests.permissions import check_decide_appeal, check_second
from registers.business_interests.workflow import LIVE
from registers.demo.data import interests as said
from registers.demo.data.governing import JOINT
from registers.demo.data.names import FIRST, LAST
from registers.demo.data.places import BODIES, FLEET, SILENT_UNIT
from registers.demo.data.providers import ALL_NAMES, HALCYON
from registers.demo.world import DAYS
from registers.gifts.models import Offer
from registers.organisations.names import name_key

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def of(username: str, **more: object) -> Interest:
    return Interest.objects.get(case__subject__username=username, **more)


def sql(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


# What was decided first of each application, told by its first written notice.
FIRST_DECISIONS = """
    SELECT outcome, count(*) FROM (
        SELECT DISTINCT ON (interest_id) outcome
        FROM business_interests_writtennotice ORDER BY interest_id, id
    ) AS firsts GROUP BY outcome
"""


def test_proportions_are_the_national_ones() -> None:
    decided = {str(outcome): int(str(count)) for outcome, count in sql(FIRST_DECISIONS)}
    limited = decided["approved_with_conditions"]
    approved = decided["approved"] + limited
    refused = decided["refused"]
    assert set(decided) == {"approved", "approved_with_conditions", "refused"}
    assert 0.95 <= approved / (approved + refused) <= 0.98
    assert 0.34 <= limited / approved <= 0.42
    assert refused >= 4
    assert 0.02 <= refused / (approved + refused) <= 0.045
    ((withdrawn,),) = sql(
        "SELECT count(*) FROM business_interests_interest WHERE status = 'withdrawn'"
    )
    assert withdrawn == 2
    ((received,),) = sql("SELECT count(*) FROM business_interests_interest")
    assert 155 <= int(str(received)) <= 185
    found = counts(Interest.objects.all(), today=timezone.localdate())
    assert (found.received, found.withdrawn) == (received, withdrawn)
    assert (found.approved, found.with_conditions) == (decided["approved"], limited)
    assert found.refused == refused


def test_every_status_category_and_kind_of_member_occurs() -> None:
    everything = Interest.objects.all()
    assert set(everything.values_list("status", flat=True)) == set(Status)
    assert len(set(everything.values_list("category", flat=True))) >= len(Category) - 2
    assert set(everything.values_list("legal_basis", flat=True)) >= {
        LegalBasis.POLICE_REGULATIONS,
        LegalBasis.FORCE_POLICY,
    }
    per_force = [
        everything.filter(case__force__code=code).count() for code in ("NMR", "EVL", "HTP")
    ]
    assert per_force == sorted(per_force, reverse=True)
    assert per_force[-1] > 25
    first = min(everything.values_list("case__received_at", flat=True))
    assert timezone.now() - timedelta(days=DAYS + 1) < first


def test_policies_of_alliance_harbour_and_each_body() -> None:
    today = timezone.localdate()
    nmr, evl, htp = (Force.objects.get(code=code) for code in ("NMR", "EVL", "HTP"))
    joint = InterestPolicy.objects.for_force(nmr.pk).in_force(today)
    assert joint == InterestPolicy.objects.for_force(evl.pk).in_force(today)
    assert joint.letting_needs_agent
    older = InterestPolicy.objects.for_force(nmr.pk).in_force(today - timedelta(days=DAYS))
    assert older != joint
    assert not older.letting_needs_agent
    harbour = InterestPolicy.objects.for_force(htp.pk).in_force(today)
    assert harbour.asks_hr
    assert harbour.asks_vetting
    assert RoleGrant.objects.filter(role=Role.HR, force=htp).exists()
    assert RoleGrant.objects.filter(role=Role.VETTING, force=htp).exists()
    for body in OversightBody.objects.all():
        assert InterestPolicy.objects.filter(oversight_body=body).exists()
    for policy in InterestPolicy.objects.all():
        assert set(policy.member_rules.values_list("member_type", flat=True)) == set(MemberType)
        assert set(policy.occupations.values_list("stance", flat=True)) == set(Stance)
        assert set(policy.weights.values_list("factor", flat=True)) == set(Factor)
        assert policy.library.count() >= 8
    frozen = Interest.objects.filter(case__force=nmr).values_list("policy", flat=True)
    assert set(frozen) == {older.pk, joint.pk}


def test_posts_and_hours_are_known_of_some() -> None:
    assert User.objects.exclude(post="").count() > 50
    assert User.objects.filter(weekly_hours__lt=35).count() > 20
    acting = RoleGrant.objects.get(role=Role.ACTING_CHIEF_OFFICER)
    assert acting.user.username == "dcc.evl"


def test_refused_doorman_carries_on() -> None:
    doorman = of("roads.nmr")
    assert doorman.status == Status.REFUSED
    assert doorman.listed is not None
    assert doorman.listed.stance == Stance.REFUSE
    appeal = doorman.appeals.get()
    assert appeal.outcome == AppealOutcome.DISMISSED
    assert appeal.ended_by is not None
    assert appeal.ended_by.username == "chief.nmr"
    found = doorman.follow_ups.exclude(done_at=None).values_list("months", "outcome")
    assert list(found) == [(1, FollowUpOutcome.NOT_DOING_IT), (6, FollowUpOutcome.DOING_IT)]
    assert Referral.objects.filter(case=doorman.case).exists()


def test_letting_without_agent_waits_with_its_risk() -> None:
    letting = of("detective.nmr")
    assert letting.status == Status.WITH_PSD
    assert letting.category == Category.LETTING
    assert letting.managing_agent == ""
    weight = letting.policy.weights.get(factor=Factor.NO_AGENT)
    assert letting.case.risk == weight.points


def test_driver_is_approved_against_guidance_by_two() -> None:
    driver = of("special.evl", occupation="Taxi driver")
    assert driver.status == Status.APPROVED_WITH_CONDITIONS
    assert driver.against_guidance
    assert driver.guidance_rationale
    stages = dict(driver.case.decisions.values_list("stage", "decided_by__username"))
    assert set(stages) == {"psd", "second_approval"}
    assert len(set(stages.values())) == 2
    assert counts(Interest.objects.all(), today=timezone.localdate()).against_guidance == 1


def test_silent_unit_never_applied() -> None:
    unit = Unit.objects.get(name=SILENT_UNIT)
    assert unit.people.count() >= 30
    assert not Interest.objects.filter(case__subject__unit=unit).exists()
    assert not Interest.objects.filter(case__subject_unit=unit).exists()


def test_support_officer_goes_past_48_hours() -> None:
    job = of("pcso.nmr")
    assert job.status == Status.WITH_PSD
    assert job.average_hours == Decimal(53)
    assert job.opted_out is False
    assert job.assessments.get().welfare_concern


def test_moved_yesterday_so_a_review_is_open() -> None:
    valeter = of("buyer.nmr")
    assert valeter.organisation is not None
    assert valeter.organisation.key == name_key(HALCYON)
    assert str(valeter.case.subject.unit) == FLEET
    review = valeter.open_review
    assert review is not None
    assert review.cause == ReviewCause.UNIT
    yesterday = timezone.localdate() - timedelta(days=1)
    assert timezone.localdate(review.opened_at) == yesterday


def test_broken_condition_has_an_open_challenge() -> None:
    skipper = of("officer.htp")
    broken = ConditionCheck.objects.get(condition__interest=skipper)
    assert broken.outcome == CheckOutcome.BROKEN
    challenge = Challenge.objects.get(case=skipper.case)
    assert challenge.to.username == "officer.htp"
    assert challenge.answered_at is None


def test_approval_waits_for_a_second_approver() -> None:
    classes = of("sergeant.evl")
    assert classes.status == Status.SECOND_APPROVAL
    check_second(User.objects.get(username="head.alliance"), classes)


def test_appeal_waits_for_the_chief_officer_with_its_papers() -> None:
    croupier = of("roads.evl")
    appeal = croupier.open_appeal
    assert appeal is not None
    assert appeal.papers
    assert appeal.decide_by > timezone.localdate()
    for username in ("chief.evl", "dcc.evl"):
        check_decide_appeal(User.objects.get(username=username), croupier)


def test_supervisor_has_views_to_give() -> None:
    mine = Deadline.objects.open().filter(
        owner__username="sergeant.nmr", case__register="business_interests"
    )
    assert {"assess", "assess_review"} <= set(mine.values_list("kind", flat=True))


def test_what_is_approved_is_kept_and_some_is_not() -> None:
    found = counts(Interest.objects.all(), today=timezone.localdate())
    assert found.checks > 15
    assert found.checks_broken == 2
    assert found.conditions_overdue >= 2
    assert found.reviews_closed > 10
    assert found.reviews_overdue >= 1
    assert found.follow_ups_done == 4
    assert found.follow_ups_overdue >= 2
    ended = Interest.objects.filter(status=Status.CEASED)
    assert set(ended.values_list("ceased_because", flat=True)) == set(CeasedBecause)
    outcomes = set(Appeal.objects.values_list("outcome", flat=True))
    assert outcomes == {"", AppealOutcome.DISMISSED, AppealOutcome.UPHELD, AppealOutcome.VARIED}
    causes = set(Review.objects.values_list("cause", flat=True))
    assert causes >= {ReviewCause.SCHEDULED, ReviewCause.CIRCUMSTANCES, ReviewCause.UNIT}
    assert PdrRecord.objects.count() >= 6
    discussion = RefusalDiscussion.objects.get()
    assert of("roads.nmr").case.reference in discussion.references


def test_nothing_decides_about_itself() -> None:
    assert not Interest.objects.filter(case__decisions__decided_by=F("case__subject")).exists()
    limited = Interest.objects.filter(status=Status.APPROVED_WITH_CONDITIONS)
    assert all(interest.standing_conditions for interest in limited)
    assert not Interest.objects.filter(status__in=LIVE, review_on=None).exists()


def test_some_employers_make_offers_too() -> None:
    employers = Interest.objects.exclude(organisation=None).values("organisation")
    both = Offer.objects.filter(provider_organisation__in=employers)
    names = set(both.values_list("provider_organisation__key", flat=True))
    assert name_key(HALCYON) in names
    assert len(names) >= 3
    assert HALCYON in said.SUPPLIERS_TOO


def test_nobody_in_it_is_real() -> None:
    """People are of the invented lists, organisations of the invented firms, with nobody left over."""
    bodies = {(first, last) for body in (*BODIES, JOINT) for _, first, last in body.people}
    for person in User.objects.all():
        name = (person.first_name, person.last_name)
        assert name in bodies or (person.first_name in FIRST and person.last_name in LAST)
    invented = {name_key(name) for name in said.EMPLOYERS | ALL_NAMES}
    found = Interest.objects.exclude(organisation=None).values_list("organisation__key", flat=True)
    assert set(found) <= invented
    assert not Case.objects.filter(register="business_interests", subject=None).exists()
