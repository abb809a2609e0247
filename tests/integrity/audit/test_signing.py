"""The private key in its file, and what it signs."""

import base64
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from integrity.audit.signing import SignerKey, sign_note
from integrity.audit.verify_receipt import (
    EMPTY_ROOT,
    Checkpoint,
    Invalid,
    VerifierKey,
    leaf_hash,
    open_note,
)

NAME = "register.example"
CHECKPOINT = Checkpoint(f"{NAME}/NMR", 7, leaf_hash(b"root"))


def test_a_key_is_read_as_it_was_written(tmp_path: Path) -> None:
    key = SignerKey.generate(NAME)
    key.save(tmp_path / "key")
    again = SignerKey.load(tmp_path / "key")
    assert again.verifier() == key.verifier()
    assert open_note(sign_note(CHECKPOINT, again), key.verifier()) == CHECKPOINT


def test_only_its_owner_reads_a_key(tmp_path: Path) -> None:
    SignerKey.generate(NAME).save(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    SignerKey.generate(NAME).save(tmp_path / "key")
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(FileExistsError, match="A key is never overwritten"):
        SignerKey.generate(NAME).save(tmp_path / "key")
    assert (tmp_path / "key").read_bytes() == before


def test_two_keys_differ() -> None:
    assert SignerKey.generate(NAME).verifier() != SignerKey.generate(NAME).verifier()


def test_a_key_does_not_show_its_secret(tmp_path: Path) -> None:
    key = SignerKey.generate(NAME)
    assert repr(key) == f"SignerKey(name='{NAME}')"


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\nb", "a\u00a0b", "a\u2028b", "\ud800"])
def test_a_name_that_no_signature_could_carry(name: str) -> None:
    with pytest.raises(Invalid, match="neither spaces nor plus signs"):
        SignerKey.generate(name)


def test_files_that_are_no_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    elliptic = generate_private_key(SECP256R1())
    pem = elliptic.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for text, sentence in {
        "": "does not begin with “name: ”",
        pem: "does not begin with “name: ”",
        "name: register.example\n": "holds no private key that can be read",
        f"name: register.example\n{pem[:-40]}": "holds no private key that can be read",
        f"name: register.example\n{pem}": "holds a key that is not Ed25519",
    }.items():
        path.write_text(text)
        with pytest.raises(ValueError, match=sentence):
            SignerKey.load(path)


def test_a_note_is_a_text_an_empty_line_and_a_signature() -> None:
    key = SignerKey.generate(NAME)
    text, signature = sign_note(CHECKPOINT, key).split("\n\n")
    assert text == f"{NAME}/NMR\n7\n{base64.b64encode(CHECKPOINT.root).decode()}"
    dash, name, encoded = signature.removesuffix("\n").split(" ")
    raw = base64.b64decode(encoded)
    assert (dash, name, raw[:4]) == ("—", NAME, key.verifier().id)
    assert len(raw) == 4 + 64


def test_a_published_key_is_read_as_it_was_written() -> None:
    key = SignerKey.generate(NAME).verifier()
    assert VerifierKey.parse(f"{key}\n") == key
    assert str(key).startswith(f"{NAME}+{key.id.hex()}+")


@pytest.mark.parametrize(
    "unsignable",
    [
        Checkpoint(NAME, 7, CHECKPOINT.root),
        Checkpoint(f"{NAME}/", 7, CHECKPOINT.root),
        Checkpoint("other.example/NMR", 7, CHECKPOINT.root),
        Checkpoint(f"{NAME}/NMR\n8", 7, CHECKPOINT.root),
        Checkpoint(f"{NAME}/NMR\r", 7, CHECKPOINT.root),
        Checkpoint(f"{NAME}/NMR", -1, CHECKPOINT.root),
        Checkpoint(f"{NAME}/NMR", 2**63, CHECKPOINT.root),
        Checkpoint(f"{NAME}/NMR", 0, CHECKPOINT.root),
        Checkpoint(f"{NAME}/NMR", 7, CHECKPOINT.root[:-1]),
        Checkpoint(f"{NAME}/NMR", 7, b""),
    ],
)
def test_what_nobody_would_accept_is_not_signed(unsignable: Checkpoint) -> None:
    with pytest.raises(Invalid):
        sign_note(unsignable, SignerKey.generate(NAME))


def test_an_empty_log_can_be_signed() -> None:
    key, empty = SignerKey.generate(NAME), Checkpoint(f"{NAME}/NMR", 0, EMPTY_ROOT)
    assert open_note(sign_note(empty, key), key.verifier()) == empty
