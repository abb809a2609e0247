"""What an entry of a legacy register states as an interest: nothing is guessed, nothing cut short.

Pure: the facts of InterestRows, in the terms of `facts.py`.
"""

from collections.abc import Iterator
from typing import Final

from integrity.casework.importing.limits import heading_of, text_too_long, too_long
from integrity.casework.importing.rows import Refusal, shortened
from registers.business_interests.enums import Category, Ground, Holder
from registers.business_interests.facts import ConditionFacts, InterestFacts
from registers.business_interests.import_rows import InterestRow
from registers.business_interests.import_words import (
    NOT_NAMED,
    condition_kind,
    ground_of,
    relative_of,
)
from registers.business_interests.workflow import LIVE

NOT_DESCRIBED: Final = "Not described in the imported register"
# As much as the register's own columns hold.
LONGEST: Final = {"person": 200, "rank": 80, "relative": 200}
LONGEST_HOURS: Final = 200
LONGEST_TITLE: Final = 200
PLAIN_OUTCOMES: Final = frozenset(
    {"approved", "authorised", "agreed", "granted", "refused", "declined", "rejected", "withdrawn"}
    | {"ceased", "lapsed", "yes", "no", "y", "n", "a", "r", "d"}
)


def interest_too_long(row: InterestRow) -> Refusal | None:
    """Why a row cannot be kept whole, or None when it can."""
    hours = text_too_long(row, "hours", row.hours.words, LONGEST_HOURS)
    return too_long(row, LONGEST) or hours


def long_titles(row: InterestRow) -> Iterator[Refusal]:
    """Says that an occupation or employer of many words is kept whole in the description."""
    for name, title in (("occupation", row.occupation), ("organisation", row.organisation)):
        if len(title) > LONGEST_TITLE:
            reason = (
                f"“{shortened(title)}” is too long for a title. It was kept whole in the "
                "description."
            )
            yield Refusal(row.where, heading_of(row, title) or name, reason)


def facts_of_row(row: InterestRow) -> InterestFacts:
    """The interest that a row states."""
    relative = relative_of(row.relative)
    if row.category == Category.RELATIVES_LICENCE:
        relative = relative or NOT_NAMED
    return InterestFacts(
        category=row.category,
        occupation=_title(row),
        holder=Holder.RELATIVE if relative else Holder.SELF,
        relative=relative,
        description="\n".join(_description(row)),
        organisation="" if len(row.organisation) > LONGEST_TITLE else _one_line(row.organisation),
        starts_on=row.starts_on,
        hours_a_week=row.hours.a_week,
    )


def words_of(row: InterestRow) -> str:
    """What the row says the work is, by which the force's list of occupations is searched."""
    return f"{row.occupation} {row.description}"


def conditions_of(row: InterestRow, *, check_months: int) -> list[ConditionFacts]:
    """The conditions of an approval, of the kind they seem to be, for PSD to confirm."""
    return [
        ConditionFacts(text=text, kind=condition_kind(text), check_months=check_months)
        for text in row.conditions
    ]


def ground_of_row(row: InterestRow) -> Ground:
    """Why it was refused or revoked, where the register's words say one reason alone."""
    return ground_of(f"{row.reason} {row.decision} {row.comments}")


def _title(row: InterestRow) -> str:
    """What it is: the occupation or what comes nearest to it."""
    said = (_one_line(text) for text in (row.occupation, row.description, *_category_words(row)))
    return shortened(next(filter(None, said), NOT_DESCRIBED), LONGEST_TITLE)


def _category_words(row: InterestRow) -> list[str]:
    """A row that names its kind alone, or an employer alone, is called by that."""
    kind = "" if row.category == Category.OTHER else str(Category(row.category).label)
    return [kind, _one_line(row.organisation)]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _description(row: InterestRow) -> Iterator[str]:
    for name, title in (("What it is", row.occupation), ("Employer", row.organisation)):
        if len(title) > LONGEST_TITLE:
            yield f"{name}: {title}"
    if row.description:
        yield row.description
    if row.decision.casefold() not in PLAIN_OUTCOMES and row.decision:
        yield f"Decision, as written: {row.decision}"
    if row.conditions_text and row.status not in LIVE:
        yield f"Conditions, as written: {row.conditions_text}"
    for name, text in (
        ("Decided by", row.decided_by),
        ("Reason", row.reason),
        ("Comments", row.comments),
        ("Reference in the imported register", row.reference),
    ):
        if text:
            yield f"{name}: {text}"
