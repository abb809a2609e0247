"""The demo's media contacts: every planted story to be found, made by the register's own actions."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from integrity.casework.enums import DeadlineKind, ReferralSource
from integrity.casework.models import Case, Deadline, Draft, Referral, SignOff
from integrity.people.enums import Role
from integrity.people.models import Force, OversightBody, RoleGrant, Unit, User
from registers.demo.data.media import JOURNALISTS, OUTLET_NAMES, OUTLETS
from registers.demo.data.places import SILENT_UNIT
from registers.demo.media import FORGETFUL, QUARTERS, SILENT_CHIEF
from registers.demo.media_checks import CHECKED, MISSING, WEEKS
from registers.demo.world import DAYS
from registers.gifts.models import Offer
from registers.media_contacts.compliance import contacts_of, named_in
from registers.media_contacts.enums import Basis, Factor, OffRecord, Scope, Status
from registers.media_contacts.models import (
    ChiefStatement,
    ComplianceSample,
    Contact,
    CoverageLink,
    Journalist,
    LeakFlag,
    MediaPolicy,
    MeetingItem,
    Outlet,
    Quotation,
)
from registers.media_contacts.permissions import check
from registers.media_contacts.policies import embargo_stands, end_of_quarter, quarter_of
from registers.media_contacts.quarters import unstated

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def of(username: str, **more: object) -> Contact:
    return Contact.objects.with_all().get(case__subject__username=username, **more)


def test_eighteen_months_of_contacts() -> None:
    everything = Contact.objects.all()
    assert 235 <= everything.count() <= 255
    assert set(everything.values_list("status", flat=True)) == set(Status)
    per_force = [
        everything.filter(case__force__code=code).count() for code in ("NMR", "EVL", "HTP")
    ]
    assert per_force == sorted(per_force, reverse=True)
    assert per_force[-1] > 40
    first = min(everything.values_list("case__received_at", flat=True))
    assert timezone.now() - timedelta(days=DAYS + 1) < first < timezone.now() - timedelta(days=450)
    chiefs = everything.filter(case__subject_is_chief_officer=True).count()
    assert 0.15 <= chiefs / everything.count() <= 0.45
    assert not everything.filter(legacy=True).exists()


def test_policies_of_alliance_harbour_and_each_body() -> None:
    today = timezone.localdate()
    nmr, evl, htp = (Force.objects.get(code=code) for code in ("NMR", "EVL", "HTP"))
    joint = MediaPolicy.objects.for_force(nmr.pk).in_force(today)
    assert joint == MediaPolicy.objects.for_force(evl.pk).in_force(today)
    assert joint.scope == Scope.EVERYTHING
    assert MediaPolicy.objects.for_force(htp.pk).in_force(today).scope == Scope.WITHOUT_COVERAGE
    for body in OversightBody.objects.all():
        assert MediaPolicy.objects.filter(oversight_body=body).exists()
    for policy in MediaPolicy.objects.all():
        assert set(policy.weights.values_list("factor", flat=True)) == set(Factor)
    # what led to coverage is not logged in Harbour
    assert not CoverageLink.objects.filter(contact__case__force=htp).exists()


def test_who_works_the_press_desk() -> None:
    for code in ("nmr", "evl", "htp"):
        assert User.objects.get(username=f"press.{code}").holds(Role.PRESS_OFFICE)
    assert RoleGrant.objects.get(role=Role.INVESTIGATION_INSPECTOR).force.code == "NMR"
    waiting = Contact.objects.filter(status=Status.LOGGED).select_related("case")
    assert 5 <= waiting.count() <= 25
    late = Deadline.objects.open().filter(
        kind=DeadlineKind.ACKNOWLEDGE, due_on__lt=timezone.localdate()
    )
    assert late.filter(case__force__code="EVL").exists()
    assert late.filter(case__force__code="HTP").exists()
    stated = Contact.objects.exclude(status__in=(Status.ROUTED, Status.NO_CONTACT))
    acknowledged = stated.filter(status=Status.ACKNOWLEDGED)
    assert acknowledged.count() / stated.count() > 0.88
    quick = [
        (contact.acknowledged_at - contact.case.received_at).days
        for contact in acknowledged.select_related("case")
        if contact.acknowledged_at
    ]
    assert len(quick) == acknowledged.count()
    assert max(quick) < 15
    assert not Deadline.objects.open().filter(
        kind=DeadlineKind.ACKNOWLEDGE, case__contact__status=Status.ACKNOWLEDGED
    ).exists()  # fmt: skip


def test_request_waits_for_an_officer() -> None:
    request = of("sergeant.nmr", status=Status.ROUTED)
    assert request.routed_by.username == "press.nmr"
    assert request.with_whom == f"{OUTLETS[0].journalists[0]}, {OUTLETS[0].name}"
    task = Deadline.objects.open().get(case=request.case)
    assert (task.kind, task.owner.username) == (DeadlineKind.RECORD_OUTCOME, "sergeant.nmr")
    check("say-what-happened", User.objects.get(username="sergeant.nmr"), request)
    answered = Contact.objects.exclude(routed_at=None).filter(status=Status.ACKNOWLEDGED)
    assert answered.count() >= 8


def test_embargo_stands_with_its_agreement() -> None:
    contact = of("acc.nmr", basis=Basis.EMBARGOED)
    assert embargo_stands(contact.basis, contact.embargo_until, now=timezone.now())
    assert contact.agreement.file.read().startswith(b"%PDF")
    lifted = Contact.objects.filter(basis=Basis.EMBARGOED).exclude(pk=contact.pk)
    assert lifted.count() == 2
    assert not lifted.filter(embargo_until__gt=timezone.now()).exists()


def test_something_was_said_off_the_record() -> None:
    contact = of("sergeant.evl", off_record=OffRecord.HAPPENED)
    assert contact.status == Status.LOGGED
    assert contact.press_office_told is False
    weights = dict(contact.policy.weights.values_list("factor", "points"))
    shown = (Factor.OFF_RECORD, Factor.NOT_RESPONSIBLE, Factor.NOT_TOLD, Factor.NON_REPORTABLE)
    assert contact.case.risk == sum(weights[factor] for factor in shown)
    assert Contact.objects.filter(off_record=OffRecord.HAPPENED).count() == 1
    assert Contact.objects.filter(off_record=OffRecord.ASKED).exists()


def test_hospitality_opened_an_offer_and_one_is_not_declared_yet() -> None:
    contact = of("roads.nmr", hospitality=True)
    offer = Offer.objects.get(case__links__other=contact.case)
    assert offer.case.subject == contact.case.subject
    assert contact.case.linked_from.get().case == offer.case
    assert contact.case.reference in offer.circumstances
    assert not Deadline.objects.open().filter(case=contact.case).exists()
    lunch = of("detective.nmr", hospitality=True)
    task = Deadline.objects.open().get(case=lunch.case, kind=DeadlineKind.DECLARE_OFFER)
    assert task.owner.username == "detective.nmr"
    draft = Draft.objects.get(opened_from=lunch.case)
    assert draft.user.username == "detective.nmr"
    assert not lunch.case.linked_from.exists()
    assert Draft.objects.filter(opened_from__isnull=False).count() == 1


def test_three_officers_and_two_journalists() -> None:
    contact = Contact.objects.with_all().get(other_officers__officer__username="officer.nmr")
    people = {other.officer.username for other in contact.other_officers.all()}
    assert people == {"officer.nmr", "sergeant.nmr"}
    assert len({speaker.outlet for speaker in contact.speakers.all()}) == 2
    for username in people:
        reader = User.objects.get(username=username)
        assert Contact.objects.visible_to(reader).filter(pk=contact.pk).exists()


def test_typed_for_the_chief_constable() -> None:
    contact = Contact.objects.get(case__author__username="staff.officer.nmr")
    assert contact.case.subject.username == "chief.nmr"
    assert contact.case.confirmed_at is not None


def test_chief_officers_state_their_quarters() -> None:
    today = timezone.localdate()
    silent = User.objects.filter(grade__short=SILENT_CHIEF, force__code="NMR").get()
    nil = ChiefStatement.objects.filter(officer=silent)
    assert nil.count() >= QUARTERS - 1
    assert all(statement.nil for statement in nil)
    for statement in ChiefStatement.objects.select_related("officer"):
        assert end_of_quarter(statement.quarter) < timezone.localdate(statement.stated_at)
    last = quarter_of(quarter_of(today) - timedelta(days=1))
    forgetful = User.objects.get(username=FORGETFUL)
    assert unstated(forgetful, today) == [last]
    assert ChiefStatement.objects.filter(officer=forgetful).count() == QUARTERS - 1
    if (today - end_of_quarter(last)).days > 4:
        chiefs = User.objects.filter(grade__is_chief_officer=True).exclude(pk=forgetful.pk)
        assert all(not unstated(chief, today) for chief in chiefs)
    stated = ChiefStatement.objects.filter(officer__username="dcc.nmr").latest("quarter")
    found = contacts_of(stated.officer, stated.quarter, end_of_quarter(stated.quarter))
    assert stated.contacts == found.count()


def test_sample_is_half_checked_with_two_contacts_missing() -> None:
    sample = ComplianceSample.objects.get()
    weeks = sample.weeks.all()
    assert weeks.count() == WEEKS
    checked = weeks.exclude(checked_at=None)
    assert checked.count() == CHECKED
    assert sum(week.missing for week in checked) == len(MISSING) == 2
    assert all(week.note for week in checked if week.missing)
    assert not weeks.filter(officer__role_grants__role=Role.PRESS_OFFICE).exists()


def test_coverage_quotes_somebody_who_logged_nothing() -> None:
    quotation = Quotation.objects.get()
    assert quotation.contact is None
    assert named_in(quotation.coverage.text, quotation.coverage.force) == [quotation.officer]
    flag = LeakFlag.objects.get(contact=None)
    assert flag.coverage == quotation.coverage
    referral = Referral.objects.get(source=ReferralSource.LEAK_FLAG, case=None)
    assert (referral.person, referral.suggests) == (None, "disclosure/local_media")


def test_contact_is_flagged_as_a_leak() -> None:
    flag = LeakFlag.objects.exclude(contact=None).get()
    assert flag.flagged_by.username == "press.nmr"
    assert flag.contact.coverage_links.get().coverage == flag.coverage
    referral = Referral.objects.get(case=flag.contact.case)
    assert referral.suggests == "disclosure/national_media"


def test_two_lines_wait_for_the_meeting() -> None:
    waiting = MeetingItem.objects.filter(discussed_at=None)
    assert waiting.count() == 2
    assert waiting.exclude(contact=None).get().contact == of(
        "sergeant.evl", off_record=OffRecord.HAPPENED
    )
    assert waiting.exclude(coverage=None).get().force.code == "NMR"
    assert MeetingItem.objects.exclude(discussed_at=None).get().result


def test_question_waits_for_its_answer() -> None:
    contact = of("pcso.nmr", status=Status.QUERIED)
    assert contact.case.questions.filter(answered_at=None).count() == 1


def test_coverage_is_linked_and_kept_once() -> None:
    assert 25 <= CoverageLink.objects.count() <= 90
    for link in CoverageLink.objects.select_related("contact", "coverage"):
        assert link.contact.contacted_on <= link.coverage.published_on
        assert ".example/" in link.coverage.address


def test_nobody_logs_about_the_silent_unit_or_works_their_own() -> None:
    unit = Unit.objects.get(name=SILENT_UNIT)
    assert not Contact.objects.filter(case__subject__unit=unit).exists()
    press = Q(case__subject__username__startswith="press.")
    assert not Contact.objects.filter(press).exists()


def test_registers_quarters_are_signed_off() -> None:
    signed = SignOff.objects.filter(register="media_contacts")
    assert {sign_off.force.code for sign_off in signed} == {"NMR", "EVL", "HTP"}


def test_nobody_in_it_is_real() -> None:
    """Outlets and journalists are of the invented lists, with nobody left over."""
    assert set(Journalist.objects.values_list("name", flat=True)) == JOURNALISTS
    assert set(Outlet.objects.values_list("organisation__name", flat=True)) == OUTLET_NAMES
    assert len(OUTLET_NAMES) == 6
    assert len(JOURNALISTS) == 12
    assert not Outlet.objects.filter(reach="").exists()
    assert not Case.objects.filter(register="media_contacts", subject=None).exists()
