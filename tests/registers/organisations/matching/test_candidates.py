"""Few out of many: whoever is meant is among them, and a longer list is no burden."""

import pytest

from registers.organisations.matching.candidates import Index
from registers.organisations.matching.features import NAMES
from registers.organisations.matching.generated import World
from registers.organisations.matching.normalise import parse
from registers.organisations.matching.scoring import beside, beside_each_other
from registers.organisations.matching.table import tabulate

LISTED = [
    "Halcyon Zentrix Hire", "Royal Society of Kiln Makers", "Care Free Homes", "G7S", "NHS England",
    "Preston Glass", "Burnley Glass", "Vollomar Services", "University of Preston", "Quorvan",
]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build([parse(name) for name in LISTED])


@pytest.mark.parametrize(
    ("written", "among"),
    [
        ("Zentrix", "Halcyon Zentrix Hire"),
        ("Zentrx Vehicles", "Halcyon Zentrix Hire"),
        ("RSKM", "Royal Society of Kiln Makers"),
        ("Carefree Homes", "Care Free Homes"),
        ("g7s", "G7S"),
        ("NHS", "NHS England"),
        ("Preston University", "University of Preston"),
        ("Qurovan Services", "Quorvan"),
    ],
)
def test_whoever_is_meant_is_among_them(index: Index, written: str, among: str) -> None:
    found = index.candidates([parse(written)], limit=3)
    assert among in [LISTED[target] for target in found.targets]


def test_many_as_one_by_one(index: Index) -> None:
    names = [parse(name) for name in ("Zentrix", "", "RSKM", "Wobble", "Preston Glass")]
    together = index.candidates(names, limit=5)
    one_by_one = [
        (number, target)
        for number, name in enumerate(names)
        for target in index.candidates([name], limit=5).targets.tolist()
    ]
    assert (
        list(zip(together.queries.tolist(), together.targets.tolist(), strict=True)) == one_by_one
    )


def test_asking_adds_nothing_to_the_index(index: Index) -> None:
    before = len(index.lexicon)
    index.candidates([parse("Entirely Unheard Syllables")], limit=5)
    assert len(index.lexicon) == before


def test_a_generated_list_gives_up_nearly_all_that_are_meant() -> None:
    world = World(3)
    listed = list(world.list_of(3000))
    index = Index.build([parse(organisation.name) for organisation in listed])
    names = [parse(world.written(organisation)) for organisation in listed[:500]]
    found = index.candidates(names, limit=20)
    hits = set(zip(found.queries.tolist(), found.targets.tolist(), strict=True))
    assert sum((number, number) in hits for number in range(500)) >= 480


def test_features_are_the_same_from_either_side() -> None:
    world = World(4)
    pairs = [(world.written(one), one.name) for one in (world.organisation() for _ in range(300))]
    names = [(parse(one), parse(other)) for one, other in pairs]
    names = [(one, other) for one, other in names if not (one.others or other.others)]
    there = beside_each_other(names).features
    back = beside_each_other([(other, one) for one, other in names]).features
    differing = {
        NAMES[at] for at in range(len(NAMES)) if abs(there[:, at] - back[:, at]).max() > 0.01
    }
    of_one_side = {"slipped", "slipped_worst", "slipped_letters", "slipped_rarest"}
    of_one_side |= {"rarest_shared", "sort_shared", "partial"}
    assert differing <= of_one_side


def test_what_the_list_holds_often_tells_less(index: Index) -> None:
    table = tabulate([parse("Preston Glass")], base=index.lexicon)
    rows = beside(index, table, index.rows(table, limit=10))
    assert rows.features.shape == (len(rows.pairs.queries), len(NAMES))
    assert index.rarity[index.lexicon.find("quorvan")] > index.rarity[index.lexicon.find("glass")]
