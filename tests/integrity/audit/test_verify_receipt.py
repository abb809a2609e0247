"""The verifier that stands alone: what it accepts, and all that it refuses."""

import ast
import base64
import itertools
import json
import shutil
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from integrity.audit import verify_receipt
from integrity.audit.merkle import consistency_proof, inclusion_proof, root
from integrity.audit.signing import SignerKey, sign_note
from integrity.audit.verify_receipt import (
    DASH,
    EMPTY_ROOT,
    FORMAT,
    MOST_SIGNATURES,
    Checkpoint,
    Invalid,
    VerifierKey,
    check_receipt,
    leaf_hash,
    open_note,
)
from tests.integrity.audit.test_merkle import Change, Stored, weakened

RecordProperty = Callable[[str, object], None]
SCRIPT = Path(verify_receipt.__file__)
NAME, ORIGIN, AT = "register.example", "register.example/NMR", "2026-03-01T09:30:00+00:00"
# Always the same, for tests are named after it.
SIGNER = SignerKey(NAME, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
KEY = SIGNER.verifier()
INDEX, THEN, NOW = 5, 13, 20
SALTS = [sha256(f"salt {seq}".encode()).digest() for seq in range(NOW)]


def payload(seq: int) -> str:
    facts = {"giver": "Müller & Söhne", "value": 2500}
    recorded = {"reference": f"GH-2026-{seq:06}", "name": "declared", "at": AT, "facts": facts}
    return json.dumps(recorded, ensure_ascii=False)


def entry(seq: int, salted: str | None = None) -> str:
    digest = sha256(SALTS[seq] + (salted or payload(seq)).encode()).hexdigest()
    return json.dumps({"at": AT, "kind": "event", "payload": digest, "seq": seq})


LOG = Stored([entry(seq).encode() for seq in range(NOW)])


@cache
def note(size: int, origin: str = ORIGIN, signer: SignerKey = SIGNER, log: Stored = LOG) -> str:
    return sign_note(Checkpoint(origin, size, root(size, log.fetch)), signer)


def receipt(**changed: Any) -> dict[str, Any]:
    """A good receipt, or one with something else in it."""
    return {
        "format": FORMAT,
        "reference": f"GH-2026-{INDEX:06}",
        "origin": ORIGIN,
        "event": "declared",
        "at": AT,
        "sealed": True,
        "index": INDEX,
        "entry": entry(INDEX),
        "payload": payload(INDEX),
        "salt": SALTS[INDEX].hex(),
        "proof": [node.hex() for node in inclusion_proof(INDEX, THEN, LOG.fetch)],
        "checkpoint": note(THEN),
        **changed,
    }


def provisional(**changed: Any) -> dict[str, Any]:
    return receipt(**{"sealed": False, "proof": None, "checkpoint": None, **changed})


def since(log: Stored = LOG, old: int = THEN, new: int = NOW, **changed: Any) -> dict[str, Any]:
    proof = [node.hex() for node in consistency_proof(old, new, log.fetch)]
    return {"origin": ORIGIN, "from": old, "to": new, "proof": proof, **changed}


def outcome(text: str, *more: str, verifier: Any = verify_receipt) -> str:
    """Valid, provisional, or why not; anything else that is raised fails the test."""
    try:
        verifier.check_receipt(text, KEY, *more)
    except verifier.Provisional:
        return "provisional"
    except verifier.Invalid as why:
        return str(why)
    return "valid"


# The command, alone.


class Run(NamedTuple):
    status: int
    out: str


@pytest.fixture
def verify(tmp_path: Path) -> Callable[..., Run]:
    """Run a copy of the file, far from the project, on files of these contents."""
    script = shutil.copy(SCRIPT, tmp_path / "verify_receipt.py")

    def run(text: str | bytes | dict[str, Any], *flags: str, **files: str) -> Run:
        files = {"key": f"{KEY}\n", **files}
        given = json.dumps(text) if isinstance(text, dict) else text
        raw = given if isinstance(given, bytes) else given.encode()
        (tmp_path / "receipt.json").write_bytes(raw)
        arguments = ["receipt.json", *flags]
        for name, content in files.items():
            (tmp_path / name).write_bytes(content.encode())
            arguments += [f"--{name}", name]
        done = subprocess.run(
            [sys.executable, "-I", str(script), *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={},
            timeout=60,
        )
        assert done.stderr == ""
        return Run(done.returncode, done.stdout)

    return run


def test_a_valid_receipt(verify: Callable[..., Run]) -> None:
    status, out = verify(receipt())
    assert status == 0
    assert out.splitlines() == [
        f"Valid: GH-2026-000005, declared at {AT}, was recorded with this payload.",
        f"It is entry 5, counted from 0, of the log {ORIGIN}.",
        f"The key {KEY} signed that log when it had 13 entries.",
    ]


def test_a_valid_receipt_and_a_later_checkpoint(verify: Callable[..., Run]) -> None:
    status, out = verify(receipt(), checkpoint=note(NOW), consistency=json.dumps(since()))
    assert status == 0
    assert out.endswith("\nHistory has not been rewritten since, up to 20 entries.\n")


def test_a_provisional_receipt(verify: Callable[..., Run]) -> None:
    assert verify(provisional()) == (
        2,
        "Provisional: not yet sealed by a checkpoint; fetch it again.\n",
    )


def test_an_invalid_receipt(verify: Callable[..., Run]) -> None:
    status, out = verify(receipt(payload=payload(INDEX).replace("2500", "25")))
    assert (status, out) == (1, "Not proven. The payload is not what the entry sealed.\n")


def test_a_program_reads_json(verify: Callable[..., Run]) -> None:
    for text, status, said in (
        (receipt(), 0, "valid"),
        (provisional(), 2, "provisional"),
        (receipt(index=6), 1, "invalid"),
    ):
        done = verify(text, "--json")
        found = json.loads(done.out)
        assert (done.status, found["outcome"]) == (status, said)
        assert all(isinstance(sentence, str) for sentence in found["sentences"])


def test_the_command_misused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a wrong argument nor an unreadable file ends like a provisional receipt."""
    monkeypatch.chdir(tmp_path)
    Path("key").write_text(str(KEY))
    Path("receipt").write_text(json.dumps(receipt()))
    Path("binary").write_bytes(b"\xff\xfe")
    for arguments, sentence in {
        "": "the following arguments are required",
        "receipt": "the following arguments are required: --key",
        "receipt --key key --nonsense": "unrecognized arguments",
        "missing --key key": "missing cannot be read: No such file or directory.",
        "receipt --key missing": "missing cannot be read",
        ". --key key": ". cannot be read: Is a directory.",
        "binary --key key": "binary is not text in UTF-8.",
        "receipt --key receipt": "The key, the root or a signature is not written in base64",
        "receipt --key key --checkpoint key": "Give a later checkpoint and a consistency proof",
        "receipt --key key --consistency key": "Give a later checkpoint and a consistency proof",
    }.items():
        assert verify_receipt.main(arguments.split()) == 1, arguments
        printed = capsys.readouterr()
        assert sentence in printed.out + printed.err
    assert verify_receipt.main(["--help"]) == 0


def test_it_needs_the_standard_library_and_cryptography_alone() -> None:
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 10))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(str(node.module).partition(".")[0])
    assert names - sys.stdlib_module_names == {"cryptography"}


# What is accepted.


def test_what_a_good_receipt_holds() -> None:
    found = check_receipt(json.dumps(receipt()), KEY, note(NOW), json.dumps(since()))
    assert (found.reference, found.event, found.at) == ("GH-2026-000005", "declared", AT)
    assert (found.origin, found.index, found.entry) == (ORIGIN, INDEX, entry(INDEX))
    assert found.payload == payload(INDEX)
    assert found.checkpoint == Checkpoint(ORIGIN, THEN, root(THEN, LOG.fetch))
    assert found.later == Checkpoint(ORIGIN, NOW, root(NOW, LOG.fetch))


def test_every_entry_of_every_log_up_to_20() -> None:
    for size in range(1, NOW + 1):
        signed = note(size)
        for index in range(size):
            proof = [node.hex() for node in inclusion_proof(index, size, LOG.fetch)]
            text = receipt(
                reference=f"GH-2026-{index:06}",
                index=index,
                entry=entry(index),
                payload=payload(index),
                salt=SALTS[index].hex(),
                proof=proof,
                checkpoint=signed,
            )
            assert outcome(json.dumps(text)) == "valid"


def test_a_later_checkpoint_of_the_same_size() -> None:
    assert outcome(json.dumps(receipt()), note(THEN), json.dumps(since(new=THEN))) == "valid"


def test_a_provisional_receipt_may_have_no_index_yet() -> None:
    assert outcome(json.dumps(provisional())) == "provisional"
    assert outcome(json.dumps(provisional(index=None))) == "provisional"


# What is refused.


def other_character(character: str) -> str:
    return "b" if character == "a" else "a"


WRONG: list[Any] = [None, 0, -1, 1.5, 2**70, True, False, "", " ", "\x1b[2J", [], {}, [[]]]


def tampered() -> Iterator[tuple[str, str]]:
    """A good receipt with one thing changed, in every way we know."""
    good = receipt()
    for name, value in good.items():
        yield f"no {name}", json.dumps({key: good[key] for key in good if key != name})
        for wrong in WRONG:
            if wrong is not value:
                yield f"{name} is {wrong!r}", json.dumps(receipt(**{name: wrong}))
        yield f"{name} twice", json.dumps(good)[:-1] + f', "{name}": {json.dumps(value)}}}'
        yield f"{name} in a list", json.dumps(receipt(**{name: [value]}))
        if isinstance(value, str):
            for at, character in enumerate(value):
                changed = value[:at] + other_character(character) + value[at + 1 :]
                yield f"{name} at {at}", json.dumps(receipt(**{name: changed}))
                yield (
                    f"{name} without {at}",
                    json.dumps(receipt(**{name: value[:at] + value[at + 1 :]})),
                )
            for changed in (value + " ", " " + value, value + "\n", value + "\ud800", value * 2):
                yield f"{name} longer", json.dumps(receipt(**{name: changed}))
    for index in (INDEX - 1, INDEX + 1, INDEX ^ 4, THEN, 0, float(INDEX), str(INDEX)):
        yield f"index {index!r}", json.dumps(receipt(index=index))
    proof = good["proof"]
    for at, node in enumerate(proof):
        for place, character in enumerate(node):
            changed = node[:place] + other_character(character) + node[place + 1 :]
            yield "proof", json.dumps(receipt(proof=[*proof[:at], changed, *proof[at + 1 :]]))
        yield "proof", json.dumps(receipt(proof=[*proof[:at], node.upper(), *proof[at + 1 :]]))
        yield "proof", json.dumps(receipt(proof=proof[:at] + proof[at + 1 :]))
        yield "proof", json.dumps(receipt(proof=[*proof[:at], None, *proof[at:]]))
    yield "proof longer", json.dumps(receipt(proof=[*proof, proof[0]]))
    yield "an unknown key", json.dumps(receipt(note="approved"))
    other = SignerKey.generate(NAME)
    yield "another signer of the name", json.dumps(receipt(checkpoint=note(THEN, signer=other)))
    yield "another force's log", json.dumps(receipt(checkpoint=note(THEN, f"{NAME}/WMP")))
    yield "a checkpoint before it", json.dumps(receipt(checkpoint=note(INDEX)))
    yield "another checkpoint", json.dumps(receipt(checkpoint=note(NOW)))
    salt = bytes.fromhex(good["salt"])
    yield "salt moved to payload", json.dumps(receipt(salt=salt[:-1].hex()))
    yield (
        "payload moved to salt",
        json.dumps(
            receipt(salt=(salt + payload(INDEX)[:1].encode()).hex(), payload=payload(INDEX)[1:])
        ),
    )


def test_a_tampered_receipt_is_refused(record_property: RecordProperty) -> None:
    assert outcome(json.dumps(receipt())) == "valid"
    found = [(why, outcome(text)) for why, text in tampered()]
    assert [why for why, said in found if said in ("valid", "provisional")] == []
    assert all(said.endswith(".") for _, said in found)
    record_property("measured", f"tampered receipts refused: {len(found)} of {len(found)}")


def misissued(**changed: Any) -> str:
    """The receipt of an entry that the register sealed, yet should not have written."""
    text = json.dumps({**json.loads(entry(1)), **changed})
    log = Stored([entry(0).encode(), text.encode()])
    return json.dumps(
        receipt(
            reference="GH-2026-000001",
            index=1,
            entry=text,
            payload=payload(1),
            salt=SALTS[1].hex(),
            proof=[node.hex() for node in inclusion_proof(1, 2, log.fetch)],
            checkpoint=note(2, log=log),
        )
    )


FAULTS: dict[str, list[Change]] = {
    "the format is not read": [('if found["format"] != FORMAT:', "if False:")],
    "the payload is not hashed": [
        (' or header["payload"] != sha256(salted).hexdigest()', ""),
    ],
    "the salt may have any length": [('_hex(found["salt"], SALT_BYTES)', 'found["salt"].encode()')],
    "the payload is not compared": [("!= [reference, event, at]:", "== []:")],
    "the index is not compared": [('!= _number(found["index"])', "< 0")],
    "a half-sealed receipt is provisional": [
        (' and found["proof"] is None and found["checkpoint"] is None', ""),
    ],
    "the origin is not compared": [("if checkpoint.origin != origin:", "if False:")],
    "the proof is not checked": [("    verify_inclusion(leaf, index", "    (leaf, index")],
    "any signer will do": [("(name, raw[:4]) == (key.name, key.id)", "name == key.name")],
    "the signature is not checked": [(".verify(raw[4:], text.encode())", "")],
    "base64 is read as it comes": [("base64.b64encode(raw).decode() != encoded", "False")],
    "unknown keys are let be": [("value.keys() != set(keys)", "not set(keys) <= value.keys()")],
    "keys may be said twice": [("len(dict(pairs)) != len(pairs)", "False")],
    "hexadecimal may be upper case": [('f"[0-9a-f]{{', 'f"[0-9a-fA-F]{{')],
}


def is_caught(verifier: Any) -> bool:
    """Whether what must be refused shows that something is wrong with a verifier."""
    texts = itertools.chain(
        (misissued(**changed) for changed in ({"kind": "row"}, {"seq": 6})),
        (json.dumps(receipt(checkpoint=loosely(note(THEN)))),),
        (json.dumps(receipt(checkpoint=text)) for text in bad_notes()),
        (text for _, text in tampered()),
    )
    try:
        return any(outcome(text, verifier=verifier) in ("valid", "provisional") for text in texts)
    except Exception:  # a verifier that fails where it should refuse is caught too
        return True


def test_a_planted_fault_is_caught(record_property: RecordProperty) -> None:
    assert not is_caught(verify_receipt)
    assert [fault for fault, changes in FAULTS.items() if not is_caught(weakened(changes))] == []
    record_property("measured", f"planted faults caught: {len(FAULTS)} of {len(FAULTS)}")


@pytest.mark.parametrize(
    "changed",
    [
        {"reference": "GH-2026-000006"},
        {"event": "accepted"},
        {"at": "2026-03-02T09:30:00+00:00"},
        {"index": 6},
        {"salt": SALTS[6].hex()},
        {"payload": payload(6)},
        {"sealed": None},
        {"sealed": 0},
        {"proof": []},
        {"checkpoint": ""},
        {"origin": "a\nb"},
    ],
)
def test_a_provisional_receipt_must_agree_with_itself(changed: dict[str, Any]) -> None:
    assert outcome(json.dumps(provisional(**changed))) not in ("valid", "provisional")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "row"}, "The payload is not what the entry sealed."),
        ({"seq": 6}, "The entry's number is not the receipt's index."),
        ({"seq": True}, "is not a whole number"),
        ({"extra": 1}, "The entry is not a JSON object with at, kind, payload, seq."),
    ],
)
def test_even_what_the_register_signed_must_be_what_the_receipt_says(
    changed: dict[str, Any], sentence: str
) -> None:
    assert sentence in outcome(misissued(**changed))
    assert outcome(misissued()) == "valid"


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "null",
        "[]",
        "1",
        '"receipt"',
        "{}",
        "{",
        "\ufeff{}",
        "\0",
        "NaN",
        DEEP,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        json.dumps(receipt(index=0)).replace('"index": 0', '"index": NaN'),
        json.dumps(receipt(index=0)).replace('"index": 0', '"index": -Infinity'),
        json.dumps(receipt(index=0)).replace('"index": 0', '"index": 1e999'),
        json.dumps(receipt(index=0)).replace('"index": 0', f'"index": {"9" * 4000}'),
        json.dumps(receipt(index=0)).replace('"index": 0', f'"index": {"9" * 5000}'),
        json.dumps(receipt(proof=0)).replace('"proof": 0', f'"proof": {DEEP}'),
        json.dumps(receipt(entry=DEEP)),
        json.dumps(receipt(payload=DEEP)),
        json.dumps(receipt(payload="null")),
        json.dumps(receipt(entry="{}", payload="{}")),
        json.dumps(receipt(entry="\ud800")),
        json.dumps(receipt(checkpoint="\udfff")),
        json.dumps(receipt(salt="٠" * 64)),
        json.dumps(receipt()) + " {}",
    ],
)
def test_json_made_by_hand(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "key").write_text(str(KEY))
    (tmp_path / "receipt").write_text(text)
    assert verify_receipt.main([str(tmp_path / "receipt"), "--key", str(tmp_path / "key")]) == 1
    assert capsys.readouterr().out.startswith("Not proven. ")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(list(receipt())), ANYTHING, min_size=1))
def test_any_json_in_a_receipt(changed: dict[str, Any]) -> None:
    good = receipt()
    same = all(good[name] == value for name, value in changed.items())
    assert same or outcome(json.dumps(receipt(**changed))) != "valid"


@given(ANYTHING, ANYTHING)
def test_any_json_as_a_consistency_proof(proof: Any, whole: Any) -> None:
    for text in (json.dumps(since(proof=proof)), json.dumps(whole)):
        assert outcome(json.dumps(receipt()), note(NOW), text) != "valid"


REWRITTEN = Stored(
    [entry(seq, "{}").encode() if seq == 3 else entry(seq).encode() for seq in range(NOW)]
)


@pytest.mark.parametrize(
    ("later", "consistency"),
    [
        (note(NOW, log=REWRITTEN), since(REWRITTEN)),
        (note(NOW, log=REWRITTEN), since()),
        (note(THEN, log=REWRITTEN), since(REWRITTEN, new=THEN)),
        (note(NOW), since(REWRITTEN)),
        (note(NOW), since(old=12)),
        (note(NOW), since(new=19)),
        (note(NOW), since(new=19, to=NOW)),
        (note(NOW), since(old=12, **{"from": THEN})),
        (note(NOW), since(**{"from": float(THEN)})),
        (note(NOW), since(to=True)),
        (note(NOW), since(to=None)),
        (note(NOW), since(proof=[])),
        (note(NOW), since(proof=None)),
        (note(NOW), since(proof=since()["proof"][:-1])),
        (note(NOW), since(proof=[*since()["proof"], EMPTY_ROOT.hex()])),
        (note(NOW), since(origin=f"{NAME}/WMP")),
        (note(NOW), since(origin=None)),
        (note(NOW), since(extra=1)),
        (note(NOW), []),
        (note(NOW, f"{NAME}/WMP"), since()),
        (note(NOW, f"{NAME}/WMP"), since(origin=f"{NAME}/WMP")),
        (note(NOW, signer=SignerKey.generate(NAME)), since()),
        (note(12), since(old=12, new=12)),
        (note(12), since(old=12, new=THEN, **{"from": THEN, "to": 12})),
        ("", since()),
    ],
)
def test_a_later_checkpoint_that_does_not_continue(later: str, consistency: Any) -> None:
    assert outcome(json.dumps(receipt()), note(NOW), json.dumps(since())) == "valid"
    said = outcome(json.dumps(receipt()), later, json.dumps(consistency))
    assert said not in ("valid", "provisional")


# Signed notes, as C2SP has them.

ROOT = leaf_hash(b"root")
ROOT64 = base64.b64encode(ROOT).decode()


def signed(text: str, signer: SignerKey = SIGNER) -> str:
    """Sign any text, as ``sign_note`` would not."""
    return f"{text}\n{signature(text, signer)}"


def signature(text: str, signer: SignerKey = SIGNER) -> str:
    raw = signer.verifier().id + signer.private.sign(text.encode())
    return f"{DASH}{signer.name} {base64.b64encode(raw).decode()}\n"


TEXT = f"{ORIGIN}\n7\n{ROOT64}\n"
GOOD = signed(TEXT)
WITNESS = SignerKey("witness.example/one", Ed25519PrivateKey.from_private_bytes(bytes(32)))
NAMESAKE = SignerKey(NAME, Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
FALSE = f"{DASH}{NAME} {base64.b64encode(KEY.id + bytes(64)).decode()}\n"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        signed(f"{TEXT}an extension\n— another\n"),
        GOOD + signature(TEXT, WITNESS),
        f"{TEXT}\n{signature(TEXT, WITNESS)}{signature(TEXT, NAMESAKE)}{signature(TEXT)}",
        GOOD + signature(TEXT),
        GOOD + signature("a witness may be wrong", WITNESS) * 15,
        GOOD + f"{DASH}witness.example {base64.b64encode(bytes(5000)).decode()}\n",
    ],
)
def test_good_notes(text: str) -> None:
    assert open_note(text, KEY) == Checkpoint(ORIGIN, 7, ROOT)


def loosely(text: str) -> str:
    """The same signature in base64 that no encoder writes: bits that do not count are set."""
    alphabet = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    assert text.endswith("=\n")
    return f"{text[:-3]}{alphabet[alphabet.index(text[-3]) + 1]}=\n"


def bad_notes() -> Iterator[str]:
    yield ""
    yield "\n"
    yield "\n\n"
    yield TEXT
    yield TEXT + "\n"
    yield TEXT + "\n\n"
    yield GOOD[:-1]
    yield GOOD + "\n"
    yield " " + GOOD
    yield "\n" + GOOD
    yield "\ufeff" + GOOD
    yield GOOD.replace("\n", "\r\n")
    yield GOOD.replace("\n\n", "\n\r\n")
    yield GOOD.replace("\n\n", "\n")
    yield GOOD.replace("\n\n", "\n\n\n")
    yield GOOD.replace("—", "-")
    yield GOOD.replace("—", "–")
    yield GOOD.replace("— ", "—")
    yield GOOD.replace("— ", "—  ")
    yield GOOD.replace("— ", "—\u00a0")
    yield GOOD.replace("— ", " — ")
    yield GOOD[:-1] + " \n"
    yield GOOD[:-1] + "=\n"
    yield loosely(GOOD)
    yield GOOD.replace(f"— {NAME}", f"— {NAME} {NAME}")
    yield GOOD.replace(f"— {NAME}", "— ")
    yield GOOD.replace(f"— {NAME}", "— other.example")
    yield GOOD.replace(f"— {NAME}", f"— {NAME.upper()}")
    yield GOOD.replace("\n7\n", "\n8\n")
    yield GOOD.replace(ROOT64, base64.b64encode(EMPTY_ROOT).decode())
    yield GOOD + "no signature\n"
    yield GOOD + f"{DASH}witness.example\n"
    yield GOOD + f"{DASH}witness.example !!!!\n"
    yield GOOD + f"{DASH}witness.example AAAA\n"
    yield GOOD + f"{DASH}witness+example AAAAAAAA\n"
    yield GOOD + FALSE
    yield f"{TEXT}\n{FALSE}{signature(TEXT)}"
    yield f"{TEXT}\n{FALSE}"
    yield f"{TEXT}\n{signature(TEXT, NAMESAKE)}"
    yield f"{TEXT}\n{signature(TEXT, WITNESS)}"
    yield f"{TEXT}\n{signature(TEXT[:-1])}"
    yield f"{TEXT}\n{signature(TEXT + chr(10))}"
    yield GOOD + signature(TEXT, WITNESS) * MOST_SIGNATURES
    yield GOOD + f"{DASH}witness.example AAAAAAB\n"
    # signed, yet no checkpoint of ours
    for text in (
        "",
        "\n",
        f"{ORIGIN}\n",
        f"{ORIGIN}\n7\n",
        f"\n7\n{ROOT64}\n",
        f"{ORIGIN}\n\n{ROOT64}\n",
        f"{ORIGIN}\n7\n\n",
        f"{ORIGIN}\n7\n\n{ROOT64}\n",
        f"{TEXT}\n",
        f"{TEXT}one\n\nthree\n",
        f"{TEXT}tab\there\n",
        f"{TEXT}\0\n",
        f"{NAME}\n7\n{ROOT64}\n",
        f"{NAME}/\n7\n{ROOT64}\n",
        f"{NAME}.evil/NMR\n7\n{ROOT64}\n",
        f"other.example/NMR\n7\n{ROOT64}\n",
        *(
            f"{ORIGIN}\n{size}\n{ROOT64}\n"
            for size in ("07", "00", "+7", "-7", " 7", "7 ", "7.0", "0x7", "٧", "1_0", "seven")
        ),
        f"{ORIGIN}\n{2**63}\n{ROOT64}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ROOT64}\n",
        f"{ORIGIN}\n0\n{ROOT64}\n",
        f"{ORIGIN}\n7\n{ROOT64[:-1]}\n",
        f"{ORIGIN}\n7\n{ROOT64} \n",
        f"{ORIGIN}\n7\n{ROOT64}=\n",
        f"{ORIGIN}\n7\n{ROOT.hex()}\n",
        f"{ORIGIN}\n7\n{base64.b64encode(ROOT[:-1]).decode()}\n",
        f"{ORIGIN}\n7\n{base64.b64encode(ROOT + bytes(1)).decode()}\n",
        f"{ORIGIN}\n7\n{base64.urlsafe_b64encode(bytes([255] * 32)).decode()}\n",
        f"{ORIGIN}\n7\n{base64.b64encode(bytes(32)).decode()[:-2]}B=\n",
    ):
        yield signed(text)


def opens(text: str) -> bool:
    try:
        open_note(text, KEY)
    except Invalid:
        return False
    return True


def test_bad_notes_are_refused(record_property: RecordProperty) -> None:
    assert open_note(GOOD, KEY)
    notes = list(bad_notes())
    assert [text for text in notes if opens(text)] == []
    record_property("measured", f"bad notes refused: {len(notes)} of {len(notes)}")


def test_a_key_of_the_wrong_installation_opens_nothing() -> None:
    with pytest.raises(Invalid, match="is not signed by this key"):
        open_note(GOOD, VerifierKey("other.example", KEY.public))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "sum.golang.org"),
        ("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann"),
    ],
)
def test_keys_that_others_published(line: str, name: str) -> None:
    """The Go project's, whose hashes were not made by our code."""
    key = VerifierKey.parse(line)
    assert (key.name, str(key)) == (name, line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "+",
        "++",
        NAME,
        str(KEY)[:-4],
        str(KEY)[1:],
        str(KEY).replace("+", " ", 1),
        str(KEY).replace(f"+{KEY.id.hex()}+", "+00000000+"),
        str(KEY).replace(f"+{KEY.id.hex()}+", f"+0{KEY.id.hex()}+"),
        f"{NAME}+{KEY.id.hex()}+{base64.b64encode(KEY.public).decode()}",
        f"{NAME}+{KEY.id.hex()}+{base64.b64encode(bytes([2]) + KEY.public).decode()}",
        f"{NAME}+{KEY.id.hex()}+{base64.b64encode(bytes([1])).decode()}",
        f"+{KEY.id.hex()}+{base64.b64encode(bytes([1]) + KEY.public).decode()}",
        f"{KEY}\n{KEY}",
        "\ud800" + str(KEY),
    ],
)
def test_bad_keys_are_refused(line: str) -> None:
    with pytest.raises(Invalid):
        VerifierKey.parse(line)
