"""Names that are none: what bodies write where they withhold who was paid."""

import re
from functools import lru_cache
from typing import Final

from registers.procurement.reading.names import clean

_WHOSE: Final = (
    r"(?:supplier|payee|vendor|merchant|recipient|beneficiary|claimant|person|individual|officer"
    r"|employee|staff|customer|company|organisation)s?"
)
_WITHHELD: Final = (
    r"(?:withheld|removed|suppressed|hidden|protected|with-held|supressed|anonymi[sz]ed|undisclosed"
    r"|not (?:disclosed|published|released|available|for publication|for disclosure))"
)
_REDACTED: Final = re.compile(
    # 'THIRD PARTY FORENSICS' stands for many laboratories: whatever follows, it names nobody.
    r"(?:a |the )?(?:third|3rd)[- ]part(?:y|ies)\b.*"
    r"|(?:.*\W)?redact(?:ed|ion|ions)(?:\W.*)?"
    r"|(?:sensitive )?personal (?:data|information|details?|payment|payee)\b.*"
    rf"|(?:{_WHOSE} )?(?:names?|identity|details|information) (?:is |are |has been )?{_WITHHELD}\b.*"
    rf"|(?:{_WHOSE} (?:is |are )?)?{_WITHHELD}(?: (?:under|by|for|due|as|in|at)\b.*)?"
    rf"|(?:private |named |various |sundry |confidential |sensitive |other )*{_WHOSE}"
    r"(?: (?:payments?|redacted|private|various|names?))*(?: (?:no\.? ?)?[0-9]{1,4}| [a-z])?"
    r"|(?:private|confidential|sensitive|various|sundry|data protection|n/?a|not disclosed|unknown"
    r"|exempt(?:ed|ion)?)(?: (?:payments?|payees?|names?|persons?|parties))?"
    r"|(?:exempt(?:ed|ion)?|s(?:ection|\.)?|foia?) ?(?:under |from )?.*\b(?:foia?|section|s\.?) ?"
    r"[0-9]{2}\b.*"
    r"|(?:members? of (?:the )?public|police officers?|informants?|(?:ndors )?(?:trainers?"
    r"|instructors?|interpreters?))"
    r"|x{3,}|[*#?.█■-]+",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_redacted(words: str) -> bool:
    """Whether a name stands for a withheld one, so that its rows are not one supplier's."""
    return bool(_REDACTED.fullmatch(clean(words).strip(" ()[]{}<>\"'*")[:400])) or bool(
        _BLACKED_OUT.fullmatch(clean(words))
    )


_BLACKED_OUT: Final = re.compile(r"[*#?█■_xX ]{3,}")
