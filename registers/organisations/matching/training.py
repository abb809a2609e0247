"""Learning the model from generated names and analysts' decisions. Needs scikit-learn."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from registers.organisations.matching.candidates import Index
from registers.organisations.matching.features import NAMES
from registers.organisations.matching.generated import Organisation, World
from registers.organisations.matching.generated_traps import trap
from registers.organisations.matching.model import Model
from registers.organisations.matching.normalise import Name, parse
from registers.organisations.matching.scoring import (
    Rows,
    Scored,
    beside,
    beside_each_other,
    best,
    score_pairs,
)
from registers.organisations.matching.table import Floats, Ints, tabulate
from registers.organisations.matching.vocabulary import Sort, look_up

ENOUGH_DECISIONS = 200
WITHOUT_A_TARGET = 0.41  # of what is asked, as was measured
CANDIDATES = 20
DEPTH = 4
ROUNDS = 150
A_DECISION_WEIGHS = 5.0  # as much as so many generated pairs
AS_GOOD = 0.005  # of F1
SURE_PRECISION = 0.97  # on generated names, which are kinder than real ones
# What can only speak for a match, and what only against: no accident of the fiction is learned otherwise.
FOR = "cover_more cover_less ratio winkler sorted_ratio same_letters first".split()
AGAINST = (
    "rest_less rest_rarest_less rest_own_less rest_number_less rest_kind_more kinds_conflict "
    "rest_own_more in_front rest_words_more slipped_first_letter"
).split()


class Examples(NamedTuple):
    features: Floats
    is_match: NDArray[np.bool_]
    weight: NDArray[np.float64]


class Asked(NamedTuple):
    """A list, what is asked of it, and which pairs of positions are true."""

    listed: Index
    names: list[Name]
    true: set[tuple[int, int]]
    unsaid: set[tuple[int, int]]  # one company of a group for another: nobody can say


def together(parts: Iterable[Examples]) -> Examples:
    return Examples(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def ask(world: World, *, targets: int, queries: int) -> Asked:
    """A fictional list, and names that people wrote: some mean one of it, the others nobody on it."""
    listed = list(world.list_of(targets))
    names: list[Name] = []
    true: set[tuple[int, int]] = set()
    unsaid: set[tuple[int, int]] = set()
    groups: dict[str, list[int]] = {}
    for at, organisation in enumerate(listed):
        if organisation.brand_is_own:
            groups.setdefault(organisation.brand, []).append(at)
    for number in range(queries):
        at = world.random.randrange(targets)
        meant = listed[at]
        if world.random.random() < WITHOUT_A_TARGET:
            meant = world.organisation() if world.random.random() < 0.6 else world.like(meant)
            at = -1
        names.append(parse(world.written(meant)))
        if at >= 0:
            true.add((number, at))
        for sibling in groups.get(meant.brand, []) if meant.brand_is_own else ():
            if at != sibling:
                (true if at >= 0 and is_bare(names[-1], meant) else unsaid).add((number, sibling))
    index = Index.build([parse(organisation.name) for organisation in listed])
    return Asked(index, names, true, unsaid)


def is_bare(name: Name, organisation: Organisation) -> bool:
    """Whether nothing but the group's own word was written, or that and words that say little."""
    brand = parse(organisation.brand).words
    return name.words[: len(brand)] == brand and all(
        look_up(word)[1] == Sort.GENERIC for word in name.words[len(brand) :]
    )


def retrieved(asked: Asked) -> tuple[Rows, Ints, Ints]:
    table = tabulate(asked.names, base=asked.listed.lexicon)
    rows = beside(asked.listed, table, asked.listed.rows(table, limit=CANDIDATES))
    return rows, table.owner[rows.pairs.queries], asked.listed.table.owner[rows.pairs.targets]


def from_list(asked: Asked) -> Examples:
    rows, queries, targets = retrieved(asked)
    pairs = list(zip(queries.tolist(), targets.tolist(), strict=True))
    said = np.array([pair in asked.true for pair in pairs], bool)
    keep = np.array([pair not in asked.unsaid for pair in pairs], bool)
    return _examples(rows, said, keep, weight=1.0)


def from_pairs(pairs: Sequence[tuple[str, str, bool]], *, weight: float) -> Examples:
    rows = beside_each_other([(parse(a), parse(b)) for a, b, _ in pairs])
    said = np.array([is_match for _, _, is_match in pairs], bool)
    of_rows = said[rows.asked.owner[rows.pairs.queries]]
    return _examples(rows, of_rows, np.ones(len(of_rows), bool), weight=weight)


def _examples(
    rows: Rows, said: NDArray[np.bool_], keep: NDArray[np.bool_], *, weight: float
) -> Examples:
    """Rows that are no match are all wrong; of a match, the likest row is the right one."""
    column = {name: rows.features[:, at] for at, name in enumerate(NAMES)}
    likeness = column["sorted_ratio"] + 50 * column["cover_more"] + 20 * column["acronym"]
    owners = (
        rows.asked.owner[rows.pairs.queries].astype(np.int64) << 32
        | rows.listed.owner[rows.pairs.targets]
    )
    together_, where = np.unique(owners, return_inverse=True)
    likest = np.full(len(together_), -1.0)
    np.maximum.at(likest, where, likeness)
    keep = keep & (~said | (likeness == likest[where]))
    return Examples(rows.features[keep], said[keep], np.full(int(keep.sum()), weight))


def generated_pairs(world: World, count: int) -> list[tuple[str, str, bool]]:
    """Pairs without a list: half of them one organisation written twice, the others traps."""
    found: list[tuple[str, str, bool]] = []
    for _ in range(count // 4):
        one = world.organisation()
        found.append((world.written(one), one.name, True))
        found.append((world.written(one), world.written(one), True))
        found.append((*trap(world), False))
        found.append((world.written(one), world.written(world.like(one)), False))
    return found


def fit(examples: Examples, *, seed: int, rounds: int = ROUNDS) -> Model:
    """Boosted trees, checked to give what scikit-learn's give. Thresholds are set by `with_thresholds`."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    signs = dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1)
    learner = HistGradientBoostingClassifier(
        max_iter=rounds,
        max_depth=DEPTH,
        max_leaf_nodes=2**DEPTH,
        learning_rate=0.1,
        min_samples_leaf=60,
        l2_regularization=5.0,
        monotonic_cst=[signs.get(name, 0) for name in NAMES],
        early_stopping=False,
        random_state=seed,
    )
    with threadpool_limits(1):  # sums in one order, whatever the machine
        learner.fit(examples.features, examples.is_match, sample_weight=examples.weight)
    model = _exported(learner)
    theirs = learner.predict_proba(examples.features[:5000])[:, 1]
    if not np.allclose(model.score(examples.features[:5000]), theirs, atol=1e-4):
        raise RuntimeError(
            "The exported trees disagree with scikit-learn's; its layout has changed."
        )
    return model


def _exported(learner: Any) -> Model:
    inner = 2**DEPTH - 1
    trees = [predictors[0].nodes for predictors in learner._predictors]
    asks = np.zeros((len(trees), inner), np.int64)
    thresholds = np.full((len(trees), inner), np.inf)
    leaves = np.zeros((len(trees), inner + 1))
    for number, nodes in enumerate(trees):
        todo = [(0, 0)]
        while todo:
            at, node = todo.pop()
            kept = nodes[node]
            if at >= inner:
                leaves[number, at - inner] = kept["value"]
            elif kept["is_leaf"]:  # a short branch is asked on, to no effect
                todo += [(2 * at + 1, node), (2 * at + 2, node)]
            else:
                asks[number, at] = kept["feature_idx"]
                thresholds[number, at] = kept["num_threshold"]
                todo += [(2 * at + 1, int(kept["left"])), (2 * at + 2, int(kept["right"]))]
    thresholds[np.isinf(thresholds)] = 1e30
    base = float(np.ravel(learner._baseline_prediction)[0])
    return Model(asks, thresholds, leaves, base, 1.0, 0.0, {})


class Quality(NamedTuple):
    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def top_quality(asked: Asked, scored: Scored, thresholds: Sequence[float]) -> list[Quality]:
    """The best answer to each name, where it reaches a threshold: how often right, how many found."""
    order = np.lexsort((-scored.scores, scored.pairs.queries))
    queries = scored.pairs.queries[order]
    first = order[np.unique(queries, return_index=True)[1]]
    pairs = list(
        zip(scored.pairs.queries[first].tolist(), scored.pairs.targets[first].tolist(), strict=True)
    )
    right = np.array([pair in asked.true for pair in pairs])
    said = np.array([pair not in asked.unsaid or pair in asked.true for pair in pairs])
    scores = scored.scores[first]
    meant = len({query for query, _ in asked.true})
    found = []
    for threshold in thresholds:
        shown = said & (scores >= threshold)
        hits = int((right & shown).sum())
        found.append(Quality(threshold, hits / max(int(shown.sum()), 1), hits / meant))
    return found


def with_thresholds(model: Model, asked: Asked) -> tuple[Model, Quality, Quality]:
    """MAYBE where F1 is best or next to it; SURE where SURE_PRECISION of the answers are right.

    Of thresholds that are as good, the strictest: the fiction is kinder than life.
    """
    rows, _, _ = retrieved(asked)
    steps = [at / 100 for at in range(5, 100)]
    qualities = top_quality(asked, best(rows, model), steps)
    best_f1 = max(quality.f1 for quality in qualities)
    maybe = [quality for quality in qualities if quality.f1 >= best_f1 - AS_GOOD][-1]
    precise = [
        q for q in qualities if q.precision >= SURE_PRECISION and q.threshold > maybe.threshold
    ]
    sure = precise[0] if precise else qualities[-1]
    return model._replace(maybe=maybe.threshold, sure=sure.threshold), maybe, sure


class Trained(NamedTuple):
    model: Model
    examples: int
    decisions: int  # of analysts, learned from
    maybe: Quality
    sure: Quality
    on_decisions: Quality | None  # those held out, at MAYBE


def train(
    *,
    seed: int = 1,
    names: int = 6000,
    rounds: int = ROUNDS,
    decisions: Sequence[tuple[str, str, bool]] = (),
) -> Trained:
    """The model from generated names, and from decisions where there are ENOUGH_DECISIONS.

    Lists of three sizes, so that the model has seen a small force's and a large one's. Every fifth
    decision is held out and judges. The same seed and decisions give the same model.
    """
    parts = []
    for at, size in enumerate((names // 2, names * 3, names * 9)):
        world = World(seed * 100 + at)
        parts.append(from_list(ask(world, targets=size, queries=names)))
        parts.append(from_pairs(generated_pairs(world, names * 2), weight=1.0))
    learned = decisions if len(decisions) >= ENOUGH_DECISIONS else ()
    held_out = list(learned[::5])
    learned = [pair for at, pair in enumerate(learned) if at % 5]
    if learned:
        parts.append(from_pairs(learned, weight=A_DECISION_WEIGHS))
    examples = together(parts)
    unseen = ask(World(seed * 100 + 50), targets=names * 5, queries=names)
    model, maybe, sure = with_thresholds(fit(examples, seed=seed, rounds=rounds), unseen)
    on_decisions = None
    if held_out:
        scores = score_pairs([(a, b) for a, b, _ in held_out], model)
        on_decisions = pair_quality(scores, [said for _, _, said in held_out], model.maybe)
    model = model._replace(
        trained={
            "seed": seed,
            "examples": len(examples.is_match),
            "decisions": len(learned),
            "at_maybe": [round(maybe.precision, 3), round(maybe.recall, 3)],
            "at_sure": [round(sure.precision, 3), round(sure.recall, 3)],
        }
    )
    return Trained(model, len(examples.is_match), len(learned), maybe, sure, on_decisions)


def pair_quality(
    scores: NDArray[np.float64], is_match: Sequence[bool], threshold: float
) -> Quality:
    said, right = scores >= threshold, np.array(is_match, bool)
    hits = int((said & right).sum())
    return Quality(threshold, hits / max(int(said.sum()), 1), hits / max(int(right.sum()), 1))
