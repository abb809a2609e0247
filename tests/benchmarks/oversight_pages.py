"""Who reads the figures of a nation, what is asked for them, and the pages that they open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

# Whole pages by name, each drawn for a reader as their browser would have it; None: not theirs.
type Page = Callable[["Reader"], object]
type Read = tuple[str, Callable[[], int], Callable[[], object] | None]
ALL_MONTHS = 120


@dataclass(frozen=True)
class Reader:
    """Somebody who is signed in, the forces whose figures they read, and the last day of the world."""

    name: str
    person: int
    forces: tuple[int, ...]
    today: date
    client: Any
    board: str = ""

    def get(self, path: str, **said: str) -> Any:
        answer = self.client.get(path, said)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer


def _psd(**said: str) -> Page:
    return lambda reader: None if reader.board else reader.get("/oversight/psd/", **said)


def _board(**said: str) -> Page:
    return lambda reader: (
        reader.get(f"/oversight/boards/{reader.board}/", **said) if reader.board else None
    )


def _return(reader: Reader) -> object:
    return None if reader.board else reader.get("/oversight/return/")


DECADE = {"from": "2016-07-01", "to": "2026-06-30"}
PAGES: list[tuple[str, Page]] = [
    ("page: PSD dashboard", _psd()),
    ("page: PSD dashboard, ten years", _psd(**DECADE)),
    ("page: PSD dashboard, a band", _psd(band="constables")),
    ("page: inspection return", _return),
    ("page: board dashboard", _board()),
    ("page: board dashboard, ten years", _board(**DECADE)),
    ("page: board dashboard, in public", _board(**{"as": "public"})),
]


def readers(made: Any) -> list[Reader]:
    """Of PSD of one force and of an alliance of three, an inspector of all, and a board's member."""
    from django.test import Client

    from integrity.audit.scope import everywhere
    from integrity.people.models import OversightBody, User

    where, forces = made.country, tuple(made.country.forces)

    def signed_in(person: int) -> Client:
        client = Client()
        with everywhere():
            client.force_login(User.objects.get(pk=person))
        return client

    with everywhere():
        body = OversightBody.objects.get(pk=where.places[-1].body)
    told = (
        ("one force", where.of_one_force, forces[:1], ""),
        ("alliance of 3", where.of_an_alliance, forces[:3], ""),
        (f"all {len(forces)}", where.of_every_force, forces, ""),
        ("board of 3", where.of_a_board, forces[:3], body.code),
    )
    return [
        Reader(name, person, theirs, made.last, signed_in(person), board)
        for name, person, theirs, board in told
    ]


def reads(reader: Reader) -> Iterator[Read]:
    """Each read of figures by name, what asks it, and the plain aggregate of the same."""
    from integrity.casework.clocks import add_months
    from integrity.people.enums import RankBand
    from integrity.people.models import Force, Unit
    from registers.oversight.asking import Asked
    from registers.oversight.enums import Measure
    from registers.oversight.providers import foremost
    from registers.oversight.reading import figures
    from registers.oversight.spans import Period
    from tests.registers.oversight.recount import recount

    forces = [Force(pk=force) for force in reader.forces]
    unit = Unit.objects.filter(force=reader.forces[0]).first()
    month = reader.today.replace(day=1)
    until = add_months(month, 1) - date.resolution
    year = Period(add_months(month, -11), until)
    decade = Period(add_months(month, 1 - ALL_MONTHS), until)
    days = Period(decade.starts_on.replace(day=15), reader.today)
    providers = [Measure.PROVIDERS]
    ordinary = [each for each in Measure if each != Measure.PROVIDERS]

    def plain(asked: Asked, measures: list[Measure]) -> Callable[[], object]:
        return lambda: recount(
            measures,
            forces=asked.force_ids,
            first=asked.period.starts_on,
            last=asked.period.ends_on,
            unit=asked.unit.pk if asked.unit else None,
            band=str(asked.band) if asked.band else None,
        )

    def read(name: str, asked: Asked, **how: Any) -> Read:
        return name, lambda: len(figures(asked, ordinary, **how).rows), plain(asked, ordinary)

    side: dict[str, Any] = {"buckets": (), "by_force": True}
    yield read("12 months", Asked(forces, year))
    yield read("ten years", Asked(forces, decade))
    yield read("ten years, odd days", Asked(forces, days))
    yield read("12 months of a unit", Asked(forces[:1], year, unit=unit))
    yield read("ten years of a unit", Asked(forces[:1], decade, unit=unit))
    yield read("12 months of a band", Asked(forces, year, band=RankBand.CONSTABLES))
    if len(forces) > 1:
        yield read("12 months, side by side", Asked(forces, year), **side)
        yield read("ten years, side by side", Asked(forces, decade), **side)
    for name, period in (("12 months", year), ("ten years", decade)):
        asked = Asked(forces, period)
        yield (
            f"top providers of {name}",
            lambda asked=asked: len(foremost(asked)),
            plain(asked, providers),
        )
