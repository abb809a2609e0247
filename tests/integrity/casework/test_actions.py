"""Drafts, sign-offs, tasks and attachments."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from integrity.audit.models import Event
from integrity.casework import actions
from integrity.casework.enums import ChallengeDisposal, DeadlineKind
from integrity.casework.models import Attachment, Deadline, Draft, SignOff
from integrity.casework.workflow import Denied
from tests.builders import NOW, START, TODAY, World, declare


def start(world: World, **details: Any) -> Draft:
    return actions.start_draft(
        **{
            "by": world.constable,
            "register": "gifts",
            "purpose": "declare",
            "keep_days": 30,
            "now": NOW,
            **details,
        }
    )


def test_a_draft_keeps_each_step_as_it_is_typed(world: World) -> None:
    draft = start(world)
    actions.save_draft(draft, step="offer", values={"provider": "Hal"}, now=NOW)
    later = NOW + timedelta(minutes=1)
    actions.save_draft(draft, step="items/1", values={"description": ""}, now=later)
    kept = Draft.objects.get(pk=draft.pk)
    assert kept.data == {"offer": {"provider": "Hal"}, "items/1": {"description": ""}}
    assert (kept.saved_at, kept.expires_on) == (later, TODAY + timedelta(days=30))


def test_a_draft_leaves_no_trace_in_the_record(world: World) -> None:
    draft = start(world)
    actions.save_draft(draft, step="offer", values={"provider": "Hal"}, now=NOW)
    actions.discard_draft(draft)
    assert not Event.objects.exists()
    assert not Draft.objects.exists()


def test_one_s_own_expired_drafts_go_when_another_is_begun(world: World) -> None:
    old, others = start(world), start(world, by=world.colleague)
    last_day = NOW + timedelta(days=30)
    start(world, now=last_day)
    assert Draft.objects.filter(pk=old.pk).exists(), "kept to the end of its last day"
    start(world, now=last_day + timedelta(days=1))
    assert not Draft.objects.filter(pk=old.pk).exists()
    assert Draft.objects.filter(pk=others.pk).exists()


def test_a_draft_of_a_case_remembers_the_version_it_was_begun_from(world: World) -> None:
    case = declare(world.constable).case
    assert start(world, case=case, purpose="correct").case_version == case.version


def sign(world: World, **details: Any) -> SignOff:
    return actions.sign_off(
        **{
            "register": "gifts",
            "force": world.northmoor,
            "body": None,
            "starts_on": START,
            "ends_on": TODAY,
            "checklist": {"Sampled ten entries": True},
            "note": "",
            "by": world.register_owner,
            "now": NOW,
            **details,
        }
    )


def test_owner_and_body_each_sign_a_period_once(world: World) -> None:
    sign(world)
    sign(world, body=world.body, by=world.governance_member)
    assert [e.name for e in Event.objects.all()] == ["register signed off"] * 2
    with pytest.raises(Denied, match="is signed off already"):
        sign(world)
    with pytest.raises(Denied, match="Only the owner"):
        sign(world, by=world.psd_head, ends_on=TODAY - timedelta(days=1))
    assert SignOff.objects.count() == 2


def test_what_was_not_done_is_explained_in_the_note(world: World) -> None:
    undone = {"Sampled ten entries": True, "Compared with suppliers": False}
    with pytest.raises(Denied, match="Say in the note"):
        sign(world, checklist=undone)
    assert sign(world, checklist=undone, note="The list is late.").checklist == undone


def test_tasks_of_some_kinds_or_of_one_owner_are_met_and_others_stay_open(world: World) -> None:
    case = declare(world.constable).case
    for kind, owner in (
        (DeadlineKind.PEER_REVIEW, world.chief),
        (DeadlineKind.PEER_REVIEW, world.deputy_chief),
        (DeadlineKind.DECIDE, None),
    ):
        actions.set_deadline(case, kind=kind, what="Do", owner=owner, due_on=TODAY, now=NOW)
    actions.meet_deadlines(case, DeadlineKind.PEER_REVIEW, now=NOW, owner=world.chief)
    assert Deadline.objects.open().count() == 2
    assert not Deadline.objects.waiting_for(world.chief).exists()
    assert Deadline.objects.waiting_for(world.deputy_chief).count() == 1
    actions.meet_deadlines(case, now=NOW)
    assert not Deadline.objects.open().exists()


def test_an_attachment_is_kept_with_the_hash_of_its_bytes(world: World, media: None) -> None:
    case = declare(world.constable).case
    file = SimpleUploadedFile("a" * 300 + ".txt", b"Hello")
    made = actions.attach(case, file=file, about="Evidence", by=world.constable, now=NOW)
    kept = Attachment.objects.get(pk=made.pk)
    assert (kept.size, kept.sha256) == (5, hashlib.sha256(b"Hello").hexdigest())
    assert len(kept.name) <= 200
    assert kept.file.read() == b"Hello"


def test_nobody_is_asked_while_a_challenge_on_the_entry_is_held_silently(world: World) -> None:
    case = declare(world.constable).case

    def ask(*, silent: bool, text: str = "Why?") -> None:
        why = "It would tip them off." if silent else ""
        actions.make_challenge(
            case, to=world.constable, text=text, silent=silent, silent_reason=why, due_on=TODAY,
            by=world.reviewer, now=NOW,
        )  # fmt: skip

    ask(silent=True)
    with pytest.raises(Denied, match=f"{world.reviewer.display} holds .* silently"):
        ask(silent=False)
    ask(silent=True, text="Who paid?")
    for held in case.challenges.all():
        actions.dispose_challenge(
            held, disposal=ChallengeDisposal.JUSTIFIED, note="So.", by=world.reviewer, now=NOW
        )
    ask(silent=False)
    assert case.challenges.filter(silent=False).count() == 1


def test_nobody_challenges_themselves(world: World) -> None:
    with pytest.raises(Denied, match="yourself"):
        actions.make_challenge(
            declare(world.constable).case,
            to=world.reviewer,
            text="Why?",
            silent=False,
            silent_reason="",
            due_on=TODAY,
            by=world.reviewer,
            now=NOW,
        )
