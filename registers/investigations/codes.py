"""The code of a concern, which the same page and the same words give again.

So a double click sends one concern and shows its code. The page’s key is random and kept nowhere
but in the page: without it nobody can make the code again.
"""

import secrets

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from registers.investigations.policies import GROUP, GROUPS, SYMBOLS

SALT = "registers.investigations.codes"


def fresh_key() -> str:
    """A key for one page, signed so that only ours count."""
    return Signer(salt=SALT).sign(secrets.token_urlsafe(16))


def is_ours(key: str) -> bool:
    try:
        Signer(salt=SALT).unsign(key)
    except BadSignature:
        return False
    return True


def code_of(*, key: str, text: str) -> str:
    """The code of what is sent from a page, in groups that people can copy."""
    digest = salted_hmac(SALT, f"{key}\n{text}", algorithm="sha256").digest()
    number, symbols = int.from_bytes(digest), ""
    for _ in range(GROUPS * GROUP):
        number, at = divmod(number, len(SYMBOLS))
        symbols += SYMBOLS[at]
    return "-".join(symbols[i : i + GROUP] for i in range(0, len(symbols), GROUP))
