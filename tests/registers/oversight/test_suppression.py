"""What may be published of a series: no number under five, by no subtraction, whatever the filter."""

from collections import defaultdict
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.oversight import suppression
from registers.oversight.suppression import Piece, Published, cut, cut_years, published

COUNTS = st.integers(0, 12)
YEARS = st.integers(1, 3).flatmap(lambda n: st.lists(COUNTS, min_size=4 * n, max_size=4 * n))
SMALL = range(1, 5)


def figure(world: list[list[int]], chosen: set[int], first: int, last: int) -> Published:
    """What is published of some series from one quarter to another."""
    pieces = [piece for at in chosen for piece in cut_years(world[at])]
    return published(pieces, first, last)


@st.composite
def two_filters(draw: st.DrawFn) -> tuple[list[list[int]], list[tuple[set[int], int, int]]]:
    many, quarters = draw(st.integers(1, 4)), 4 * draw(st.integers(1, 2))
    counts = st.lists(COUNTS, min_size=quarters, max_size=quarters)
    world = draw(st.lists(counts, min_size=many, max_size=many))
    filters = []
    for _ in range(2):
        first = draw(st.integers(0, quarters - 1))
        last = draw(st.integers(first, quarters - 1))
        filters.append((draw(st.sets(st.integers(0, many - 1))), first, last))
    return world, filters


def difference(case: tuple[list[list[int]], list[tuple[set[int], int, int]]]) -> int | None:
    """Of a figure and one within it; none where that is not determined."""
    world, (one, other) = case
    inside = (one[0] & other[0], max(one[1], other[1]), min(one[2], other[2]))
    if inside[1] > inside[2]:
        return None
    whole, part = figure(world, *one), figure(world, *inside)
    return whole.n - part.n if whole.whole and part.whole else None


@given(two_filters())
def test_every_difference_of_two_published_figures_is_nothing_or_at_least_five(
    case: tuple[list[list[int]], list[tuple[set[int], int, int]]],
) -> None:
    found = difference(case)
    assert found is None or found == 0 or found >= 5


@given(YEARS)
def test_every_quarter_is_in_one_piece_and_no_piece_is_small(quarters: list[int]) -> None:
    pieces = cut_years(quarters)
    covered = [at for piece in pieces for at in range(piece.first, piece.last + 1)]
    assert covered == list(range(len(quarters)))
    for piece in pieces:
        truly = sum(quarters[piece.first : piece.last + 1])
        if piece.withheld:
            assert truly in SMALL
            assert piece.n == 0
        else:
            assert piece.n == truly
            assert truly == 0 or truly >= 5


@given(YEARS)
def test_what_comes_later_changes_no_earlier_piece(quarters: list[int]) -> None:
    for until in range(len(quarters)):
        then = [n if at < until else 0 for at, n in enumerate(quarters)]
        told = [p for p in cut_years(then) if not p.withheld and p.last < until]
        assert told == [p for p in cut_years(quarters) if not p.withheld and p.last < until]


def undetermined() -> bool:
    """Whether, of every year of counts, each small sum of quarters could as well be another.

    Whoever knows how pieces are cut knows the pieces of a series and nothing else of it: the worlds
    with the same pieces are all that they cannot tell apart.
    """
    alike: dict[tuple[Piece, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(10), repeat=4):
        pieces = tuple(cut(counts))
        if all(piece.n < 10 for piece in pieces):  # of which every world is among these
            alike[pieces].append(counts)
    spans = [(a, b) for a, b in combinations(range(5), 2)]
    for pieces, worlds in alike.items():
        for first, last in spans:
            sums = {sum(counts[first:last]) for counts in worlds}
            told = published(pieces, first, last - 1)
            if told.whole:
                assert sums == {told.n}
            if len(sums) == 1 and sums & set(SMALL):
                return False
    return True


def test_no_small_sum_of_quarters_is_determined_even_by_who_knows_the_rule() -> None:
    assert undetermined()


def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "FEWEST", 1)
    assert not undetermined()


@pytest.mark.parametrize(
    ("quarters", "told"),
    [
        ([5, 6, 0, 7], [(0, 0, 5), (1, 1, 6), (2, 2, 0), (3, 3, 7)]),
        ([3, 2, 0, 9], [(0, 1, 5), (2, 2, 0), (3, 3, 9)]),
        ([0, 4, 0, 0], [(0, 0, 0), (1, 3, None)]),
        ([1, 1, 1, 1], [(0, 3, None)]),
        ([8, 1, 1, 3], [(0, 0, 8), (1, 3, 5)]),
    ],
)
def test_a_small_number_is_carried_until_five_are_reached(
    quarters: list[int], told: list[tuple[int, int, int | None]]
) -> None:
    found = [(p.first, p.last, None if p.withheld else p.n) for p in cut(quarters)]
    assert found == told
