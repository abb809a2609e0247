"""Interests on the PSD desk: who sees which, what stands in each queue, the case page, the policy rows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.casework.enums import Source
from integrity.casework.models import Case, Challenge, Deadline, Decision, Referral
from integrity.people.enums import Role
from integrity.people.models import Unit, User
from registers.business_interests.admin import DESK_VERBS
from registers.business_interests.enums import (
    CheckMethod,
    CheckOutcome,
    ConditionKind,
    IfBroken,
    Status,
    Verb,
)
from registers.business_interests.handlers import HANDLERS
from registers.business_interests.models import (
    Condition,
    Interest,
    InterestPolicy,
    ListedOccupation,
    Review,
)
from registers.business_interests.queues import QUEUES
from registers.business_interests.workflow import TRANSITIONS
from tests import builders
from tests.builders import World
from tests.integrity.casework.test_desk import filled
from tests.interests import HOURS, apply, fresh, interest_in, interest_policy, perform

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LIST = reverse("psd:business_interests_interest_changelist")
ADD_POLICY = reverse("psd:business_interests_interestpolicy_add")
FAR = timedelta(days=400)


def signed_in(user: User) -> Client:
    client = Client()
    backend = "integrity.people.backends.ServingMemberBackend"
    client.force_login(builders.read_anew(user), backend=backend)
    return client


def case_url(interest: Interest) -> str:
    return reverse("psd:business_interests_interest_change", args=[interest.pk])


def verb_url(interest: Interest, verb: str) -> str:
    return reverse("psd:business_interests_interest_verb", args=[interest.pk, verb])


def policy_url(policy: InterestPolicy) -> str:
    return reverse("psd:business_interests_interestpolicy_change", args=[policy.pk])


def words(response: Any) -> str:
    return response.content.decode()


def listed(client: Client, queue: str = "all") -> set[Interest]:
    response = client.get(LIST, {"queue": queue})
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def queues_of(client: Client) -> set[str]:
    """Those that the desk's first page offers."""
    registers = {each.name: each for each in client.get(reverse("psd:index")).context["registers"]}
    return {queue.path.split("=")[1] for queue in registers["Business interests"].queues}


def standing(status: Status, world: World, **details: Any) -> Interest:
    """An interest at a status by the real clock, as queues are read by it; past the limit is fine."""
    return interest_in(status, world, **{"now": NOW, "opted_out": True, **details})


# Queues


@pytest.fixture
def everything(world: World) -> World:
    """An interest in every status, and those that only time or PSD's keeping brings about."""
    alliance = InterestPolicy.objects.filter(department=world.alliance_psd)
    alliance.update(asks_hr=True, asks_vetting=True)

    def long_ago(status: Status, days: int, **details: Any) -> Interest:
        return standing(status, world, now=NOW - timedelta(days=days), **details)

    def then(verb: Verb, interest: Interest, by: User = world.reviewer, **more: Any) -> Interest:
        return perform(verb, interest, by=by, in_world=world, now=NOW, **more)

    for status in Status:
        standing(status, world)
    # PSD's clock
    long_ago(Status.WITH_PSD, 25)
    long_ago(Status.WITH_PSD, 40)
    # a reviewer's own
    for interest in (
        standing(Status.WITH_PSD, world),
        standing(Status.APPROVED, world),
        long_ago(Status.APPROVED_WITH_CONDITIONS, 180),
        long_ago(Status.REFUSED, 26),
    ):
        then(Verb.ASSIGN, interest, owner=world.reviewer)
    # what is kept: conditions, refusals, reviews, appeals
    long_ago(Status.APPROVED_WITH_CONDITIONS, 300)
    long_ago(Status.REFUSED, 100)
    then(Verb.FOLLOW_UP, long_ago(Status.REVOKED, 100))
    then(Verb.OPEN_REVIEW, standing(Status.APPROVED, world))
    late = long_ago(Status.APPROVED, 60)
    perform(Verb.OPEN_REVIEW, late, by=world.reviewer, in_world=world, now=NOW - FAR / 8)
    long_ago(Status.APPEALED, 15)
    then(Verb.SEND_PAPERS, standing(Status.APPEALED, world), by=world.constable)
    limited = standing(Status.APPROVED_WITH_CONDITIONS, world)
    then(Verb.APPEAL, limited, by=world.constable)
    # against the guidance, by one or by the other
    proposed = standing(Status.SECOND_APPROVAL, world)
    then(Verb.SECOND_APPROVE, proposed, by=world.other_reviewer)
    theirs = standing(Status.WITH_PSD, world, occupation="Door supervisor")
    then(Verb.APPROVE, theirs, by=world.other_reviewer, rationale="He has done it for years.")
    gone = standing(Status.SECOND_APPROVAL, world)
    then(Verb.REVOKE, then(Verb.SECOND_APPROVE, gone, by=world.other_reviewer))
    # what PSD alone knows
    broken = standing(Status.APPROVED_WITH_CONDITIONS, world)
    seen = {"outcome": CheckOutcome.BROKEN, "if_broken": IfBroken.REFER, "evidence": "Payslips."}
    then(Verb.CHECK_CONDITION, broken, **seen)
    then(Verb.CHALLENGE, standing(Status.APPROVED, world))
    silent = {"silent": True, "silent_reason": "A source would be at risk."}
    then(Verb.CHALLENGE, standing(Status.APPROVED, world), **silent)
    # a legacy register's, the head of the force's, and another force's
    imported = standing(Status.APPROVED_WITH_CONDITIONS, world)
    Case.objects.filter(pk=imported.case_id).update(source=Source.IMPORTED)
    imported.conditions.update(to_confirm=True, next_check_on=None)
    apply(world.chief, now=NOW)
    standing(Status.WITH_PSD, world, subject=world.harbour_constable)
    return world


def stands_as(interest: Interest) -> str:
    return interest.stood_at if interest.status == "appealed" else interest.status


def next_task(interest: Interest) -> date:
    """The day of PSD's next open task, or of the owner's; far away where there is none."""
    owners = {None, interest.case.owner_id}
    tasks = Deadline.objects.filter(case=interest.case_id, met_at=None)
    return min((task.due_on for task in tasks if task.owner_id in owners), default=date.max)


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def is_open(interest: Interest) -> bool:
    return interest.case.phase in ("open", "waiting")


def is_new(interest: Interest, user: User) -> bool:
    """The world's forces have named nobody outside, so what nobody has taken is anybody's."""
    return interest.status == "with_psd" and interest.case.owner_id is None


def is_mine(interest: Interest, user: User) -> bool:
    soon = is_open(interest) or next_task(interest) <= days(7)
    return interest.case.owner_id == user.pk and soon


def is_waiting(interest: Interest, user: User) -> bool:
    if interest.status in ("with_supervisor", "with_hr", "with_vetting", "queried"):
        return True
    appeals = [each for each in interest.appeals.all() if not each.outcome]
    return any(not each.papers_at and each.papers_by >= TODAY for each in appeals)


def wants_second(interest: Interest, user: User) -> bool:
    rulings = Decision.objects.filter(case=interest.case_id)
    mine = [each for each in rulings if each.decided_by_id == user.pk]
    return interest.status == "second_approval" and not mine


def is_challenged(interest: Interest, user: User) -> bool:
    open_ones = Challenge.objects.filter(case=interest.case_id, disposed_at=None)
    return any(not each.silent or not user.holds(Role.INSPECTOR) for each in open_ones)


def is_referred(interest: Interest, user: User) -> bool:
    found = Referral.objects.filter(case=interest.case_id)
    return found.exists() and not user.holds(Role.INSPECTOR)


def checks_due(interest: Interest, user: User) -> bool:
    held = [each for each in interest.conditions.all() if not (each.ended_at or each.to_confirm)]
    return any(each.next_check_on and each.next_check_on <= days(14) for each in held)


def to_confirm(interest: Interest, user: User) -> bool:
    return any(each.ended_at is None and each.to_confirm for each in interest.conditions.all())


def follow_up_due(interest: Interest, user: User) -> bool:
    return any(
        each.done_at is None and each.dropped_at is None and each.due_on <= days(14)
        for each in interest.follow_ups.all()
    )


def open_reviews(interest: Interest) -> list[Review]:
    return [each for each in interest.reviews.all() if each.closed_at is None]


def is_approved(interest: Interest, user: User) -> bool:
    return stands_as(interest) in ("approved", "approved_with_conditions")


ORACLE: dict[str, Callable[[Interest, User], bool]] = {
    "todo": lambda interest, user: is_new(interest, user) or is_mine(interest, user),
    "new": is_new,
    "mine": is_mine,
    "waiting": is_waiting,
    "clock": lambda interest, user: next_task(interest) <= days(7),
    "second": wants_second,
    "appealed": lambda interest, user: interest.status == "appealed",
    "to_check": checks_due,
    "to_confirm": to_confirm,
    "to_follow_up": follow_up_due,
    "reviews_due": lambda interest, user: bool(open_reviews(interest)),
    "reviews_overdue": lambda interest, user: any(
        each.due_on < TODAY for each in open_reviews(interest)
    ),
    "against": lambda interest, user: interest.against_guidance and is_approved(interest, user),
    "referred": is_referred,
    "challenges": is_challenged,
    "approved": is_approved,
    "refused": lambda interest, user: stands_as(interest) in ("refused", "revoked"),
    "outside": lambda interest, user: is_open(interest) and interest.case.with_outside_decider,
    "imported": lambda interest, user: interest.case.source == "imported",
    "all": lambda interest, user: True,
}


def expected(slug: str, user: User, world: World) -> set[Interest]:
    """What a queue holds for somebody of the alliance's PSD, or for Northmoor's inspector."""
    found = Interest.objects.select_related("case").filter(case__force=world.northmoor)
    return {interest for interest in found if ORACLE[slug](interest, user)}


def test_each_queue_holds_its_own(everything: World) -> None:
    """For the alliance’s PSD and Northmoor’s inspector; another force’s PSD sees none of it."""
    assert {queue.slug for queue in QUEUES} == set(ORACLE)
    for who in ("reviewer", "other_reviewer", "psd_head", "inspector"):
        user = getattr(everything, who)
        client = signed_in(user)
        theirs = set(ORACLE) - ({"referred"} if who == "inspector" else set())
        assert queues_of(client) == theirs
        for slug in theirs:
            assert listed(client, slug) == expected(slug, user, everything), (who, slug)
    elsewhere = listed(signed_in(everything.harbour_reviewer))
    assert {interest.case.force for interest in elsewhere} == {everything.harbour}


def test_no_queue_is_empty_and_each_is_counted(everything: World) -> None:
    """So that the oracle is asked about something in each; counts are those of the first page."""
    response = signed_in(everything.reviewer).get(reverse("psd:index"))
    registers = {each.name: each for each in response.context["registers"]}
    queues = registers["Business interests"].queues
    counts = {queue.path.split("=")[1]: queue.count for queue in queues}
    user = everything.reviewer
    assert counts == {slug: len(expected(slug, user, everything)) for slug in ORACLE}
    assert all(counts.values()), counts
    assert {i.status for i in Interest.objects.all()} == set(Status.values)


def test_the_desk_opens_on_mine_and_new_by_risk_then_day(everything: World) -> None:
    response = signed_in(everything.reviewer).get(LIST)
    rows = list(response.context["cl"].queryset)
    assert set(rows) == expected("todo", everything.reviewer, everything)
    order = [(-row.case.risk, next_task(row)) for row in rows]
    assert order == sorted(order)
    assert "Overdue since" in words(response)


@pytest.mark.parametrize("text", ["gardener", "fallow hill", "constable"])
def test_a_search_looks_in_every_queue(world: World, text: str) -> None:
    found = standing(Status.REFUSED, world)
    other = {"occupation": "Piano teacher", "organisation": "Music Ltd"}
    standing(Status.REFUSED, world, subject=world.sergeant, **other)
    response = signed_in(world.reviewer).get(LIST, {"q": text})
    assert list(response.context["cl"].queryset) == [found]


@pytest.mark.parametrize("queue", ["all", "approved"])
def test_queries_do_not_grow_with_the_rows(
    world: World, queue: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(world.reviewer)

    def read() -> int:
        with django_assert_max_num_queries(40) as queries:
            assert client.get(LIST, {"queue": queue, "all": ""}).status_code == 200
        return len(queries)

    for status in (Status.WITH_PSD, Status.APPROVED_WITH_CONDITIONS):
        standing(status, world)
    few = read()
    for number in range(20):
        named = {"organisation": f"Firm {number}", "subject": world.colleague}
        standing(Status.WITH_PSD, world, **named)
        standing(Status.APPROVED_WITH_CONDITIONS, world, **named)
    assert read() == few


# Scope


@pytest.mark.parametrize(
    "who", ["harbour_reviewer", "administrator", "constable", "sergeant", "register_owner"]
)
def test_an_interest_out_of_scope_is_not_found_on_any_url(world: World, who: str) -> None:
    interest = standing(Status.WITH_PSD, world)
    client = signed_in(getattr(world, who))
    for url in (case_url(interest), *(verb_url(interest, verb) for verb in DESK_VERBS)):
        assert client.get(url).status_code == 404, url
        assert client.post(url, {}).status_code in (404, 405), url
    assert fresh(interest).status == Status.WITH_PSD


def test_a_force_administrator_sees_no_cases(world: World) -> None:
    interest = standing(Status.WITH_PSD, world)
    client = signed_in(world.administrator)
    assert client.get(LIST).status_code == 403
    page = words(client.get(reverse("psd:index")))
    assert interest.case.reference not in page
    assert LIST not in page


def test_an_inspector_reads_and_changes_nothing(world: World) -> None:
    interest = standing(Status.WITH_PSD, world)
    client = signed_in(world.inspector)
    assert listed(client) == {interest}
    for verb in DESK_VERBS:
        for response in (
            client.get(verb_url(interest, verb)),
            client.post(verb_url(interest, verb)),
        ):
            assert response.status_code == 403, verb


# The case page


def test_every_verb_of_psd_is_on_the_desk() -> None:
    of_psd = {Verb(each.verb) for each in TRANSITIONS if "psd" in each.who}
    assert of_psd == DESK_VERBS <= set(HANDLERS)


def test_every_case_page_shows_a_score_made_of_its_factors(everything: World) -> None:
    """An inspector reads the same pages, without verbs and without what PSD alone may know."""
    reviewer, inspector = signed_in(everything.reviewer), signed_in(everything.inspector)
    known = 0
    for interest in expected("all", everything.reviewer, everything):
        response = reviewer.get(case_url(interest))
        page = words(response)
        score = response.context["score"]
        assert sum(each.points for each in score) == response.context["score_total"]
        assert all(f"{each.factor}: {each.points} point" in page for each in score)
        secrets = ("Handed over for investigation", "A source would be at risk.")
        known += sum(secret in page for secret in secrets)
        read = words(inspector.get(case_url(interest)))
        assert interest.case.reference in read
        assert not any(secret in read for secret in ("ir-desk-verbs", *secrets))
    assert known == 2


def test_the_score_is_the_one_that_sorts(world: World) -> None:
    details = {"occupation": "Taxi driver", "uses_police_knowledge": True, "conflict_note": "Maps."}
    interest = standing(Status.WITH_PSD, world, **details)
    response = signed_in(world.reviewer).get(case_url(interest))
    assert response.context["score_total"] == interest.case.risk == 35
    page = words(response)
    for said in (
        "Occupation on the force’s list: 20 points",
        "Uses police knowledge or contacts: 15 points",
        "Allowed with conditions only. See PSD.",
        "The force’s list allows driver with conditions only.",
        "Police Regulations 2003, regulations 7 to 9",
        "28 days from the complete application",
        "Supervisor: No concerns",
        "44 hours, within the 48-hour average over 17 weeks.",
        "Business interests, in force from 1 January 2020",
    ):
        assert said in page, said


def test_working_time_adds_up_what_is_approved(world: World) -> None:
    first = standing(Status.APPROVED, world)
    interest = standing(Status.WITH_PSD, world, hours_a_week=8, opted_out=True)
    facts = signed_in(world.reviewer).get(case_url(interest)).context["working_time"]
    assert [(fact.label, fact.value) for fact in facts] == [
        ("Duty", "40 hours a week"),
        (f"{first.case.reference}: {first.title}", "4 hours a week"),
        ("This interest", "8 hours a week"),
        ("Average week today", "52 hours, past the 48-hour average over 17 weeks."),
        ("Opted out of the limit", "Yes"),
    ]


def test_what_keeps_a_decision_is_on_the_page(world: World) -> None:
    interest = standing(Status.APPROVED_WITH_CONDITIONS, world)
    held = interest.conditions.first()
    seen = {"outcome": CheckOutcome.BROKEN, "method": CheckMethod.VISIT, "condition": held}
    more = {"if_broken": IfBroken.REFER, "evidence": "Twenty hours in May."}
    perform(
        Verb.CHECK_CONDITION, interest, by=world.reviewer, in_world=world, now=NOW, **seen, **more
    )
    perform(Verb.OPEN_REVIEW, fresh(interest), by=world.reviewer, in_world=world, now=NOW)
    response = signed_in(world.reviewer).get(case_url(interest))
    page = words(response)
    notice = interest.notices.get()
    path = reverse("business_interests:notice", args=[interest.case.reference, notice.pk])
    for said in (
        HOURS.text,
        "Payslips or invoices, every 6 months",
        "Visit: Twenty hours in May.",
        "Hand it over for investigation",
        "Handed over for investigation",
        "Check of a condition",
        "PSD asks",
        f'href="{path}"',
    ):
        assert said in page, said


def test_a_proposal_a_refusal_and_an_appeal_are_on_their_pages(world: World) -> None:
    client = signed_in(world.reviewer)
    proposed = words(client.get(case_url(standing(Status.SECOND_APPROVAL, world))))
    assert "He has done it for years." in proposed
    assert "Conditions</dt><dd>None" in proposed
    appealed = standing(Status.APPEALED, world)
    perform(Verb.SEND_PAPERS, appealed, by=world.constable, in_world=world, now=NOW)
    page = words(client.get(case_url(appealed)))
    for said in ("It is unfair.", "PS Friend", "My letter.", "After 12 months", "Not done yet."):
        assert said in page, said


def test_similar_decisions_stand_beside_the_case(world: World) -> None:
    """Those of the same occupation on the list and the same rank first, each with what was decided."""
    taxi = {"occupation": "Taxi driver", "conditions": ()}
    earlier = timedelta(days=30)
    same = standing(
        Status.REFUSED, world, subject=world.colleague, now=NOW - earlier, occupation="Driver"
    )
    plain = standing(Status.APPROVED_WITH_CONDITIONS, world, subject=world.colleague)
    standing(Status.WITH_PSD, world, subject=world.colleague)
    standing(Status.WITHDRAWN, world, subject=world.colleague)
    standing(Status.REFUSED, world, subject=world.harbour_constable)
    standing(Status.REFUSED, world, category="training")
    interest = standing(Status.WITH_PSD, world, occupation=taxi["occupation"])
    response = signed_in(world.reviewer).get(case_url(interest))
    found = [each for each, _ in response.context["similar"]]
    assert [each.interest for each in found] == [same, plain]
    assert found[0].ground == "Conflict with the role"
    assert found[0].reason == "Because the policy says so."
    assert found[1].conditions == [HOURS.text, "No use of uniform or warrant card."]
    assert response.context["outcomes"] == [("Approved with conditions", 1), ("Refused", 1)]
    decided = signed_in(world.reviewer).get(case_url(same))
    assert decided.context["outcomes"] == []


def test_other_interests_of_the_person_and_the_organisation(world: World) -> None:
    interest = standing(Status.WITH_PSD, world)
    mine = standing(Status.APPROVED, world, organisation="Another Ltd")
    theirs = standing(Status.APPROVED, world, subject=world.colleague)
    context = signed_in(world.reviewer).get(case_url(interest)).context
    assert [each.reference for each in context["of_person"]] == [mine.case.reference]
    assert [each.reference for each in context["of_organisation"]] == [theirs.case.reference]


def test_a_verb_is_carried_out_by_its_form(world: World) -> None:
    interest = standing(Status.WITH_PSD, world)
    client = signed_in(world.reviewer)
    for verb in ("assign", "approve", "refuse", "ask"):
        assert client.get(verb_url(interest, verb)).status_code == 200, verb
    data = {"version": interest.case.version, "owner": world.reviewer.pk}
    response = client.post(verb_url(interest, "assign"), data)
    assert response.status_code == 302
    assert fresh(interest).case.owner == world.reviewer


# Policy rows


def test_a_policy_row_on_an_interest_is_fixed(world: World) -> None:
    client = signed_in(world.psd_head)
    policy = interest_policy(force=world.northmoor, effective_from=date(2021, 1, 1))
    assert 'name="review_months"' in words(client.get(policy_url(policy)))
    standing(Status.WITH_SUPERVISOR, world)
    page = words(client.get(policy_url(policy)))
    assert "This row is frozen on 1 entry; add a new one with a later date." in page
    assert f"{ADD_POLICY}?copy={policy.pk}" in page
    assert 'name="review_months"' not in page
    assert client.post(policy_url(policy), {}).status_code == 403


def test_a_new_policy_row_begins_as_a_copy_with_its_parts(world: World) -> None:
    client = signed_in(world.psd_head)
    own = interest_policy(force=world.northmoor, effective_from=date(2021, 1, 1))
    data = filled(client.get(f"{ADD_POLICY}?copy={own.pk}"))
    assert "doorman, door supervisor, bouncer" in data.values()
    data |= {"effective_from": days(30)}
    response = client.post(f"{ADD_POLICY}?copy={own.pk}", data)
    assert response.status_code == 302, response.context["errors"]
    copy = InterestPolicy.objects.latest("pk")
    assert copy.pk != own.pk
    assert copy.follow_up_months == own.follow_up_months == [1, 6, 12]
    for part in ("member_rules", "occupations", "library", "intervals", "weights"):
        assert getattr(copy, part).count() == getattr(own, part).count() > 0, part
    assert copy.occupations.get(name="Driver").words == ["driver", "taxi", "chauffeur"]


def test_words_are_typed_with_commas_and_every_member_has_a_rule(world: World) -> None:
    client = signed_in(world.psd_head)
    policy = interest_policy(force=world.northmoor, effective_from=date(2021, 1, 1))
    data = filled(client.get(policy_url(policy)))
    words_of = next(name for name in data if name.endswith("-words"))
    which = ListedOccupation.objects.get(pk=data[words_of.replace("-words", "-id")])
    data |= {words_of: "mini cab,  private hire, "}
    assert client.post(policy_url(policy), data).status_code == 302
    which.refresh_from_db()
    assert which.words == ["mini cab", "private hire"]
    data = filled(client.get(policy_url(policy)))
    data |= {"member_rules-1-DELETE": "on"}
    page = words(client.post(policy_url(policy), data))
    assert "Every kind of member needs a rule: add one for Special constable." in page
    assert policy.member_rules.count() == 6


def test_a_joint_policy_is_changed_by_who_holds_all_its_forces(world: World) -> None:
    policy = InterestPolicy.objects.get(department=world.alliance_psd)
    assert 'name="review_months"' not in words(
        signed_in(world.administrator).get(policy_url(policy))
    )
    assert 'name="review_months"' in words(signed_in(world.psd_head).get(policy_url(policy)))
    assert signed_in(world.harbour_reviewer).get(policy_url(policy)).status_code == 404


# People


def test_a_transfer_reopens_what_was_approved(world: World) -> None:
    """The administrator changes the unit on the person's form, without ever seeing the interest."""
    interest = standing(Status.APPROVED, world)
    unit = Unit.objects.create(force=world.northmoor, name="Custody")
    client = signed_in(world.administrator)
    url = reverse("psd:people_user_change", args=[world.constable.pk])
    data = filled(client.get(url))
    data |= {"unit": unit.pk, "post": "Custody sergeant", "weekly_hours": "37.5"}
    response = client.post(url, data)
    assert response.status_code == 302, response.context["errors"]
    world.constable.refresh_from_db()
    assert (world.constable.post, world.constable.unit) == ("Custody sergeant", unit)
    assert f"{world.constable.weekly_hours}" == "37.5"
    review = interest.reviews.get()
    assert review.opened_by == world.administrator
    assert review.closed_at is None
    assert review.cause == "unit"
    for said in ("From Patrol to Custody", "Custody sergeant", "37.5"):
        assert said in review.what, review.what
    assert listed(signed_in(world.reviewer), "reviews_due") == {interest}


def test_conditions_ended_are_shown_apart(world: World) -> None:
    interest = standing(Status.APPROVED_WITH_CONDITIONS, world)
    Condition.objects.filter(interest=interest, kind=ConditionKind.HOURS).update(ended_at=NOW)
    context = signed_in(world.reviewer).get(case_url(interest)).context
    assert [each.text for each in context["ended"]] == [HOURS.text]
    assert [each.kind for each in context["standing"]] == ["no_uniform"]
