"""What a body’s members read of its forces, and what others would read of the same."""

from collections.abc import Sequence
from datetime import date

from integrity.people.models import User
from registers.oversight.asking import Asked
from registers.oversight.dashboards import without_unknown
from registers.oversight.enums import CONFIDENTIAL, Measure
from registers.oversight.live import here_of, live
from registers.oversight.piles import INTERESTS, MEDIA, WORK
from registers.oversight.sections import (
    alliance,
    chiefs,
    closed,
    gifts,
    glance,
    interests,
    media,
    national,
    published,
    silent,
    totals,
    work,
)
from registers.oversight.sections.section import Section
from registers.oversight.seen import Audience, Seen, seen_by
from registers.oversight.spans import Period
from registers.oversight.units import units

COMPARED = ("gifts", "business_interests", "media_contacts")
# Read by themselves, or of PSD alone.
APART = (*CONFIDENTIAL, Measure.PROVIDERS)


def board_dashboard(
    asked: Asked, *, audience: Audience, reader: User | None, today: date
) -> Sequence[Section]:
    """The sections of a board's page and packs, in private or as the public would read them.

    Raises ValueError where the public asks for anything but whole quarters.
    """
    if audience != Audience.PUBLIC and reader is not None:
        asked = without_unknown(asked, reader)
    before, year_ago = national.earlier(asked.period)
    seen = seen_by(
        audience,
        asked,
        [measure for measure in Measure if measure not in APART],
        today=today,
        reader=reader,
        by_force=len(asked.forces) > 1,
        since=min(before.starts_on, year_ago.starts_on),
    )
    found = published.sections(seen) if seen.public else in_private(seen)
    then, last_year, told = beside(seen, before, year_ago)
    found += [
        chiefs.section(seen), closed.section(seen, told), national.section(seen, then, last_year),
    ]  # fmt: skip
    if len(asked.forces) > 1:
        found.append(alliance.section(seen))
    return found


def beside(seen: Seen, before: Period, year_ago: Period) -> tuple[Seen, Seen, Seen | None]:
    """The two periods to compare with, and the months of this one that are over: one query for all."""
    compared = [(each, national.MEASURES) for each in dict.fromkeys((before, year_ago))]
    over = None if seen.public else closed.months_over(seen.asked.period, seen.today)
    read = seen.over(*compared, *([(over, [Measure.CLOSED])] if over else []))
    told = seen if seen.public else read[-1] if over else None
    return read[0], read[len(compared) - 1], told


def in_private(seen: Seen) -> list[Section]:
    """True counts, without names; of PSD's work and its matches, totals."""
    now = live(here_of(seen), (*WORK, *INTERESTS, *MEDIA))
    stood = units(seen.asked, seen.grounds, COMPARED, today=seen.today)
    waiting = [work.clocks(now), work.challenges(now)]
    return [
        glance.section(seen),
        gifts.section(seen),
        interests.section(seen, now),
        media.section(seen, now),
        silent.section(seen, stood),
        Section("work", "What waits today", waiting, "The period does not narrow this part."),
        totals.section(seen),
    ]
