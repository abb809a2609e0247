"""Charts: what is drawn is what was counted, each gap says what it means, and nothing runs."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from integrity.ui import chart_looks
from integrity.ui.chart_markup import ATTRIBUTES, DARK, ELEMENTS, FILLS, MOST_SERIES
from integrity.ui.charts import KINDS, Chart, Kind, Series, svg
from tests.integrity.ui.figures import ENTRIES, HOSTILE, MONTHS, drawn, words
from tests.integrity.ui.page import Page

OURS = {"title", "desc", "defs", "pattern"}
TOLD = {"id", "class", "role", "aria-labelledby", "aria-describedby", "patternUnits", "xmlns"}
FORCES = ["Northmoor Police", "Eastvale Constabulary", "Harbour Police"]
LONG = ["Professional Standards Department and vetting", "Roads policing", "Firearms"]


def bars(root: Element, fill: str = DARK) -> list[tuple[float, float]]:
    """Width and height of each bar, from left to right; neither its place nor its legend."""
    shape = re.compile(r"M[-\d.e]+,[-\d.e]+h([-\d.e]+)v([-\d.e]+)h")
    paths = [e for e in root.iter("path") if e.get("fill") == fill]
    found = [shape.match(e.get("d", "")) for e in paths if "transform" not in e.attrib]
    return [(float(each[1]), float(each[2])) for each in found if each]


def chart(kind: Kind = "bars", labels: Any = MONTHS, many: int = 1, **said: Any) -> Chart:
    series = [
        Series(f"Series {of}", [at + of + 1 for at in range(len(labels))]) for of in range(many)
    ]
    return Chart(kind, "Title", labels, series, **said)


# --- what is drawn --------------------------------------------------------------------------------


def test_a_bar_is_as_high_as_its_figure() -> None:
    heights = [height for _, height in bars(drawn(ENTRIES))]
    assert len(heights) == 3, "no bar stands for a gap"
    april, may, july = heights
    assert july == pytest.approx(2 * april)
    assert may == 0


def test_a_bar_across_is_as_long_as_its_figure() -> None:
    widths = [w for w, _ in bars(drawn(Chart("bars", "x", LONG, [Series("y", [1, 2, 5])])))]
    assert [width / widths[0] for width in widths] == pytest.approx([1, 2, 5])


def test_a_stack_is_as_high_as_its_sum_which_is_told() -> None:
    stacked = chart("stacked", many=2)
    (first, *_) = bars(drawn(stacked))
    assert words(drawn(stacked))[: len(MONTHS)]
    assert {"3", "5", "7", "9", "11", "13"} <= set(words(drawn(stacked)))
    assert first[1] > 0


def test_every_figure_stands_beside_its_mark_where_they_are_few() -> None:
    assert {"12", "24", "0"} <= set(words(drawn(ENTRIES)))
    money = Chart("bars", "x", ["Gifts", "Meals"], [Series("Value", [1234, 40])], "£")
    assert {"£1,234", "£40"} <= set(words(drawn(money)))
    rate = Chart("bars", "x", ["Gifts", "Meals"], [Series("Rate", [12.5, 40.0])], "%")
    assert {"12.5%", "40%"} <= set(words(drawn(rate)))


def test_a_line_breaks_at_a_gap() -> None:
    values: list[float | None] = [1.5, 2, None, 4, 5, 6]
    line = Chart("lines", "Rate", MONTHS, [Series("Rate", values)], gaps=["not recorded"] * 6)
    (path,) = [e.get("d", "") for e in drawn(line).iter("path") if e.get("stroke-width") == "2.5"]
    assert path.count("M") == 2
    assert {"R", "R = not recorded"} <= set(words(drawn(line)))


# --- gaps -----------------------------------------------------------------------------------------


def test_zero_nil_not_recorded_and_not_asked_are_four_marks_on_a_chart() -> None:
    said = words(drawn(ENTRIES))
    assert [said.count(mark) for mark in ("0", "N", "R", "A")] == [1, 1, 1, 1]
    key = " ".join(said)
    for meaning in ("N = nil returned", "R = not recorded", "A = not asked"):
        assert meaning in key


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("labels", [MONTHS, [*LONG, *FORCES]])
def test_a_gap_of_any_kind_of_chart_has_its_letter_and_meaning(kind: Kind, labels: Any) -> None:
    values = [[3, 0, None, 4, 5, 6], [3, 4, 5, 0, None, None]]
    series = [Series(name, each) for name, each in zip("xy", values, strict=True)]
    gaps = ["", "", "not recorded", "", "not asked", "nil returned"]
    said = " ".join(words(drawn(Chart(kind, "x", labels, series, gaps=gaps))))
    for letter, meaning in {"R": "not recorded", "A": "not asked", "N": "nil returned"}.items():
        assert f"{letter} = {meaning}" in said
        assert re.search(rf"(^|[ +]){letter}( (?!=)|$)", said), letter


def test_a_meaning_has_its_letter_whatever_else_is_there() -> None:
    expected = {
        "nil returned": "N",
        "not recorded": "R",
        "not asked": "A",
        "withheld": "W",
        "at least five": "L",
    }
    for meaning, letter in expected.items():
        alone = Chart("bars", "x", ["y"], [Series("z", [None])], gaps=[meaning])
        assert alone.letters == {meaning: letter}
    every = Chart("bars", "x", MONTHS[:5], [Series("z", [None] * 5)], gaps=list(expected))
    assert every.letters == expected


def test_letters_never_meet() -> None:
    meanings = ["not recorded", "returned", "refused", "not read"]
    found = Chart("bars", "x", MONTHS[:4], [Series("z", [None] * 4)], gaps=meanings).letters
    assert len(set(found.values())) == 4


def test_a_series_may_have_gaps_of_its_own() -> None:
    one = Series("One", [None, 1], gaps=["not asked", ""])
    two = Series("Two", [None, 2])
    both = Chart("bars", "x", ["a", "b"], [one, two], gaps=["not recorded", ""])
    assert [both.gap(each, 0) for each in both.series] == ["not asked", "not recorded"]
    assert {"A", "R"} <= set(words(drawn(both)))


def test_a_gap_that_nobody_explained_is_no_zero() -> None:
    silent = Chart("bars", "x", ["a", "b"], [Series("y", [None, 0])])
    assert silent.in_words == "Bar chart. y: a no figure, b 0."
    assert "– = no figure" in words(drawn(silent))


# --- who reads it ---------------------------------------------------------------------------------


def test_it_is_an_image_with_a_name_and_its_figures_in_a_sentence() -> None:
    root = drawn(ENTRIES, "by-month")
    title, desc = root[0], root[1]
    assert (root.get("role"), title.text) == ("img", "Entries by month")
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == desc.get("id")
    assert desc.text == (
        "Bar chart. Entries: April 2026 12, May 2026 0, June 2026 nil returned, July 2026 24, "
        "August 2026 not recorded, September 2026 not asked."
    )


def test_many_figures_are_left_to_the_table() -> None:
    many = chart("lines", labels=[f"{m} {y}" for y in (2025, 2026) for m in "abcdefghi"], many=3)
    assert many.in_words.endswith("The table has every figure.")
    assert "Series 0, Series 1 and Series 2, 18 figures each" in many.in_words


def test_ids_are_unique_on_a_page_and_every_pattern_is_there() -> None:
    stacked = chart("stacked", many=MOST_SERIES)
    page = Page(svg(stacked, "one") + svg(stacked, "two") + svg(ENTRIES))
    assert len(set(page.ids)) == len(page.ids)
    used = set(re.findall(r"url\(#([\w-]+)\)", page.html))
    assert used
    assert used <= set(page.ids)


def test_nothing_but_colour_is_never_all_that_differs() -> None:
    """Fills differ in how dark they are or in what is drawn on them; lines in dashes and shapes."""
    assert len(set(FILLS)) == MOST_SERIES
    plain = [ground for ground, drawn_on in FILLS if not drawn_on]
    assert len({luminance(ground) // 0.1 for ground in plain}) == len(plain)
    for looks in (chart_looks.LINES, chart_looks.DASHES, chart_looks.SHAPES):
        assert len({str(each) for each in looks}) == MOST_SERIES
    assert all(1.05 / (luminance(line) + 0.05) >= 4.5 for line in chart_looks.LINES), "on white"


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("labels", [MONTHS, LONG, [f"Unit {n}" for n in range(60)]])
def test_it_is_readable_at_320_pixels_on_a_ground_of_its_own(kind: Kind, labels: Any) -> None:
    root = drawn(chart(kind, labels, many=2))
    ground = next(each for each in root if each.tag == "rect")
    assert root.get("width") == "400"
    assert (ground.get("fill"), ground.get("width")) == ("#ffffff", "400")
    sizes = [float(e.get("font-size", "").removesuffix("px")) for e in root.iter("text")]
    assert min(sizes) >= 15
    named = [each for each in words(root) if any(each in label for label in labels)]
    assert len(named) <= 50


def test_labels_of_many_periods_are_thinned() -> None:
    months = [f"{month} {year}" for year in range(2017, 2027) for month in ("March", "July")]
    said = words(drawn(chart("lines", months)))
    assert 2 <= sum(each in ("Mar", "Jul") for each in said) <= 24
    assert "2017" in said


# --- safety ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_no_label_runs_or_leaves_the_drawing(kind: Kind) -> None:
    series = [Series(HOSTILE, [1, None]), Series(f"{HOSTILE}2", [3, 4])]
    hostile = Chart(kind, HOSTILE, [HOSTILE, "datum.n || {}"], series, HOSTILE, [HOSTILE] * 2)
    check_clean(svg(hostile, HOSTILE))


def check_clean(markup: str) -> None:
    page = Page(markup)
    assert {tag for tag, _ in page.elements} <= ELEMENTS | OURS
    for _, attributes in page.elements:
        assert set(attributes) <= {a.lower() for a in ATTRIBUTES | TOLD}
        for name, value in attributes.items():
            assert "url(" not in value or re.fullmatch(r"url\(#chart-[0-9a-f]{12}-\d\)", value), (
                name
            )
    assert [tag for tag, _ in page.elements].count("svg") == 1


@trying(max_examples=20, deadline=None)
@given(
    labels=st.lists(st.text(max_size=40), max_size=30),
    kind=st.sampled_from(sorted(KINDS)),
    unit=st.sampled_from(["", "£", "%", "entries"]),
    data=st.data(),
)
def test_any_words_and_figures_are_drawn(
    labels: list[str], kind: Kind, unit: str, data: st.DataObject
) -> None:
    figure = st.none() | st.integers(0, 10**7) | st.floats(0, 1e6)
    values = data.draw(st.lists(figure, min_size=len(labels), max_size=len(labels)))
    gaps = data.draw(st.lists(st.text(max_size=20), min_size=len(labels), max_size=len(labels)))
    found = Chart(kind, "Title", labels, [Series("Series", values)], unit, gaps)
    check_clean(svg(found))
    drawn(found)


def test_the_same_chart_is_drawn_once() -> None:
    assert svg(chart(many=2)) is svg(chart(many=2))
    assert svg(chart(many=2)) != svg(chart(many=3))


def test_a_chart_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="a figure for each label"):
        Chart("bars", "x", ["a"], [Series("y", [1, 2])])
    with pytest.raises(ValueError, match="a meaning for each label"):
        Chart("bars", "x", ["a"], [Series("y", [1])], gaps=["", ""])
    with pytest.raises(ValueError, match="up to 6 series"):
        chart(many=7)
