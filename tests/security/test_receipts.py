# ruff: noqa: S608 - the names in these statements are those of our own tables
"""200 receipts: each proves its declaration offline, and one whose declaration is gone fails alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from integrity.audit import verify_receipt
from integrity.audit.ledger import receipt_of, stands
from integrity.audit.models import Event
from integrity.audit.sealing import Sealer, seal_all
from integrity.audit.signing import make_key
from integrity.audit.verifier import verify
from integrity.audit.verify_receipt import Receipt, VerifierKey, check_receipt
from tests.builders import NOW, accepted, declare, world
from tests.integrity.audit.test_verify_receipt import RecordProperty
from tests.plugins.database import as_superuser
from tests.security.world import database

RECEIPTS = 200
SCRIPT = Path(verify_receipt.__file__)


@pytest.fixture(scope="module")
def key(committed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VerifierKey]:
    folder = tmp_path_factory.mktemp("receipts") / "key"
    made = make_key("register.example", folder)
    with override_settings(LEDGER_VERIFIER_KEY=str(made), LEDGER_KEY_FOLDER=str(folder)):
        yield made


@pytest.fixture(scope="module")
def receipts(key: VerifierKey) -> dict[int, str]:
    """By the number of their case."""
    who = world()
    subjects = (who.constable, who.eastvale_constable, who.colleague, who.harbour_sergeant)
    for number in range(RECEIPTS):
        declare(subjects[number % 4], accepted(5 + number % 20), organisation=f"Firm {number}")
    seal_all(Sealer.open(), now=NOW)
    declared = Event.objects.filter(name="offer declared")
    return {event.about_id or 0: text_of(receipt_of(event)) for event in declared}


def text_of(receipt: dict[str, Any]) -> str:
    return json.dumps(receipt, ensure_ascii=False)


def found(receipts: dict[int, str], key: VerifierKey) -> dict[int, Receipt]:
    return {case: check_receipt(text, key) for case, text in receipts.items()}


def test_each_proves_its_declaration_offline(
    receipts: dict[int, str], key: VerifierKey, tmp_path: Path, record_property: RecordProperty
) -> None:
    assert len(receipts) == RECEIPTS
    good = found(receipts, key)
    assert len({(receipt.origin, receipt.index) for receipt in good.values()}) == RECEIPTS
    (tmp_path / "key").write_text(str(key))
    for case in list(receipts)[:: RECEIPTS // 3]:
        (tmp_path / "receipt").write_text(receipts[case])
        done = subprocess.run(
            [sys.executable, SCRIPT, "receipt", "--key", "key", "--json"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert json.loads(done.stdout)["outcome"] == "valid"
    record_property("measured", f"receipts: {len(good)} of {RECEIPTS} verify offline")


def test_the_one_whose_declaration_is_gone_fails_alone(
    receipts: dict[int, str], key: VerifierKey, record_property: RecordProperty
) -> None:
    good = found(receipts, key)
    assert {case: stands(receipt) for case, receipt in good.items()} == dict.fromkeys(good, "")
    assert verify().sound
    gone = sorted(receipts)[RECEIPTS // 2]
    delete(gone)
    told = {case: words for case, receipt in good.items() if (words := stands(receipt))}
    assert told == {gone: f"The register no longer holds {good[gone].reference}."}
    assert check_receipt(receipts[gone], key) == good[gone]  # the proof that it was there holds
    assert f"casework_case {gone}" in {each.where for each in verify().broken}
    record_property(
        "measured",
        f"receipts: {len(told)} of 1 deleted declarations found by its receipt, and "
        f"{RECEIPTS - len(told)} of {RECEIPTS - 1} others stand",
    )


def test_one_whose_declaration_was_altered_fails(
    receipts: dict[int, str], key: VerifierKey
) -> None:
    case, text = next(iter(receipts.items()))
    receipt = check_receipt(text, key)
    with as_superuser(database()) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE casework_case SET subject_name = 'X' WHERE id = %s", (case,))
        assert stands(receipt).endswith("otherwise than its ledger says.")
        superuser.execute(
            "UPDATE audit_payload SET body = body || ' ' WHERE body = %s",
            (receipt.payload,),
        )
    assert "other content" in stands(receipt)


def delete(case: int) -> None:
    """As a superuser does who leaves no trace in the registers."""
    with as_superuser(database()) as superuser, superuser.transaction():
        superuser.execute("SET LOCAL session_replication_role = replica")
        offers = "SELECT id FROM gifts_offer WHERE case_id = %s"
        superuser.execute(f"DELETE FROM gifts_item WHERE offer_id IN ({offers})".encode(), (case,))
        for table in ("gifts_offer", "casework_deadline", "casework_notice"):
            superuser.execute(f"DELETE FROM {table} WHERE case_id = %s".encode(), (case,))
        superuser.execute("DELETE FROM casework_case WHERE id = %s", (case,))
