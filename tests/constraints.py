"""Proves that the database refuses what a named constraint forbids, past every check in Python."""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model

from tests.builders import World

Cases = Mapping[str, Callable[[World], object]]


def names_of(*app_labels: str) -> list[str]:
    """Every named constraint of these apps' models."""
    return [
        constraint.name
        for label in app_labels
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    ]


def refuses(name: str, cases: Cases, world: World) -> None:
    """The case of this name is refused by the constraint of this name. A constraint needs a case."""
    assert name in cases, f"Write a case that breaks the constraint {name}."
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        cases[name](world)
    cause: Any = refusal.value.__cause__
    assert cause.diag.constraint_name == name


def change(record: Model, **values: Any) -> None:
    """Write columns as raw SQL would, without save() or validation."""
    assert type(record)._base_manager.filter(pk=record.pk).update(**values) == 1


def again(record: Model, **values: Any) -> None:
    """Insert the same row once more, under a new key."""
    twin = copy(record)
    twin.pk = None
    for name, value in values.items():
        setattr(twin, name, value)
    type(record)._base_manager.bulk_create([twin])
