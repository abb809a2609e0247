"""Rows of the registers' tables, kept until somebody writes them, each with the number it will have."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from django.db import models
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

from integrity.casework.models import Case, Decision
from tests.detection.copying import copy, move_sequences

type Model = type[models.Model]


class Rows:
    """Rows by model, in the order in which they point at each other."""

    def __init__(self, first_id: int = 1) -> None:
        self.kept: defaultdict[Model, list[Mapping[str, Any]]] = defaultdict(list)
        self.models: dict[Model, None] = {}
        self._next: Counter[Model] = Counter()
        self._first = first_id

    def add(self, model: Model, **values: Any) -> int:
        """One row by its columns' names in Python (``force_id``); the number it will have."""
        self.models[model] = None
        key = self._first + self._next[model]
        self._next[model] += 1
        values["id"] = key
        self.kept[model].append(values)
        return key

    def take(self) -> dict[Model, list[Mapping[str, Any]]]:
        """What there is, which is then here no more."""
        taken = {model: self.kept[model] for model in self.models if self.kept[model]}
        self.kept.clear()
        return taken


def insert(rows: Rows) -> None:
    """Write rows by the models, as the site's role, with every trigger."""
    for model, values in rows.take().items():
        made = [model(**each) for each in values]
        if model is Decision:
            _insert_decisions(made)
        else:
            model._base_manager.bulk_create(made)


def _insert_decisions(decisions: list[Any]) -> None:
    """Each while its case stands in its round, as the database asks."""
    for number in sorted({each.round for each in decisions}):
        of_round = [each for each in decisions if each.round == number]
        cases = Case.objects.filter(pk__in=[each.case_id for each in of_round])
        cases.exclude(round=number).update(round=number)
        Decision.objects.bulk_create(of_round)


def copy_in(superuser: psycopg.Connection, rows: Rows) -> int:
    """Write rows by COPY, as the superuser with triggers off; how many they were."""
    return sum(
        copy(superuser, model, names := _columns(model), _tuples(values, names, model))
        for model, values in rows.take().items()
    )


def move_on(superuser: psycopg.Connection, rows: Rows) -> None:
    """Let the site's next rows come after those that were copied."""
    move_sequences(superuser, rows.models)


def _columns(model: Model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _tuples(
    values: Iterable[Mapping[str, Any]], names: list[str], model: Model
) -> Iterable[tuple[Any, ...]]:
    given = {field.attname: _default(field) for field in model._meta.concrete_fields}
    pairs = [(name, given[name]) for name in names]
    json = [f.attname for f in model._meta.concrete_fields if isinstance(f, models.JSONField)]
    for each in values:
        if json:
            each = {**each, **{name: _as_json(each[name]) for name in json if name in each}}
        yield tuple([each.get(name, default) for name, default in pairs])


def _as_json(value: Any) -> Jsonb | None:
    return None if value is None else Jsonb(value)


def _default(field: models.Field) -> Any:
    """What a row has where nothing is said."""
    value = None if field.primary_key else field.get_default()
    if isinstance(value, DatabaseDefault):
        value = field.db_default
    if isinstance(field, models.JSONField):
        return _as_json(value)
    if isinstance(value, list):
        return [str(each) for each in value]
    return str(value) if isinstance(value, models.enums.Choices) else value
