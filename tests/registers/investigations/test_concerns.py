"""Concerns without a name: sent, answered and read with a code; nothing is kept of who sent them."""

import json
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from integrity.audit.actions import request_id
from integrity.audit.models import Event
from integrity.audit.scope import nowhere
from integrity.casework.enums import ReferralSource
from integrity.casework.models import Referral
from integrity.casework.workflow import Denied
from integrity.people.scope import of_person
from registers.investigations import actions
from registers.investigations.actions.concerns import (
    Message,
    add_message,
    read_concern,
    send_concern,
)
from registers.investigations.models import Concern, ConcernMessage, waiting_referrals, words_of
from registers.investigations.policies import hash_of
from tests.builders import NOW, TODAY, World
from tests.investigations import open_one, refer

TEXT = "Somebody sells what is in the property store."


def send(world: World, *, now: datetime = NOW) -> str:
    return send_concern(force=world.northmoor, text=TEXT, now=now)


def test_a_concern_is_a_lead_in_psd_s_queue(world: World) -> None:
    send(world)
    referral = Referral.objects.get()
    assert referral.source == ReferralSource.ANONYMOUS
    assert words_of(referral) == TEXT
    assert (referral.made_by, referral.person, referral.case) == (None, None, None)
    assert list(waiting_referrals(world.reviewer)) == [referral]
    made = open_one(world, referrals=[referral], subject=None, source=referral.source)
    assert made.leads.get().referral.concern.messages.get().text == TEXT
    assert not waiting_referrals(world.reviewer).exists()


def test_the_words_of_any_other_referral_are_its_reason(world: World) -> None:
    assert words_of(refer(world)) == "It named the street."


def test_what_was_sent_shows_in_no_table_and_no_entry_to_anybody_outside_psd(world: World) -> None:
    code = send(world)
    add_message(code=code, text=TEXT, now=NOW)
    with of_person(world.reviewer.pk, today=TODAY):
        assert len([each for each in everything_shown() if TEXT in each]) == 4
    for name in ("constable", "chief", "inspector", "administrator", "press_officer"):
        with of_person(getattr(world, name).pk, today=TODAY):
            assert not [each for each in everything_shown() if TEXT in each]


def everything_shown() -> list[str]:
    """Every row about concerns, and every entry of the ledger, that the transaction reaches."""
    tables = (
        "casework_referral",
        "investigations_concern",
        "investigations_concernmessage",
        "audit_payload",
    )
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(r)::text FROM {table} r")  # noqa: S608
            found += [row for (row,) in cursor.fetchall()]
    return found


def test_it_is_sent_answered_and_read_with_its_code(world: World) -> None:
    code = send(world)
    concern = Concern.objects.get()
    assert concern.awaits_reply
    with of_person(world.reviewer.pk, today=TODAY):
        actions.reply(concern, text="Which store?", by=world.reviewer, now=NOW)
    assert not Concern.objects.get().awaits_reply
    add_message(code=code.lower().replace("-", " "), text=" The one at Quay Street. ", now=NOW)
    assert read_concern(code=code) == [
        Message(False, TEXT, TODAY),
        Message(True, "Which store?", TODAY),
        Message(False, "The one at Quay Street.", TODAY),
    ]
    assert Concern.objects.get().awaits_reply


def test_somebody_who_is_not_signed_in_reaches_nothing_but_what_their_code_opens(
    world: World,
) -> None:
    with nowhere():
        code = send(world)
        other = send(world)
        add_message(code=code, text="And on Sundays.", now=NOW)
        assert [each.text for each in read_concern(code=code)] == [TEXT, "And on Sundays."]
        assert [each.text for each in read_concern(code=other)] == [TEXT]
        assert not Concern.objects.exists()
        assert not Referral.objects.exists()


@pytest.mark.parametrize("code", ["", "-", "AAAAA-AAAAA-AAAAA-AAAAA", "%", "' OR 1=1 --"])
def test_a_code_that_is_not_one_opens_nothing(code: str, world: World) -> None:
    send(world)
    with pytest.raises(Denied, match="No concern has this code"):
        read_concern(code=code)
    with pytest.raises(Denied, match="No concern has this code"):
        add_message(code=code, text="It was me.", now=NOW)
    assert ConcernMessage.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 5001])
def test_a_message_of_nothing_or_of_too_much_is_refused(text: str, world: World) -> None:
    with pytest.raises(Denied):
        send_concern(force=world.northmoor, text=text, now=NOW)
    assert not Referral.objects.exists()
    code = send(world)
    with pytest.raises(Denied):
        add_message(code=code, text=text, now=NOW)
    with pytest.raises(Denied):
        actions.reply(Concern.objects.get(), text=text, by=world.reviewer, now=NOW)


def test_the_day_is_kept_and_not_the_hour(world: World) -> None:
    late = datetime(2026, 6, 15, 23, 45, tzinfo=ZoneInfo("Europe/London"))
    send(world, now=late)
    noon = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo("Europe/London"))
    assert Referral.objects.get().made_at == noon
    assert Event.objects.get(about="referral").at == noon
    assert Concern.objects.get().received_on == date(2026, 6, 15)
    assert ConcernMessage.objects.get().on == date(2026, 6, 15)


def test_the_code_is_kept_nowhere(world: World) -> None:
    code = send(world)
    concern = Concern.objects.get()
    assert concern.code_hash == hash_of(code)
    ledger = json.dumps(ledger_since(0), default=str)
    assert concern.code_hash in ledger, "what is looked in holds this concern"
    assert code not in ledger
    assert code.replace("-", "") not in ledger


def test_no_entry_of_the_ledger_is_tied_to_a_person_or_a_web_request(world: World) -> None:
    last = last_entry()
    token = request_id.set(uuid4())
    try:
        with of_person(world.constable.pk, today=TODAY):  # who is signed in, as it happens
            code = send(world)
            add_message(code=code, text="And on Sundays.", now=NOW)
            read_concern(code=code)
        assert request_id.get() is not None, "the request’s own goes on afterwards"
    finally:
        request_id.reset(token)
    entries = ledger_since(last)
    assert len(entries) >= 4
    for entry in entries:
        assert not entry["request"]
        assert not entry["actor_id"]
        assert entry["actor"] == "The system"
    assert "constable" not in json.dumps(entries).lower()


def last_entry() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM audit_payload")
        (found,) = cursor.fetchone()
        return int(found)


def ledger_since(last: int) -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM audit_payload WHERE id > %s ORDER BY id", [last])
        return [json.loads(body) for (body,) in cursor.fetchall()]


def test_a_reply_is_psd_s_alone_and_names_nobody_to_the_sender(world: World) -> None:
    code = send(world)
    concern = Concern.objects.get()
    for user in (world.constable, world.chief, world.investigation_inspector):
        with pytest.raises(Denied):
            actions.reply(concern, text="Who are you?", by=user, now=NOW)
    actions.reply(concern, text="Thank you.", by=world.reviewer, now=NOW)
    assert world.reviewer.last_name not in str(read_concern(code=code))
    assert concern.messages.get(from_psd=True).by == world.reviewer


def test_who_reads_concerns_on_the_desk(world: World) -> None:
    send(world)
    readers = {
        name
        for name, user in world.people().items()
        if Concern.objects.visible_to(user).with_all().exists()
    }
    assert readers == {"psd_head", "reviewer", "other_reviewer", "investigation_inspector"}
    open_one(world, referrals=[Referral.objects.get()], subject=world.reviewer)
    assert not Concern.objects.visible_to(world.reviewer).exists()
    assert not Concern.objects.visible_to(world.psd_head).exists()
    assert Concern.objects.visible_to(world.other_reviewer).exists()
