"""The register's private key, which signs the checkpoints of its logs."""

import base64
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from integrity.audit.verify_receipt import DASH, Checkpoint, VerifierKey, open_note

KEY_FILE = "ledger.key"


@dataclass(frozen=True)
class SignerKey:
    """An Ed25519 key under the installation's name, such as ``register.example``."""

    name: str
    private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls, name: str) -> Self:
        """A new key."""
        key = cls(name, Ed25519PrivateKey.generate())
        key.verifier()  # refuses a name that no signature could carry
        return key

    @classmethod
    def load(cls, path: Path) -> Self:
        """The key in a file that ``save`` wrote."""
        text = path.read_text(encoding="utf-8")
        name = re.match(r"name: (.+)\n", text)
        if name is None:
            raise ValueError(f"{path} does not begin with “name: ” and the name of its key.")
        try:
            private = load_pem_private_key(text[name.end() :].encode(), password=None)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{path} holds no private key that can be read.") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise ValueError(f"{path} holds a key that is not Ed25519.")
        key = cls(name[1], private)
        key.verifier()
        return key

    def save(self, path: Path) -> None:
        """Write the name and the key, as PKCS 8 in PEM, to a new file that only its owner reads."""
        pem = self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise FileExistsError(
                f"{path} exists already. A key is never overwritten: "
                "what it signed could not be continued. Name another file."
            ) from None
        with os.fdopen(file, "wb") as out:
            out.write(f"name: {self.name}\n".encode() + pem)
            out.flush()
            os.fsync(out.fileno())

    def verifier(self) -> VerifierKey:
        """The public half, to be published."""
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return VerifierKey(self.name, public)


def sign_note(checkpoint: Checkpoint, key: SignerKey) -> str:
    """The checkpoint as a signed note (c2sp.org/signed-note); ``Invalid`` if none would accept it."""
    verifier = key.verifier()
    text = checkpoint.text()
    signature = base64.b64encode(verifier.id + key.private.sign(text.encode())).decode()
    note = f"{text}\n{DASH}{key.name} {signature}\n"
    open_note(note, verifier)
    return note


def make_key(name: str, folder: Path) -> VerifierKey:
    """A new key in a folder of its own, for the worker alone. Never overwrites one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = SignerKey.generate(name)
    key.save(folder / KEY_FILE)
    return key.verifier()
