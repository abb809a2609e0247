"""Who may do what, beyond the table: colleagues who were there, forces, shared lists, samples."""

from datetime import date

import pytest

from integrity.casework.permissions import check_may_enter
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import User
from registers.media_contacts.enums import Status, Verb
from registers.media_contacts.models import Contact
from registers.media_contacts.permissions import (
    CHECKS,
    check,
    check_press_office,
    check_route,
    check_sample,
    check_shared_list,
    check_state_quarter,
    options,
    took_part,
)
from tests import builders, contacts
from tests.builders import World
from tests.contacts import contact_in, perform


def refusal(verb: Verb, user: User, contact: Contact) -> str:
    """The sentence somebody reads, or nothing where they may."""
    try:
        check(verb, user, contact)
    except Denied as denied:
        sentence = str(denied)
        assert sentence.endswith(".")
        return sentence
    return ""


def test_every_verb_has_its_check() -> None:
    assert set(CHECKS) == set(Verb)


def test_a_press_officer_who_was_there_leaves_it_to_a_colleague(world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.press_colleague.pk,))
    own = contacts.log(world.press_colleague)
    typed = contacts.log(world.chief, by=world.press_colleague)
    for each in (contact, own, typed):
        assert took_part(world.press_colleague, each)
        assert "a colleague in the press office" in refusal(
            Verb.ACKNOWLEDGE, world.press_colleague, each
        )
        assert refusal(Verb.ACKNOWLEDGE, world.press_officer, each) == ""


def test_whoever_was_struck_off_may_work_it_again(world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.press_colleague.pk,))
    contact = perform(Verb.CORRECT, contact, by=world.constable)
    assert refusal(Verb.ACKNOWLEDGE, world.press_colleague, contact) == ""


@pytest.mark.parametrize("verb", [Verb.CHALLENGE, Verb.DISPOSE_CHALLENGE])
def test_a_reviewer_who_was_there_challenges_nobody(verb: Verb, world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.reviewer.pk,))
    perform(
        Verb.CHALLENGE, contact, by=world.psd_head, silent=True, silent_reason="It may tip off."
    )
    assert "You took part in this contact" in refusal(verb, world.reviewer, contact)
    assert refusal(verb, world.other_reviewer, contact) == ""


def test_a_silent_challenge_leaves_no_trace_among_the_verbs_of_whoever_was_there(
    world: World,
) -> None:
    contact = contacts.log(world.constable, officers=(world.reviewer.pk,))
    before = options(world.reviewer, contact)
    perform(
        Verb.CHALLENGE, contact, by=world.psd_head, silent=True, silent_reason="It may tip off."
    )
    assert options(world.reviewer, contact) == before


def test_psd_asks_and_lists_though_it_acknowledges_nothing(world: World) -> None:
    contact = contacts.log(world.constable)
    assert refusal(Verb.ASK, world.reviewer, contact) == ""
    assert refusal(Verb.LIST, world.reviewer, contact) == ""
    assert "Only the press office" in refusal(Verb.ACKNOWLEDGE, world.reviewer, contact)


def test_only_the_officer_asked_says_what_came_of_a_request(world: World) -> None:
    contact = contact_in(Status.ROUTED, world)
    for verb in (Verb.COMPLETE, Verb.NO_CONTACT):
        assert refusal(verb, world.constable, contact) == ""
        assert "to whom it was routed" in refusal(verb, world.press_officer, contact)


def refused(check: object, *given: object) -> str:
    with pytest.raises(Denied) as denied:
        check(*given)  # type: ignore[operator]
    return str(denied.value)


def test_one_logs_for_somebody_of_ones_own_force_who_serves(world: World) -> None:
    check_may_enter(world.staff_officer, world.assistant_chief)
    check_may_enter(world.body_member, world.governance_member)
    assert "not in your force" in refused(
        check_may_enter, world.constable, world.eastvale_constable
    )
    assert "not in your force" in refused(check_may_enter, world.constable, world.body_member)
    world.colleague.leaves_on = date(2025, 1, 1)
    assert "has left the force" in refused(check_may_enter, world.constable, world.colleague)


def test_a_request_is_routed_within_the_press_offices_own_force(world: World) -> None:
    check_route(world.press_officer, world.constable)
    route = (check_route, world.press_officer)
    assert "your own force" in refused(*route, world.eastvale_constable)
    assert "your own force" in refused(*route, world.body_member)
    assert "yourself" in refused(*route, world.press_officer)
    assert "your own force" in refused(check_route, world.psd_head, world.constable)
    world.colleague.leaves_on = date(2025, 1, 1)
    assert "has left the force" in refused(*route, world.colleague)


def test_coverage_is_the_press_offices_and_the_list_is_shared_with_psd(world: World) -> None:
    check_press_office(world.press_officer, world.northmoor)
    check_shared_list(world.press_officer, world.northmoor)
    check_shared_list(world.other_reviewer, world.northmoor)
    for user, force in (
        (world.press_officer, world.eastvale),
        (world.reviewer, world.northmoor),
        (world.inspector, world.northmoor),
    ):
        assert "Only the press office" in refused(check_press_office, user, force)
    for user in (world.inspector, world.administrator, world.constable, world.harbour_reviewer):
        assert "press office and PSD" in refused(check_shared_list, user, world.northmoor)


def test_nobody_checks_their_own_weeks(world: World) -> None:
    check_sample(world.press_officer, world.constable)
    assert "Somebody else" in refused(check_sample, world.press_officer, world.press_officer)


def test_chief_officers_state_their_quarter_or_the_press_office_does(world: World) -> None:
    assert check_state_quarter(world.chief, world.chief) == world.northmoor
    assert check_state_quarter(world.press_officer, world.chief) == world.northmoor
    assert "Only the press office" in refused(check_state_quarter, world.deputy_chief, world.chief)
    assert "Only chief officers" in refused(
        check_state_quarter, world.press_officer, world.constable
    )


def test_a_role_that_has_ended_opens_nothing(world: World) -> None:
    contact = contacts.log(world.constable)
    builders.grant(
        world.colleague, Role.PRESS_OFFICE, force=world.northmoor, ends_on=date(2021, 1, 1)
    )
    assert "Only the press office" in refusal(
        Verb.ACKNOWLEDGE, builders.read_anew(world.colleague), contact
    )


def test_a_board_challenges_a_chief_officer_s_contact_until_it_is_withdrawn(world: World) -> None:
    contact = contacts.log(world.assistant_chief)
    board = world.governance_member
    (only,) = options(board, contact)
    assert (only.transition.verb, only.refusal) == (Verb.CHALLENGE, "")
    for verb, by in (
        (Verb.ASK, world.press_officer),
        (Verb.ANSWER, world.assistant_chief),
        (Verb.ACKNOWLEDGE, world.press_officer),
    ):
        contact = perform(verb, contact, by=by)
        assert refusal(Verb.CHALLENGE, board, contact) == ""
    gone = perform(Verb.WITHDRAW, contacts.log(world.assistant_chief), by=world.assistant_chief)
    assert refusal(Verb.CHALLENGE, board, gone)
    assert refusal(Verb.CHALLENGE, board, contacts.log(world.constable))


def test_a_chief_officer_at_somebody_else_s_contact_makes_it_no_chief_officer_s(
    world: World,
) -> None:
    contact = contacts.log(world.constable, officers=(world.assistant_chief.pk,))
    assert refusal(Verb.CHALLENGE, world.governance_member, contact)
