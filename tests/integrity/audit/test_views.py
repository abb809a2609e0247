"""The ledger's public pages: nobody is signed in, and nothing private shows."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from integrity.audit import verify_receipt
from integrity.audit.forms import MOST_BYTES
from integrity.audit.ledger import receipt_of
from integrity.audit.models import Event, Log
from integrity.audit.sealing import Sealer, seal_all
from integrity.audit.verify_receipt import VerifierKey, open_note, verify_consistency
from registers.gifts.models import Offer
from tests import builders
from tests.builders import NOW, World, accepted

SECRET = "Planted words about a dinner"


@pytest.fixture
def world(transactional_db: None) -> World:
    return builders.world()


@pytest.fixture
def offer(world: World) -> Offer:
    return builders.declare(world.constable, accepted(50, description=SECRET))


def receipt(offer: Offer) -> dict[str, Any]:
    return receipt_of(Event.objects.get(name="offer declared", about_id=offer.case_id))


def seal(**later: int) -> None:
    seal_all(Sealer.open(), now=NOW + timedelta(**later))


def check(**given: Any) -> str:
    return Client().post("/ledger/check/", given).content.decode()


def test_the_ledger_s_page_shows_the_newest_checkpoint_of_each_log_and_the_key(
    world: World, offer: Offer, ledger_key: VerifierKey
) -> None:
    page = Client().get("/ledger/").content.decode()
    assert "Nothing is signed yet." in page
    seal()
    builders.declare(world.constable)
    seal(minutes=5)
    page = Client().get("/ledger/").content.decode()
    size = Log.objects.get(code="NMR").size
    assert str(ledger_key).replace("+", "&#x2B;") in page or str(ledger_key) in page
    assert f"{size} entries, signed on 15 June 2026, 12:05." in page
    assert page.count("<pre>") == 1 + Log.objects.count()
    assert page.count("<h3") == Log.objects.count(), "the newest of each log, and no other"


def test_the_checkpoint_the_key_and_the_verifier_are_plain_text(
    offer: Offer, ledger_key: VerifierKey
) -> None:
    assert Client().get("/ledger/NMR/checkpoint").status_code == 404, "nothing is signed yet"
    seal()
    answers = {
        path: Client().get(f"/ledger/{path}")
        for path in ("NMR/checkpoint", "key", "verify_receipt.py")
    }
    assert {a["Content-Type"] for a in answers.values()} == {"text/plain; charset=utf-8"}
    found = open_note(answers["NMR/checkpoint"].content.decode(), ledger_key)
    assert found.origin == "register.example/NMR"
    assert VerifierKey.parse(answers["key"].content.decode()) == ledger_key
    assert "Checks a receipt" in answers["verify_receipt.py"].content.decode()
    assert "attachment" in answers["verify_receipt.py"]["Content-Disposition"]
    assert Client().get("/ledger/ZZZ/checkpoint").status_code == 404


def test_a_proof_shows_that_one_checkpoint_continues_another(
    world: World, offer: Offer, ledger_key: VerifierKey
) -> None:
    seal()
    old = open_note(Client().get("/ledger/NMR/checkpoint").content.decode(), ledger_key)
    builders.declare(world.constable)
    seal(minutes=5)
    new = open_note(Client().get("/ledger/NMR/checkpoint").content.decode(), ledger_key)
    sizes = f"?from={old.size}&to={new.size}"
    found = Client().get(f"/ledger/NMR/consistency{sizes}").json()
    proof = [bytes.fromhex(each) for each in found["proof"]]
    verify_consistency(old.size, old.root, new.size, new.root, proof)


@pytest.mark.parametrize(
    "sizes",
    ["", "from=1", "from=0&to=1", "from=2&to=1", "from=1&to=999", "from=-1&to=1", "from=x&to=1",
     "from=1&to=²", f"from=1&to={'9' * 40}"],
)  # fmt: skip
def test_sizes_that_were_never_signed_are_refused_with_a_sentence(
    offer: Offer, ledger_key: VerifierKey, sizes: str
) -> None:
    seal()
    builders.declare(offer.case.subject)  # not signed yet, so nothing is told of it
    answer = Client().get(f"/ledger/NMR/consistency?{sizes}")
    assert answer.status_code == 400
    assert answer.content.startswith(b"Give two sizes of this log")


def test_a_receipt_is_provisional_then_valid_whether_pasted_or_uploaded(
    offer: Offer, ledger_key: VerifierKey
) -> None:
    assert "The receipt is provisional" in check(text=json.dumps(receipt(offer)))
    seal()
    text = json.dumps(receipt(offer))
    file = SimpleUploadedFile("receipt.json", text.encode())
    for page in (check(text=text), check(file=file)):
        assert "The receipt is valid and sealed" in page
        assert offer.case.reference in page
        assert "The register still holds it as the receipt says." in page
        assert SECRET not in page, "what was recorded stays in the file"


def test_a_receipt_that_was_changed_is_not_valid(offer: Offer, ledger_key: VerifierKey) -> None:
    seal()
    good = receipt(offer)
    changed = good | {"payload": good["payload"].replace("dinner", "sandwich")}
    page = check(text=json.dumps(changed))
    assert "The receipt is not valid" in page
    assert "The payload is not what the entry sealed." in page


def test_a_receipt_whose_content_was_disposed_of_is_valid_and_says_so(
    world: World, offer: Offer, ledger_key: VerifierKey
) -> None:
    seal()
    good = receipt(offer)
    event = Event.objects.get(name="offer declared")
    body = {
        "kind": "event",
        "name": "content erased",
        "at": NOW.isoformat(),
        "about": "content",
        "about_id": event.pk,
        "actor_id": world.psd_head.pk,
        "facts": {"second_id": world.reviewer.pk},
    }
    erase = [event.pk, world.psd_head.pk, world.reviewer.pk, json.dumps(body)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_erase(%s, %s, %s, %s)", erase)
    page = check(text=json.dumps(good))
    assert "The receipt is valid and sealed" in page
    assert "The register has disposed of the content" in page


@pytest.mark.parametrize("member", ["body_member", "governance_member"])
def test_a_body_s_own_entry_is_found_in_the_installation_s_log(
    world: World, ledger_key: VerifierKey, member: str
) -> None:
    offer = builders.declare(getattr(world, member))
    seal()
    page = check(text=json.dumps(receipt(offer)))
    assert "The register still holds it as the receipt says." in page


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": " "},
        {"text": "x" * (MOST_BYTES + 1)},
        {"text": "{}", "file": SimpleUploadedFile("r.json", b"{}")},
        {"file": SimpleUploadedFile("r.json", b"x" * (MOST_BYTES + 1))},
        {"file": SimpleUploadedFile("r.json", b"\xff\xfe")},
    ],
)
def test_what_cannot_be_a_receipt_is_refused_on_the_form(
    db: None, ledger_key: VerifierKey, given: dict[str, Any]
) -> None:
    for file in given.values():
        if hasattr(file, "seek"):
            file.seek(0)
    answer = Client().post("/ledger/check/", given)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '{"reference": "<b>"}', "[" * 50_000, '"\\ud800"', "9" * 5000],
)
def test_nothing_that_is_given_is_an_error_or_comes_back_as_markup(
    db: None, ledger_key: VerifierKey, text: str
) -> None:
    page = check(text=text)
    assert "The receipt is not valid" in page
    assert "alert(1)" not in page
    assert "<b>" not in page


def test_without_a_key_the_page_says_so(db: None) -> None:
    assert "no receipt can be checked" in Client().get("/ledger/check/").content.decode()
    assert "nothing is signed" in Client().get("/ledger/").content.decode()
    assert Client().get("/ledger/key").status_code == 404


def test_the_public_pages_tell_nothing_of_what_was_recorded(
    world: World, offer: Offer, ledger_key: VerifierKey
) -> None:
    seal()
    sizes = "?from=1&to=2"
    for path in ("", "check/", "key", "NMR/checkpoint", f"NMR/consistency{sizes}"):
        page = Client().get(f"/ledger/{path}").content.decode()
        for private in (SECRET, offer.case.reference, world.constable.last_name, "Halcyon"):
            assert private not in page


def test_a_check_reaches_one_force_for_one_comparison_and_then_nothing(
    offer: Offer, ledger_key: VerifierKey
) -> None:
    seal()
    with CaptureQueriesContext(connection) as asked:
        check(text=json.dumps(receipt(offer)))
    told = [q["sql"] for q in asked.captured_queries if "'integrity.scope'" in q["sql"]]
    first, reached, back, last = told
    nowhere = "set_config('integrity.forces', '', true)"
    assert nowhere in first
    assert nowhere in back
    assert f"set_config('integrity.forces', '{offer.case.force_id}', true)" in reached
    for sql in (first, reached, back):
        assert "set_config('integrity.scope', '', true)" in sql
    assert "'all'" in last, "what the test itself reaches"


def test_the_page_asks_no_more_for_more_checkpoints(
    world: World, offer: Offer, ledger_key: VerifierKey
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            Client().get("/ledger/")
        return len(asked)

    seal()
    before = queries()
    for person in (world.harbour_constable, world.eastvale_constable, world.constable):
        builders.declare(person)
        seal(minutes=5)
    assert queries() == before


def test_the_verifier_that_is_offered_is_the_one_that_is_used() -> None:
    with open(verify_receipt.__file__, "rb") as file:
        assert Client().get("/ledger/verify_receipt.py").content == file.read()
