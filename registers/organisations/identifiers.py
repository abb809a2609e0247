"""Numbers that name an organisation beyond doubt: Companies House's and the charity regulators'."""

import re

# Where Companies House writes letters before the digits: the place or kind of registration.
COMPANY_PREFIXES = frozenset(
    "AC CE CS FC FE GE GN GS IC IP LP NA NC NF NI NL NO NP NR NV OC OE PC R0 RC RS SA SC SE SF SG SI "
    "SL SO SP SR SZ ZC".split()
)
COMPANY = re.compile(r"(?P<prefix>R0|[A-Z]{0,2})(?P<digits>[0-9]{1,8})(?P<suffix>R?)")
SCOTTISH_CHARITY = re.compile(r"SC0?([0-9]{5})")
ENGLISH_CHARITY = re.compile(r"([0-9]{5,7})(?:-([0-9]{1,3}))?")
NORTHERN_CHARITY = re.compile(r"NIC?([0-9]{6})")


def check_company_number(text: str) -> str:
    """A company number as Companies House writes it: '445790' is '00445790', 'sc 2003' is 'SC002003'.

    Raises ValueError, with a sentence, where it is none.
    """
    written = re.sub(r"[\s.\-]", "", text).upper()
    found = COMPANY.fullmatch(written)
    if not found:
        raise ValueError(
            f"‘{text.strip()}’ is not a company number: it has eight digits, or two letters and six digits."
        )
    prefix, digits, suffix = found["prefix"], found["digits"], found["suffix"]
    if prefix and prefix not in COMPANY_PREFIXES:
        raise ValueError(f"No company number begins with {prefix}: look it up at Companies House.")
    if suffix and prefix not in ("IP", "SP", "NP"):
        raise ValueError(f"‘{text.strip()}’ is not a company number: only societies’ end with R.")
    room = 8 - len(prefix) - len(suffix)
    if len(digits) > room:
        raise ValueError(f"‘{text.strip()}’ is not a company number: it has too many digits.")
    if not int(digits):
        raise ValueError(f"‘{text.strip()}’ is not a company number: it is all noughts.")
    return prefix + digits.zfill(room) + suffix


def check_charity_number(text: str) -> str:
    """A charity number as its regulator writes it: '1234567', 'SC012345', 'NIC100123'; spaces dropped.

    A linked charity's is '1234567-1'. Raises ValueError, with a sentence, where it is none.
    """
    written = re.sub(r"[\s.]", "", text).upper()
    if scottish := SCOTTISH_CHARITY.fullmatch(written):
        return f"SC0{scottish[1]}"
    if northern := NORTHERN_CHARITY.fullmatch(written):
        return f"NIC{northern[1]}"
    english = ENGLISH_CHARITY.fullmatch(written)
    if english and int(english[1]):
        linked = f"-{int(english[2])}" if english[2] and int(english[2]) else ""
        return english[1].lstrip("0") + linked
    raise ValueError(
        f"‘{text.strip()}’ is not a charity number: it has five to seven digits, or begins with SC or NIC."
    )
