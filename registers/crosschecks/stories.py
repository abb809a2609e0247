"""Matches as stories: what was found of one person and one organisation, the riskiest of it first.

Who may not know whom a match is about gets each by itself: that two are of one person would tell.
"""

import re
from collections import Counter
from collections.abc import Collection
from typing import Final

from django.db.models import F, Q

from integrity.people.models import User
from registers.crosschecks.models import Match, MatchQuerySet
from registers.crosschecks.reading import unveiled

# The riskiest; of these where the two records lie nearest to each other; then what happened last.
FOREMOST: Final = ("-score", F("facts__gap").asc(nulls_last=True), "-happened_on", "pk")
STORY: Final = ("person_id", "organisation_id")
OF_BOTH: Final = Q(person__isnull=False, organisation__isnull=False)
PERSON, ORGANISATION = "person", "organisation"
NAMED: Final = re.compile(rf"(\d{{1,18}})(?:-({PERSON}|{ORGANISATION}))?")

type Story = tuple[int | None, int | None]


def grouped(found: MatchQuerySet, reader: User) -> MatchQuerySet:
    """Those that are known to this reader to be of one person and one organisation."""
    return found.filter(OF_BOTH, unveiled(reader))


def riskiest(found: MatchQuerySet, reader: User) -> MatchQuerySet:
    """One match of each person and organisation, and every match that is not of both."""
    some = grouped(found, reader)
    first = some.order_by(*STORY, *FOREMOST).distinct(*STORY)
    return found.filter(Q(pk__in=first.values("pk")) | ~Q(pk__in=some.order_by().values("pk")))


def how_many(found: MatchQuerySet, reader: User, shown: Collection[Match]) -> Counter[Story]:
    """How many of ``found`` are of the person and organisation of each that is shown."""
    ids = Q(person__in={each.person_id for each in shown if each.person_id})
    ids &= Q(organisation__in={each.organisation_id for each in shown if each.organisation_id})
    pairs = grouped(found, reader).filter(ids).order_by()
    return Counter(pairs.values_list(*STORY))


def others_like(counts: Counter[Story], match: Match) -> int:
    return max(0, counts[match.person_id, match.organisation_id] - 1)


def of_person(found: MatchQuerySet, reader: User, match: Match) -> MatchQuerySet:
    """Those of its person, as far as this reader knows whom a match is about."""
    if match.person_id is None:
        return found.none()
    return found.filter(unveiled(reader), person=match.person_id)


def of_organisation(found: MatchQuerySet, match: Match) -> MatchQuerySet:
    ids = [pk for pk in (match.organisation_id, match.other_organisation_id) if pk]
    if not ids:
        return found.none()
    return found.filter(Q(organisation__in=ids) | Q(other_organisation__in=ids))


def named(key: str, found: MatchQuerySet, reader: User) -> tuple[str, MatchQuerySet]:
    """What an address asks for: '12', the story of match 12; '12-person', '12-organisation' that alone.

    Of each its name, and which of ``found`` belong there; nothing where the reader knows no such match.
    """
    said = NAMED.fullmatch(key)
    mine = Match.objects.visible_to(reader).with_all()
    match = mine.filter(pk=int(said[1])).first() if said else None
    if match is None or said is None:
        return "", found.none()
    if said[2] == ORGANISATION:
        return str(match.organisation or ""), of_organisation(found, match)
    if not mine.filter(unveiled(reader), pk=match.pk).exists():
        return "", found.none()
    theirs = of_person(found, reader, match)
    if said[2] == PERSON:
        return str(match.person or ""), theirs
    both = theirs.filter(organisation=match.organisation_id) if match.organisation_id else theirs
    return f"{match.person} and {match.organisation}", both
