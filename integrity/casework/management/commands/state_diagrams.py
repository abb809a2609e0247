"""Draws each register's table of transitions into docs/diagrams/, or says which drawing is stale."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from integrity.casework.workflow import Workflow

FOLDER = Path(settings.BASE_DIR) / "docs" / "diagrams"


def drawings() -> dict[Path, str]:
    """What each file should hold, for every app that has a table."""
    found = {}
    for config in apps.get_app_configs():
        if not find_spec(f"{config.name}.workflow"):
            continue
        table = getattr(import_module(f"{config.name}.workflow"), "TRANSITIONS", None)
        if isinstance(table, Workflow):
            found[FOLDER / f"{_record(config)}.md"] = (
                f"# {config.verbose_name}: what can be done, from where to where\n\n"
                f"Drawn from `{config.name.replace('.', '/')}/workflow.py` by "
                "`./run manage state_diagrams`; do not edit.\n\n"
                f"```mermaid\n{table.diagram()}```\n"
            )
    return found


def _record(config: AppConfig) -> str:
    """The name of the app's record: the model that has a case, and a status or a disposition.

    An app whose records have no case is drawn under its own name.
    """
    of_a_case = (
        model._meta.model_name or ""
        for model in config.get_models()
        if (names := {field.name for field in model._meta.fields}) & {"status", "disposition"}
        and "case" in names
    )
    return next(of_a_case, config.label)


def stale() -> list[Path]:
    return [
        path
        for path, text in drawings().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


class Command(BaseCommand):
    help = "Draw the registers' state diagrams into docs/diagrams/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail where a drawing is stale."
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        behind = [str(path.relative_to(settings.BASE_DIR)) for path in stale()]
        if check and behind:
            raise CommandError(
                f"Not what the tables say: {', '.join(behind)}. Run ./run manage state_diagrams."
            )
        if not check:
            FOLDER.mkdir(parents=True, exist_ok=True)
            for path, text in drawings().items():
                path.write_text(text, encoding="utf-8")
        count = len(drawings())
        self.stdout.write(
            f"{count} {'drawing is' if count == 1 else 'drawings are'} up to date."
            if check or not behind
            else f"Drew {', '.join(behind)}."
        )
