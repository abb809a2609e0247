"""People, their roles and where these reach."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from integrity.people.enums import MemberType, Role
from integrity.people.models import Grade, RoleGrant, Scope, Unit, User
from tests import builders
from tests.builders import START, World
from tests.constraints import again, change, names_of, refuses

CASES = {
    "force_has_one_outside_decider": lambda w: change(
        w.northmoor, outside_department=w.harbour_psd, outside_body=w.body
    ),
    "force_outside_decider_is_outside": lambda w: change(
        w.northmoor, outside_department=w.alliance_psd
    ),
    "unit_name_is_unique_in_force": lambda w: again(w.patrol),
    "grade_name_is_unique_in_force": lambda w: again(Grade.objects.get(name="Sergeant")),
    "grade_that_heads_force_is_chief_officer": lambda w: change(
        Grade.objects.get(name="Sergeant"), heads_force=True
    ),
    "user_belongs_to_force_or_oversight_body": lambda w: change(w.constable, oversight_body=w.body),
    "user_leaves_after_starting": lambda w: change(
        w.constable, leaves_on=START - timedelta(days=1)
    ),
    "user_is_not_own_line_manager": lambda w: change(w.constable, line_manager=w.constable),
    "user_number_is_unique_in_force": lambda w: again(w.constable, username="another"),
    "user_weekly_hours_fit_a_week": lambda w: change(w.constable, weekly_hours=169),
    "role_grant_has_one_scope": lambda w: change(w.reviewer.role_grants.get(), force=w.northmoor),
    "role_grant_ends_after_it_starts": lambda w: change(
        w.reviewer.role_grants.get(), ends_on=START - timedelta(days=1)
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", names_of("people"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_somebody_in_neither_force_nor_body_is_refused_too(world: World) -> None:
    refuses(
        "user_belongs_to_force_or_oversight_body",
        {"user_belongs_to_force_or_oversight_body": lambda w: change(w.constable, force=None)},
        world,
    )


def test_people_without_a_number_do_not_collide(world: World) -> None:
    change(world.constable, number="")
    change(world.colleague, number="")


def test_a_person_is_written_as_rank_number_and_name(world: World) -> None:
    change(world.constable, number="4417", first_name="Ann", last_name="Example")
    assert builders.read_anew(world.constable).display == "PC 4417 Ann Example"


def test_a_department_s_role_reaches_each_of_its_forces(world: World) -> None:
    scope = world.reviewer.scope(Role.PSD_REVIEWER)
    assert scope == Scope(frozenset({world.northmoor.pk, world.eastvale.pk}))
    assert scope.covers(force_id=world.eastvale.pk, oversight_body_id=None)
    assert not scope.covers(force_id=world.harbour.pk, oversight_body_id=None)
    assert not scope.covers(force_id=None, oversight_body_id=world.body.pk)


def test_a_body_s_role_reaches_the_body_s_own_register_and_no_force(world: World) -> None:
    scope = world.governance_member.scope(Role.GOVERNANCE_MEMBER)
    assert scope == Scope(bodies=frozenset({world.body.pk}))
    assert not scope.covers(force_id=world.northmoor.pk, oversight_body_id=None)


def test_a_scope_that_reaches_nothing_is_false(world: World) -> None:
    assert not world.constable.scope(*Role)
    assert not Scope().covers(force_id=None, oversight_body_id=None)


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [(-1, None, True), (0, 0, True), (1, None, False), (-9, -1, False), (-9, 0, True)],
)
def test_a_role_is_held_between_its_days_both_included(
    starts: int, ends: int | None, held: bool, world: World
) -> None:
    today = timezone.localdate()
    builders.grant(
        world.colleague,
        Role.PSD_REVIEWER,
        force=world.northmoor,
        starts_on=today + timedelta(days=starts),
        ends_on=None if ends is None else today + timedelta(days=ends),
    )
    assert builders.read_anew(world.colleague).holds(Role.PSD_REVIEWER) is held


def test_somebody_serves_until_the_end_of_their_last_day(world: World) -> None:
    person = world.constable
    person.leaves_on = date(2026, 3, 31)
    assert person.serves_on(date(2026, 3, 31))
    assert not person.serves_on(date(2026, 4, 1))
    assert not person.serves_on(START - timedelta(days=1))


def test_the_desk_opens_for_those_who_work_there_and_nobody_else(world: World) -> None:
    let_in = {name for name, user in world.people().items() if user.is_staff}
    assert let_in == {
        "psd_head",
        "reviewer",
        "other_reviewer",
        "harbour_reviewer",
        "inspector",
        "administrator",
        "press_officer",
        "press_colleague",
        "investigation_inspector",
        "procurement_officer",
    }


def test_django_s_own_permissions_give_nothing(world: World) -> None:
    for user in world.people().values():
        assert not user.has_perm("gifts.change_offer")
        assert not user.has_module_perms("gifts")


def test_the_integrity_lead_is_the_latest_to_be_named_for_the_force_or_its_department(
    world: World,
) -> None:
    assert world.northmoor.integrity_lead() is None
    builders.grant(world.assistant_chief, Role.INTEGRITY_LEAD, department=world.alliance_psd)
    assert world.northmoor.integrity_lead() == world.assistant_chief
    builders.grant(
        world.deputy_chief, Role.INTEGRITY_LEAD, force=world.northmoor, starts_on=date(2021, 1, 1)
    )
    assert world.northmoor.integrity_lead() == world.deputy_chief
    assert world.eastvale.integrity_lead() == world.assistant_chief
    assert world.harbour.integrity_lead() is None


def test_signing_out_everywhere_changes_what_sessions_are_checked_against(world: World) -> None:
    before = world.constable.get_session_auth_hash()
    world.constable.session_stamp = world.colleague.session_stamp
    assert world.constable.get_session_auth_hash() != before


def test_sign_in_names_are_found_whatever_their_case(world: World) -> None:
    assert User.objects.get_by_natural_key("CONSTABLE") == world.constable


def test_a_body_s_people_are_members_of_the_body(world: World) -> None:
    assert world.body_member.member_type == MemberType.BODY
    assert Unit.objects.filter(force=world.northmoor).count() == 2
    assert RoleGrant.objects.active(START - timedelta(days=1)).count() == 0
