"""What the platform asks before anybody acts on a case."""

import pytest

from integrity.casework.permissions import (
    check_declarant,
    check_may_own,
    check_may_sign_off,
    check_psd,
    is_declarant,
    is_psd,
)
from integrity.casework.workflow import Denied
from tests.builders import World, declare


def test_subject_and_author_are_declarants_and_nobody_else(world: World) -> None:
    case = declare(world.constable, by=world.staff_officer).case
    found = {name for name, user in world.people().items() if is_declarant(user, case)}
    assert found == {"constable", "staff_officer"}
    check_declarant(world.staff_officer, case)
    with pytest.raises(Denied, match=r"\.$") as denied:
        check_declarant(world.colleague, case)
    assert not denied.value.for_them


def test_psd_is_of_the_case_s_force(world: World) -> None:
    found = {}
    for name, subject in (
        ("northmoor", world.constable),
        ("eastvale", world.eastvale_constable),
        ("harbour", world.harbour_constable),
        ("body", world.body_member),
    ):
        case = declare(subject).case
        found[name] = {who for who, user in world.people().items() if is_psd(user, case)}
    alliance = {"psd_head", "reviewer", "other_reviewer"}
    assert found == {
        "northmoor": alliance,
        "eastvale": alliance,
        "harbour": {"harbour_reviewer"},
        "body": {"psd_head"},
    }


def test_psd_works_on_no_entry_of_its_own(world: World) -> None:
    case = declare(world.reviewer).case
    check_psd(world.other_reviewer, case)
    with pytest.raises(Denied, match="of your own") as denied:
        check_psd(world.reviewer, case)
    assert denied.value.for_them, "the button is shown, disabled, with the sentence"
    with pytest.raises(Denied, match="of their own"):
        check_may_own(world.reviewer, case)


def test_a_register_is_signed_off_by_its_owner_and_by_the_body_alone(world: World) -> None:
    force, body = world.northmoor.pk, world.body.pk
    may: dict[str, set[str]] = {"force": set(), "body": set()}
    sentences = []
    for name, user in world.people().items():
        for key, of_body in (("force", None), ("body", body)):
            try:
                check_may_sign_off(user, force_id=force, body_id=of_body)
            except Denied as denied:
                sentences.append(str(denied))
            else:
                may[key].add(name)
    assert may == {"force": {"register_owner"}, "body": {"governance_member"}}
    assert all(sentence.endswith(".") for sentence in sentences)
    with pytest.raises(Denied):
        check_may_sign_off(world.register_owner, force_id=world.eastvale.pk, body_id=None)
