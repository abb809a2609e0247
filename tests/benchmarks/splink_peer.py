"""splink on DuckDB beside our matcher, in an environment of its own, which neither site nor tests need.

    UV_PROJECT_ENVIRONMENT=/tmp/splink uv sync --locked --only-group benchmarks
    /tmp/splink/bin/python -m tests.benchmarks.splink_peer WORK.json

Without uv: the packages of the group in pyproject.toml, by pip. The same interpreter is what
matcher_speed and matcher_quality take as --splink, and they write WORK.json.

WORK.json is {"queries": [...], "targets": [...]}; prints processor seconds of each stage and, for each
pair that splink predicts at all, its positions and probability. Names are made comparable by the
register's own name_key. Blocks: the two rarest words on either side, and the first eight letters.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from registers.organisations.names import name_key


def rows(names: list[str], held: Counter[str]) -> dict[str, list[Any]]:
    keys = [name_key(name) for name in names]
    words = [sorted(set(key.split()), key=lambda w: (held[w] or 1e9, w)) for key in keys]
    return {
        "unique_id": list(range(len(names))),
        "name": keys,
        "words": words,
        "first_word": [key.split(" ")[0] for key in keys],
        "rare_one": [each[0] if each else None for each in words],
        "rare_two": [each[1] if len(each) > 1 else None for each in words],
        "beginning": [key.replace(" ", "")[:8] for key in keys],
    }


def run(queries: list[str], targets: list[str]) -> dict[str, Any]:
    import duckdb
    import pyarrow as pa
    import splink
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    begin = time.process_time()
    held = Counter(word for name in targets for word in set(name_key(name).split()))
    api = DuckDBAPI()
    frames = [api.register(pa.table(rows(names, held))) for names in (queries, targets)]
    settings = SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("rare_one"),
            "l.rare_one = r.rare_two",
            "l.rare_two = r.rare_one",
            block_on("rare_two"),
            block_on("beginning"),
        ],
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85, 0.75]),
            cl.ArrayIntersectAtSizes("words", [3, 2, 1]),
            cl.ExactMatch("first_word").configure(term_frequency_adjustments=True),
            cl.ExactMatch("rare_one").configure(term_frequency_adjustments=True),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(frames, settings)
    prepared = time.process_time()
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.4)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("rare_one"), block_on("beginning")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    trained = time.process_time()
    frame = linker.inference.predict(threshold_match_probability=0.01)
    found = frame.as_record_list() if hasattr(frame, "as_record_list") else frame.as_record_dict()
    predicted = time.process_time()
    assert all(pair["unique_id_l"] < len(queries) for pair in found), "splink changed sides"
    return {
        "versions": {"splink": splink.__version__, "duckdb": duckdb.__version__},
        "seconds": {
            "prepare": prepared - begin,
            "train": trained - prepared,
            "predict": predicted - trained,
            "all": predicted - begin,
        },
        "pairs": [
            [pair["unique_id_l"], pair["unique_id_r"], pair["match_probability"]] for pair in found
        ],
    }


def main() -> int:
    work = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(json.dumps(run(work["queries"], work["targets"])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
