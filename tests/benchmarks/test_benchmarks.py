"""The benchmarks run, with sizes too small to say anything of speed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.crash.own_server import CHECKOUT


def benchmark(name: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", "--json", *arguments],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_ledger_cost() -> None:
    costs = benchmark("ledger_cost", "--seconds", "0.5", "--rounds", "1", "--rows", "20")
    assert [cost["name"] for cost in costs] == [
        "one force",
        "20 forces",
        "beside an import of 20 rows",
    ]
    for cost in costs:
        assert cost["with"]["submissions"] > 0
        assert cost["without"]["submissions"] > 0


def test_verify_million() -> None:
    found = benchmark("verify_million", "--entries", "500", "--declarations", "3")
    assert (found["entries"], found["sound"]) == (500, True)


def test_peers() -> None:
    assert benchmark("peers", "--leaves", "1000", "--rounds", "1")["ratio"] > 0


def test_timing_of_404() -> None:
    found = benchmark("timing_of_404", "--requests", "2")
    assert len(found) == 10
    assert all(each["existing_to_missing"] > 0 for each in found)


def test_matcher_quality(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text(
        "name_a,name_b,is_match\n"
        "Zentrix Glass,ZENTRIX GLASS LTD,1\n"
        "Zentrix Glass,Vollomar Glass,0\n"
        "Quorvan Hire,Quorvan Hire plc,1\n"
        "Anchor,Anchor Glass,0\n"
    )
    found = benchmark("matcher_quality", "--labels", str(labels))
    by_method = {each["method"].split(",")[0]: each for each in found}
    assert by_method["the matcher"]["f1"] > 0
    assert {
        "equal after normalising",
        "pg_trgm similarity",
        "TF-IDF of 3-grams",
    } <= by_method.keys()


def test_matcher_speed() -> None:
    sizes = ("--declarations", "20", "--suppliers", "50", "200", "--trgm-sample", "3")
    costs = benchmark("matcher_speed", *sizes)
    assert [cost["suppliers"] for cost in costs] == [50, 200]
    for cost in costs:
        assert cost["cold"] > cost["warm"] > 0
        assert cost["f1"] > 0.5
