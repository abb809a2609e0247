"""Which sections each dashboard has, and for whom figures are read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from integrity.casework.models import Case
from integrity.people.models import User
from registers.investigations.models import Investigation
from registers.oversight import piles
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.live import here_of, live
from registers.oversight.permissions import forces_with_investigations
from registers.oversight.sections import (
    gifts,
    glance,
    interests,
    investigations,
    matches,
    media,
    outliers,
    silent,
    work,
)
from registers.oversight.sections.section import Section
from registers.oversight.seen import Audience, seen_by
from registers.oversight.units import units

# Providers are read by themselves: there are too many.
APART = frozenset({Measure.PROVIDERS})
CONCERNED = ("subject", "subject_manager", "subject__line_manager")
COMPARED = ("gifts", "business_interests", "media_contacts")


def psd_dashboard(asked: Asked, *, reader: User, today: date) -> Sequence[Section]:
    """What PSD and inspectors see of the forces they serve or inspect."""
    asked = without_unknown(asked, reader)
    measures = [measure for measure in Measure if measure not in APART]
    seen = seen_by(Audience.PSD, asked, measures, today=today, reader=reader)
    now = live(here_of(seen), piles.ALL)
    stood = units(asked, seen.grounds, COMPARED, today=today)
    found = [
        glance.section(seen), work.section(now), gifts.section(seen), interests.section(seen, now),
        media.section(seen, now), investigations.section(seen, now), matches.section(now),
        outliers.section(seen, stood), silent.section(seen, stood),
    ]  # fmt: skip
    return [section for section in found if section is not None]


def desk_front(asked: Asked, *, reader: User, today: date) -> Sequence[Section]:
    """What the desk's first page shows of it above the queues: the headlines, and what waits."""
    asked = without_unknown(asked, reader)
    headlines = [Measure.WITHDRAWN, Measure.CHALLENGES]
    seen = seen_by(Audience.PSD, asked, headlines, today=today, reader=reader)
    return [glance.section(seen), work.section(live(here_of(seen), piles.WORK))]


def without_unknown(asked: Asked, reader: User) -> Asked:
    """Less the investigations of which even somebody in PSD may not know: about them or theirs."""
    within = forces_with_investigations(reader) & set(asked.force_ids)
    if not within:
        return asked
    cases = Case.objects.filter(register="investigations").order_by()
    of_theirs = cases.filter(force__in=within)
    # one by one, so that each is found by its index among a nation's cases
    unknown = [of_theirs.filter(**{way: reader}).values_list("pk") for way in CONCERNED]
    if beyond := set(asked.force_ids) - within:
        elsewhere = cases.filter(force__in=beyond)
        known = Investigation.objects.visible_to(reader).filter(case__in=elsewhere)
        unknown.append(elsewhere.exclude(pk__in=known.values("case")).values_list("pk"))
    first, *others = unknown
    return replace(asked, without=tuple(sorted(pk for (pk,) in first.union(*others).order_by())))
