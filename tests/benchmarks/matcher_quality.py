"""The matcher on labelled pairs of names, beside what a library does by itself, in one run.

    python -m tests.benchmarks.matcher_quality [--labels FILE ...] [--splink PYTHON] [--json]

A file of labels has the columns register_name, police_supplier, label (match, no_match; review is
neither) or name_a, name_b, is_match (1, 0). Without --labels: both files of ../shared/data. The
matcher keeps the thresholds that it was trained with (on generated names); every baseline is given,
besides its usual threshold, the one that is best on these very labels, which flatters it.
--splink names an interpreter that has splink and DuckDB.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from registers.organisations.matching.candidates import Index
from registers.organisations.matching.model import MAYBE, SURE, shipped
from registers.organisations.matching.normalise import parse
from registers.organisations.matching.scoring import score_pairs
from registers.organisations.names import name_key
from tests.crash.own_server import CHECKOUT, own_server

SHARED = CHECKOUT.parent / "shared" / "data" / "organisation-names"
COLUMNS = (("register_name", "police_supplier", "label"), ("name_a", "name_b", "is_match"))
YES, NO = ("match", "1"), ("no_match", "0")
CANDIDATES = 20

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Labels:
    """Pairs of names, and whether the two are one organisation."""

    file: str
    pairs: list[tuple[str, str]]
    is_match: NDArray[np.bool_]


@dataclass(frozen=True)
class Quality:
    """How often a method is right where it says that two are one, and how many it finds."""

    file: str
    method: str
    threshold: float
    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"{self.method:45} {self.threshold:6.2f} {self.precision:9.3f} {self.recall:7.3f} {self.f1:6.3f}"


def read(file: Path) -> Labels:
    """Raises ValueError for columns that are neither of COLUMNS."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for one, other, label in COLUMNS:
        if rows and {one, other, label} <= rows[0].keys():
            said = [row for row in rows if row[label] in YES + NO]
            pairs = [(row[one], row[other]) for row in said]
            return Labels(file.name, pairs, np.array([row[label] in YES for row in said], bool))
    raise ValueError(f"{file.name} has not the columns of labelled pairs: {COLUMNS}.")


def at(labels: Labels, method: str, scores: Scores, threshold: float) -> Quality:
    said = scores >= threshold
    hits = int((said & labels.is_match).sum())
    precision = hits / max(int(said.sum()), 1)
    recall = hits / max(int(labels.is_match.sum()), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Quality(labels.file, method, round(float(threshold), 3), precision, recall, f1)


def at_best(labels: Labels, method: str, scores: Scores) -> Quality:
    """At the threshold that is best on these labels, which nobody knows beforehand."""
    steps = np.unique(scores[scores > 0])
    return max(
        (at(labels, f"{method}, best threshold", scores, step) for step in steps),
        key=lambda quality: quality.f1,
        default=at(labels, method, scores, 1.0),
    )


def retrieved(labels: Labels, limit: int) -> Scores:
    """1 where the second name is among the candidates for the first, out of all second names."""
    listed = sorted({other for _, other in labels.pairs})
    position = {name: number for number, name in enumerate(listed)}
    index = Index.build([parse(name) for name in listed])
    found = index.candidates([parse(one) for one, _ in labels.pairs], limit=limit)
    hits = set(zip(found.queries.tolist(), found.targets.tolist(), strict=True))
    return np.array(
        [float((number, position[other]) in hits) for number, (_, other) in enumerate(labels.pairs)]
    )


def likeness(scorer: Callable[..., float], pairs: Sequence[tuple[str, str]]) -> Scores:
    one, other = ([name_key(name) for name in side] for side in zip(*pairs, strict=True))
    found = process.cpdist(one, other, scorer=scorer, dtype=np.float32)
    return found.astype(np.float64) / 100


def tf_idf(pairs: Sequence[tuple[str, str]]) -> Scores:
    sides = [[name_key(name) for name in side] for side in zip(*pairs, strict=True)]
    made = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3)).fit(sides[0] + sides[1])
    return np.asarray(made.transform(sides[0]).multiply(made.transform(sides[1])).sum(1)).ravel()


def pg_trgm(pairs: Sequence[tuple[str, str]]) -> Scores:
    """PostgreSQL's own, in a server of this run's."""
    keys = [(name_key(one), name_key(other)) for one, other in pairs]
    with (
        own_server() as own,
        closing(psycopg.connect(**own.admin, dbname="integrity")) as connection,
    ):
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        rows = connection.execute(
            "SELECT similarity(one, other) FROM unnest(%s::text[], %s::text[])"
            " WITH ORDINALITY AS pair (one, other, place) ORDER BY place",
            [list(side) for side in zip(*keys, strict=True)],
        ).fetchall()
    return np.array([row[0] for row in rows], float)


def splink(pairs: Sequence[tuple[str, str]], interpreter: str) -> Scores:
    """What splink gives each pair when it links all first names with all second ones."""
    one, other = (sorted(set(side)) for side in zip(*pairs, strict=True))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder, "work.json")
        work.write_text(json.dumps({"queries": one, "targets": other}), encoding="utf-8")
        command = [interpreter, "-m", "tests.benchmarks.splink_peer", str(work)]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    found = {(one[a], other[b]): score for a, b, score in json.loads(done.stdout)["pairs"]}
    return np.array([found.get(pair, 0.0) for pair in pairs])


def measure(labels: Labels, *, interpreter: str | None, server: bool) -> Iterator[Quality]:
    pairs = labels.pairs
    ours = score_pairs(pairs, shipped())
    yield at(labels, "the matcher, MAYBE (for the analyst's queue)", ours, MAYBE)
    yield at(labels, "the matcher, SURE (matches by itself)", ours, SURE)
    for limit in (5, CANDIDATES):
        yield at(labels, f"candidates alone, first {limit}", retrieved(labels, limit), 1)
    equal = np.array([float(name_key(one) == name_key(other)) for one, other in pairs])
    yield at(labels, "equal after normalising", equal, 1)
    for name, scorer in (("sort", fuzz.token_sort_ratio), ("set", fuzz.token_set_ratio)):
        yield at_best(labels, f"rapidfuzz token_{name}_ratio", likeness(scorer, pairs))
    if server:
        trigrams = pg_trgm(pairs)
        yield at(labels, "pg_trgm similarity", trigrams, 0.5)
        yield at(labels, "pg_trgm similarity", trigrams, 0.3)
        yield at_best(labels, "pg_trgm similarity", trigrams)
    yield at_best(labels, "TF-IDF of 3-grams", tf_idf(pairs))
    if interpreter:
        yield at_best(labels, "splink", splink(pairs, interpreter))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labels", type=Path, nargs="+")
    parser.add_argument("--splink", metavar="PYTHON", help="an interpreter that has splink")
    parser.add_argument("--no-server", action="store_true", help="leave pg_trgm out")
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    files = asked.labels or sorted(SHARED.glob("*-pairs.csv"))
    if not files:
        print(f"There are no labels in {SHARED}; name a file with --labels.", file=sys.stderr)
        return 2
    told: list[Quality] = []
    for file in files:
        labels = read(file)
        found = list(measure(labels, interpreter=asked.splink, server=not asked.no_server))
        told += found
        if not asked.as_json:
            print(f"{labels.file}: {len(labels.pairs)} pairs, {labels.is_match.sum()} of them one")
            print(f"{'':45} {'at':>6} {'precision':>9} {'recall':>7} {'F1':>6}")
            print("\n".join(map(str, found)), end="\n\n")
    if asked.as_json:
        print(json.dumps([asdict(quality) for quality in told], indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
