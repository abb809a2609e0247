"""The ledger's commands, as an operator runs them: in processes of their own, as the roles they are for."""

import csv
import json
import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from integrity.audit.models import Log
from integrity.audit.signing import KEY_FILE, SignerKey
from integrity.audit.verify_receipt import VerifierKey
from integrity.people.models import Unit
from tests import builders
from tests.plugins.database import as_owner, renamed

CHECKOUT = Path(__file__).resolve().parents[3]


def manage(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command on this worker's own database, with no role's URL but those given."""
    given = {"DATABASE_URL": renamed("DATABASE_URL", connection.settings_dict["NAME"]), **settings}
    others = ("DATABASE_", "LEDGER_")
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=CHECKOUT,
        env={n: v for n, v in os.environ.items() if not n.startswith(others)} | given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# --- make_ledger_key ------------------------------------------------------------------------------


def make_key(name: str, folder: Path) -> str:
    out = StringIO()
    call_command("make_ledger_key", name, str(folder), stdout=out)
    return out.getvalue()


def test_a_key_is_made_for_one_account_alone_and_its_public_half_printed(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "key"
    line = make_key("register.example", folder)
    assert line == f"{SignerKey.load(folder / KEY_FILE).verifier()}\n"
    assert VerifierKey.parse(line.strip()).name == "register.example"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600


def test_a_key_is_never_overwritten_and_its_public_half_printed_again(tmp_path: Path) -> None:
    line = make_key("register.example", tmp_path)
    kept = (tmp_path / KEY_FILE).read_bytes()
    assert make_key("register.example", tmp_path) == line
    with pytest.raises(CommandError, match=r"is the key of register\.example and is not overwr"):
        make_key("other.example", tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == kept


@pytest.mark.parametrize("name", ["", "a name", "one+two"])
def test_a_name_that_no_signature_could_carry_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^A key's name .+\.$"):
        make_key(name, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_and_a_file_that_is_no_key_get_a_sentence(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match=r"file.*: .+\.$"):
        make_key("register.example", tmp_path / "file")
    (tmp_path / KEY_FILE).write_text("nothing of the kind")
    with pytest.raises(CommandError, match=r"does not begin with .+\.$"):
        make_key("register.example", tmp_path)


def test_it_needs_neither_a_database_nor_a_secret(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "make_ledger_key", "register.example", str(tmp_path)],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://app@nowhere.invalid/none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


# --- migrate --------------------------------------------------------------------------------------

# All that `guard` makes: triggers, policies, keys, functions and rights.
GUARDED = """
    SELECT string_agg(part, E'\\n' ORDER BY part) FROM (
      SELECT tgrelid::regclass || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT tablename || ' ' || policyname || ' ' || cmd || coalesce(qual, '')
        || coalesce(with_check, '') FROM pg_policies
      UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT oid::regprocedure || ' ' || coalesce(proacl::text, '') || md5(prosrc)
        || coalesce(obj_description(oid), '')
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT oid::regclass || ' ' || relforcerowsecurity || coalesce(relacl::text, '')
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
    ) AS parts (part)
"""


@pytest.mark.django_db(transaction=True)
def test_migrating_what_is_guarded_changes_nothing() -> None:
    builders.world()

    def state() -> tuple[object, ...]:
        with as_owner() as owner:
            found = owner.execute(GUARDED.encode()).fetchone()
            entries = owner.execute("SELECT count(*) FROM audit_entry").fetchone()
        assert found
        assert entries
        return (*found, *entries)

    before = state()
    done = manage("migrate", "--no-input", DATABASE_OWNER_URL=os.environ["DATABASE_OWNER_URL"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "No migrations to apply." in done.stdout
    assert state() == before


@pytest.mark.django_db(transaction=True)
def test_migrating_rows_to_other_columns_records_each_of_them_once() -> None:
    """As after a migration that added a column: only the comment tells which columns were recorded."""
    builders.world()
    owner_url = os.environ["DATABASE_OWNER_URL"]
    with as_owner() as owner:
        owner.execute("COMMENT ON FUNCTION audit_capture_people_unit() IS 'force_id id'")
    for _ in range(2):
        done = manage("migrate", "--verbosity=0", "--no-input", DATABASE_OWNER_URL=owner_url)
        assert (done.returncode, done.stderr) == (0, "")
        with as_owner() as owner:
            found = owner.execute(
                "SELECT count(*), count(e.seq), (SELECT count(*) FROM people_unit)"
                " FROM audit_payload p LEFT JOIN audit_entry e ON e.payload_id = p.id"
                " WHERE p.about = 'people_unit' AND p.name = 'migrate'"
            ).fetchone()
        assert found == (Unit.objects.count(),) * 3
    assert manage("verify_ledger").returncode == 0


# --- commands as the site's role ------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_commands_reach_every_force_as_the_site_which_by_itself_reaches_none(
    tmp_path: Path,
) -> None:
    builders.world()
    key = make_key("register.example", tmp_path / "key").strip()
    ledger = {"LEDGER_VERIFIER_KEY": key, "LEDGER_KEY_FOLDER": str(tmp_path / "key")}

    nowhere = "from integrity.people.models import Unit; print(Unit.objects.count())"
    assert manage("shell", "--no-imports", "--command", nowhere).stdout == "0\n"
    assert Unit.objects.exists()

    sheet = tmp_path / "register.csv"
    with sheet.open("w", newline="") as file:
        csv.writer(file).writerows(
            [
                ("Name", "Date", "Offered by", "Gift or hospitality", "Value", "Decision"),
                ("A Roe", "13/05/2026", "Halcyon Fleet Ltd", "Pen", "£4.50", "Declined"),
            ]
        )
    arguments = ("gifts", str(sheet), "--force", "NMR", "--json")
    done = manage("import_register", *arguments, MEDIA_ROOT=str(tmp_path / "media"))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["imported"] == 1

    done = manage("seal_ledger", "--json", **ledger)
    assert (done.returncode, done.stderr) == (0, "")
    assert {c["origin"] for c in json.loads(done.stdout)["signed"]} == {
        f"register.example/{log.code}" for log in Log.objects.all()
    }
    page = tmp_path / "key" / "signed" / "NMR"
    done = manage("verify_ledger", "--json", "--checkpoint", str(page), LEDGER_VERIFIER_KEY=key)
    assert (done.returncode, done.stderr) == (0, "")
    verdict = json.loads(done.stdout)
    assert (verdict["sound"], verdict["logs"]) == (True, Log.objects.count())
    assert verdict["checkpoints"] == Log.objects.count() + 1


@pytest.mark.django_db(transaction=True)
def test_what_is_broken_is_named_and_the_exit_status_says_so() -> None:
    world = builders.world()
    with as_owner() as owner:
        owner.execute("ALTER TABLE people_unit DISABLE TRIGGER audit_capture")
        owner.execute("UPDATE people_unit SET name = 'Renamed' WHERE id = %s", [world.patrol.pk])
        owner.execute("ALTER TABLE people_unit ENABLE TRIGGER audit_capture")
    done = manage("verify_ledger")
    assert (done.returncode, done.stderr) == (1, "")
    assert f"people_unit {world.patrol.pk}, name: The row is not as" in done.stdout
    assert done.stdout.endswith("1 broken.\n")


def test_without_a_key_sealing_says_where_one_comes_from() -> None:
    done = manage("seal_ledger")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "manage.py make_ledger_key" in done.stderr


def test_a_checkpoint_that_cannot_be_read_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing cannot be read: .+\.$"):
        call_command("verify_ledger", "--checkpoint", str(tmp_path / "missing"))
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match=r"binary cannot be read: it is not text in UTF-8\.$"):
        call_command("verify_ledger", "--checkpoint", str(tmp_path / "binary"))
