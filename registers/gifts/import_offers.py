"""What an entry of a legacy register states as an offer: nothing is guessed, nothing cut short.

Pure: the facts of OfferRows, in the terms of `facts.py`.
"""

import re
from collections.abc import Iterator
from typing import Final

from integrity.casework.importing.limits import heading_of, text_too_long, too_long
from integrity.casework.importing.money import Money
from integrity.casework.importing.rows import Refusal, shortened
from integrity.casework.importing.values import is_placeholder, parse_decision
from registers.gifts.enums import Disposal, ItemDecision, ProviderKind, ValueKind
from registers.gifts.facts import ItemFacts, OfferFacts, Value
from registers.gifts.import_rows import OfferRow

AS_WRITTEN: Final = "As written in the imported register"
NOT_GIVEN: Final = "Not given"
NOT_DESCRIBED: Final = "Not described in the imported register"
# As much as the register's own columns hold.
LONGEST: Final = {"recipient": 200, "rank": 80, "description": 500}
LONGEST_PROVIDER: Final = 200
LONGEST_VALUE: Final = 200

_TITLED = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|cllr|councillor|rev|reverend)\.?"
    r"(?: [^\W\d_][\w.'’-]*){1,4}",
    re.I,
)
_NO_NAME = re.compile(
    r"(?:an? |the |local |unnamed |unknown |grateful )*(?:(?:members? of (?:the )?)?public|mop"
    r"|residents?|victims?|witness(?:es)?|(?:private )?individuals?|private person"
    r"|(?:victim|witness|resident)'?s'? (?:family|relatives?|mother|father|parents))",
    re.I,
)
_NOT_PEOPLE = re.compile(
    r"\b(?:ltd|limited|plc|llp|llc|inc|co|company|group|sons?|brothers|bros|solicitors|office"
    r"|school|academy|college|university|hospital|surgery|church|trust|foundation|charity|club"
    r"|hotel|pub|restaurant|caf[eé]|shop|store|bakery|services|association|society|council)\b|&",
    re.I,
)
_UNKNOWN = re.compile(
    r"(?:not |un)(?:known|named|stated|given|recorded|disclosed)|anon(?:ymous)?\.?(?: donor)?|n/?k|\?+",
    re.I,
)


def offer_too_long(row: OfferRow) -> Refusal | None:
    """Why a row cannot be kept whole, or None when it can."""
    value = text_too_long(row, "value", row.value.words, LONGEST_VALUE)
    return too_long(row, LONGEST) or value


def long_provider(row: OfferRow) -> Refusal | None:
    """Says that a provider of many words is kept among the circumstances: it is no one's name."""
    if len(row.provider) <= LONGEST_PROVIDER:
        return None
    reason = (
        f"“{shortened(row.provider)}” is too long for a name. It was kept whole among the "
        "circumstances, with the provider not known."
    )
    return Refusal(row.where, heading_of(row, row.provider) or "provider", reason)


def facts_of(row: OfferRow) -> OfferFacts:
    """The offer that a row states, of one item."""
    organisation, person = provider_of(row.provider)
    nameless = is_nameless(" ".join(row.provider.split()))
    return OfferFacts(
        offered_on=row.date,
        provider_kind=ProviderKind.PUBLIC if nameless else ProviderKind.UNKNOWN,
        organisation=organisation,
        person=person,
        circumstances="\n".join(_circumstances(row)),
        items=(
            ItemFacts(
                description=row.description or NOT_DESCRIBED,
                kind=row.kind,
                decision=ItemDecision(row.decision),
                value=value_of(row.value),
                reason_text=_reason(row),
                disposal="" if _donated(row) else row.disposal,
            ),
        ),
    )


def is_nameless(words: str) -> bool:
    """Whether words say 'member of the public' or the like: somebody, but nobody to count again."""
    return bool(_NO_NAME.fullmatch(words))


def provider_of(words: str) -> tuple[str, str]:
    """The organisation or else the person that words name; neither where they name nobody."""
    plain = " ".join(words.split())
    nobody = is_placeholder(plain) or _UNKNOWN.fullmatch(plain)
    if nobody or len(words) > LONGEST_PROVIDER or is_nameless(plain):
        return "", ""
    is_person = _TITLED.fullmatch(plain) and not _NOT_PEOPLE.search(plain)
    return ("", plain) if is_person else (plain, "")


def value_of(money: Money) -> Value:
    """A value of the kind that was read, with its words; only pounds become amounts.

    An estimate ('c. £10') is a bound in its words: neither end of it is known.
    """
    kind = ValueKind(money.kind)
    words = money.words.strip() or NOT_GIVEN
    pounds = kind in (ValueKind.EXACT, ValueKind.RANGE, ValueKind.BOUND)
    return Value(kind, money.low if pounds else None, money.high if pounds else None, words)


def _circumstances(row: OfferRow) -> Iterator[str]:
    if long_provider(row):
        yield f"Offered by: {row.provider}"
    if row.comments:
        yield row.comments
    if row.guest is not None:
        yield "Accompanied by a guest." if row.guest else "Not accompanied by a guest."
    if row.reference:
        yield f"Reference in the imported register: {row.reference}"


def _reason(row: OfferRow) -> str:
    """Why, and where a gift went to a charity that has no name, in the register's words."""
    reason = f"{AS_WRITTEN}: {row.reason}" if row.reason else AS_WRITTEN
    return f"{reason}\nWhat became of it: {_words_of_disposal(row)}" if _donated(row) else reason


def _donated(row: OfferRow) -> bool:
    """The register's own entries name the charity; legacy ones have no column for it."""
    return row.disposal == Disposal.DONATED


def _words_of_disposal(row: OfferRow) -> str:
    elsewhere = {row.description, row.provider, row.recipient, row.reason, row.comments}
    for text in row.cells.values():
        decision = None if text in elsewhere else parse_decision(text)
        if decision and decision.disposal == Disposal.DONATED:
            return text
    return "Donated"
