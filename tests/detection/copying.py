"""Rows into tables by COPY, past triggers and foreign keys but not past the tables' constraints."""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from django.db import models
from django.db.models.expressions import DatabaseDefault
from psycopg import sql
from psycopg.types.json import Jsonb


def copy(
    connection: psycopg.Connection,
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> int:
    """Write rows of a model, their other fields as the model defaults them; how many they were."""
    every = {field.attname: field for field in model._meta.concrete_fields}
    others = {name: _default(field) for name, field in every.items() if name not in fields}
    others.pop("id", None)
    names = [*fields, *others]
    columns = sql.SQL(", ").join(sql.Identifier(every[name].column) for name in names)
    table = sql.Identifier(model._meta.db_table)
    rest, many = tuple(others.values()), 0
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)
    with connection.cursor() as cursor, cursor.copy(statement) as into:
        for row in rows:
            into.write_row((*row, *rest))
            many += 1
    return many


def _default(field: Any) -> Any:
    value = field.get_default()
    if isinstance(value, DatabaseDefault):
        value = field.db_default
    if isinstance(value, dict):
        return Jsonb(value)
    return str(value) if isinstance(value, models.enums.Choices) else value


def move_sequences(connection: psycopg.Connection, written: Iterable[type[models.Model]]) -> None:
    """Let the next row made by the site come after those that were copied."""
    for model in written:
        connection.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence({name}, 'id'),"
                " (SELECT coalesce(max(id), 1) FROM {table}))"
            ).format(
                name=sql.Literal(model._meta.db_table), table=sql.Identifier(model._meta.db_table)
            )
        )
