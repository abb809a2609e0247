"""Merchants as card statements write them, without the firm that took the payment for them."""

import re
from typing import Final

from registers.procurement.reading.names import clean

_PROCESSOR: Final = re.compile(
    r"(?:sq|sqc|sumup|paypal|pp|i?zettle_?|iz|stripe|crv|wp|worldpay|sp|tst|dnh|ppro)"
    r"\s?\*+\s?",
    re.I,
)


def merchant_name(written: str) -> str:
    """'SUMUP *CORNER CAFE' is CORNER CAFE; a name that is nothing else stays as it is."""
    text = clean(written)
    found = _PROCESSOR.match(text)
    return text[found.end() :] or text if found else text
