"""Money as people write it in registers: read exactly, or kept in their words, never guessed."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

type MoneyKind = Literal["exact", "range", "bound", "unknown", "other_currency"]

PENNY: Final = Decimal("0.01")
# A gift of a hundred million pounds is a typing error, and must fit a database column.
LIMIT: Final = Decimal("100000000")
LONGEST_READ: Final = 120


@dataclass(frozen=True, slots=True)
class Money:
    """What a value cell says.

    Pounds, unless `kind` is other_currency: then `currency` is its code, or the symbol where
    several currencies share it ('$'). An exact value has low == high; a range both; a bound one
    of them, an `estimate` ('c. £10'), or none ('Above limit'). `words` are the cell's own.
    `problem` says why words that look like something could not be read.
    """

    kind: MoneyKind
    words: str
    low: Decimal | None = None
    high: Decimal | None = None
    estimate: Decimal | None = None
    currency: str = "GBP"
    problem: str = ""

    @property
    def amount(self) -> Decimal | None:
        """The pounds of an exact value."""
        return self.low if self.kind == "exact" else None


_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?"
_AMOUNT = rf"(?:£ ?|gbp ?)?({_NUMBER})(?: ?(?:gbp|pounds?(?: sterling)?))?"
_EXACT = re.compile(_AMOUNT)
_PENCE = re.compile(r"([0-9]{1,2}) ?(?:p|pence)")
_RANGE = re.compile(rf"(?:between |from )?{_AMOUNT} ?(?:-|to|and) ?{_AMOUNT}")
_ABOUT = r"(?:c\.?|ca\.?|circa|about|around|roughly|approx\.?|approximately|est\.?|estimated?"
_APPROXIMATE = (
    re.compile(rf"{_ABOUT}|estimate of|~|≈) ?:? ?{_AMOUNT}"),
    re.compile(rf"{_AMOUNT} ?\(?{_ABOUT})\)?"),
)
_AT_MOST = (
    r"under|below|less than|up to|upto|max\.?|maximum|maximum of|no more than|not more than"
    r"|at most|not exceeding|within|<=?|≤"
)
_AT_LEAST = r"over|above|more than|exceeding|exceeds|in excess of|at least|min\.?|minimum|>=?|≥"
_UPPER = (
    re.compile(rf"(?:{_AT_MOST}) ?{_AMOUNT}"),
    re.compile(rf"{_AMOUNT} (?:(?:or|and) (?:less|under|below)|max\.?|maximum)"),
)
_LOWER = (
    re.compile(rf"(?:{_AT_LEAST}) ?{_AMOUNT}"),
    re.compile(rf"{_AMOUNT} ?(?:\+|plus|(?:or|and) (?:more|over|above)|min\.?|minimum)"),
)
_LIMIT_WORDS = re.compile(
    rf"(?:{_AT_MOST}|{_AT_LEAST}) (?:the )?(?:policy |reporting |value )?(?:limit|threshold)"
)
_UNKNOWN = re.compile(
    r"|[-?.]+|(?:value )?(?:is )?(?:unknown|unkown|unknow|not known|unclear)(?: value)?|n/?k"
    r"|tb[cad]|to be (?:confirmed|advised|determined)|n/?a|not applicable|nan|null|none|nil"
    r"|nil value|no value|free|free of charge|no charge|no cost|complimentary"
    r"|(?:value |return )?(?:pending|awaited)|not (?:stated|provided|given|recorded|disclosed)"
)
_CODES = (
    "usd eur chf jpy aud cad nzd sek nok dkk aed cny rmb inr zar hkd sgd sar qar ils pln czk "
    "huf krw brl mxn thb kwd bhd omr"
)
_CURRENCIES: Final = {
    **{code: code.upper() for code in _CODES.split()},
    "us$": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": "$",
    "dollars": "$",
    "dollar": "$",
    "us dollars": "USD",
    "swiss francs": "CHF",
    "yen": "JPY",
    "¥": "¥",
    "₹": "INR",
    "rupees": "rupees",
    "yuan": "CNY",
}
_NAMES = "|".join(re.escape(name) for name in sorted(_CURRENCIES, key=len, reverse=True))
_FOREIGN = re.compile(rf"(?:({_NAMES}) ?({_NUMBER})|({_NUMBER}) ?({_NAMES}))")
_FOREIGN_MARK = re.compile(rf"(?<![a-z])(?:{_CODES.replace(' ', '|')}|dollars?|euros?)(?![a-z])")


def parse_money(cell: str | Decimal | int | float | dt.date | None) -> Money:
    """Read a value cell whose column is in pounds; never raises, never guesses.

    A numeral is exact ('£0' is nothing, exactly), but 'free' and 'nil' are words without a
    figure: unknown. A quantity ('2 x £15', '£30 each') is unknown, as nobody says whether the
    total was meant. Pounds are never made of another currency. A numeric cell is rounded to
    pennies, since a spreadsheet keeps thirds of a pound behind '£116.67'.
    """
    match cell:
        case None:
            return Money("unknown", "")
        case bool() | dt.date():
            problem = "The cell holds no amount, but a date or a yes or no."
            return Money("unknown", str(cell), problem=problem)
        case int() | float() | Decimal():
            return _parse_number(cell)
        case _:
            return _parse_words(str(cell).strip())


def _parse_number(number: Decimal | int | float) -> Money:
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    # A decimal as people write it: 1E+2 is nobody's words.
    words = f"{exact:f}" if exact.is_finite() and abs(exact.adjusted()) < 30 else str(exact)
    # Half a penny below the limit would round up to it.
    if not exact.is_finite() or abs(exact) >= LIMIT - PENNY / 2:
        return Money("unknown", words, problem="The number is too large to be an amount.")
    if exact < 0:
        return Money("unknown", words, problem="The amount is below nothing.")
    amount = abs(exact.quantize(PENNY, ROUND_HALF_UP))
    return Money("exact", words, amount, amount)


def _parse_words(words: str) -> Money:
    text = _plain(words)
    if len(text) > LONGEST_READ:
        return Money("unknown", words, problem="The value is a long text, not an amount.")
    if _UNKNOWN.fullmatch(text):
        return Money("unknown", words)
    if _mentions_other_currency(text):
        return _other_currency(text, words)
    for parse in (_exact, _between, _bound):
        if money := parse(text, words):
            return money
    return Money("unknown", words, problem="The value is not an amount we can read for certain.")


def _plain(words: str) -> str:
    """Lower case, single spaces, one kind of dash, no apostrophe that guards a formula."""
    text = unicodedata.normalize("NFKC", words).lower()
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    return re.sub(r"\s+", " ", text).strip().removeprefix("'").strip()


def _mentions_other_currency(text: str) -> bool:
    return bool(_FOREIGN_MARK.search(text)) or any(
        unicodedata.category(mark) == "Sc" and mark != "£" for mark in text
    )


def _other_currency(text: str, words: str) -> Money:
    if "£" in text or "gbp" in text or not re.search("[0-9]", text):
        return Money("unknown", words, problem="The value names more than one currency, or none.")
    if found := _FOREIGN.fullmatch(text):
        amount = _decimal(found[2] or found[3])
        if amount is not None:
            currency = _CURRENCIES[found[1] or found[4]]
            return Money("other_currency", words, amount, amount, currency=currency)
    return Money("other_currency", words, currency="")


def _exact(text: str, words: str) -> Money | None:
    if found := _PENCE.fullmatch(text):
        return _pounds("exact", words, Decimal(found[1]) * PENNY)
    found = _EXACT.fullmatch(text)
    return _pounds("exact", words, _decimal(found[1])) if found else None


def _between(text: str, words: str) -> Money | None:
    if not (found := _RANGE.fullmatch(text)):
        return None
    low, high = _decimal(found[1]), _decimal(found[2])
    if low is None or high is None or low > high:
        return None
    return Money("exact" if low == high else "range", words, low, high)


def _bound(text: str, words: str) -> Money | None:
    if _LIMIT_WORDS.fullmatch(text):
        return Money("bound", words)
    if (estimate := _amount(_APPROXIMATE, text)) is not None:
        return Money("bound", words, estimate=estimate)
    if (high := _amount(_UPPER, text)) is not None:
        return Money("bound", words, high=high)
    if (low := _amount(_LOWER, text)) is not None:
        return Money("bound", words, low=low)
    return None


def _amount(patterns: Iterable[re.Pattern[str]], text: str) -> Decimal | None:
    found = next((found for pattern in patterns if (found := pattern.fullmatch(text))), None)
    return _decimal(found[1]) if found else None


def _pounds(kind: MoneyKind, words: str, amount: Decimal | None) -> Money | None:
    return None if amount is None else Money(kind, words, amount, amount)


def _decimal(numeral: str) -> Decimal | None:
    """A numeral in pounds and pence, or None where it is too large to be believed."""
    if len(numeral) > 20:
        return None
    amount = Decimal(numeral.replace(",", "")).quantize(PENNY)
    return amount if amount < LIMIT else None
