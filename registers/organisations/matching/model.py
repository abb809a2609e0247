"""The learned part: how likely two names are one organisation, out of their features.

Boosted trees, kept as numbers in model.json (`manage.py train_matcher` writes it) and read with nothing
but numpy. Each tree is whole, three or four questions deep: question q is followed by 2q + 1 where
the feature is at most the threshold, else by 2q + 2.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from registers.organisations.matching.features import NAMES
from registers.organisations.matching.table import Floats

FILE = Path(__file__).with_name("model.json")
AT_ONCE = 8192  # pairs, so that what is in hand stays in the processor's cache


class Model(NamedTuple):
    asks: NDArray[np.int64]  # tree × question: the feature
    thresholds: NDArray[np.float64]
    leaves: NDArray[np.float64]  # tree × answer: added log odds
    base: float  # log odds before any question
    sure: float
    maybe: float
    trained: dict[str, Any]  # when, on what, how well

    @property
    def depth(self) -> int:
        return int(np.log2(self.leaves.shape[1]))

    def score(self, features: Floats) -> NDArray[np.float64]:
        """The probability of each row of features (in the order of features.NAMES)."""
        parts = [
            self._score(features[start : start + AT_ONCE])
            for start in range(0, len(features), AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _score(self, features: Floats) -> NDArray[np.float64]:
        values = np.ascontiguousarray(features.T, np.float64).ravel()
        size = len(features)
        rows = np.arange(size)
        odds = np.full(size, self.base)
        inner = self.asks.shape[1]
        for asks, thresholds, leaves in zip(
            self.asks * size, self.thresholds, self.leaves, strict=True
        ):
            at = (values[asks[0] : asks[0] + size] > thresholds[0]) + 1
            for _ in range(self.depth - 1):
                more = values.take(asks.take(at) + rows) > thresholds.take(at)
                at = 2 * at + 1 + more
            odds += leaves.take(at - inner)
        return 1 / (1 + np.exp(-odds))

    def to_json(self) -> str:
        return json.dumps(
            {
                "features": NAMES,
                "asks": self.asks.tolist(),
                "thresholds": [[float(f"{x:.6g}") for x in tree] for tree in self.thresholds],
                "leaves": [[float(f"{x:.6g}") for x in tree] for tree in self.leaves],
                "base": self.base,
                "sure": self.sure,
                "maybe": self.maybe,
                "trained": self.trained,
            }
        )

    @classmethod
    def read(cls, file: Path = FILE) -> "Model":
        """Raises ValueError where the file was made for other features."""
        kept = json.loads(file.read_text(encoding="utf-8"))
        if tuple(kept["features"]) != NAMES:
            raise ValueError(
                f"{file.name} was trained on other features; train it again: ./run manage train_matcher"
            )
        return cls(
            np.array(kept["asks"], np.int64),
            np.array(kept["thresholds"]),
            np.array(kept["leaves"]),
            *(kept[name] for name in ("base", "sure", "maybe", "trained")),
        )


@lru_cache(1)
def shipped() -> Model:
    """The model that came with the code."""
    return Model.read()


def __getattr__(name: str) -> float:
    """SURE: matches by itself. MAYBE: fills an analyst's queue; below it nothing is said."""
    if name in ("SURE", "MAYBE"):
        return shipped().sure if name == "SURE" else shipped().maybe
    raise AttributeError(name)
