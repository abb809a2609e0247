"""The demo world: whole, fictional, made by the real actions, and made once."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from integrity.audit.models import Event
from integrity.casework.models import (
    Case,
    Challenge,
    Deadline,
    Decision,
    Notice,
    Referral,
    SignOff,
)
from integrity.people.enums import Role
from integrity.people.models import Force, OversightBody, RoleGrant, Unit, User
from integrity.postgres_keeper import Problem
from registers.business_interests.models import Interest
from registers.demo.data.buying import NAMES_ON_PAPER
from registers.demo.data.interests import EMPLOYERS
from registers.demo.data.media import OUTLET_NAMES
from registers.demo.data.places import SILENT_UNIT
from registers.demo.data.providers import ALL_NAMES, HALCYON
from registers.demo.load import load
from registers.demo.people import PASSWORD
from registers.demo.sign_ins import sign_ins
from registers.gifts.enums import Action, Disposal, ItemDecision, PeerView, Status
from registers.gifts.models import GiftPolicy, Item, Offer, RefreshmentCount
from registers.organisations.models import Organisation
from registers.organisations.names import name_key

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


def counts() -> list[int]:
    people = (Force, User, RoleGrant, Organisation)
    work = (Case, Offer, Interest, Event, Notice, Deadline, SignOff)
    return [model.objects.count() for model in (*people, *work)]


def run(*arguments: str) -> str:
    """The command, but for its migrations: another process's, which would wait for our transaction."""
    out = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("registers.demo.management.commands.demo.migrate", lambda: None)
        call_command("demo", "--no-serve", *arguments, stdout=out)
    return out.getvalue()


def test_second_run_adds_nothing() -> None:
    before = counts()
    assert "already loaded" in run()
    assert counts() == before


def test_refuses_a_database_with_other_forces() -> None:
    with transaction.atomic():
        Force.objects.filter(code="NMR").update(code="REAL")
        with pytest.raises(Problem, match="other forces"):
            load(timezone.now())
        transaction.set_rollback(True)


def test_forces_bodies_and_people() -> None:
    assert set(Force.objects.values_list("code", flat=True)) == {"NMR", "EVL", "HTP"}
    nmr, evl, htp = (Force.objects.get(code=code) for code in ("NMR", "EVL", "HTP"))
    assert nmr.department == evl.department != htp.department
    for force in (nmr, evl, htp):
        assert 200 <= force.people.count() <= 300
        assert force.oversight_bodies.exists()
        lead = force.integrity_lead()
        assert lead is not None
        assert lead.grade.name == "Deputy chief constable"
        tops = force.people.filter(line_manager=None)
        assert [top.grade.heads_force for top in tops] == [True]
    assert User.objects.filter(leaves_on__lt=timezone.localdate()).exists()


def test_policies_old_joint_and_own() -> None:
    today = timezone.localdate()
    joint = GiftPolicy.objects.for_force(Force.objects.get(code="NMR").pk).in_force(today)
    assert joint == GiftPolicy.objects.for_force(Force.objects.get(code="EVL").pk).in_force(today)
    assert joint.joint_forces.count() == 2
    frozen = Offer.objects.filter(case__force__code="NMR").values_list("policy", flat=True)
    assert len(set(frozen)) == 2
    harbour = GiftPolicy.objects.for_force(Force.objects.get(code="HTP").pk).in_force(today)
    assert harbour.requires_authorisation
    assert Force.objects.get(code="HTP").supplier_notices.get().recipients.count() > 3
    for body in OversightBody.objects.all():
        assert GiftPolicy.objects.filter(oversight_body=body).exists()


def test_every_status_is_there() -> None:
    assert set(Offer.objects.values_list("status", flat=True)) == set(Status)


def test_shape_follows_the_national_rates() -> None:
    items = Item.objects.all()
    hospitality = items.filter(kind="hospitality")
    declined = hospitality.filter(decision=ItemDecision.DECLINED).count()
    assert 0.37 <= hospitality.count() / items.count() <= 0.58
    assert 0.15 <= declined / hospitality.count() <= 0.43
    assert 0.09 <= items.filter(decision=ItemDecision.DECLINED).count() / items.count() <= 0.28
    per_force = {
        code: Offer.objects.filter(case__force__code=code).count() for code in ("NMR", "EVL", "HTP")
    }
    assert per_force["NMR"] > per_force["EVL"] > per_force["HTP"] > 40
    assert Offer.objects.filter(case__oversight_body__isnull=False).count() >= 10


def test_halcyon_is_one_organisation_however_spelt() -> None:
    halcyon = Organisation.objects.get(key=name_key(HALCYON), names__isnull=False)
    lunches = Offer.objects.filter(
        provider_organisation=halcyon, case__subject__username="fleet.nmr"
    )
    assert lunches.count() == 6
    assert lunches.filter(status=Status.NON_COMPLIANT).exists()
    silent = Challenge.objects.get(silent=True)
    assert silent.case.subject.username == "fleet.nmr"
    assert Offer.objects.filter(
        provider_organisation=halcyon, items__decision=ItemDecision.DECLINED
    ).exists()


def test_officer_declined_wine() -> None:
    wine = Item.objects.get(
        offer__case__subject__username="officer.nmr", description="Bottle of red wine"
    )
    assert wine.decision == ItemDecision.DECLINED
    assert wine.offer.status == Status.RECORDED


def test_chief_officers_dinner_divides_peers() -> None:
    dinner = Offer.objects.get(
        case__subject__username="chief.nmr",
        case__author__username="staff.officer.nmr",
        independent=False,
    )
    assert dinner.status == Status.WITH_PSD
    assert dinner.fails_gift_test
    assert dinner.case.confirmed_at is not None
    views = set(dinner.peer_reviews.values_list("view", flat=True))
    assert views == {PeerView.ACCEPT, PeerView.DECLINE}
    assert dinner.case.challenges.get().answered_at is None


def test_chief_constables_are_decided_outside_their_force() -> None:
    chiefs = Case.objects.filter(subject__username__startswith="chief.")
    assert not chiefs.filter(with_outside_decider=False).exists()
    deciders = {"NMR": {"head.htp", "reviewer.htp", "reviewer2.htp"}}
    deciders |= {"EVL": {"monitoring.evl"}, "HTP": {"monitoring.htp"}}
    outside = Decision.objects.filter(case__with_outside_decider=True).exclude(stage="supervisor")
    assert outside.exists()
    for decision in outside.select_related("case__force", "decided_by"):
        assert decision.decided_by.username in deciders[decision.case.force.code]
    dinner = Case.objects.get(offer__independent=False, author__username="staff.officer.nmr")
    assert dinner.owner.username == "reviewer.htp"
    assert dinner.challenges.get().made_by.username == "reviewer.htp"


def test_silent_unit_has_thirty_people_and_no_entries() -> None:
    unit = Unit.objects.get(name=SILENT_UNIT)
    assert unit.people.count() == 30
    assert not Case.objects.filter(subject__unit=unit).exists()


def test_one_of_everything() -> None:
    today = timezone.localdate()
    # that something was referred stands in no decision, for its declarant reads those
    assert set(
        Decision.objects.exclude(action_taken="").values_list("action_taken", flat=True)
    ) == set(Action) - {Action.REFER}
    assert Referral.objects.filter(case__register="gifts").exists()
    assert set(Item.objects.exclude(disposal="").values_list("disposal", flat=True)) == set(
        Disposal
    )
    assert Item.objects.filter(disposal=Disposal.RAFFLED, proceeds__gt=0).exists()
    assert Challenge.objects.filter(disposed_at__isnull=False, answered_at__isnull=False).exists()
    assert Offer.objects.filter(days_late__gt=0).exclude(late_reason="").exists()
    assert Case.objects.filter(round=2).exists()
    assert Case.objects.filter(versions__isnull=False).exists()
    assert Case.objects.filter(links=None, confirmed_at__isnull=False).exists()
    assert any(case.awaits_confirmation for case in Case.objects.all())
    assert Deadline.objects.open().filter(due_on__lt=today, kind="decide").exists()
    assert set(SignOff.objects.values_list("capacity", flat=True)) == {
        "register_owner",
        "oversight_body",
    }
    assert RefreshmentCount.objects.filter(force__code="HTP").exists()


def test_every_organisation_is_of_the_invented_list() -> None:
    names = ALL_NAMES | EMPLOYERS | OUTLET_NAMES | NAMES_ON_PAPER
    invented = {name_key(name) for name in names}
    assert {o.key for o in Organisation.objects.all()} <= invented


def test_every_case_has_events_in_the_order_of_the_clock() -> None:
    told = set(Event.objects.filter(about="case").values_list("about_id", flat=True))
    assert set(Case.objects.values_list("pk", flat=True)) == told
    moments = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= timezone.now()


def test_mail_about_the_past_stays_unsent() -> None:
    yesterday = timezone.now() - timedelta(days=1, hours=1)
    assert not Notice.objects.filter(made_at__lt=yesterday, sent_at=None).exists()
    fresh = set(Notice.objects.filter(sent_at=None).values_list("pk", flat=True))
    enqueued = [pk for job in ProcrastinateJob.objects.all() for pk in job.args["notice_ids"]]
    assert set(enqueued) == fresh
    assert 0 < len(fresh) < 40


@pytest.mark.parametrize(
    ("username", "role"),
    [
        ("head.alliance", Role.PSD_HEAD),
        ("reviewer.htp", Role.PSD_REVIEWER),
        ("owner.nmr", Role.REGISTER_OWNER),
        ("governance.nmr", Role.GOVERNANCE_MEMBER),
        ("inspector", Role.INSPECTOR),
        ("admin.evl", Role.FORCE_ADMINISTRATOR),
    ],
)
def test_named_accounts_hold_their_roles(username: str, role: Role) -> None:
    assert User.objects.get(username=username).holds(role)


def test_printed_sign_ins_work() -> None:
    listed = sign_ins()
    assert len(listed) > 40
    printed = run()
    assert PASSWORD in printed
    for account in listed:
        assert account.username in printed
    for account in listed[:2]:  # argon2 is slow on purpose, and everybody has the same hash
        user = authenticate(RequestFactory().get("/"), username=account.username, password=PASSWORD)
        assert user is not None
        validate_password(PASSWORD, user)
    hashes = set(User.objects.values_list("password", flat=True))
    assert len(hashes) == 1


def test_json_prints_nothing_else() -> None:
    report = json.loads(run("--json"))
    assert report["password"] == PASSWORD
    assert report["offers"] == Offer.objects.count()
    assert report["interests"] == Interest.objects.count()
    assert {"username", "person", "home", "shows"} == set(report["sign_ins"][0])
