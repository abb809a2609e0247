"""What the database holds every case to, whatever its register."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Model

from integrity.casework.actions import refer
from integrity.casework.enums import ReferralSource, SignOffCapacity
from integrity.casework.models import (
    Case,
    CaseLink,
    CaseVersion,
    Challenge,
    ChecklistItem,
    Decision,
    Draft,
    ImportBatch,
    ImportedRow,
    ImportMapping,
    ImportUpload,
    NilReturn,
    NilReturnReminder,
    NilReturnRule,
    Notice,
    Question,
    Referral,
    SignOff,
)
from integrity.people.enums import Role
from registers.gifts.enums import Status, Verb
from registers.gifts.models import GiftPolicy
from tests import builders
from tests.builders import NOW, START, TODAY, World, declare, offer_in, perform
from tests.constraints import again, change, names_of, refuses


def case(w: World, **values: Any) -> Case:
    found = declare(w.constable).case
    if values:
        change(found, **values)
    return Case.objects.get(pk=found.pk)


def decision(w: World) -> Decision:
    return Decision.objects.get(case=offer_in(Status.COMPLIANT, w).case)


def question(w: World) -> Question:
    return Question.objects.get(case=offer_in(Status.QUERIED, w).case)


def challenge(w: World, *, silent: bool = False) -> Challenge:
    offer = offer_in(Status.WITH_PSD, w)
    reason = "It would tip them off." if silent else ""
    perform(Verb.CHALLENGE, offer, by=w.reviewer, in_world=w, silent=silent, silent_reason=reason)
    return Challenge.objects.get(case=offer.case)


def version(w: World) -> CaseVersion:
    offer = offer_in(Status.WITH_PSD, w)
    perform(Verb.CORRECT, offer, by=w.constable, in_world=w)
    return CaseVersion.objects.get(case=offer.case)


def link(w: World) -> CaseLink:
    return CaseLink.objects.create(
        case=case(w), other=case(w), note="Twins", made_at=NOW, made_by=w.reviewer
    )


def nil_return(w: World, **values: Any) -> NilReturn:
    return NilReturn.objects.create(
        register="gifts",
        force=w.northmoor,
        stated_for="Patrol",
        starts_on=START,
        ends_on=TODAY,
        stated_at=NOW,
        stated_by=w.sergeant,
        **values,
    )


def nil_return_rule(w: World) -> NilReturnRule:
    return NilReturnRule.objects.create(force=w.northmoor, effective_from=START)


def reminder(w: World) -> NilReturnReminder:
    return NilReturnReminder.objects.create(
        force=w.northmoor,
        unit=w.patrol,
        person=w.sergeant,
        starts_on=START,
        registers=["gifts"],
        reminded_on=TODAY,
    )


def mapping(w: World) -> ImportMapping:
    return ImportMapping.objects.create(
        force=w.northmoor,
        register="gifts",
        name="Ours",
        mapping={},
        saved_at=NOW,
        saved_by=w.reviewer,
    )


def upload(w: World) -> ImportUpload:
    return ImportUpload.objects.create(
        register="gifts",
        force=w.northmoor,
        name="a.csv",
        content=b"a",
        uploaded_at=NOW,
        uploaded_by=w.reviewer,
    )


def imported_row(w: World) -> ImportedRow:
    batch = ImportBatch.objects.create(
        register="gifts", force=w.northmoor, name="old.csv", sha256="0" * 64, imported_at=NOW
    )
    return ImportedRow.objects.create(
        batch=batch,
        register="gifts",
        force=w.northmoor,
        where="row 2",
        cells=["a"],
        fingerprint="1" * 64,
        case=case(w),
    )


def checklist_item(w: World) -> ChecklistItem:
    return ChecklistItem.objects.create(
        force=w.northmoor, register="gifts", text="Sampled ten entries", effective_from=START
    )


def signed(w: World) -> SignOff:
    return SignOff.objects.create(
        register="gifts",
        force=w.northmoor,
        capacity=SignOffCapacity.REGISTER_OWNER,
        starts_on=START,
        ends_on=TODAY,
        checklist={},
        signed_at=NOW,
        signed_by=w.register_owner,
    )


def notice(w: World) -> Notice:
    offer_in(Status.QUERIED, w)
    found = Notice.objects.filter(recipient=w.constable).first()
    assert found is not None
    return found


def draft(w: World) -> Draft:
    return Draft.objects.create(
        user=w.constable,
        register="gifts",
        purpose="declare",
        started_at=NOW,
        saved_at=NOW,
        expires_on=TODAY,
    )


def referral(w: World) -> Referral:
    return refer(
        case(w),
        source=ReferralSource.CONDITION_CHECK,
        about="A condition",
        reason="It was not kept.",
        by=w.reviewer,
        now=NOW,
    )


def _version_number_again(w: World) -> None:
    again(version(w))


CASES: dict[str, Callable[[World], object]] = {
    "case_belongs_to_force_or_oversight_body": lambda w: case(w, oversight_body=w.body),
    "case_declared_has_subject_and_author": lambda w: case(w, author=None),
    "case_confidential_is_nobodys_entry": lambda w: case(w, confidential=True),
    "case_confirmed_at_with_confirmed_by": lambda w: case(w, confirmed_at=NOW),
    "case_confirmed_by_its_subject": lambda w: case(w, confirmed_at=NOW, confirmed_by=w.colleague),
    "case_owner_is_not_its_subject": lambda w: case(w, owner=w.constable),
    "case_submitted_once": lambda w: again(case(w, idempotency_key=UUID(int=1)), reference="GH-0"),
    "case_version_number_once": _version_number_again,
    "case_link_made_once": lambda w: again(link(w)),
    "case_link_is_to_another_case": lambda w: change(made := link(w), other=made.case),
    "decision_once_for_each_stage_of_a_round": lambda w: again(decision(w), decided_by=w.reviewer),
    "decision_at_one_stage_of_a_round_by_one_person": lambda w: again(decision(w), stage="another"),
    "decision_is_not_by_its_subject": lambda w: again(decision(w), decided_by=w.constable),
    "decision_has_a_reason": lambda w: again(decision(w), reason=""),
    "question_answered_at_with_answered_by": lambda w: change(
        question(w), answered_at=NOW, answer="Yes"
    ),
    "question_answered_has_an_answer": lambda w: change(
        question(w), answered_at=NOW, answered_by=w.constable
    ),
    "challenge_answered_at_with_answered_by": lambda w: change(challenge(w), answered_at=NOW),
    "challenge_disposed_at_with_disposed_by": lambda w: change(
        challenge(w, silent=True), disposed_at=NOW, disposal="advice"
    ),
    "challenge_disposed_says_how": lambda w: change(
        challenge(w, silent=True), disposed_at=NOW, disposed_by=w.reviewer
    ),
    "challenge_silent_says_why": lambda w: change(challenge(w), silent=True),
    "challenge_silent_is_never_answered": lambda w: change(
        challenge(w, silent=True), answered_at=NOW, answered_by=w.constable
    ),
    "challenge_disposed_after_its_answer": lambda w: change(
        challenge(w), disposed_at=NOW, disposed_by=w.reviewer, disposal="advice"
    ),
    "challenge_is_to_somebody_else": lambda w: change(challenge(w), to=w.reviewer),
    "challenge_is_closed_by_somebody_else": lambda w: change(
        challenge(w, silent=True), disposed_at=NOW, disposed_by=w.constable, disposal="advice"
    ),
    "import_mapping_name_once_in_register": lambda w: again(mapping(w)),
    "import_mapping_has_a_name": lambda w: change(mapping(w), name=""),
    "import_upload_with_a_batch_was_imported": lambda w: change(
        upload(w), batch=imported_row(w).batch
    ),
    "import_upload_holds_bytes_until_imported": lambda w: change(upload(w), imported_at=NOW),
    "import_upload_in_the_queue_was_heard_of": lambda w: change(upload(w), queued_at=NOW),
    "nil_return_ends_after_it_starts": lambda w: change(
        nil_return(w), ends_on=START - timedelta(days=1)
    ),
    "nil_return_says_for_whom": lambda w: change(nil_return(w), stated_for=""),
    "nil_return_withdrawn_when_by_whom_and_why": lambda w: change(
        nil_return(w), withdrawn_at=NOW, withdrawn_by=w.sergeant
    ),
    "nil_return_withdrawn_after_it_was_stated": lambda w: change(
        nil_return(w),
        withdrawn_at=NOW - timedelta(days=1),
        withdrawn_by=w.sergeant,
        withdrawn_reason="Wrong.",
    ),
    "nil_return_of_a_unit_stands_once": lambda w: again(nil_return(w, unit=w.patrol)),
    "nil_return_rule_takes_effect_once_a_day": lambda w: again(nil_return_rule(w)),
    "nil_return_rule_counts_from_one": lambda w: change(nil_return_rule(w), repeat_days=0),
    "nil_return_reminder_once_a_day": lambda w: again(reminder(w)),
    "nil_return_reminder_names_a_register": lambda w: change(reminder(w), registers=[]),
    "imported_row_only_once": lambda w: again(imported_row(w), case=case(w)),
    "imported_row_became_case_or_nil_return": lambda w: change(
        imported_row(w), nil_return=nil_return(w)
    ),
    "checklist_item_ends_after_it_starts": lambda w: change(
        checklist_item(w), effective_to=START - timedelta(days=1)
    ),
    "sign_off_ends_after_it_starts": lambda w: change(signed(w), ends_on=START - timedelta(days=1)),
    "sign_off_by_oversight_body_names_it": lambda w: change(signed(w), oversight_body=w.body),
    "sign_off_once_for_each_period": lambda w: again(signed(w)),
    "notice_made_once": lambda w: again(notice(w)),
    "notice_sent_after_it_was_claimed": lambda w: change(notice(w), sent_at=NOW),
    "referral_says_why": lambda w: change(referral(w), reason=""),
    "referral_says_what": lambda w: change(referral(w), about=""),
    "referral_belongs_to_force_or_oversight_body": lambda w: change(referral(w), force=None),
    "referral_is_by_somebody_or_anonymous": lambda w: change(referral(w), made_by=None),
    "draft_of_case_keeps_its_version": lambda w: change(draft(w), case=case(w)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", names_of("casework"))
def test_the_database_refuses(name: str, world: World) -> None:
    refuses(name, CASES, world)


def test_references_rise_and_name_the_year_in_london(world: World) -> None:
    first, second = declare(world.constable).case, declare(world.constable).case
    assert first.reference.startswith("GH-2026-")
    assert len(first.reference) == len("GH-2026-000123")
    assert int(second.reference[-6:]) > int(first.reference[-6:])


def test_a_case_keeps_its_subject_as_they_were(world: World) -> None:
    made = declare(world.constable).case
    change(
        world.constable,
        last_name="Married",
        unit=world.headquarters,
        line_manager=world.inspector_of_police,
    )
    kept = Case.objects.get(pk=made.pk)
    assert kept.subject_name == world.constable.display
    assert (kept.subject_grade, kept.subject_unit) == ("Constable", world.patrol)
    assert kept.subject_manager == world.sergeant
    assert kept.subject_member_type == "officer"
    assert not kept.subject_is_chief_officer


def test_platform_readers_are_the_declarant_psd_register_owner_and_inspector(
    world: World,
) -> None:
    made = declare(world.constable, by=world.colleague).case
    readers = {
        name
        for name, user in world.people().items()
        if Case.objects.visible_to(user).filter(pk=made.pk).exists()
    }
    assert readers == {
        "constable",
        "colleague",
        "psd_head",
        "reviewer",
        "other_reviewer",
        "register_owner",
        "inspector",
    }


def test_a_silent_challenge_is_invisible_to_all_but_psd(world: World) -> None:
    silent = challenge(world, silent=True)
    readers = {
        name
        for name, user in world.people().items()
        if Challenge.objects.visible_to(user, Role.PSD_REVIEWER, Role.PSD_HEAD)
        .filter(pk=silent.pk)
        .exists()
    }
    assert readers == {"psd_head", "reviewer", "other_reviewer"}


def test_a_silent_challenge_is_invisible_to_its_subject_even_within_psd(world: World) -> None:
    offer = declare(world.reviewer, builders.accepted(50))
    perform(
        Verb.CHALLENGE,
        offer,
        by=world.other_reviewer,
        in_world=world,
        silent=True,
        silent_reason="It would tip them off.",
    )
    assert not Challenge.objects.visible_to(world.reviewer, Role.PSD_REVIEWER).exists()
    assert Challenge.objects.visible_to(world.other_reviewer, Role.PSD_REVIEWER).exists()


ON = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ([("joint", ON)], "joint 2026-01-01"),
        ([("joint", ON), ("own", ON)], "own 2026-01-01"),
        ([("own", ON), ("joint", ON + timedelta(days=1))], "joint 2026-01-02"),
        ([("joint", ON), ("own", ON + timedelta(days=40))], "joint 2026-01-01"),
        ([("own", ON + timedelta(days=31))], None),
        ([("other force", ON)], None),
        ([("own", ON + timedelta(days=30))], "own 2026-01-31"),
    ],
)
def test_the_policy_of_a_day_is_the_latest_and_a_force_s_own_before_a_joint_one(
    rows: list[tuple[str, date]], chosen: str | None, world: World
) -> None:
    owners: dict[str, dict[str, Model]] = {
        "own": {"force": world.northmoor},
        "joint": {"department": world.alliance_psd},
        "other force": {"force": world.harbour},
    }
    _delete_policies()
    for kind, starts in rows:
        row = GiftPolicy.objects.create(
            title=f"{kind} {starts}", summary="-", effective_from=starts, **owners[kind]
        )
        row.joint_forces.set([world.northmoor, world.eastvale] if kind == "joint" else [])
    mine = GiftPolicy.objects.for_person(world.constable)
    if chosen is None:
        with pytest.raises(GiftPolicy.DoesNotExist, match="31 January 2026"):
            mine.in_force(ON + timedelta(days=30))
    else:
        assert mine.in_force(ON + timedelta(days=30)).title == chosen


def test_a_joint_policy_binds_only_the_forces_it_names(world: World) -> None:
    world.policy.joint_forces.set([world.northmoor])
    assert not GiftPolicy.objects.for_person(world.eastvale_constable).exists()
    assert GiftPolicy.objects.for_person(world.constable).get() == world.policy


def test_a_body_s_members_have_the_body_s_policy(world: World) -> None:
    assert GiftPolicy.objects.for_person(world.body_member).get() == world.body_policy


def _delete_policies() -> None:
    GiftPolicy.objects.update(effective_from=date(2100, 1, 1))


def test_one_person_may_hold_several_drafts_and_one_key_is_one_submission(world: World) -> None:
    draft(world), draft(world)
    assert Draft.objects.filter(user=world.constable).count() == 2
    assert case(world, idempotency_key=uuid4()).idempotency_key
