"""manage.py train_matcher: learn how likely two names are one organisation, and keep it in model.json."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from registers.organisations.matching.model import FILE

YES, NO = frozenset("1 true yes match".split()), frozenset("0 false no no_match".split())


class Command(BaseCommand):
    help = (
        "Trains the matcher on generated names and on analysts' decisions; writes its model.json."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--decisions", type=Path, help="a CSV with the columns name_a, name_b, is_match"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--names", type=int, default=6000, help="names asked of each generated list"
        )
        parser.add_argument("--rounds", type=int, default=150, help="trees")
        parser.add_argument("--output", type=Path, default=FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from registers.organisations.matching import training
        except ImportError as missing:
            raise CommandError(f"Training needs the development packages: {missing}.") from None
        decisions = read_decisions(options["decisions"]) if options["decisions"] else []
        if decisions and len(decisions) < training.ENOUGH_DECISIONS:
            self.stdout.write(
                f"{len(decisions)} decisions are too few to learn from; from "
                f"{training.ENOUGH_DECISIONS} on they count. Trained on generated names alone."
            )
        try:
            found = training.train(
                seed=options["seed"],
                names=options["names"],
                rounds=options["rounds"],
                decisions=decisions,
            )
        except ImportError as missing:
            raise CommandError(f"Training needs the development packages: {missing}.") from None
        options["output"].write_text(found.model.to_json() + "\n", encoding="utf-8")
        self.stdout.write(
            f"Learned from {found.examples} pairs, {found.decisions} of them decided by analysts."
        )
        self.stdout.write("On a generated list not learned from, the best answer to each name:")
        for word, quality in (("MAYBE", found.maybe), ("SURE", found.sure)):
            self.stdout.write(f"  {word} {told(quality)}")
        if found.on_decisions:
            self.stdout.write(f"On decisions not learned from: MAYBE {told(found.on_decisions)}")
        self.stdout.write(f"Written to {options['output'].name}.")


def told(quality: Any) -> str:
    return (
        f"{quality.threshold:.2f}: precision {quality.precision:.3f}, "
        f"recall {quality.recall:.3f}, F1 {quality.f1:.3f}"
    )


def read_decisions(file: Path) -> list[tuple[str, str, bool]]:
    """What analysts decided. Raises CommandError for a file that is not so."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{file.name} cannot be read: {problem}.") from None
    found: list[tuple[str, str, bool]] = []
    for line, row in enumerate(rows, start=2):
        try:
            said = (row["is_match"] or "").strip().casefold()
            pair = row["name_a"], row["name_b"]
        except KeyError as missing:
            raise CommandError(f"{file.name} has no column {missing}.") from None
        if said not in YES | NO:
            raise CommandError(f"{file.name}, line {line}: is_match is ‘{said}’, not yes or no.")
        found.append((*pair, said in YES))
    return found
