"""What the cross-checks tell of an organisation, to those who may read each match."""

from collections.abc import Iterator, Sequence

from integrity.people.models import User
from registers.crosschecks.match_page import path_of, status_of
from registers.crosschecks.models import Match
from registers.crosschecks.reading import as_read_by
from registers.organisations.registry import Item

SHOWN = 100


def matches_of(reader: User, ids: Sequence[int]) -> Iterator[Item]:
    """The matches in which one of these records stands, but for those no longer found."""
    mine = Match.objects.visible_to(reader).filter(gone_at=None).with_all()
    found = mine.filter(organisation__in=ids) | mine.filter(other_organisation__in=ids)
    for match in found[:SHOWN]:
        yield Item(
            on=match.happened_on,
            what=f"Match: {status_of(match)[0].lower()}",
            title=match.get_check_name_display(),
            detail=as_read_by(reader, match).sentence,
            path=path_of(match),
        )
