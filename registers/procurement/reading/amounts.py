"""Amounts of payments: pounds to the penny, below nothing where money came back."""

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from integrity.casework.importing.money import PENNY, parse_money
from integrity.casework.importing.rows import shortened
from integrity.casework.importing.sheets import Cell
from registers.procurement.facts import AMOUNT_LIMIT


class UnreadableAmount(Exception):
    """The cell holds no amount in pounds; the message is a sentence that says why."""


_MINUS: Final = re.compile("[‐‑‒–—−]")
_NUMBER: Final = r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?)"
# '-£5', '£-5', '(£5)', '£5-', '£5 CR': a credit, in the hands of different ledgers.
_WRITTEN: Final = re.compile(
    rf"(?P<open>\()?\s*(?P<first>-)?\s*(?:£|gbp)?\s*(?P<inner>-)?\s*{_NUMBER}\s*"
    r"(?:gbp|pounds)?\s*(?P<last>-|cr\b)?(?:dr\b)?\s*(?P<close>\))?",
    re.I,
)


def parse_amount(cell: Cell | int | float, limit: Decimal = AMOUNT_LIMIT) -> Decimal:
    """The pounds in a cell, rounded to pennies, half up; brackets, a minus and 'CR' are credits.

    Raises UnreadableAmount for what is blank, no number, another currency's, or not within `limit`.
    """
    match cell:
        case None | "":
            raise UnreadableAmount("There is no amount.")
        case bool() | dt.date():
            raise UnreadableAmount("The cell holds no amount, but a date or a yes or no.")
        case int() | Decimal():
            return _pennies(Decimal(cell), limit)
        case float():
            return _pennies(Decimal(repr(cell)), limit)
        case _:
            return _from_words(cell, limit)


def _from_words(words: str, limit: Decimal) -> Decimal:
    text = _MINUS.sub("-", unicodedata.normalize("NFKC", words)).strip().removeprefix("'").strip()
    if not text:
        raise UnreadableAmount("There is no amount.")
    found = _WRITTEN.fullmatch(text) if len(text) <= 60 else None
    if found and found[4] and bool(found["open"]) == bool(found["close"]):
        credits = [found["open"], found["first"], found["inner"], found["last"]]
        if sum(map(bool, credits)) <= 1:
            amount = _pennies(Decimal(found[4].replace(",", "")), limit)
            return -amount if any(credits) else amount
    if parse_money(text).kind == "other_currency":
        raise UnreadableAmount(f"'{shortened(text)}' is in another currency.")
    raise UnreadableAmount(f"'{shortened(text)}' is not an amount we can read for certain.")


def _pennies(amount: Decimal, limit: Decimal) -> Decimal:
    if not amount.is_finite() or abs(amount) >= limit - 1:
        raise UnreadableAmount("The number is too large to be an amount.")
    # Adding nothing turns the zero below nothing into the one that everybody means.
    return amount.quantize(PENNY, ROUND_HALF_UP) + 0
