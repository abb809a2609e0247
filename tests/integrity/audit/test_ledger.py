"""The ledger as it is written: gapless, one log for each force, in few rows; erased, and proven still."""

import json
from collections import Counter
from collections.abc import Callable
from math import log2
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction

from integrity.audit.actions import THE_SYSTEM, acting, record, record_many
from integrity.audit.ledger import consistency, newest_checkpoint, receipt_of
from integrity.audit.models import Entry, Event, Log, Node, Payload
from integrity.audit.scope import everywhere
from integrity.audit.sealing import Sealer, seal_all
from integrity.audit.signing import make_key
from integrity.audit.verifier import verify
from integrity.audit.verify_receipt import Provisional, VerifierKey, check_receipt
from integrity.people.models import StandardsDepartment
from tests.builders import NOW, World, declare, world
from tests.plugins.database import as_superuser
from tests.security.world import database

RecordProperty = Callable[[str, object], None]


@pytest.fixture
def key(settings: LazySettings, tmp_path: Path) -> VerifierKey:
    made = make_key("register.example", tmp_path / "k")
    settings.LEDGER_VERIFIER_KEY = str(made)
    settings.LEDGER_KEY_FOLDER = str(tmp_path / "k")
    return made


def settle() -> None:
    """What a commit does: the entries of the transaction take their places."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def last_content(about: str) -> dict[str, Any]:
    body = Payload.objects.extra(where=["about = %s"], params=[about]).order_by("-pk")[0].body
    assert body is not None
    said: dict[str, Any] = json.loads(body)
    return said


# --- rows and events ------------------------------------------------------------------------------


def test_a_row_s_change_says_who_what_and_why(world: World) -> None:
    with acting("rename the department", by=world.administrator, reason="A merger"):
        world.harbour_psd.name = "Harbour Standards"
        world.harbour_psd.save()
    said = last_content("people_standardsdepartment")
    assert (said["name"], said["verb"], said["reason"]) == (
        "update",
        "rename the department",
        "A merger",
    )
    assert (said["actor_id"], said["actor"]) == (
        world.administrator.pk,
        world.administrator.display,
    )
    assert said["row"]["name"] == "Harbour Standards"
    assert said["row"]["id"] == said["about_id"] == world.harbour_psd.pk


def test_an_operator_s_change_is_the_system_s_and_a_hand_s_is_nobody_s(db: None) -> None:
    with acting("make departments", by=None):
        StandardsDepartment.objects.create(name="A")
    assert last_content("people_standardsdepartment")["actor"] == THE_SYSTEM
    StandardsDepartment.objects.create(name="B")
    said = last_content("people_standardsdepartment")
    assert (said["actor"], said["actor_id"], said["verb"]) == ("", None, "")


def test_secrets_are_kept_as_a_hash_alone(world: World) -> None:
    world.constable.set_password("correct horse battery staple")
    world.constable.save()
    said = last_content("people_user")
    assert len(said["row"]["password"]) == len(said["row"]["session_stamp"]) == 64
    assert not Payload.objects.filter(body__contains=world.constable.password).exists()


def test_a_row_saved_as_it_was_leaves_no_entry(world: World) -> None:
    before = Payload.objects.count()
    world.constable.save()
    assert Payload.objects.count() == before


def test_what_belongs_to_no_force_is_in_the_installation_s_log(world: World) -> None:
    record("published", by=None, now=NOW)
    record("viewed", by=None, now=NOW, force_id=world.harbour.pk)
    settle()
    codes = {log.pk: log.code for log in Log.objects.all()}
    assert codes[0] == "installation"
    assert codes[world.harbour.pk] == "HTP"
    for about, log in (("people_force", 0), ("people_unit", None), ("casework_case", None)):
        places = Entry.objects.extra(
            tables=["audit_payload"],
            where=["audit_payload.id = payload_id", "audit_payload.about = %s"],
            params=[about],
        )
        assert all((entry.log_id == 0) == (log == 0) for entry in places), about
    assert verify().sound


def test_the_same_event_about_many_things_is_many_entries(world: World) -> None:
    facts = {number: {"n": number} for number in (7, 3, 5)}
    force = world.northmoor.pk
    record_many("imported", by=None, now=NOW, force_id=force, about="case", facts=facts)
    made = list(Event.objects.filter(name="imported"))
    assert [(each.about_id, each.facts) for each in made] == list(facts.items())


# --- the sequence ---------------------------------------------------------------------------------


def test_an_entry_writes_few_rows(db: None, record_property: RecordProperty) -> None:
    """O(log n): beside its content and its place, each new entry completes at most log2(n) subtrees."""
    most = 0
    entries = 130
    for size in range(1, entries + 1):
        before = Node.objects.count()
        record("published", by=None, now=NOW)
        settle()
        written = Node.objects.count() - before
        assert written <= 1 + log2(size)
        most = max(most, written)
    assert Node.objects.count() < 2 * entries
    record_property("measured", f"ledger: {entries} entries, at most {most} nodes written for one")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap(record_property: RecordProperty) -> None:
    """Eight threads commit and roll back, in logs in common: every sequence is whole, all is kept."""
    who = world()
    forces = [who.northmoor.pk, who.eastvale.pk, None]
    before = {log.pk: log.size for log in Log.objects.all()}
    kept: Counter[int] = Counter()
    failures: list[BaseException] = []
    start = Barrier(8)

    def work(worker: int) -> None:
        try:
            start.wait(30)
            for turn in range(6):
                roll_back = (worker + turn) % 3 == 0
                with everywhere():
                    for each in range(3):  # in another order in each thread, as a ring would need
                        force = forces[(worker + each) % 3]
                        record("at once", by=None, now=NOW, force_id=force, facts={"w": worker})
                    transaction.set_rollback(roll_back)
                if not roll_back:
                    kept.update({force or 0: 1 for force in forces})
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    for log in Log.objects.all():
        places = list(Entry.objects.filter(log=log).order_by("seq").values_list("seq", flat=True))
        assert places == list(range(log.size))
        assert log.size == before.get(log.pk, 0) + kept[log.pk]
    assert verify().sound
    record_property(
        "measured", f"ledger: {kept.total()} of {kept.total()} entries of 8 threads, 0 gaps"
    )


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_neither_entry_nor_gap() -> None:
    record("one", by=None, now=NOW)
    with transaction.atomic():
        record("two", by=None, now=NOW)
        settle()
        transaction.set_rollback(True)
    with transaction.atomic():
        record("three", by=None, now=NOW)
        with transaction.atomic():
            record("four", by=None, now=NOW)
            transaction.set_rollback(True)
    record("five", by=None, now=NOW)
    assert [event.name for event in Event.objects.all()] == ["one", "three", "five"]
    assert list(Entry.objects.values_list("seq", flat=True)) == [0, 1, 2]
    assert verify().sound


@pytest.mark.django_db(transaction=True)
def test_a_force_that_is_none_gets_no_log() -> None:
    """It would take the name of the installation's, which could then never be begun."""
    with pytest.raises(DatabaseError, match="no such force"):
        record("viewed", by=None, now=NOW, force_id=999)
    record("published", by=None, now=NOW)
    assert [(log.pk, log.code) for log in Log.objects.all()] == [(0, "installation")]


# --- receipts -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_receipt_is_provisional_until_a_checkpoint_seals_it(key: VerifierKey) -> None:
    offer = declare(world().constable)
    event = Event.objects.get(name="offer declared")
    receipt = receipt_of(event)
    assert (receipt["sealed"], receipt["proof"], receipt["checkpoint"]) == (False, None, None)
    with pytest.raises(Provisional):
        check_receipt(json.dumps(receipt), key)
    seal_all(Sealer.open(), now=NOW)
    text = json.dumps(receipt_of(event))
    found = check_receipt(text, key)
    assert (found.reference, found.origin) == (offer.case.reference, "register.example/NMR")

    # a later checkpoint shows that nothing before it was rewritten
    record("viewed", by=None, now=NOW, force_id=offer.case.force_id)
    seal_all(Sealer.open(), now=NOW)
    log = Log.objects.get(code="NMR")
    later = newest_checkpoint(log.pk)
    assert later is not None
    proof = json.dumps(consistency(log, found.checkpoint.size, later.size))
    assert check_receipt(text, key, later.note, proof).later is not None


def test_there_is_none_before_the_entry_has_its_place(db: None) -> None:
    event = record("published", by=None, now=NOW)
    with pytest.raises(LookupError, match="no place"):
        receipt_of(event)


# --- erasure --------------------------------------------------------------------------------------


def erase(payload: int, first: Any, second: Any, *, by: int | None = None) -> None:
    said = {
        "kind": "event",
        "name": "content erased",
        "at": NOW.isoformat(),
        "about": "content",
        "about_id": payload,
        "actor_id": by or first.pk,
        "facts": {"second_id": second.pk},
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_erase(%s, %s, %s, %s)", [payload, first.pk, second.pk, json.dumps(said)]
        )


@pytest.mark.django_db(transaction=True)
def test_two_people_erase_content_and_every_proof_holds(key: VerifierKey) -> None:
    who = world()
    declare(who.constable)
    declare(who.colleague)
    seal_all(Sealer.open(), now=NOW)
    gone, stays = Event.objects.filter(name="offer declared")
    before = json.dumps(receipt_of(stays))
    entry = Entry.objects.get(payload=gone.pk)
    erase(gone.pk, who.psd_head, who.register_owner)
    kept = Payload.objects.get(pk=gone.pk)
    assert (kept.salt, kept.body) == (None, None)
    assert Entry.objects.get(payload=gone.pk).header == entry.header
    assert not Event.objects.filter(pk=gone.pk).exists()
    with pytest.raises(LookupError, match="disposed of"):
        receipt_of(gone)
    seal_all(Sealer.open(), now=NOW)
    assert json.dumps(receipt_of(stays)) == before or check_receipt(
        json.dumps(receipt_of(stays)), key
    )
    verdict = verify()
    assert (verdict.sound, verdict.erased) == (True, 1)


@pytest.mark.django_db(transaction=True)
def test_erasure_takes_two_people_who_are_named() -> None:
    who = world()
    record("viewed", by=None, now=NOW)
    payload = Event.objects.get().pk
    with pytest.raises(DatabaseError, match="takes two people"):
        erase(payload, who.psd_head, who.psd_head)
    with pytest.raises(DatabaseError, match="who the two are"):
        erase(payload, who.psd_head, who.reviewer, by=who.constable.pk)
    with pytest.raises(DatabaseError, match="no such content"):
        erase(999_999, who.psd_head, who.reviewer)
    erase(payload, who.psd_head, who.reviewer)
    with pytest.raises(DatabaseError, match="no such content"):
        erase(payload, who.psd_head, who.reviewer)
    assert verify().sound


@pytest.mark.django_db(transaction=True)
def test_what_a_live_row_says_is_not_erased_before_it_says_something_else() -> None:
    who = world()
    who.harbour_psd.name = "Another"
    who.harbour_psd.save()
    about = {
        "where": ["about = 'people_standardsdepartment' AND about_id = %s"],
        "params": [who.harbour_psd.pk],
    }
    first, last = Payload.objects.extra(**about).order_by("pk")
    with pytest.raises(DatabaseError, match="still stands on this content"):
        erase(last.pk, who.psd_head, who.reviewer)
    erase(first.pk, who.psd_head, who.reviewer)
    assert verify().sound


@pytest.mark.django_db(transaction=True)
def test_a_deleted_row_s_past_goes_from_its_beginning() -> None:
    who = world()
    rows = who.body.forces.through.objects.all()
    pk = rows.get().pk
    rows.delete()
    about = {"where": ["about = 'people_oversightbody_forces' AND about_id = %s"], "params": [pk]}
    first, last = Payload.objects.extra(**about).order_by("pk")
    with pytest.raises(DatabaseError, match="still stands on this content"):
        erase(last.pk, who.psd_head, who.reviewer)
    for payload in (first, last):
        erase(payload.pk, who.psd_head, who.reviewer)
        assert verify().sound


@pytest.mark.django_db(transaction=True)
def test_erasure_by_hand_is_found() -> None:
    event = record("viewed", by=None, now=NOW)
    with as_superuser(database()) as superuser:
        superuser.execute(
            "UPDATE audit_payload SET salt = NULL, body = NULL WHERE id = %s", (event.pk,)
        )
    (broken,) = verify().broken
    assert (broken.where, broken.reason) == (
        f"content {event.pk}",
        "It was erased, and no entry says by whom.",
    )
