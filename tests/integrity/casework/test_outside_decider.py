"""What nobody inside a force may decide goes to its named outside decider (ASSURANCE, decision 4)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from integrity.audit.models import Event
from integrity.casework.actions import psd_of
from integrity.casework.actions.imported_cases import ImportedEntry, open_imported_cases
from integrity.casework.desk import cases_on_desk
from integrity.casework.models import Case, Challenge, Notice
from integrity.casework.permissions import check_may_own, is_decider, is_psd
from integrity.casework.workflow import Denied
from integrity.people.actions import name_outside_decider
from integrity.people.enums import Role
from integrity.people.models import Force, RoleGrant, User
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from registers.gifts.permissions import check
from tests import builders
from tests.builders import NOW, START, World, accepted, declare, fresh, grant, perform, person

LIST = reverse("psd:gifts_offer_changelist")
INSIDE = {"psd_head", "reviewer", "other_reviewer"}
DECIDING = (Verb.ACCEPT, Verb.REJECT, Verb.ASSIGN)


@pytest.fixture
def chiefs(world: World) -> Offer:
    """The chief's offer, seen by a peer, in a force that named Harbour's PSD."""
    named(world)
    return chief_s(world)


def named(world: World) -> None:
    name_outside_decider(world.northmoor, department=world.harbour_psd, by=world.psd_head, now=NOW)


def chief_s(world: World) -> Offer:
    offer = declare(builders.read_anew(world.chief), accepted(50))
    return perform(Verb.PEER_REVIEW, offer, by=world.deputy_chief, in_world=world)


def refusal(verb: Verb, user: User, offer: Offer) -> str:
    try:
        check(verb, builders.read_anew(user), fresh(offer))
    except Denied as denied:
        return str(denied)
    return ""


def signed_in(user: User) -> Client:
    client = Client()
    backend = "integrity.people.backends.ServingMemberBackend"
    client.force_login(builders.read_anew(user), backend=backend)
    return client


def listed(user: User, queue: str) -> set[Offer]:
    return set(signed_in(user).get(LIST, {"queue": queue}).context["cl"].queryset)


def who(world: World, rule: object, case: Case) -> set[str]:
    people = world.people()
    return {name for name in people if rule(builders.read_anew(people[name]), case)}  # type: ignore[operator]


# What goes outside


def test_the_chief_s_own_case_goes_outside_and_nobody_else_s_while_psd_is_free(
    world: World,
) -> None:
    went = {
        name
        for name, user in world.people().items()
        if declare(builders.read_anew(user)).case.with_outside_decider
    }
    # Harbour's one reviewer has nobody beside them
    assert went == {"chief", "harbour_reviewer"}


def test_a_case_goes_outside_where_everybody_in_psd_has_a_conflict(world: World) -> None:
    assert not declare(world.deputy_chief).case.with_outside_decider
    world.other_reviewer.role_grants.update(ends_on=START)
    assert declare(world.deputy_chief).case.with_outside_decider, "both others are below them"
    assert not declare(world.constable).case.with_outside_decider
    world.reviewer.role_grants.update(ends_on=START)
    typed = declare(world.constable, by=world.psd_head)
    assert typed.case.with_outside_decider, "the only one left typed it"


def test_it_is_frozen_until_another_round_judges_it_anew(world: World, chiefs: Offer) -> None:
    offer = perform(Verb.ACCEPT, chiefs, by=world.harbour_reviewer, in_world=world)
    world.chief.grade.heads_force = False
    world.chief.grade.save()
    assert fresh(offer).case.with_outside_decider
    case = fresh(offer).case
    case.owner = world.harbour_reviewer
    case.save()
    offer = perform(Verb.REOPEN, fresh(offer), by=world.harbour_reviewer, in_world=world)
    case = Case.objects.get(pk=offer.case_id)
    assert (case.with_outside_decider, case.owner, case.round) == (False, None, 2)


def test_an_imported_entry_of_the_chief_goes_outside_too(world: World) -> None:
    known, unknown = open_imported_cases(
        [
            ImportedEntry(name="Chief", claimed_on=date(2020, 1, 2), subject=world.chief),
            ImportedEntry(name="PC Gone", claimed_on=date(2020, 1, 2)),
        ],
        register="gifts",
        prefix="GH",
        force=world.northmoor,
        now=NOW,
    )
    assert (known.with_outside_decider, unknown.with_outside_decider) == (True, False)


def test_a_body_s_own_case_stays_with_its_psd(world: World) -> None:
    assert not declare(world.body_member).case.with_outside_decider


# Who may


def test_the_force_s_psd_reads_it_and_the_outside_decider_decides_it(
    world: World, chiefs: Offer
) -> None:
    case = Case.objects.get(pk=chiefs.case_id)
    assert who(world, is_psd, case) == INSIDE | {"harbour_reviewer"}
    assert who(world, is_decider, case) == {"harbour_reviewer"}
    for verb in DECIDING:
        assert refusal(verb, world.harbour_reviewer, chiefs) == ""
        assert refusal(verb, world.other_reviewer, chiefs) == (
            "This entry goes to the outside decider of Northmoor Police: Harbour PSD."
        )
    for verb in (Verb.ASK, Verb.CHALLENGE):
        assert refusal(verb, world.other_reviewer, chiefs) == ""
        assert refusal(verb, world.harbour_reviewer, chiefs) == ""


def test_where_nobody_is_named_the_sentence_says_to_name_one(world: World) -> None:
    offer = chief_s(world)
    for verb in DECIDING:
        said = refusal(verb, world.other_reviewer, offer)
        assert "Northmoor Police has named none" in said
        assert "administrator names one" in said
    assert refusal(Verb.ACCEPT, world.harbour_reviewer, offer).startswith("Only the professional")
    assert offer in listed(world.other_reviewer, "new"), "so that somebody sees it"


def test_only_an_outside_decider_may_own_it(world: World, chiefs: Offer) -> None:
    case = Case.objects.get(pk=chiefs.case_id)
    check_may_own(builders.read_anew(world.harbour_reviewer), case)
    with pytest.raises(Denied, match="goes to the outside decider"):
        check_may_own(builders.read_anew(world.reviewer), case)


def test_an_outside_decider_with_a_conflict_may_not_decide_either(world: World) -> None:
    """The body's PSD is Northmoor's own head of PSD, who is below the chief."""
    name_outside_decider(world.northmoor, body=world.body, by=None, now=NOW)
    offer = chief_s(world)
    assert "above you" in refusal(Verb.ACCEPT, world.psd_head, offer)
    monitor = person("monitor", oversight_body=world.body, member_type="body")
    grant(monitor, Role.PSD_REVIEWER, oversight_body=world.body)
    assert refusal(Verb.ACCEPT, monitor, offer) == ""
    assert refusal(Verb.ACCEPT, world.governance_member, offer), "PSD's roles alone"


@pytest.mark.parametrize("scope", ["force", "department"])
def test_a_department_s_reviewers_are_those_of_its_forces_and_its_own(
    scope: str, world: World, chiefs: Offer
) -> None:
    where = {"force": world.harbour, "department": world.harbour_psd}[scope]
    grant(world.harbour_constable, Role.PSD_REVIEWER, **{scope: where})
    assert refusal(Verb.ACCEPT, world.harbour_constable, chiefs) == ""


def test_decided_from_outside_it_stands_in_the_database(world: World, chiefs: Offer) -> None:
    offer = perform(Verb.ACCEPT, chiefs, by=world.harbour_reviewer, in_world=world)
    assert offer.status == Status.COMPLIANT
    assert offer.case.decisions.get().decided_by == world.harbour_reviewer


# What they see


def test_the_outside_decider_reads_that_case_and_no_other_of_the_force(
    world: World, chiefs: Offer
) -> None:
    other = declare(world.constable, accepted(50))
    mine = declare(world.harbour_constable)
    reader = builders.read_anew(world.harbour_reviewer)
    assert set(cases_on_desk(reader)) == {chiefs.case, mine.case}
    assert set(Case.objects.visible_to(reader)) == {chiefs.case, mine.case}
    assert set(Offer.objects.visible_to(reader)) == {chiefs, mine}
    client = signed_in(reader)
    for offer, status in ((chiefs, 200), (other, 404)):
        for path in (
            reverse("psd:gifts_offer_change", args=[offer.pk]),
            reverse("psd:gifts_offer_verb", args=[offer.pk, "accept-as-compliant"]),
            reverse("gifts:case", args=[offer.case.reference]),
        ):
            assert client.get(path).status_code == status, path


def test_a_colleague_of_another_department_or_body_reads_nothing(
    world: World, chiefs: Offer
) -> None:
    elsewhere = builders.read_anew(world.harbour_sergeant)
    grant(elsewhere, Role.INSPECTOR, force=world.harbour)
    grant(elsewhere, Role.REGISTER_OWNER, force=world.harbour)
    assert not Case.objects.visible_to(elsewhere).exists()
    assert not cases_on_desk(elsewhere).exists()


def test_it_waits_in_the_outside_decider_s_queue_and_not_in_the_force_s(
    world: World, chiefs: Offer
) -> None:
    for queue in ("new", "todo"):
        assert listed(world.harbour_reviewer, queue) == {chiefs}
        assert listed(world.other_reviewer, queue) == set()
    assert listed(world.other_reviewer, "outside") == {chiefs}
    assert listed(world.other_reviewer, "open") == {chiefs}


def test_the_page_names_the_person_and_who_decides(world: World, chiefs: Offer) -> None:
    path = reverse("psd:gifts_offer_change", args=[chiefs.pk])
    outside = signed_in(world.harbour_reviewer).get(path).content.decode()
    for shown in (world.chief.display, world.deputy_chief.display, "Harbour PSD"):
        assert shown in outside
    policy = reverse("psd:gifts_giftpolicy_change", args=[chiefs.policy_id])
    assert policy not in outside, "a page of the force's own desk"
    inside = signed_in(world.other_reviewer).get(path).content.decode()
    assert "This entry goes to the outside decider of Northmoor Police: Harbour PSD." in inside
    assert policy in inside


def test_a_silent_challenge_shows_to_the_outside_decider(world: World, chiefs: Offer) -> None:
    perform(
        Verb.CHALLENGE,
        chiefs,
        by=world.harbour_reviewer,
        in_world=world,
        silent=True,
        silent_reason="It would tip them off.",
    )
    roles = (Role.PSD_REVIEWER, Role.PSD_HEAD)
    for reader, sees in (
        (world.harbour_reviewer, True),
        (world.other_reviewer, True),
        (world.harbour_sergeant, False),
        (world.chief, False),
    ):
        visible = Challenge.objects.visible_to(builders.read_anew(reader), *roles)
        assert visible.exists() is sees


# Notices


def test_notices_go_to_the_heads_outside_or_else_to_the_reviewers(world: World) -> None:
    named(world)
    offer = chief_s(world)
    told = Notice.objects.filter(case=offer.case, subject__contains="peer review is done")
    assert [notice.recipient for notice in told] == [world.harbour_reviewer]
    RoleGrant.objects.filter(user=world.harbour_reviewer).update(ends_on=START)
    grant(world.harbour_sergeant, Role.PSD_REVIEWER, force=world.harbour)
    assert psd_of(Case.objects.get(pk=offer.case_id)) == [world.harbour_sergeant]


def test_where_nobody_is_named_the_force_s_own_head_is_told(world: World) -> None:
    offer = chief_s(world)
    assert psd_of(Case.objects.get(pk=offer.case_id)) == [world.psd_head]


# Naming one


@pytest.mark.parametrize("by", ["psd_head", "administrator"])
def test_the_head_of_psd_or_the_administrator_names_one_on_the_desk(by: str, world: World) -> None:
    client = signed_in(getattr(world, by))
    path = reverse("psd:people_force_change", args=[world.northmoor.pk])
    page = client.get(path).content.decode()
    assert "Harbour PSD</option>" in page
    assert "Alliance PSD</option>" not in page, "its own is not outside"
    answer = client.post(
        path, {"outside_department": world.harbour_psd.pk, "name": "Renamed", "code": "X"}
    )
    assert answer.status_code == 302
    force = Force.objects.get(pk=world.northmoor.pk)
    assert (force.outside_decider, force.name, force.code) == (
        world.harbour_psd,
        "Northmoor Police",
        "NMR",
    )
    event = Event.objects.get(name="outside decider named")
    assert event.facts == {"outside decider": ["", "Harbour PSD"]}
    assert (event.actor_id, event.force_id) == (getattr(world, by).pk, world.northmoor.pk)


@pytest.mark.parametrize(("by", "status"), [("reviewer", 403), ("harbour_reviewer", 404)])
def test_nobody_else_names_one(by: str, status: int, world: World) -> None:
    path = reverse("psd:people_force_change", args=[world.northmoor.pk])
    answer = signed_in(getattr(world, by)).post(path, {"outside_department": world.harbour_psd.pk})
    assert answer.status_code == status
    with pytest.raises(PermissionDenied, match="named by its head of PSD"):
        name_outside_decider(
            world.northmoor, department=world.harbour_psd, by=getattr(world, by), now=NOW
        )
    assert Force.objects.get(pk=world.northmoor.pk).outside_decider is None


def test_what_is_not_outside_is_refused(world: World) -> None:
    head = world.psd_head
    for choice, sentence in (
        ({"department": world.alliance_psd}, "own, so it is not outside"),
        ({"department": world.harbour_psd, "body": world.body}, "not both"),
    ):
        with pytest.raises(PermissionDenied, match=sentence):
            name_outside_decider(world.northmoor, by=head, now=NOW, **choice)
    with pytest.raises(PermissionDenied, match="does not oversee"):
        name_outside_decider(world.eastvale, body=world.body, by=head, now=NOW)


def test_no_force_is_added_on_the_desk(world: World) -> None:
    assert signed_in(world.psd_head).get(reverse("psd:people_force_add")).status_code == 403
