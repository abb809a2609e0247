"""Tells many stories at once, in the order of the clock, so that the ledger rises with time.

A story is a generator: it yields the moment of its next act and is taken up again when every
earlier act of every other story is done. What lies after today never happens, which leaves work open.
"""

import heapq
from collections.abc import Generator, Iterable
from datetime import datetime
from itertools import count

Story = Generator[datetime, None, None]


def play(stories: Iterable[Story], *, until: datetime) -> int:
    """Tell the stories as far as a moment; returns how many acts there were."""
    order = count()
    waiting: list[tuple[datetime, int, Story]] = []

    def go_on(story: Story) -> None:
        moment = next(story, None)
        if moment is not None:
            heapq.heappush(waiting, (moment, next(order), story))

    for story in stories:
        go_on(story)
    acts = 0
    while waiting and waiting[0][0] <= until:
        _, _, story = heapq.heappop(waiting)
        go_on(story)
        acts += 1
    return acts
