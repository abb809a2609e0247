"""Days and instants of a made-up world, many of them where days, months and years change."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random


class Moments:
    """Chooses between the first and the last day; a share of what it gives lies at an edge."""

    def __init__(self, random: Random, first: date, last: date, *, at_edges: float) -> None:
        self.random, self.last, self.at_edges = random, last, at_edges
        self.narrow(first, last)

    def narrow(self, first: date, last: date) -> None:
        """From now on days lie between these two; what follows them may still be later."""
        self.first, self.days = first, (last - first).days
        self.edges = [day for day in _edges(first.year, last.year) if first <= day <= last]

    def day(self) -> date:
        if self.edges and self.random.random() < self.at_edges:
            return self.random.choice(self.edges)
        return self.first + timedelta(days=int(self.random.random() * (self.days + 1)))

    def instant(self, day: date) -> datetime:
        """On a day by UTC: now and then in the hour on either side of midnight in London."""
        roll = self.random.random()
        if roll < self.at_edges:
            minute = int(self.random.random() * 60)
            hour = self.random.choice((22, 23, 0, 1))
            return datetime.combine(day, time(hour, minute), UTC)
        return datetime.combine(day, time(8 + int(roll * 10) % 10, int(roll * 600) % 60), UTC)

    def after(self, day: date, at_most: int) -> date:
        """The same day or one after it, and never after the last."""
        return min(day + timedelta(days=int(self.random.random() * (at_most + 1))), self.last)


def _edges(first: int, last: int) -> list[date]:
    found = []
    for year in range(first, last + 1):
        for month in range(1, 13):
            begins = date(year, month, 1)
            found += [begins - timedelta(days=1), begins]
        found += [date(year, 4, 1), date(year, 3, 31)] * 3
        for month in (3, 10):
            change = date(year, month, 31)
            change -= timedelta(days=(change.weekday() + 1) % 7)  # the last Sunday
            found += [change - timedelta(days=1), change]
    return found
