"""The demo's investigations: in the national proportions, every planted story, and for PSD alone."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrity.casework.enums import DeadlineKind, ReferralSource
from integrity.casework.models import CaseLink, Deadline, Referral
from integrity.people.models import Force, OversightBody, User
from registers.demo.data import investigations as said
from registers.demo.data.names import FIRST, LAST
from registers.demo.load import load
from registers.demo.world import DAYS
from registers.investigations.actions.concerns import read_concern
from registers.investigations.counts import CategoryRow, counts
from registers.investigations.enums import Category, Factor, Outcome, Standing, Status, SubCategory
from registers.investigations.models import (
    Concern,
    ExternalReferral,
    Investigation,
    InvestigationPolicy,
    Lead,
    Restriction,
    SocialMediaPost,
    waiting_referrals,
)
from registers.investigations.policies import hash_of
from registers.media_contacts.models import Contact

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

POINTS = 0.04
# HMIC 2012: of 2,207 investigations, in the five groups
STANDINGS = {
    Standing.CONTINUING: 708,
    Standing.REFERRED: 45,
    Standing.NO_FURTHER_ACTION: 744,
    Standing.ADVICE: 643,
    Standing.LEFT: 67,
}
CATEGORIES = {
    Category.DISCLOSURE: 1737,
    Category.MEDIA_RELATIONSHIP: 19,
    Category.GRATUITIES: 7,
    Category.SECONDARY_EMPLOYMENT: 154,
}
# of 1,737 that were about disclosure; to the media, 48 local and 50 national
KINDS = {
    SubCategory.CRIMINALS: 364,
    SubCategory.FRIENDS_FAMILY: 312,
    SubCategory.PERSONAL_USE: 367,
    SubCategory.LOCAL_MEDIA: 48,
    SubCategory.NATIONAL_MEDIA: 50,
    SubCategory.OTHERS: 596,
}
DISCLOSURE = {
    Standing.CONTINUING: 603,
    Standing.REFERRED: 38,
    Standing.NO_FURTHER_ACTION: 641,
    Standing.ADVICE: 410,
    Standing.LEFT: 45,
}


def of(title: str) -> Investigation:
    return Investigation.objects.select_related("case", "policy").get(title__contains=title)


def person(username: str) -> User:
    return User.objects.get(username=username)


def signed_in(username: str) -> Client:
    client = Client()
    backend = "integrity.people.backends.ServingMemberBackend"
    client.force_login(person(username), backend=backend)
    return client


def category(name: str) -> CategoryRow:
    rows = counts(Investigation.objects.all()).categories
    return next(row for row in rows if row.key == name)


def test_standings_are_in_the_national_proportions() -> None:
    everything = counts(Investigation.objects.all()).everything
    assert 58 <= everything.total <= 62
    for standing, national in STANDINGS.items():
        assert abs(everything[standing] / everything.total - national / 2207) < POINTS, standing
    assert everything[Standing.REFERRED] == everything[Standing.LEFT] == 2


def test_categories_are_in_the_national_proportions() -> None:
    total = Investigation.objects.count()
    for name, national in CATEGORIES.items():
        assert abs(category(name).total / total - national / 2207) < POINTS, name
        assert category(name).total >= 1
    # The report says of 290 no more than that they are of no category it counts.
    others = category("").total + category(Category.SOCIAL_MEDIA).total
    assert abs(others / total - 290 / 2207) < POINTS


def test_disclosure_is_in_the_national_proportions() -> None:
    disclosure = category(Category.DISCLOSURE)
    kinds = {row.key: row.total for row in disclosure.kinds}
    for kind, national in KINDS.items():
        assert abs(kinds[kind] / disclosure.total - national / 1737) < POINTS, kind
    for standing, national in DISCLOSURE.items():
        assert abs(disclosure[standing] / disclosure.total - national / 1737) < POINTS, standing


def test_opened_and_closed_over_eighteen_months() -> None:
    everything = Investigation.objects.all()
    found = counts(everything)
    assert len(found.months) >= 15
    assert max(month.total for month in found.months) <= 12
    first = min(everything.values_list("opened_at", flat=True))
    assert timezone.now() - timedelta(days=DAYS + 1) < first < timezone.now() - timedelta(days=450)
    closed = everything.filter(status=Status.CLOSED)
    assert not closed.filter(outcome_on__lt=F("opened_at__date")).exists()
    assert len({day.replace(day=1) for day in closed.values_list("outcome_on", flat=True)}) > 10
    per_force = [
        everything.filter(case__force__code=code).count() for code in ("NMR", "EVL", "HTP")
    ]
    assert per_force == sorted(per_force, reverse=True)
    assert per_force[-1] >= 10
    assert set(dict(found.outcomes)) >= {Outcome.RESIGNED, Outcome.DISMISSED}


def test_policies_name_a_reporting_line_of_the_force() -> None:
    today = timezone.localdate()
    nmr, evl, htp = (Force.objects.get(code=code) for code in ("NMR", "EVL", "HTP"))
    rows = InvestigationPolicy.objects
    joint, harbour = rows.for_force(nmr.pk).in_force(today), rows.for_force(htp.pk).in_force(today)
    assert joint == rows.for_force(evl.pk).in_force(today) != harbour
    for policy in (joint, harbour):
        assert policy.reporting_line_name
        assert policy.reporting_line_phone.startswith("01632 960")
        assert policy.reporting_line_url.endswith(".example/")
    for body in OversightBody.objects.all():
        assert rows.filter(oversight_body=body).exists()
    for policy in rows.all():
        assert set(policy.weights.values_list("factor", flat=True)) == set(Factor)


def test_leak_flagged_from_a_contact_is_investigated_and_linked_to_it() -> None:
    lead = Lead.objects.get(referral__source=ReferralSource.LEAK_FLAG, referral__case__isnull=False)
    investigation = lead.investigation
    assert investigation is not None
    assert investigation.title == lead.referral.about
    assert investigation.source == ReferralSource.LEAK_FLAG
    assert investigation.sub_category == SubCategory.NATIONAL_MEDIA
    contact = Contact.objects.get(case=lead.referral.case)
    assert CaseLink.objects.filter(case=investigation.case, other=contact.case).exists()
    assert investigation.case.subject == contact.case.subject
    assert investigation.case.owner == person("reviewer.alliance")


def test_leak_flagged_from_coverage_waits_with_its_source_unknown() -> None:
    waits = Referral.objects.get(source=ReferralSource.LEAK_FLAG, case=None, lead=None)
    assert waits.person is None
    assert waits in waiting_referrals(person("reviewer.alliance"))


def test_some_referrals_wait_and_none_for_months() -> None:
    waiting = waiting_referrals(person("head.alliance"))
    sources = set(waiting.values_list("source", flat=True))
    assert sources >= {ReferralSource.LEAK_FLAG, ReferralSource.DECISION}
    assert waiting_referrals(person("head.htp")).exists()
    old = timezone.now() - timedelta(days=90)
    assert not Referral.objects.filter(lead=None, made_at__lt=old).exists()


def test_a_concern_of_no_integrity_was_answered_and_set_aside() -> None:
    lead = Lead.objects.get(investigation=None, referral__source=ReferralSource.ANONYMOUS)
    assert lead.set_aside_because
    assert not lead.referral.concern.awaits_reply


def test_doorman_is_investigated_from_his_follow_up_and_a_concern() -> None:
    doorman = Investigation.objects.get(case__subject=person("roads.nmr"))
    assert doorman.category == Category.SECONDARY_EMPLOYMENT
    sources = list(doorman.leads.values_list("referral__source", flat=True))
    assert sources == [ReferralSource.FOLLOW_UP, ReferralSource.ANONYMOUS]
    several = doorman.policy.weights.get(factor=Factor.SEVERAL_SOURCES)
    assert doorman.case.risk == several.points


def test_concern_that_was_answered_has_a_sender_who_wrote_again() -> None:
    messages = read_concern(code=said.ANSWERED_CODE)
    assert [message.from_psd for message in messages] == [False, True, False]
    concern = Concern.objects.get(code_hash=hash_of(said.ANSWERED_CODE))
    assert concern.awaits_reply
    assert concern.referral.made_by is None


def test_concern_that_nobody_has_answered() -> None:
    (message,) = read_concern(code=said.WAITING_CODE.lower().replace("-", " "))
    assert message.text == said.FUEL
    concern = Concern.objects.get(code_hash=hash_of(said.WAITING_CODE))
    assert concern.awaits_reply
    assert concern.referral in waiting_referrals(person("reviewer.htp"))


def test_risk_sorts_what_is_open_with_the_dealer_at_the_top() -> None:
    still_open = Investigation.objects.exclude(status=Status.CLOSED).order_by("-case__risk")
    first, second = still_open[:2]
    assert first == of("A dealer was told")
    assert first.sub_category == SubCategory.CRIMINALS
    assert first.still_has_access
    assert first.case.subject is None
    assert first.case.risk > second.case.risk
    assert len(set(still_open.values_list("case__risk", flat=True))) >= 5
    again = of("Forty searches")
    before = of("Searches on neighbours")
    assert again.case.subject == before.case.subject
    assert again.case.risk == again.policy.weights.get(factor=Factor.REPEATED).points


def test_some_are_suspended_or_restricted() -> None:
    running = Restriction.objects.filter(ended_at=None)
    assert set(running.values_list("kind", flat=True)) == {"suspended", "restricted"}
    assert Restriction.objects.exclude(ended_at=None).count() >= 2
    closed = Restriction.objects.filter(investigation__status=Status.CLOSED)
    assert not closed.filter(ended_at=None).exists()


def test_two_are_with_an_external_body_and_one_came_back() -> None:
    assert set(ExternalReferral.objects.values_list("body", flat=True)) == {said.EXTERNAL}
    away = ExternalReferral.objects.filter(returned_on=None)
    assert {each.investigation.status for each in away} == {Status.REFERRED}
    assert away.count() == 2
    assert ExternalReferral.objects.exclude(returned_on=None).count() == 1


def test_one_post_is_gone_and_one_is_looked_at_again_tomorrow() -> None:
    gone = SocialMediaPost.objects.exclude(gone_on=None).get()
    assert list(gone.checks.values_list("still_there", flat=True)) == [True, False]
    assert gone.investigation.outcome == Outcome.ADVICE
    there = SocialMediaPost.objects.get(gone_on=None)
    assert there.next_check_on == timezone.localdate() + timedelta(days=1)
    task = Deadline.objects.open().get(kind=DeadlineKind.RECHECK)
    assert (task.case, task.due_on) == (there.investigation.case, there.next_check_on)


def test_who_left_did_so_on_the_day_of_the_outcome() -> None:
    left = Investigation.objects.filter(outcome__in=(Outcome.RESIGNED, Outcome.DISMISSED))
    for investigation in left.select_related("case__subject"):
        assert investigation.case.subject is not None
        assert investigation.outcome_on == investigation.case.subject.leaves_on


def test_lessons_to_publish_of_several() -> None:
    taught = Investigation.objects.exclude(lessons="")
    assert taught.count() >= 8
    assert {each.status for each in taught} == {Status.CLOSED}


def test_subjects_are_invented_and_nobody_looks_into_themselves() -> None:
    everything = Investigation.objects.select_related("case__subject", "case__owner", "opened_by")
    for investigation in everything:
        subject = investigation.case.subject
        workers = {investigation.opened_by, investigation.case.owner}
        assert subject is None or (subject.first_name in FIRST and subject.last_name in LAST)
        assert subject is None or not workers & {subject, subject.line_manager}


def test_psd_and_an_inspector_by_grant_find_them() -> None:
    listed = reverse("psd:investigations_investigation_changelist")
    for username in ("head.alliance", "reviewer.htp", "investigations.nmr"):
        response = signed_in(username).get(listed, {"queue": "all"})
        assert response.status_code == 200
        assert set(response.context["cl"].queryset) <= set(
            Investigation.objects.visible_to(person(username))
        )
        assert response.context["cl"].result_count > 4


@pytest.mark.parametrize(
    ("username", "page"),
    [
        ("sergeant.nmr", "home"),
        ("roads.nmr", "home"),
        ("press.nmr", "home"),
        ("press.nmr", "psd:index"),
        ("press.nmr", "psd:media-meeting"),
    ],
)
def test_nobody_else_learns_of_one(username: str, page: str) -> None:
    assert not Investigation.objects.visible_to(person(username)).exists()
    response = signed_in(username).get(reverse(page))
    assert response.status_code == 200
    said_there = response.content.decode()
    assert "/investigations/" not in said_there
    references = Investigation.objects.values_list("case__reference", "title")
    assert not [ref for ref, title in references if ref in said_there or title in said_there]


def test_second_load_adds_nothing() -> None:
    before = Investigation.objects.count(), Concern.objects.count(), Lead.objects.count()
    assert not load(timezone.now())
    assert (Investigation.objects.count(), Concern.objects.count(), Lead.objects.count()) == before
