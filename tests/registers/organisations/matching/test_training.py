"""The command that learns: from generated names, and from analysts where there are enough."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from registers.organisations.matching.generated import World
from registers.organisations.matching.generated_traps import trap
from registers.organisations.matching.model import Model
from registers.organisations.matching.scoring import score_pairs

pytest.importorskip("sklearn", reason="training needs the development packages")


def trained(folder: Path, name: str, **options: object) -> Path:
    output = folder / name
    call_command("train_matcher", names=150, rounds=15, output=output, **options)
    return output


def write(
    file: Path, rows: list[tuple[str, str, str]], header: str = "name_a,name_b,is_match"
) -> Path:
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerows([header.split(","), *rows])
    return file


def decided(count: int) -> list[tuple[str, str, str]]:
    world = World(9)
    return [
        (world.written(one), one.name, "1") if number % 2 else (*trap(world), "0")
        for number, one in enumerate(world.list_of(count))
    ]


def test_learns_the_same_from_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = trained(tmp_path, "1.json"), trained(tmp_path, "2.json")
    assert first.read_bytes() == second.read_bytes()
    told = capsys.readouterr().out
    assert "MAYBE" in told
    assert "precision" in told
    model = Model.read(first)
    assert 0 < model.maybe < model.sure <= 1
    same, other = score_pairs([("Zentrix Glass", "Zentrix Glass Ltd"), ("Zentrix", "Vollo")], model)
    assert same > model.maybe > other


def test_learns_from_enough_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "decisions.csv", decided(250))
    model = Model.read(trained(tmp_path, "model.json", decisions=file))
    assert model.trained["decisions"] == 200  # every fifth is held out
    assert "On decisions not learned from" in capsys.readouterr().out


def test_says_when_decisions_are_too_few(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "decisions.csv", decided(20))
    model = Model.read(trained(tmp_path, "model.json", decisions=file))
    assert model.trained["decisions"] == 0
    assert "20 decisions are too few to learn from" in capsys.readouterr().out


def test_refuses_a_file_of_something_else(tmp_path: Path) -> None:
    wrong = write(tmp_path / "wrong.csv", [("a", "b", "1")], header="one,other,is_match")
    with pytest.raises(CommandError, match="no column 'name_a'"):
        call_command("train_matcher", decisions=wrong)
    unsure = write(tmp_path / "unsure.csv", [("a", "b", "perhaps")])
    with pytest.raises(CommandError, match="line 2: is_match is ‘perhaps’"):
        call_command("train_matcher", decisions=unsure)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("train_matcher", decisions=tmp_path / "none.csv")


def test_a_model_of_other_features_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text(json.dumps({"features": ["something"]}))
    with pytest.raises(ValueError, match="train it again"):
        Model.read(file)
