"""Checkpoints: signed where a log has grown and continues what was signed, and never otherwise."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from stat import S_IMODE

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from integrity.audit.actions import record
from integrity.audit.ledger import consistency, newest_checkpoint, root_of, verifier_key
from integrity.audit.models import Audience, Checkpoint, Event, Log
from integrity.audit.sealing import Sealer, seal_all
from integrity.audit.signing import KEY_FILE, make_key
from integrity.audit.verify_receipt import open_note, verify_consistency
from tests.builders import NOW
from tests.plugins.database import as_superuser
from tests.security.world import database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.LEDGER_VERIFIER_KEY = str(make_key("register.example", tmp_path / "k"))
    settings.LEDGER_KEY_FOLDER = str(tmp_path / "k")
    return tmp_path / "k"


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection]:
    with as_superuser(database()) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def add(count: int) -> Log:
    for number in range(count):
        record("published", by=None, now=NOW, facts={"n": number})
    return Log.objects.get(code="installation")


def seal() -> tuple[list[int], list[str]]:
    made, refused = seal_all(Sealer.open(), now=NOW)
    return [checkpoint.size for checkpoint in made], refused


def test_what_is_sealed_is_signed_and_stored_and_written_down(folder: Path) -> None:
    log = add(3)
    assert seal() == ([3], [])
    stored = Checkpoint.objects.get()
    key = verifier_key()
    assert key is not None
    signed = open_note(stored.note, key)
    assert (signed.origin, signed.size) == ("register.example/installation", 3)
    assert signed.root == root_of(log)
    assert stored.made_at == NOW
    assert (folder / "signed" / "installation").read_text() == stored.note


def test_a_log_that_has_not_grown_is_not_signed_again(folder: Path) -> None:
    add(2)
    assert seal() == ([2], [])
    assert seal() == ([], [])
    add(1)
    assert seal() == ([3], [])
    assert [each.size for each in Checkpoint.objects.all()] == [2, 3]


def test_each_checkpoint_continues_the_one_before(folder: Path) -> None:
    for count in (1, 2, 5):
        log = add(count)
        seal()
    key, checkpoint = verifier_key(), newest_checkpoint(log.pk)
    assert key is not None
    assert checkpoint is not None
    new = open_note(checkpoint.note, key)
    for old in (1, 3):
        before = open_note(Checkpoint.objects.get(size=old).note, key)
        proof = [bytes.fromhex(each) for each in consistency(log, old, 8)["proof"]]
        verify_consistency(old, before.root, 8, new.root, proof)


REWRITES = {
    "its last leaf": "UPDATE audit_node SET hash = sha256('x') WHERE height = 0 AND place = 4",
    "a whole subtree": "UPDATE audit_node SET hash = sha256('x') WHERE height = 2",
    "a subtree gone": "DELETE FROM audit_node WHERE height = 2",
    "truncated": """
        WITH entries AS (DELETE FROM audit_entry WHERE seq >= 3 RETURNING payload_id),
             contents AS (DELETE FROM audit_payload WHERE id IN (TABLE entries)),
             nodes AS (DELETE FROM audit_node WHERE (place + 1) << height > 3)
        UPDATE audit_log SET size = 3""",
}


@pytest.mark.parametrize("how", REWRITES)
def test_a_rewritten_log_is_never_signed(
    folder: Path, superuser: psycopg.Connection, how: str
) -> None:
    add(5)
    seal()
    superuser.execute(REWRITES[how].encode())
    add(1)
    assert_refused(superuser)


def test_nor_one_whose_checkpoints_went_with_it(
    folder: Path, superuser: psycopg.Connection
) -> None:
    """The notebook beside the key remembers what the database was made to forget."""
    add(5)
    seal()
    superuser.execute("DELETE FROM audit_checkpoint")
    superuser.execute("UPDATE audit_node SET hash = sha256('x') WHERE place = 0")
    add(1)
    assert_refused(superuser)


def test_nor_one_that_was_emptied_and_begun_anew(
    folder: Path, superuser: psycopg.Connection
) -> None:
    add(5)
    seal()
    superuser.execute(
        "TRUNCATE audit_checkpoint, audit_node, audit_entry, audit_payload, audit_log"
    )
    add(7)
    assert_refused(superuser)


def assert_refused(superuser: psycopg.Connection) -> None:
    (before,) = superuser.execute("SELECT count(*) FROM audit_checkpoint").fetchone() or (0,)
    made, (sentence,) = seal()
    assert made == []
    assert sentence.startswith("The log of installation does not continue the checkpoint of 5 ")
    assert sentence.endswith("It was not signed; run manage.py verify_ledger.")
    assert Checkpoint.objects.count() == before
    event = Event.objects.get(name="checkpoint not signed")
    assert (event.reason, event.audience, event.actor_id) == (sentence, Audience.PSD, None)


def test_other_logs_are_sealed_all_the_same(folder: Path, superuser: psycopg.Connection) -> None:
    from tests.builders import world

    who = world()
    record("viewed", by=None, now=NOW, force_id=who.harbour.pk)
    made, refused = seal_all(Sealer.open(), now=NOW)
    assert {c.origin.rpartition("/")[2] for c in made} == {"installation", "NMR", "EVL", "HTP"}
    superuser.execute(
        "UPDATE audit_node SET hash = sha256('x') WHERE log_id = %s AND place = 0",
        (who.harbour.pk,),
    )
    for force in (who.harbour, who.northmoor):
        record("viewed", by=None, now=NOW, force_id=force.pk)
    made, refused = seal_all(Sealer.open(), now=NOW)
    assert [c.origin.rpartition("/")[2] for c in made] == ["NMR"]
    assert [words.split()[3] for words in refused] == ["HTP"]


def test_what_is_signed_is_remembered_even_where_storing_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = add(2)
    sealer = Sealer.open()
    with monkeypatch.context() as patch:
        patch.setattr("integrity.audit.sealing.connection", None)
        with pytest.raises(AttributeError):
            sealer.seal(log, now=NOW)
    assert not Checkpoint.objects.exists()
    assert (folder / "signed" / "installation").read_text().splitlines()[1] == "2"
    assert sealer.seal(log, now=NOW) is None  # by the notebook alone


def test_only_its_owner_reads_the_key(folder: Path) -> None:
    add(1)
    seal()
    assert S_IMODE(folder.stat().st_mode) == 0o700
    assert S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert S_IMODE((folder / "signed").stat().st_mode) == 0o700


def test_without_a_key_nothing_is_signed(settings: LazySettings, tmp_path: Path) -> None:
    for place in ("", str(tmp_path)):
        settings.LEDGER_KEY_FOLDER = place
        with pytest.raises(FileNotFoundError, match="make_ledger_key"):
            Sealer.open()
        with pytest.raises(CommandError, match="make_ledger_key"):
            call_command("seal_ledger")


def test_the_command_says_what_was_signed_and_fails_where_it_refused(
    folder: Path, superuser: psycopg.Connection
) -> None:
    add(4)
    call_command("seal_ledger", as_json=True, stdout=(out := StringIO()))
    (signed,) = json.loads(out.getvalue())["signed"]
    assert (signed["origin"], signed["size"]) == ("register.example/installation", 4)
    superuser.execute("UPDATE audit_node SET hash = sha256('x') WHERE place = 0")
    add(1)
    with pytest.raises(SystemExit) as left:
        call_command("seal_ledger", stdout=(out := StringIO()), stderr=StringIO())
    assert (left.value.code, out.getvalue()) == (1, "0 checkpoints signed, 1 refused.\n")
