"""What a force's policy says of an investigation: pure functions of its rows, the facts and the day."""

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from integrity.casework.clocks import add_months
from registers.investigations.enums import SUBCATEGORIES, Category, Factor, SubCategory
from registers.investigations.models import InvestigationPolicy

MEDIA = (SubCategory.LOCAL_MEDIA, SubCategory.NATIONAL_MEDIA)
STILL_TO_BE_SEEN = "A post is still to be seen; look again before you close."

# --- risk -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """What the risk of an investigation is read from."""

    category: str = ""
    sub_category: str = ""
    chief_officer: bool = False
    investigated_before_on: Collection[date] = ()
    referrals: int = 0
    still_has_access: bool = False
    harm: bool = False
    evidence: bool = False
    still_visible: bool = False


def factors(policy: InvestigationPolicy, known: Known, *, opened_on: date) -> list[Factor]:
    """The factors that an investigation shows, in the order of the list."""
    disclosure = known.category == Category.DISCLOSURE
    since = add_months(opened_on, -policy.repeat_months)
    shows = {
        Factor.CRIMINALS: disclosure and known.sub_category == SubCategory.CRIMINALS,
        Factor.MEDIA: disclosure and known.sub_category in MEDIA,
        Factor.CHIEF_OFFICER: known.chief_officer,
        Factor.REPEATED: any(since <= day <= opened_on for day in known.investigated_before_on),
        Factor.SEVERAL_SOURCES: known.referrals > 1,
        Factor.STILL_HAS_ACCESS: known.still_has_access,
        Factor.HARM: known.harm,
        Factor.EVIDENCE: known.evidence,
        Factor.STILL_VISIBLE: known.still_visible,
    }
    return [factor for factor in Factor if shows[factor]]


# --- what fits what -------------------------------------------------------------------------------


def kinds_of(category: str) -> tuple[SubCategory, ...]:
    """The kinds among which one is chosen in a category; none for most."""
    return SUBCATEGORIES.get(category, ())


def why_not_classified(category: str, sub_category: str) -> str:
    """Why a category and a kind do not go together; empty where they do."""
    if category and category not in Category.values:
        return "Choose a category from the list."
    if sub_category and sub_category not in kinds_of(category):
        return "Choose a kind that belongs to the category, or none."
    return ""


def why_not_on(day: date, *, today: date, since: date | None = None, what: str) -> str:
    """Why something cannot have happened on a day; empty where it can."""
    if day > today:
        return f"The date {what} cannot be in the future."
    if since is not None and day < since:
        return f"The date {what} cannot be before {since:%-d %B %Y}."
    return ""


def next_look(policy: InvestigationPolicy, looked_on: date) -> date:
    """When a post that is still to be seen is looked at again."""
    return looked_on + timedelta(days=policy.recheck_days)


# --- concerns without a name ----------------------------------------------------------------------

CONCERN_LENGTH = 5000
# No letter or digit that is easily read as another.
SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 4, 5


def make_code() -> str:
    """A code that nobody can guess (99 bits), in groups that people can copy."""
    symbols = [secrets.choice(SYMBOLS) for _ in range(GROUPS * GROUP)]
    return "-".join("".join(symbols[i : i + GROUP]) for i in range(0, len(symbols), GROUP))


def hash_of(code: str) -> str:
    """What is kept of a code, however its letters and groups are typed."""
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())
    return hashlib.sha256(plain.encode()).hexdigest()


def message_problems(text: str) -> Iterator[str]:
    """What is wrong with a message about a concern."""
    if not text.strip():
        yield "Write what you want to say."
    if len(text) > CONCERN_LENGTH:
        yield f"Write no more than {CONCERN_LENGTH:,} characters; you can send a second message."


def first(problems: Iterable[str]) -> str:
    return next(iter(problems), "")
