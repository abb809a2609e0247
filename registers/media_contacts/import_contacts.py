"""What an entry of a legacy log states as a contact: nothing is guessed, nothing cut short.

Pure: the facts of ContactRows, in the terms of `facts.py`.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from integrity.casework.importing.limits import heading_of, text_too_long, too_long
from integrity.casework.importing.rows import Refusal, shortened
from registers.media_contacts.facts import ContactFacts, Speaker
from registers.media_contacts.import_rows import ContactRow

NOT_DESCRIBED: Final = "Not described in the imported log"
# As much as the register's own columns hold.
LONGEST: Final = {"officer": 200}
LONGEST_RANK: Final = 80
LONGEST_NAME: Final = 200


def contact_too_long(row: ContactRow) -> Refusal | None:
    """Why a row cannot be kept whole, or None when it can."""
    return too_long(row, LONGEST) or text_too_long(row, "rank", row.named.rank, LONGEST_RANK)


def long_names(row: ContactRow) -> Iterator[Refusal]:
    """Says that a name or place of many words is kept whole in what the contact was about."""
    for name, words in _long(row):
        reason = (
            f"“{shortened(words)}” is too long for a name. It was kept whole in what the contact "
            "was about."
        )
        yield Refusal(row.where, heading_of(row, words) or name, reason)


def facts_of_row(row: ContactRow) -> ContactFacts:
    """The contact that a row states; what it does not say is left unsaid."""
    unsaid: dict[str, Any] = {"responsible": None, "policing_purpose": None}
    told: dict[str, Any] = {"press_office_told": row.told}
    until = row.embargo_until
    return ContactFacts(
        contacted_on=row.contacted_on,
        contacted_at=row.contacted_at,
        speakers=tuple(_speaker(speaker) for speaker in row.speakers),
        about="\n".join(_about(row)),
        channel=row.channel,
        place=row.place if len(row.place) <= LONGEST_NAME else "",
        basis=row.basis,
        embargo_until=timezone.make_aware(until) if until else None,
        off_record=row.off_record,
        hospitality=row.hospitality,
        **unsaid,
        **told,
    )


def _about(row: ContactRow) -> Iterator[str]:
    yield row.about or NOT_DESCRIBED
    for name, words in _long(row):
        yield f"{name.capitalize()}: {words}"
    yield from row.also


def _long(row: ContactRow) -> Iterator[tuple[str, str]]:
    """What is longer than a name may be, and as what it stood."""
    named = [("place", row.place)]
    named += [("journalist", speaker.journalist) for speaker in row.speakers]
    named += [("outlet", speaker.outlet) for speaker in row.speakers]
    return ((name, words) for name, words in dict.fromkeys(named) if len(words) > LONGEST_NAME)


def _speaker(speaker: Speaker) -> Speaker:
    """Of a journalist and an outlet, what is short enough to be a name."""
    journalist, outlet = (
        words if len(words) <= LONGEST_NAME else ""
        for words in (speaker.journalist, speaker.outlet)
    )
    return Speaker(journalist, outlet)
