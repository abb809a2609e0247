"""Are the figures what the records say? One small world at a time, counted twice as it changes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from integrity.people.enums import RankBand
from integrity.people.models import Force, OversightBody, Unit
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.live import Here, live
from registers.oversight.piles import ALL
from registers.oversight.reading import BY_YEAR, Figures, figures
from registers.oversight.seen import Audience
from registers.oversight.spans import Period
from tests.oversight import fold, settle
from tests.oversight_world.changes import CHANGES
from tests.oversight_world.make import Made, small
from tests.oversight_world.rows import insert
from tests.registers.oversight.recount import Found, recount

STEPS, ASKS = 4, 2


def differences(seed: int, *, steps: int = STEPS, asks: int = ASKS) -> list[str]:
    """What differs in one world, in sentences; it is taken back before this returns.

    It is counted after each of some ``steps``, by so many filters each time.
    """
    with transaction.atomic():
        found = list(_differences(seed, steps, asks))
        transaction.set_rollback(True)
    return found


def _differences(seed: int, steps: int, asks: int) -> Iterator[str]:
    random, made = Random(seed), small(seed)  # noqa: S311
    insert(made.rows)
    for step in range(steps):
        settle()
        if random.random() < 0.5:
            fold()
        for _ in range(asks):
            asked = ask(random, made)
            told = [*unequal(random, asked), *unequal_today(asked, day(Random(step), made))]  # noqa: S311
            yield from (f"world {seed}, step {step}, {each}" for each in told)
        for change in random.sample(CHANGES, 6):
            change(random, made)
            if random.random() < 0.2:
                settle()
        if random.random() < 0.5:
            made.add_cases(random.randint(1, 5))
            insert(made.rows)


def ask(random: Random, made: Made) -> Asked:
    """Some of the forces, some days, and now and then a unit, a group of ranks or the body too."""
    places = [place for place in made.country.places if place.force]
    chosen = random.sample(places, random.randint(1, len(places)))
    unit = random.choice(chosen[0].units) if random.random() < 0.25 else None
    body = made.country.places[-1].body if unit is None and random.random() < 0.4 else None
    return Asked(
        forces=[Force(pk=place.force) for place in chosen],
        bodies=[OversightBody(pk=body)] if body else [],
        period=span(random, made),
        unit=Unit(pk=unit) if unit else None,
        band=random.choice(list(RankBand)) if random.random() < 0.25 else None,
    )


def span(random: Random, made: Made) -> Period:
    """Whole months or years, everything, or any days."""
    days = (made.last - made.first).days + 600
    first, last = sorted(made.first + timedelta(days=random.randrange(-30, days)) for _ in range(2))
    kind = random.random()
    if kind < 0.3:
        return Period(first, last)
    if kind < 0.7:
        return Period(first.replace(day=1), last.replace(day=1) + timedelta(days=27))
    last = (last.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if kind < 0.85:
        return Period(first.replace(day=1), last)
    return Period(date(first.year, 4, 1), date(max(last.year, first.year + 1), 3, 31))


def day(random: Random, made: Made) -> date:
    """Some day around the last of a world, so that something is late and something is not."""
    return made.last + timedelta(days=random.randint(-60, 120))


def unequal_today(asked: Asked, today: date) -> Iterator[str]:
    """What waits by the facts that are kept, and by the records that open behind the number."""
    here = Here(asked, Audience.BOARD, today)
    counts = live(here, ALL).counts
    for pile in ALL:
        if pile.waits:
            kept = by_parts(counts.get(pile.slug, ()))
            records = by_parts((parts, n) for _, *parts, n in pile.recounted(here))
            if kept != records:
                yield f"{asked.query}, {pile.slug} on {today}: kept {kept}, records {records}"


def by_parts(counted: Iterable[tuple[Sequence[str], int]]) -> Mapping[Sequence[str], int]:
    """By three parts, of which the last may say nothing."""
    found: Counter[Sequence[str]] = Counter()
    for parts, n in counted:
        found[tuple([*parts, "", "", ""][:3])] += n
    return found


def unequal(random: Random, asked: Asked) -> Iterator[str]:
    """What the figures and the recount say differently of what is asked."""
    measures = list(Measure)
    if random.random() < 0.4:
        measures = random.sample(measures, random.randint(1, 4))
    by_force, along = random.random() < 0.4, random.random() < 0.5
    kept = figures(asked, measures, by_force=by_force, buckets=None if along else ())
    yield from _compared(asked, measures, kept, asked.period, f"{asked.query}")
    if by_force:
        for force in asked.forces:
            yield from _compared(
                asked.of(force), measures, kept.of_force(force.pk), asked.period, "of one force"
            )
    if along and _of_months(measures):
        bucket = random.choice(kept.buckets)
        rows = [row for row in kept.rows if row.on == bucket.starts_on]
        part = Figures(asked, rows, [bucket])
        yield from _compared(asked, _of_months(measures), part, bucket, f"in {bucket.words}")


def _of_months(measures: list[Measure]) -> list[Measure]:
    """Those that are kept by the month, too."""
    return [each for each in measures if each not in BY_YEAR]


def _compared(
    asked: Asked, measures: list[Measure], kept: Figures, period: Period, where: str
) -> Iterator[str]:
    bodies = asked.body_ids if "one force" not in where else []
    counted = recount(
        measures,
        forces=asked.force_ids,
        bodies=bodies,
        first=period.starts_on,
        last=period.ends_on,
        unit=asked.unit.pk if asked.unit else None,
        band=str(asked.band) if asked.band else None,
    )
    ours = {what: sums for what, sums in summed(kept).items() if what[0] in measures}
    for what in sorted(ours.keys() | counted.keys()):
        if ours.get(what) != counted.get(what):
            yield (
                f"{where}, {what[0]} {'|'.join(what[1])}: kept {ours.get(what)},"
                f" recounted {counted.get(what)}"
            )


def summed(kept: Figures) -> Found:
    many: Counter[tuple[str, tuple[str, ...]]] = Counter()
    pounds: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for row in kept.rows:
        many[row.measure, row.key] += row.sum.n
        pounds[row.measure, row.key] += row.sum.pounds  # type: ignore[assignment]
    # a change of a month undoes what its year has kept until it is folded
    return {what: (n, Decimal(pounds[what])) for what, n in many.items() if n or pounds[what]}
